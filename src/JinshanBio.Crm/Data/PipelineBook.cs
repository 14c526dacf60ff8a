using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Reports;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>
/// Ends and opens pipeline periods for the leads and projects that a save changes, and posts the difference to the running
/// sum. A subject's version lets only one of two simultaneous changes through, so each difference is posted once.
/// </summary>
internal static class PipelineBook
{
    public static async Task WriteAsync(CrmDb db, DateTime now, CancellationToken cancel)
    {
        var changed = new List<(Guid Id, bool IsProject, PipelineFacts Facts, bool IsNew)>();
        foreach (var entry in db.ChangeTracker.Entries<Lead>())
            if (entry.State is EntityState.Added or EntityState.Modified)
                changed.Add((entry.Entity.Id, false, Facts(entry.Entity), entry.State == EntityState.Added));
        foreach (var entry in db.ChangeTracker.Entries<Project>())
            if (entry.State is EntityState.Added or EntityState.Modified)
                changed.Add((entry.Entity.Id, true, Facts(entry.Entity), entry.State == EntityState.Added));

        var postings = new List<PipelinePosting>();
        var known = changed.Where(c => !c.IsNew).Select(c => c.Id).ToList();
        var periods = known.Count == 0 ? [] : await db.PipelinePeriods.Where(p => known.Contains(p.SubjectId) && p.To == PipelinePeriod.Open).ToDictionaryAsync(p => p.SubjectId, cancel);
        foreach (var (id, isProject, facts, isNew) in changed)
        {
            if (!isNew)
            {
                var open = periods.GetValueOrDefault(id);
                if (open?.Facts == facts) continue;
                End(db, open, now);
                postings.AddRange(PipelinePosting.Of(open?.Facts, isProject, -1));
            }
            db.PipelinePeriods.Add(new PipelinePeriod(id, isProject, facts, now));
            postings.AddRange(PipelinePosting.Of(facts, isProject, +1));
        }
        foreach (var entry in db.ChangeTracker.Entries().Where(e => e is { State: EntityState.Deleted, Entity: Lead or Project }).ToList())
        {
            var id = (Guid)entry.Property("Id").CurrentValue!;
            var open = await db.PipelinePeriods.FirstOrDefaultAsync(p => p.SubjectId == id && p.To == PipelinePeriod.Open, cancel);
            End(db, open, now);
            postings.AddRange(PipelinePosting.Of(open?.Facts, open?.IsProject == true, -1));
        }
        db.PipelinePostings.AddRange(PipelinePosting.Sum(postings));
        if (changed.Count > 0) db.ChangeTracker.DetectChanges();
    }

    /// <summary>
    /// Puts one posting in the place of the many that have gathered. It replaces exactly those it has read; when another node
    /// does the same at the same moment, one of the two finds them gone and fails as a whole.
    /// </summary>
    public static async Task FoldAsync(CrmDb db, CancellationToken cancel)
    {
        var postings = await db.PipelinePostings.ToListAsync(cancel);
        var sums = PipelinePosting.Sum(postings).ToList();
        if (sums.Count == postings.Count) return;
        db.PipelinePostings.RemoveRange(postings);
        db.PipelinePostings.AddRange(sums);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>What held for no time at all, because two saves share a moment, is forgotten: it was never true at any time.</summary>
    private static void End(CrmDb db, PipelinePeriod? open, DateTime now)
    {
        if (open is null) return;
        if (open.From < now) open.End(now);
        else db.PipelinePeriods.Remove(open);
    }

    internal static PipelineFacts Facts(Lead lead)
        => new(lead.Field, lead.OwnerId, lead.Stage, lead.Status == LeadStatus.Open, lead.ExpectedInvestment);

    internal static PipelineFacts Facts(Project project)
        => new(project.Field, project.OwnerId, project.Stage, !project.IsClosed, project.Investment, project.OutputAtCapacity, project.CountedAsSigned, project.FundsInPlace, project.AnnualOutput);
}
