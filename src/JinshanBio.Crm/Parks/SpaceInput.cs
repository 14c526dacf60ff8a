using FluentValidation;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Pipeline;

namespace JinshanBio.Crm.Parks;

/// <summary>What a person says about a space. Area in m², height in m, load in kN/m², rent in yuan per m² and day.</summary>
public abstract record SpaceInput
{
    public string Name { get; set; } = "";
    public decimal AreaM2 { get; set; }

    /// <summary>Day from which it can be used.</summary>
    public DateOnly? AvailableFrom { get; set; }

    /// <summary>Last day on which it can be used.</summary>
    public DateOnly? AvailableUntil { get; set; }
    public SpaceKind Kind { get; set; }

    /// <summary>Name of the building; null for a plot.</summary>
    public string? Building { get; set; }

    /// <summary>Such as 3F or B1.</summary>
    public string? Floor { get; set; }
    public decimal? ClearHeightM { get; set; }
    public decimal? FloorLoad { get; set; }

    /// <summary>kVA.</summary>
    public decimal? PowerKva { get; set; }
    public bool? DualPower { get; set; }

    /// <summary>t/h.</summary>
    public decimal? SteamTph { get; set; }

    /// <summary>kW.</summary>
    public decimal? ColdKw { get; set; }

    /// <summary>m³/d.</summary>
    public decimal? WaterM3d { get; set; }

    /// <summary>m³/d.</summary>
    public decimal? WasteWaterM3d { get; set; }
    public WasteWaterClass? WasteWater { get; set; }
    public HazardClass? Hazard { get; set; }

    /// <summary>0 for none, 1 to 4 for BSL-1 to BSL-4.</summary>
    public int? Biosafety { get; set; }
    public bool? WetLab { get; set; }
    public CleanRoom? CleanRoom { get; set; }
    public bool? ChemicalPark { get; set; }
    public decimal? Rent { get; set; }

    internal SpaceTerms ToTerms() => new(Name, AreaM2, AvailableFrom!.Value)
    {
        Kind = Kind, Building = Building, Floor = Floor, AvailableUntil = AvailableUntil, Rent = Rent,
        Facilities = new()
        {
            ClearHeightM = ClearHeightM, FloorLoad = FloorLoad, PowerKva = PowerKva, DualPower = DualPower, SteamTph = SteamTph, ColdKw = ColdKw, WaterM3d = WaterM3d,
            WasteWaterM3d = WasteWaterM3d, WasteWater = WasteWater, Hazard = Hazard, Biosafety = Biosafety, WetLab = WetLab, CleanRoom = CleanRoom, ChemicalPark = ChemicalPark,
        },
    };
}

internal sealed class SpaceInputValidator : AbstractValidator<SpaceInput>
{
    public SpaceInputValidator()
    {
        RuleFor(r => r.Name).NotEmpty().OneLine(200);
        RuleFor(r => r.AreaM2).Area();
        RuleFor(r => r.AvailableFrom).NotEmpty().PlausibleDay();
        RuleFor(r => r.ClearHeightM).GreaterThan(0).LessThanOrEqualTo(100).PrecisionScale(18, 2, ignoreTrailingZeros: true);
        RuleFor(r => r.FloorLoad).GreaterThan(0).LessThanOrEqualTo(1000).PrecisionScale(18, 2, ignoreTrailingZeros: true);
        RuleFor(r => r.AvailableUntil).PlausibleDay();
        RuleFor(r => r.Kind).IsInEnum();
        RuleFor(r => r.Building).OneLine(200);
        RuleFor(r => r.Floor).OneLine(32);
        RuleFor(r => r.PowerKva).Capacity(1_000_000);
        RuleFor(r => r.SteamTph).Capacity(10_000);
        RuleFor(r => r.ColdKw).Capacity(1_000_000);
        RuleFor(r => r.WaterM3d).Capacity(1_000_000);
        RuleFor(r => r.WasteWaterM3d).Capacity(1_000_000);
        RuleFor(r => r.WasteWater).IsInEnum();
        RuleFor(r => r.Hazard).IsInEnum();
        RuleFor(r => r.Biosafety).InclusiveBetween(0, 4);
        RuleFor(r => r.CleanRoom).IsInEnum();
        RuleFor(r => r.Rent).InclusiveBetween(0, 10_000).PrecisionScale(18, 2, ignoreTrailingZeros: true);
    }
}

internal static class SpaceRules
{
    public static IRuleBuilderOptions<T, decimal?> Capacity<T>(this IRuleBuilder<T, decimal?> rule, decimal most)
        => rule.InclusiveBetween(0, most).PrecisionScale(18, 2, ignoreTrailingZeros: true);
}
