using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Projects;

public sealed class LandAreaTests
{
    [Theory]
    [InlineData(Track.Land, 30.0, 2.0, 18000.0, 30.0, LandBasis.Land)]
    [InlineData(Track.Land, null, 2.0, 13333.4, 10.0, LandBasis.FloorByRatio)]
    [InlineData(Track.Lease, 30.0, 2.0, 13333.4, 10.0, LandBasis.FloorByRatio)]
    [InlineData(Track.Lease, null, null, 6666.7, 10.0, LandBasis.FloorAlone)]
    [InlineData(Track.Lease, 30.0, null, null, 30.0, LandBasis.Land)]
    [InlineData(Track.Rnd, null, null, null, null, LandBasis.Unknown)]
    [InlineData(Track.Land, 0.0, 0.0, 0.0, null, LandBasis.Unknown)]
    public void The_land_says_where_it_comes_from(Track track, double? mu, double? ratio, double? floor, double? land, LandBasis basis)
        => Assert.Equal(new LandArea((decimal?)land, basis), Rounded(LandArea.Of(track, (decimal?)mu, (decimal?)ratio, (decimal?)floor)));

    [Fact]
    public void A_figure_per_mu_is_unknown_while_either_part_is()
    {
        var land = new LandArea(30, LandBasis.Land);
        Assert.Equal(3_333_333.33m, land.Per(100_000_000m));
        Assert.Null(land.Per(null));
        Assert.Null(new LandArea(null, LandBasis.Unknown).Per(1));
    }

    private static LandArea Rounded(LandArea land) => land with { Mu = land.Mu is { } mu ? decimal.Round(mu, 2) / 1.000000m : null };
}
