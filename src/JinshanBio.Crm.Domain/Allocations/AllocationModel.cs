using System.Runtime.InteropServices;

namespace JinshanBio.Crm.Domain.Allocations;

/// <summary>
/// The problem in numbers. Areas are hundredths of m² and values hundredths of a point, both whole, so that sums are exact. A month of a space that
/// is implied by another one is left out, and so is every start that takes the same months as an earlier and hence better one: both lose nothing.
/// </summary>
internal sealed class AllocationModel
{
    /// <summary>A limit: in a month, a space has so much free.</summary>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Limit(int Space, int Month, long Free);

    /// <summary>A project in a space with or without room to grow. Its columns begin in different months and use the limits to <see cref="LimitsEnd"/>.</summary>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Way(int Project, int Space, int Fit, bool KeepsRoom, long Use, int LimitsEnd, int FirstColumn, int ColumnsEnd);

    /// <summary>A way from a month on: uses the limits from <see cref="FirstLimit"/>.</summary>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Column(int Way, int Month, int FirstLimit, long Value);

    public AllocationProblem Problem { get; }
    public List<Limit> Limits { get; } = [];
    public List<Way> Ways { get; } = [];
    public List<Column> Columns { get; } = [];

    /// <summary>Index of the first way, by project; one more at the end.</summary>
    public int[] FirstWay { get; }
    public bool[] IsPinned { get; }
    public List<RefusedPin> RefusedPins { get; } = [];
    public int Projects => Problem.Projects.Count;
    public Way WayOf(int column) => Ways[Columns[column].Way];
    public int ProjectOf(int column) => WayOf(column).Project;
    public (int First, int End) ColumnsOf(int project) => FirstWay[project] == FirstWay[project + 1] ? (0, 0) : (Ways[FirstWay[project]].FirstColumn, Ways[FirstWay[project + 1] - 1].ColumnsEnd);

    private readonly int[] _firstLimit;

    public AllocationModel(AllocationProblem problem)
    {
        Problem = problem;
        (FirstWay, IsPinned, _firstLimit) = (new int[problem.Projects.Count + 1], new bool[problem.Projects.Count], new int[problem.Spaces.Count + 1]);
        var projects = problem.Projects.Index().ToDictionary(p => p.Item.Id, p => p.Index);
        var spaces = problem.Spaces.Index().ToDictionary(s => s.Item.Id, s => s.Index);
        var options = problem.Options.Select(o => (Project: projects[o.ProjectId], Space: spaces[o.SpaceId], o.Fit)).OrderBy(o => o.Project).ThenBy(o => o.Space).ToList();
        BuildLimits(options.ToLookup(o => o.Space, o => o.Project));
        var pins = Pins(projects, spaces, options.ToDictionary(o => (o.Project, o.Space), o => o.Fit));
        foreach (var (project, own) in Enumerable.Range(0, Projects).GroupJoin(options, p => p, o => o.Project, (p, own) => (p, own)))
        {
            FirstWay[project] = Ways.Count;
            foreach (var option in own.Where(o => !pins.TryGetValue(project, out var to) || to == o.Space)) AddWays(project, option.Space, option.Fit);
        }
        FirstWay[Projects] = Ways.Count;
    }

    /// <summary>
    /// A later month with no more room implies an earlier one when nobody who may come leaves in between: whoever is there in the earlier one is there in the later one too.
    /// </summary>
    private void BuildLimits(ILookup<int, int> candidates)
    {
        for (var space = 0; space < Problem.Spaces.Count; space++)
        {
            _firstLimit[space] = Limits.Count;
            var ends = candidates[space].Select(p => Problem.Projects[p].Until).OfType<int>().ToHashSet();
            var free = Problem.Spaces[space].FreeM2;
            for (var month = 0; month < Problem.Months; month++)
            {
                var implied = false;
                for (var later = month + 1; later < Problem.Months && !ends.Contains(later - 1) && !implied; later++) implied = free[later] <= free[month];
                if (!implied) Limits.Add(new(space, month, Hundredths(Math.Max(0, free[month]))));
            }
        }
        _firstLimit[Problem.Spaces.Count] = Limits.Count;
    }

