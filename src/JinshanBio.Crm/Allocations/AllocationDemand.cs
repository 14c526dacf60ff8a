using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Allocations;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Parks;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Allocations;

/// <summary>统筹需求: the projects that want a place: under way, from the first talks to the fitting-out, and neither held, agreed nor moved in anywhere.</summary>
internal sealed record AllocationDemand(IReadOnlyList<Wish> Wishes, IReadOnlyList<UnplannedProject> Unplanned, int NotConsidered)
{
    /// <summary>So many are reckoned with, those with the most output first.</summary>
    public const int Most = 600;

    public static async Task<AllocationDemand> LoadAsync(CrmDb db, Actor actor, Catalogue catalogue, DateOnly from, DateOnly today, int longestWait, CancellationToken cancel)
    {
        var wanting = db.Projects.AsNoTracking().VisibleTo(actor).WantingAPlace(catalogue);
        var projects = await wanting.OrderByDescending(p => p.OutputAtCapacity).ThenBy(p => p.Id).Take(Most)
            .Include(p => p.Facts).Include(p => p.Links).Include(p => p.Assignments).AsSplitQuery().ToListAsync(cancel);
        var notConsidered = projects.Count < Most ? 0 : await wanting.CountAsync(cancel) - Most;

        var landed = await ScoreBook.LandedAsync(db, catalogue, [.. projects.SelectMany(p => p.Links.Select(l => l.Code)).Distinct()], cancel);
        var (wishes, unplanned) = (new List<Wish>(), new List<UnplannedProject>());
        foreach (var project in projects)
        {
            var need = ProjectNeeds.Of(project, today);
            var month = MonthOf(from, need.From);
            if (need.AreaM2 <= 0) unplanned.Add(new(project.Id, UnplannedReason.NoArea, null));
            else if (month >= AllocationPlan.Months) unplanned.Add(new(project.Id, UnplannedReason.AfterHorizon, need.From));
            else wishes.Add(Wish.Of(project, need, Math.Max(0, month), from, longestWait, [.. project.Links.Select(l => l.Code).Where(l => !landed.Contains(l)).Order(StringComparer.Ordinal)], catalogue));
        }
        return new AllocationDemand(wishes, unplanned, notConsidered);
    }

    public static int MonthOf(DateOnly from, DateOnly day) => ((day.Year - from.Year) * 12) + day.Month - from.Month;
}

internal sealed record Wish(AllocationProject Project, SpaceNeed Need, IReadOnlyList<string> GapLinks)
{
    public static Wish Of(Project project, SpaceNeed need, int month, DateOnly from, int longestWait, IReadOnlyList<string> gaps, Catalogue catalogue)
    {
        // Who supplies many others fills more than one gap.
        var points = gaps.Sum(l => catalogue.Supplies.GetValueOrDefault(l) >= catalogue.LeadScore.HubDegree ? 2 : 1);
        int? until = need.Until is { } last && AllocationDemand.MonthOf(from, last) is var end && end < AllocationPlan.Months ? Math.Max(month, end) : null;
        return new(new AllocationProject(project.Id, need.AreaM2, month, month + longestWait, until, project.OutputAtCapacity, points), need, gaps);
    }
}
