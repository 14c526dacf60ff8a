using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Parks;
using JinshanBio.Crm.Texts;
using JinshanBio.Crm.Web.Ui;

namespace JinshanBio.Crm.Web.Pages.Parks;

/// <summary>空间 in a few words.</summary>
internal static class SpaceTexts
{
    /// <summary>Name, free area, and the day when it is not available yet.</summary>
    public static string Option(SpaceOccupancy space)
    {
        var free = $"{space.Name} · {Text.Of("parks.freeNow", Show.Area(space.FreeM2))}";
        return space.IsComing ? $"{free} · {Text.Of("parks.comingFrom", Show.Day(space.AvailableFrom))}" : free;
    }

    /// <summary>Building, floor and kind.</summary>
    public static string Place(SpaceOccupancy space)
        => string.Join(" · ", ((string?[])[space.Building, space.Floor, Text.Of(space.Kind)]).Where(t => t is not null));

    public static string Days(DateOnly from, DateOnly? until) => until is { } last ? Text.Of("spaces.untilOn", Show.Day(from), Show.Day(last)) : Text.Of("spaces.fromOn", Show.Day(from));

    /// <summary>What a process asks for first, as far as it is known and there.</summary>
    public static IEnumerable<string> Key(Facilities f)
    {
        if (f.Biosafety is > 0 and var level) yield return Text.Of("spaces.bsl", level);
        if (f.WetLab == true) yield return Text.Of("input.wetLab");
        if (f.CleanRoom is { } clean and not CleanRoom.None) yield return $"{Text.Of("input.cleanRoom")} {Text.Of(clean)}";
        if (f.Hazard is { } hazard) yield return Text.Of(hazard);
        if (f.ClearHeightM is { } height) yield return $"{Show.Number(height)} m";
        if (f.FloorLoad is { } load) yield return $"{Show.Number(load)} kN/m²";
        if (f.PowerKva is > 0 and var power) yield return $"{Show.Number(power)} kVA";
        if (f.SteamTph is > 0 and var steam) yield return $"{Text.Of("spaces.steam")} {Show.Number(steam)} t/h";
    }

    /// <summary>All that can be known of it, in its groups: the words of the input, and the value; null while nobody knows.</summary>
    public static IReadOnlyList<(string Group, IReadOnlyList<(string Label, string? Value)> Lines)> All(Facilities f) =>
    [
        ("spaces.structure", [("clearHeightM", Number(f.ClearHeightM)), ("floorLoad", Number(f.FloorLoad))]),
        ("spaces.supplies", [("powerKva", Number(f.PowerKva)), ("dualPower", There(f.DualPower)), ("steamTph", Number(f.SteamTph)), ("coldKw", Number(f.ColdKw)), ("waterM3d", Number(f.WaterM3d))]),
        ("spaces.safety", [("wasteWater", f.WasteWater is { } water ? Text.Of(water) : null), ("wasteWaterM3d", Number(f.WasteWaterM3d)), ("hazard", f.Hazard is { } hazard ? Text.Of(hazard) : null),
            ("biosafety", f.Biosafety is { } level ? Biosafety(level) : null), ("wetLab", There(f.WetLab)), ("cleanRoom", f.CleanRoom is { } clean ? Text.Of(clean) : null),
            ("chemicalPark", f.ChemicalPark is { } park ? Text.Of(park ? "spaces.is" : "spaces.isNot") : null)]),
    ];

    public static string Biosafety(int level) => level == 0 ? Text.Of("spaces.noBsl") : Text.Of("spaces.bsl", level);

    private static string? Number(decimal? value) => value is not { } number ? null : number == 0 ? Text.Of("spaces.no") : Show.Number(number);

    private static string? There(bool? value) => value is not { } there ? null : Text.Of(there ? "spaces.yes" : "spaces.no");
}
