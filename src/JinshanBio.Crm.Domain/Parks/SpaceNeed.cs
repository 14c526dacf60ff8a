namespace JinshanBio.Crm.Domain.Parks;

/// <summary>
/// What a project needs of a space. What is null was not stated and limits nothing; so does the lowest level of a need (no, 0, <see cref="Parks.CleanRoom.None"/>,
/// <see cref="HazardClass.E"/>, <see cref="WasteWaterClass.Domestic"/>), which every space meets. Units are those of <see cref="Parks.Facilities"/>.
/// </summary>
public sealed record SpaceNeed
{
    /// <summary>m²; on a plot the land, else the floor.</summary>
    public decimal AreaM2 { get; init; }

    /// <summary>Day from which it is wanted.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day; null for a stay without an end.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>重点领域.</summary>
    public string Field { get; init; } = "";

    /// <summary>产业链环节.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>True for land to build on, false for rooms.</summary>
    public bool? Plot { get; init; }
    public decimal? ClearHeightM { get; init; }
    public decimal? FloorLoad { get; init; }
    public decimal? PowerKva { get; init; }
    public decimal? SteamTph { get; init; }
    public decimal? ColdKw { get; init; }
    public decimal? WaterM3d { get; init; }
    public decimal? WasteWaterM3d { get; init; }
    public bool? DualPower { get; init; }
    public bool? WetLab { get; init; }
    public bool? ChemicalPark { get; init; }
    public WasteWaterClass? WasteWater { get; init; }
    public HazardClass? Hazard { get; init; }
    public int? Biosafety { get; init; }
    public CleanRoom? CleanRoom { get; init; }

    /// <summary>Room to grow that is wanted, m²; half of the area when not stated, see <see cref="FitWeights.GrowthShare"/>.</summary>
    public decimal? GrowthM2 { get; init; }

    /// <summary>Yuan per m² and day.</summary>
    public decimal? MaxRent { get; init; }

    /// <summary>The carrier that suits how far the company is; by the area when not stated.</summary>
    public ParkRole? Role { get; init; }
}

/// <summary>What a space offers on the wanted days, and what stands around it.</summary>
public sealed record SpaceOffer
{
    public Guid SpaceId { get; init; }
    public Guid ParkId { get; init; }

    /// <summary>Least free area over the wanted days, m².</summary>
    public decimal FreeM2 { get; init; }
    public DateOnly AvailableFrom { get; init; }

    /// <summary>Last day.</summary>
    public DateOnly? AvailableUntil { get; init; }

    /// <summary>From which day the area would wait empty for the project: the later of today and <see cref="AvailableFrom"/>, which counts when left out.</summary>
    public DateOnly? IdleFrom { get; init; }

    /// <summary>Null while unknown.</summary>
    public SpaceKind? Kind { get; init; }
    public Facilities Facilities { get; init; } = new();

    /// <summary>Yuan per m² and day.</summary>
    public decimal? Rent { get; init; }
    public IReadOnlyCollection<string> ParkFields { get; init; } = [];
    public IReadOnlyCollection<ParkRole> ParkRoles { get; init; } = [];

    /// <summary>产业链环节 of the tenants and held projects of the park.</summary>
    public IReadOnlyCollection<string> NeighbourLinks { get; init; } = [];

    /// <summary>Other area of the building or park that is free from then on, m².</summary>
    public decimal GrowthM2 { get; init; }
}
