namespace JinshanBio.Crm.Domain.Parks;

/// <summary>匹配权重: the most points each term of a fit gives, 100 together, and where they are reached. Reference data that an administrator changes.</summary>
public sealed record FitWeights
{
    public int Field { get; init; } = 25;
    public int Links { get; init; } = 20;
    public int Growth { get; init; } = 15;
    public int Date { get; init; } = 15;
    public int Price { get; init; } = 10;
    public int Role { get; init; } = 15;

    /// <summary>So many links of the neighbours that supply the project or buy from it give all points.</summary>
    public int LinksForAll { get; init; } = 3;

    /// <summary>Room to grow that is looked for when none was stated, as a share of the area.</summary>
    public decimal GrowthShare { get; init; } = 0.5m;

    /// <summary>A space that is not open yet should be ready so many days before it is wanted.</summary>
    public int ReadyDays { get; init; } = 60;

    /// <summary>A space may wait empty for so many days; after twice as many there are no points left.</summary>
    public int IdleDays { get; init; } = 365;

    /// <summary>So far above the highest rent, as a share of it, there are no points left.</summary>
    public decimal RentTolerance { get; init; } = 0.5m;

    /// <summary>m²: up to here an incubator suits, up to <see cref="AcceleratorM2"/> an accelerator, beyond it an industrial park.</summary>
    public decimal IncubatorM2 { get; init; } = 500;
    public decimal AcceleratorM2 { get; init; } = 3000;

    /// <summary>What serves every field, and so suits every park.</summary>
    public string SharedField { get; init; } = "CMN";

    public int Sum => Field + Links + Growth + Date + Price + Role;
}
