using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Reports;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Ends and opens pipeline periods for the leads and projects that a save changes.</summary>
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

        foreach (var (id, isProject, facts, isNew) in changed)
        {
            if (!isNew)
            {
                var open = await db.PipelinePeriods.FirstOrDefaultAsync(p => p.SubjectId == id && p.To == PipelinePeriod.Open, cancel);
                if (open?.Facts == facts) continue;
                End(db, open, now);
            }
            db.PipelinePeriods.Add(new PipelinePeriod(id, isProject, facts, now));
        }
        foreach (var entry in db.ChangeTracker.Entries().Where(e => e is { State: EntityState.Deleted, Entity: Lead or Project }).ToList())
        {
            var id = (Guid)entry.Property("Id").CurrentValue!;
            var open = await db.PipelinePeriods.FirstOrDefaultAsync(p => p.SubjectId == id && p.To == PipelinePeriod.Open, cancel);
            End(db, open, now);
        }
        if (changed.Count > 0) db.ChangeTracker.DetectChanges();
    }

    /// <summary>What held for no time at all, because two saves share a moment, is forgotten: it was never true at any time.</summary>
    private static void End(CrmDb db, PipelinePeriod? open, DateTime now)
    {
        if (open is null) return;
        if (open.From < now) open.End(now);
        else db.PipelinePeriods.Remove(open);
    }

    internal static PipelineFacts Facts(Lead lead)
        => new(lead.Field, lead.OwnerId, lead.Stage, lead.Status == LeadStatus.Open, lead.ExpectedInvestment, 0);

    internal static PipelineFacts Facts(Project project)
        => new(project.Field, project.OwnerId, project.Stage, !project.IsClosed, project.Investment, project.OutputAtCapacity);
}
