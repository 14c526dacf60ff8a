using System.Globalization;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;

namespace JinshanBio.Crm.Parks;

/// <summary>
/// 空间需求: what the form and the terms of a project ask of a space. Units of the form are those of the spaces (m, kN/m², kVA, t/h, kW, m³/d,
/// yuan per m² and day); only land is asked for in 亩 and counted in m² here.
/// </summary>
public static class ProjectNeeds
{
    /// <summary>Keys of the form by the limit they state, in the order of <see cref="FitLimits.All"/>, then those that only count for the score.</summary>
    internal static readonly IReadOnlyList<(string Limit, string Question)> Questions =
    [
        (FitLimits.From, "space_from"), (FitLimits.Until, "space_until"), (FitLimits.ClearHeight, "clear_height"), (FitLimits.FloorLoad, "floor_load"),
        (FitLimits.Power, "power_load"), (FitLimits.DualPower, "dual_power"), (FitLimits.Steam, "steam"), (FitLimits.Cold, "cooling"), (FitLimits.Water, "water"),
        (FitLimits.WasteWater, "wastewater"), (FitLimits.WasteWaterClass, "wastewater_class"), (FitLimits.Hazard, "hazard_class"), (FitLimits.Biosafety, "bsl"),
        (FitLimits.WetLab, "wet_lab"), (FitLimits.CleanRoom, "gmp"), (FitLimits.ChemicalPark, "chem_park_required"),
        ("growth", "growth_area"), ("price", "max_rent"), ("role", "carrier_role"),
    ];

    /// <summary>All questions that the needs are read from.</summary>
    internal static IReadOnlyList<string> Keys => [.. Questions.Select(q => q.Question), "land_area", "start_date", "production_date", "major_hazard"];

    /// <param name="project">With its facts, links and assignments.</param>
    /// <param name="today">No place is wanted earlier.</param>
    public static SpaceNeed Of(Project project, DateOnly today)
    {
        // Who builds needs land, once the form says how much; who rents needs rooms.
        var land = project.Track == Track.Land ? Number(project, "land_area") * LandArea.SquareMetresOfAMu : null;
        var wanted = Day(project, "space_from") ?? Proposed(project) ?? Day(project, "start_date") ?? Day(project, "production_date") ?? today;
        return new SpaceNeed
        {
            AreaM2 = land is { } plot ? decimal.Round(plot, 2) : project.AreaM2, Plot = land is not null ? true : project.Track == Track.Land ? null : false,
            From = wanted > today ? wanted : today, Until = Day(project, "space_until"),
            Field = project.Field, Links = [.. project.Links.Select(l => l.Code)],
            ClearHeightM = Number(project, "clear_height"), FloorLoad = Number(project, "floor_load"), PowerKva = Number(project, "power_load"), DualPower = Answer(project, "dual_power"),
            SteamTph = Number(project, "steam"), ColdKw = Number(project, "cooling"), WaterM3d = Number(project, "water"), WasteWaterM3d = Number(project, "wastewater"),
            WasteWater = Choice<WasteWaterClass>(project, "wastewater_class"),
            // A major hazard without a class is taken for the greatest.
            Hazard = Choice<HazardClass>(project, "hazard_class") ?? (Answer(project, "major_hazard") is true ? HazardClass.A : null),
            Biosafety = project.Fact("bsl") switch { "none" => 0, ['b', 's', 'l', var level] => level - '0', _ => null },
            WetLab = Answer(project, "wet_lab"), CleanRoom = Choice<CleanRoom>(project, "gmp"), ChemicalPark = Answer(project, "chem_park_required"),
            GrowthM2 = Number(project, "growth_area"), MaxRent = Number(project, "max_rent"), Role = Choice<ParkRole>(project, "carrier_role"),
        };
    }

    private static DateOnly? Proposed(Project project)
        => project.Assignments.Where(a => a.Status is AssignmentStatus.Proposed or AssignmentStatus.Waiting).OrderBy(a => a.ProposedAt).Select(a => (DateOnly?)a.From).LastOrDefault();

    private static decimal? Number(Project project, string key) => decimal.TryParse(project.Fact(key), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool? Answer(Project project, string key) => project.Fact(key) switch { "true" => true, "false" => false, _ => null };

    private static DateOnly? Day(Project project, string key)
        => DateOnly.TryParseExact(project.Fact(key), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The options of these questions are the names of the enum in lower case.</summary>
    private static T? Choice<T>(Project project, string key) where T : struct, Enum => Enum.TryParse<T>(project.Fact(key), ignoreCase: true, out var choice) ? choice : null;
}
