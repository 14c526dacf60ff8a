using JinshanBio.Crm.Domain.Stages;

namespace JinshanBio.Crm.Domain.Projects;

/// <summary>Where the land of a per-mu figure comes from; stands beside the figure.</summary>
public enum LandBasis
{
    /// <summary>未知: nothing is on record.</summary>
    Unknown,
    /// <summary>用地面积 from the form.</summary>
    Land,
    /// <summary>建筑面积 ÷ 容积率</summary>
    FloorByRatio,
    /// <summary>建筑面积, with a plot ratio of 1 for want of one.</summary>
    FloorAlone,
}

/// <summary>用地面积 in 亩 (1 亩 = 666.67 m²), and how it was come by.</summary>
public sealed record LandArea(decimal? Mu, LandBasis Basis)
{
    public const decimal SquareMetresOfAMu = 666.67m;

    /// <param name="landMu">用地面积, 亩.</param>
    /// <param name="plotRatio">容积率.</param>
    /// <param name="floorM2">Floor area wanted or rented, m².</param>
    public static LandArea Of(Track track, decimal? landMu, decimal? plotRatio, decimal? floorM2)
    {
        // Who rents has no land of its own: the share of the floor in the land under it.
        if (track != Track.Lease && landMu > 0) return new(landMu, LandBasis.Land);
        if (floorM2 > 0) return plotRatio > 0 ? new(Mus(floorM2.Value / plotRatio.Value), LandBasis.FloorByRatio) : new(Mus(floorM2.Value), LandBasis.FloorAlone);
        return landMu > 0 ? new(landMu, LandBasis.Land) : new(null, LandBasis.Unknown);
    }

    /// <summary>Yuan a mu; null while either is unknown.</summary>
    public decimal? Per(decimal? yuan) => Mu is { } mu && yuan is { } amount ? decimal.Round(amount / mu, 2) : null;

    private static decimal Mus(decimal squareMetres) => decimal.Round(squareMetres / SquareMetresOfAMu, 4);
}
