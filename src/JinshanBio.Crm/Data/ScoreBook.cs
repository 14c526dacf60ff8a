using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>
/// Keeps the score of the leads that a save changes, or whose follow-ups it changes. What only time changes (overdue, recent, who has landed)
/// is renewed by the nightly job, see RefreshLeadScores.
/// </summary>
internal static class ScoreBook
{
    public static async Task RateAsync(CrmDb db, Catalogue? catalogue, DateTime now, CancellationToken cancel)
    {
        if (catalogue is null) return;
        var moved = db.ChangeTracker.Entries<FollowUp>().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).Select(e => e.Entity.LeadId).OfType<Guid>().ToHashSet();
        var touched = db.ChangeTracker.Entries<Lead>().Where(e => (e.State is EntityState.Added or EntityState.Modified || (e.State == EntityState.Unchanged && moved.Contains(e.Entity.Id)))
            && e.Entity.Status is (LeadStatus.Open or LeadStatus.Reserved)).ToList();
        if (touched.Count == 0) return;
        var stored = touched.Where(e => e.State != EntityState.Added).Select(e => e.Entity.Id).ToList();
        var links = db.ChangeTracker.Entries<LeadLink>().Where(e => e.State == EntityState.Added).Select(e => e.Entity).ToList();
        var gone = db.ChangeTracker.Entries<LeadLink>().Where(e => e.State == EntityState.Deleted).Select(e => (e.Entity.LeadId, e.Entity.Code)).ToHashSet();
        var followUps = db.ChangeTracker.Entries<FollowUp>().Where(e => e.State != EntityState.Deleted && e.Entity.LeadId != null)
            .Select(e => new Step(e.Entity.Id, e.Entity.LeadId!.Value, e.Entity.Status, e.Entity.DueAt, e.Entity.DoneAt)).ToList();
        var enterprises = db.ChangeTracker.Entries<Enterprise>().Select(e => e.Entity).ToDictionary(e => e.Id, e => e.CreditCode is not null || e.Country != Home);
        if (stored.Count > 0)
        {
            var known = followUps.Select(f => f.Id).ToHashSet();
            links.AddRange((await db.Set<LeadLink>().AsNoTracking().Where(l => stored.Contains(l.LeadId)).ToListAsync(cancel)).Where(l => !gone.Contains((l.LeadId, l.Code))));
            followUps.AddRange((await db.FollowUps.Where(f => f.LeadId != null && stored.Contains(f.LeadId.Value))
                .Select(f => new Step(f.Id, f.LeadId!.Value, f.Status, f.DueAt, f.DoneAt)).ToListAsync(cancel)).Where(f => !known.Contains(f.Id)));
            var wanted = touched.Select(e => e.Entity.EnterpriseId).Where(id => !enterprises.ContainsKey(id)).Distinct().ToList();
            if (wanted.Count > 0)
                foreach (var e in await db.Enterprises.Where(e => wanted.Contains(e.Id)).Select(e => new { e.Id, IsIdentified = e.CreditCode != null || e.Country != Home }).ToListAsync(cancel))
                    enterprises[e.Id] = e.IsIdentified;
        }
        var (linksOf, followUpsOf) = (links.ToLookup(l => l.LeadId, l => l.Code), followUps.ToLookup(f => f.LeadId));
        var landed = await LandedAsync(db, catalogue, [.. touched.SelectMany(e => linksOf[e.Entity.Id]).Distinct()], cancel);
        var since = now.AddDays(-catalogue.LeadScore.RecentDays);
        foreach (var entry in touched)
        {
            var lead = entry.Entity;
            var own = followUpsOf[lead.Id].ToList();
            lead.Rate(LeadScore.Of(Facts(catalogue, landed, lead.Field, [.. linksOf[lead.Id].Distinct()], lead.ExpectedInvestment, lead.Stage, enterprises.GetValueOrDefault(lead.EnterpriseId),
                own.Count(f => f.Status == FollowUpStatus.Done && f.DoneAt >= since), own.Count(f => IsOverdue(f, now)), lead.NextFollowUpAt is not null), catalogue.LeadScore).Total);
            entry.DetectChanges();
        }
    }

    internal const string Home = "CN";

    /// <summary>Of the links, those in which somebody has landed here and stays.</summary>
    internal static async Task<HashSet<string>> LandedAsync(CrmDb db, Catalogue catalogue, List<string>? links, CancellationToken cancel)
    {
        if (links is { Count: 0 }) return [];
        var stages = catalogue.Stages.All.Where(s => s.Order >= Stage.LandedOrder).Select(s => s.Code).ToList();
        var landed = db.Projects.Where(p => !p.IsClosed && stages.Contains(p.Stage));
        // Link by link: the first project that has landed in it answers, and the others are not read.
        var codes = db.LinkEditions.Where(r => r.To == Domain.Chain.ChainMap.Open);
        if (links is not null) codes = codes.Where(r => links.Contains(r.Code));
        return (await codes.Where(r => db.Set<ProjectLink>().Any(l => l.Code == r.Code && landed.Any(p => p.Id == l.ProjectId))).Select(r => r.Code).ToListAsync(cancel))
            .ToHashSet(StringComparer.Ordinal);
    }

    internal static LeadFacts Facts(Catalogue catalogue, HashSet<string> landed, string field, IReadOnlyCollection<string> links, decimal investment, string stage,
        bool isIdentified, int doneRecently, int overdue, bool isNextPlanned)
        => new(catalogue.FieldPriority(field), links.Count, links.Count(l => catalogue.Supplies.GetValueOrDefault(l) >= catalogue.LeadScore.HubDegree),
            links.Count(l => !landed.Contains(l)), investment, doneRecently, overdue, stage, isIdentified, isNextPlanned);

    /// <summary>Since yesterday: what is due today is not late yet.</summary>
    private static bool IsOverdue(Step followUp, DateTime now) => followUp.Status == FollowUpStatus.Open && followUp.DueAt < ShanghaiTime.StartOfDayUtc(ShanghaiTime.Day(now));

    /// <summary>What of a follow-up counts for a score.</summary>
    private sealed record Step(Guid Id, Guid LeadId, FollowUpStatus Status, DateTime DueAt, DateTime? DoneAt);
}