    private void AddWays(int project, int space, int fit)
    {
        var wish = Problem.Projects[project];
        for (var kept = 0; kept < (Problem.Weights.GrowthPercent > 0 ? 2 : 1); kept++)
        {
            var use = Hundredths(wish.AreaM2 + (kept == 0 ? 0 : Room(wish)));
            var (first, end) = (Columns.Count, LimitAfter(space, Math.Min(wish.Until ?? int.MaxValue, Problem.Months - 1)));
            var lastLimit = -1;
            for (var month = Math.Max(0, wish.From); month <= Math.Min(wish.LatestFrom, Problem.Months - 1); month++)
            {
                var from = LimitAfter(space, month - 1);
                if (from == lastLimit || from >= end || !HasRoom(from, end, use)) continue;
                lastLimit = from;
                var value = (long)(AllocationTerms.Of(wish, fit, month, kept == 1, Problem.Weights).Sum * 100);
                if (value > 0) Columns.Add(new(Ways.Count, month, from, value));
            }
            if (Columns.Count > first) Ways.Add(new(project, space, fit, kept == 1, use, end, first, Columns.Count));
        }
    }

    /// <summary>Each pin in its turn gets the earliest month that the ones before it leave; what then has a place is sure to have one in every plan that is looked at.</summary>
    private Dictionary<int, int> Pins(Dictionary<Guid, int> projects, Dictionary<Guid, int> spaces, Dictionary<(int, int), int> fits)
    {
        var free = Limits.Select(l => l.Free).ToArray();
        var pins = new Dictionary<int, int>();
        foreach (var pin in Problem.Pins)
        {
            if (Refuse(pin) is { } reason) RefusedPins.Add(new(pin.ProjectId, pin.SpaceId, reason));
        }
        return pins;

        PinRefusal? Refuse(AllocationPin pin)
        {
            if (!projects.TryGetValue(pin.ProjectId, out var project)) return PinRefusal.ProjectNotInPlan;
            if (!spaces.TryGetValue(pin.SpaceId, out var space)) return PinRefusal.SpaceNotInPlan;
            if (pins.TryGetValue(project, out var before)) return before == space ? null : PinRefusal.PinnedElsewhere;
            if (!fits.TryGetValue((project, space), out var fit)) return PinRefusal.Forbidden;
            var wish = Problem.Projects[project];
            var (use, end) = (Hundredths(wish.AreaM2), LimitAfter(space, Math.Min(wish.Until ?? int.MaxValue, Problem.Months - 1)));
            var fitsAlone = false;
            for (var month = Math.Max(0, wish.From); month <= Math.Min(wish.LatestFrom, Problem.Months - 1); month++)
            {
                var from = LimitAfter(space, month - 1);
                if (from >= end || !HasRoom(from, end, use) || AllocationTerms.Of(wish, fit, month, false, Problem.Weights).Sum <= 0) continue;
                fitsAlone = true;
                if (!Enumerable.Range(from, end - from).All(l => free[l] >= use)) continue;
                for (var l = from; l < end; l++) free[l] -= use;
                (pins[project], IsPinned[project]) = (space, true);
                First.Add((project, space, from));
                return null;
            }
            return fitsAlone ? PinRefusal.TakenByPins : PinRefusal.NoRoom;
        }
    }

    /// <summary>The places with which all pins have room together.</summary>
    public List<(int Project, int Space, int FirstLimit)> First { get; } = [];

    public decimal Room(AllocationProject project) => decimal.Round(project.AreaM2 * Problem.Weights.GrowthRoomPercent / 100, 2);

    private bool HasRoom(int from, int end, long use)
    {
        for (var limit = from; limit < end; limit++)
        {
            if (Limits[limit].Free < use) return false;
        }
        return true;
    }

    /// <summary>The first limit of the space that is later than the month.</summary>
    private int LimitAfter(int space, int month)
    {
        var limit = _firstLimit[space];
        while (limit < _firstLimit[space + 1] && Limits[limit].Month <= month) limit++;
        return limit;
    }

    private static long Hundredths(decimal areaM2) => (long)decimal.Round(areaM2 * 100);
}
