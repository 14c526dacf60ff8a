using JinshanBio.Crm.Domain.Allocations;

namespace JinshanBio.Crm.Allocations;

/// <summary>How full a building is at the end of each quarter, with the plan. A plot or a space without a building stands for itself.</summary>
/// <param name="Building">Name of the building, or of the space.</param>
public sealed record TimelineRow(Guid ParkId, string ParkName, string Building, IReadOnlyList<TimelineQuarter> Quarters);

/// <summary>m² at the end of a quarter: what there is is taken already, planned and free.</summary>
/// <param name="Month">The last month of the quarter.</param>
public sealed record TimelineQuarter(DateOnly Month, decimal OpenM2, decimal TakenM2, decimal PlannedM2)
{
    public decimal FreeM2 => OpenM2 - TakenM2 - PlannedM2;
}

internal static class AllocationTimeline
{
    public static List<TimelineRow> Of(AllocationPlan plan, AllocationWords words)
    {
        var places = plan.Outcome.Result.Placements.ToLookup(p => p.SpaceId);
        // The first quarter may be a part of one.
        var ends = Enumerable.Range(0, AllocationPlan.Months).Where(m => plan.MonthAt(m).Month % 3 == 0 || m == AllocationPlan.Months - 1).ToList();
        return [.. plan.Outcome.Spaces.GroupBy(s => (s.ParkId, Building: s.Building ?? words.Space(s.Id).Name))
            .Where(g => g.Any(s => places.Contains(s.Id)))
            .Select(g => new TimelineRow(g.Key.ParkId, words.Park(g.Key.ParkId), g.Key.Building, [.. ends.Select(m => new TimelineQuarter(plan.MonthAt(m), g.Sum(s => s.OpenM2[m]),
                g.Sum(s => s.OpenM2[m] - Math.Min(s.OpenM2[m], s.FreeM2[m])), g.Sum(s => places[s.Id].Where(p => p.Month <= m).Sum(p => p.AreaM2 + p.KeptM2))))]))
            .OrderBy(r => r.ParkName, StringComparer.Ordinal).ThenBy(r => r.Building, StringComparer.Ordinal)];
    }
}
