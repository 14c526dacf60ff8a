namespace JinshanBio.Crm.Domain.Parks;

/// <summary>
/// 空间缺口: where the projects that want a place need more of a kind of space than is free for good. A project counts with the kind it needs and with every lesser one,
/// because only those spaces can take it; so each figure is what is missing at least, however cleverly the rest is placed.
/// </summary>
public static class Shortages
{
    /// <param name="days">Ends of the periods: a project counts from the period on in which it wants to come.</param>
    /// <returns>Kinds of which something is missing on one of the days, the greatest shortage first. A combination stands there only when more of it is missing than of each of its parts, and no kind when a wider one has the very same figures.</returns>
    public static IReadOnlyList<Shortage> Of(IReadOnlyList<WantedSpace> wanted, IReadOnlyList<OfferedSpace> offered, IReadOnlyList<DateOnly> days)
    {
        var demand = wanted.GroupBy(w => SpaceClass.Of(w.Need)).Select(g => new Demand(g.Key, [.. g])).ToList();
        var classes = demand.ConvertAll(d => d.Class);
        var parts = classes.SelectMany(c => c.Levels.Select(l => new SpaceClass(c.IsPlot, [l])).Append(new SpaceClass(c.IsPlot, [])));
        var missing = parts.Concat(classes).Distinct().Select(c => new Shortage(c, [.. days.Select(day => On(c, day, demand, offered))]))
            .Where(s => s.Worst.ShortM2 > 0).ToList();
        var single = missing.Where(s => s.Class.Levels.Count < 2).ToDictionary(s => s.Class, s => s.Worst.ShortM2);
        bool Adds(Shortage s) => s.Class.Levels.Count < 2 || s.Class.Levels.Select(l => single.GetValueOrDefault(new SpaceClass(s.Class.IsPlot, [l]))).Max() < s.Worst.ShortM2;
        bool SaysTheSame(Shortage wider, Shortage s) => wider.Class.Levels.Count < s.Class.Levels.Count && wider.Class.IsPlot == s.Class.IsPlot && wider.Class.Levels.All(s.Class.Levels.Contains)
            && wider.Days.Zip(s.Days).All(d => (d.First.WantedM2, d.First.FreeM2) == (d.Second.WantedM2, d.Second.FreeM2));
        return [.. missing.Where(s => Adds(s) && !missing.Exists(wider => SaysTheSame(wider, s))).OrderByDescending(s => s.Worst.ShortM2).ThenBy(s => s.Class.Levels.Count)];
    }

    private static ShortageOn On(SpaceClass kind, DateOnly day, List<Demand> demand, IReadOnlyList<OfferedSpace> offered)
    {
        var coming = demand.Where(d => kind.IsPartOf(d.Class)).SelectMany(d => d.Wanted).Where(w => w.Need.From <= day).ToList();
        var free = offered.Select(o => (Has: kind.Has(o.Kind, o.Facilities), o.Spans)).Where(o => o.Has is not false)
            .Select(o => (o.Has, Free: Math.Max(0, SpaceSpan.LeastFree(o.Spans, day)))).ToList();
        return new ShortageOn(day, coming.Sum(w => w.Need.AreaM2), decimal.Round(coming.Sum(w => w.Need.AreaM2 * w.Likelihood), 2),
            free.Where(f => f.Has is true).Sum(f => f.Free), free.Where(f => f.Has is null).Sum(f => f.Free), [.. coming.Select(w => w.ProjectId)]);
    }
}

/// <summary>Those who need the same kind.</summary>
internal sealed record Demand(SpaceClass Class, IReadOnlyList<WantedSpace> Wanted);

/// <param name="Likelihood">0 to 1: how likely the project comes at all.</param>
public sealed record WantedSpace(Guid ProjectId, SpaceNeed Need, decimal Likelihood);

public sealed record OfferedSpace(SpaceKind Kind, Facilities Facilities, IReadOnlyCollection<SpaceSpan> Spans);

public sealed record Shortage(SpaceClass Class, IReadOnlyList<ShortageOn> Days)
{
    public ShortageOn Worst => Days.MaxBy(d => d.ShortM2)!;

    /// <summary>The first day on which something is missing.</summary>
    public ShortageOn First => Days.First(d => d.ShortM2 > 0);
}

/// <summary>Areas in m².</summary>
/// <param name="LikelyM2">Wanted, each project with its likelihood.</param>
/// <param name="FreeM2">Free for good from the day on.</param>
/// <param name="UnknownM2">Free in spaces of which something that decides is not known.</param>
public sealed record ShortageOn(DateOnly Day, decimal WantedM2, decimal LikelyM2, decimal FreeM2, decimal UnknownM2, IReadOnlyList<Guid> Projects)
{
    public decimal ShortM2 => Math.Max(0, WantedM2 - FreeM2);
}
