using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Parks;

/// <summary>Kinds of space in words, and those whose capacity is watched.</summary>
internal static class SpaceClasses
{
    /// <summary>By their address in a query, such as "biosafety:2".</summary>
    public static readonly IReadOnlyDictionary<string, SpaceClass> Scarce = new (string Key, decimal Level)[]
    {
        (FitLimits.WetLab, 1), (FitLimits.Biosafety, 2), (FitLimits.Biosafety, 3), (FitLimits.CleanRoom, (int)CleanRoom.D), (FitLimits.CleanRoom, (int)CleanRoom.C),
        (FitLimits.Hazard, HazardClass.E - HazardClass.C), (FitLimits.Hazard, HazardClass.E - HazardClass.A), (FitLimits.ChemicalPark, 1),
        (FitLimits.WasteWaterClass, (int)WasteWaterClass.Biological), (FitLimits.DualPower, 1), (FitLimits.ClearHeight, 6), (FitLimits.FloorLoad, 10),
    }.Select(t => (Address: FormattableString.Invariant($"{t.Key}:{t.Level:0.##}"), Class: new SpaceClass(IsPlot: false, [new TraitLevel(t.Key, t.Level)])))
        .Append((Address: "plot", Class: new SpaceClass(IsPlot: true, []))).ToDictionary(k => k.Address, k => k.Class);

    public static string Words(SpaceClass kind) => kind.Levels.Count == 0 ? Text.Of(kind.IsPlot ? "capacity.plot" : "capacity.room")
        : (kind.IsPlot ? Text.Of("capacity.plot") + " · " : "") + string.Join(" + ", kind.Levels.Select(Words));

    private static string Words(TraitLevel trait) => trait.Key switch
    {
        FitLimits.Hazard => Text.Of("capacity.hazard", Text.Of(HazardClass.E - (int)trait.Level)),
        FitLimits.CleanRoom => Text.Of("capacity.cleanRoom", Text.Of((CleanRoom)(int)trait.Level)),
        FitLimits.WasteWaterClass => Text.Of("capacity.wasteWater", Text.Of((WasteWaterClass)(int)trait.Level)),
        _ => Text.Of("capacity." + trait.Key, trait.Level),
    };
}
