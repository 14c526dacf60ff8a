namespace JinshanBio.Crm.Domain.Parks;

/// <summary>特性: what makes one kind of space scarce, in levels: a space of a higher level also takes who needs a lower one. 0 is what every space has.</summary>
/// <param name="Key">As in <see cref="FitLimits"/>.</param>
/// <param name="Needed">The level a project needs; 0 when it states none.</param>
/// <param name="Offered">The level of a space; null while unknown.</param>
public sealed record SpaceTrait(string Key, Func<SpaceNeed, decimal> Needed, Func<Facilities, decimal?> Offered)
{
    public static readonly IReadOnlyList<SpaceTrait> All =
    [
        new(FitLimits.WetLab, n => Yes(n.WetLab) ?? 0, f => Yes(f.WetLab)),
        new(FitLimits.Biosafety, n => n.Biosafety ?? 0, f => f.Biosafety),
        new(FitLimits.CleanRoom, n => (int?)n.CleanRoom ?? 0, f => (int?)f.CleanRoom),
        new(FitLimits.Hazard, n => n.Hazard is { } hazard ? HazardClass.E - hazard : 0, f => f.Hazard is { } hazard ? HazardClass.E - hazard : null),
        new(FitLimits.ChemicalPark, n => Yes(n.ChemicalPark) ?? 0, f => Yes(f.ChemicalPark)),
        new(FitLimits.WasteWaterClass, n => (int?)n.WasteWater ?? 0, f => (int?)f.WasteWater),
        new(FitLimits.DualPower, n => Yes(n.DualPower) ?? 0, f => Yes(f.DualPower)),
        new(FitLimits.ClearHeight, n => n.ClearHeightM ?? 0, f => f.ClearHeightM),
        new(FitLimits.FloorLoad, n => n.FloorLoad ?? 0, f => f.FloorLoad),
    ];

    public static SpaceTrait Find(string key) => All.First(t => t.Key == key);

    private static decimal? Yes(bool? value) => value is { } known ? known ? 1 : 0 : null;
}

/// <summary>空间类别: rooms or land, of at least these levels.</summary>
public sealed record SpaceClass(bool IsPlot, IReadOnlyList<TraitLevel> Levels)
{
    /// <summary>What a project needs, with all its traits.</summary>
    public static SpaceClass Of(SpaceNeed need)
        => new(need.Plot is true, [.. SpaceTrait.All.Select(t => new TraitLevel(t.Key, t.Needed(need))).Where(l => l.Level > 0)]);

    /// <summary>Whoever needs the other one needs this one too.</summary>
    public bool IsPartOf(SpaceClass other) => IsPlot == other.IsPlot && Levels.All(l => other.Levels.Any(o => o.Key == l.Key && o.Level >= l.Level));

    /// <summary>Null when something that decides is not known of the space.</summary>
    public bool? Has(SpaceKind kind, Facilities facilities)
    {
        if ((kind == SpaceKind.Plot) != IsPlot) return false;
        var offered = Levels.Select(l => SpaceTrait.Find(l.Key).Offered(facilities) is { } level ? level >= l.Level : (bool?)null).ToList();
        return offered.Contains(false) ? false : offered.Contains(null) ? null : true;
    }

    public bool Equals(SpaceClass? other) => other is not null && IsPlot == other.IsPlot && Levels.SequenceEqual(other.Levels);

    public override int GetHashCode() => Levels.Aggregate(IsPlot.GetHashCode(), HashCode.Combine);
}

public sealed record TraitLevel(string Key, decimal Level);
