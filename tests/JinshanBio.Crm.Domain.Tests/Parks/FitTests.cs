using JinshanBio.Crm.Domain.Parks;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Parks;

public sealed class FitTests
{
    private static readonly DateOnly Wanted = new(2027, 3, 1);
    private static readonly FitWeights Weights = new();
    private static readonly SupplyGraph Chain = new([new("CMN-03", "MED-01"), new("MED-01", "MED-07"), new("MED-01", "MED-08"), new("MED-08", "MED-01")]);
    private static readonly SpaceNeed Need = new() { AreaM2 = 1000, From = Wanted, Field = "MED", Links = ["MED-01"] };
    private static readonly SpaceOffer Offer = new()
    {
        FreeM2 = 1000, AvailableFrom = Wanted.AddDays(-100), IdleFrom = Wanted.AddDays(-30), Kind = SpaceKind.Unit, ParkFields = ["MED"], ParkRoles = [ParkRole.Accelerator],
        NeighbourLinks = ["CMN-03", "MED-07", "MED-08"], GrowthM2 = 500, Rent = 2,
    };

    [Fact]
    public void Without_needs_only_the_area_and_the_first_day_limit()
        => Assert.Equal([FitLimits.Area, FitLimits.From], Judge(Need, Offer).Reasons.Select(r => r.Key));

    public static TheoryData<string> Numbers => [FitLimits.ClearHeight, FitLimits.FloorLoad, FitLimits.Power, FitLimits.Steam, FitLimits.Cold, FitLimits.Water, FitLimits.WasteWater];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_figure_fits_when_it_is_equal_and_not_one_hundredth_below(string key)
    {
        Assert.Equal(FitVerdict.Fits, Reason(key, 5, 5).Verdict);
        var short1 = Reason(key, 5, 4.99m);
        Assert.Equal(FitVerdict.DoesNotFit, short1.Verdict);
        Assert.Equal([5m, 4.99m, 0.01m], short1.Args.Cast<decimal>());
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_figure_that_nobody_recorded_is_unknown_and_says_what_is_needed(string key)
    {
        var reason = Reason(key, 5, null);
        Assert.Equal(FitVerdict.Unknown, reason.Verdict);
        Assert.Equal([5m], reason.Args.Cast<decimal>());
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_figure_that_is_not_stated_or_nought_limits_nothing(string key)
    {
        Assert.DoesNotContain(Judge(With(Need, key, null), Offer).Reasons, r => r.Key == key);
        Assert.DoesNotContain(Judge(With(Need, key, 0), Offer).Reasons, r => r.Key == key);
    }

    [Theory]
    [InlineData(1000, FitVerdict.Fits)]
    [InlineData(999.99, FitVerdict.DoesNotFit)]
    public void The_least_free_area_must_do(double free, FitVerdict verdict)
        => Assert.Equal(verdict, Of(FitLimits.Area, Need, Offer with { FreeM2 = (decimal)free })!.Verdict);

    [Theory]
    [InlineData(0, FitVerdict.Fits)]
    [InlineData(1, FitVerdict.DoesNotFit)]
    public void A_space_must_be_there_on_the_wanted_day(int late, FitVerdict verdict)
        => Assert.Equal(verdict, Of(FitLimits.From, Need, Offer with { AvailableFrom = Wanted.AddDays(late) })!.Verdict);

    [Theory]
    [InlineData(0, FitVerdict.Fits)]
    [InlineData(-1, FitVerdict.DoesNotFit)]
    public void A_space_must_be_there_until_the_last_day(int days, FitVerdict verdict)
        => Assert.Equal(verdict, Of(FitLimits.Until, Need with { Until = Wanted.AddYears(3) }, Offer with { AvailableUntil = Wanted.AddYears(3).AddDays(days) })!.Verdict);

    [Fact]
    public void A_stay_without_an_end_needs_a_space_without_an_end()
    {
        Assert.Equal(FitVerdict.DoesNotFit, Of(FitLimits.Until, Need, Offer with { AvailableUntil = Wanted.AddYears(30) })!.Verdict);
        Assert.Equal(FitVerdict.Fits, Of(FitLimits.Until, Need with { Until = Wanted.AddYears(3) }, Offer)!.Verdict);
        Assert.Null(Of(FitLimits.Until, Need, Offer));
    }

    [Fact]
    public void Only_area_and_days_are_beyond_any_reason()
        => Assert.Equal([FitLimits.Area, FitLimits.From, FitLimits.Until], FitLimits.All.Where(key => new FitReason(key, FitVerdict.DoesNotFit, []).IsFirm));

    [Theory]
    [InlineData(true, SpaceKind.Plot, FitVerdict.Fits)]
    [InlineData(true, SpaceKind.Building, FitVerdict.DoesNotFit)]
    [InlineData(false, SpaceKind.Floor, FitVerdict.Fits)]
    [InlineData(false, SpaceKind.Plot, FitVerdict.DoesNotFit)]
    [InlineData(true, null, FitVerdict.Unknown)]
    public void Land_is_no_room_and_a_room_no_land(bool plot, SpaceKind? kind, FitVerdict verdict)
        => Assert.Equal(verdict, Of(FitLimits.Kind, Need with { Plot = plot }, Offer with { Kind = kind })!.Verdict);

    public static TheoryData<string> Answers => [FitLimits.DualPower, FitLimits.WetLab, FitLimits.ChemicalPark];

    [Theory]
    [MemberData(nameof(Answers))]
    public void Yes_or_no_fits_only_a_yes_and_no_answer_is_unknown(string key)
    {
        SpaceNeed Wants(bool? wanted) => key switch
        {
            FitLimits.DualPower => Need with { DualPower = wanted },
            FitLimits.WetLab => Need with { WetLab = wanted },
            _ => Need with { ChemicalPark = wanted },
        };
        SpaceOffer Has(bool? there) => Offer with { Facilities = new() { DualPower = there, WetLab = there, ChemicalPark = there } };

        Assert.Equal(FitVerdict.Fits, Of(key, Wants(true), Has(true))!.Verdict);
        Assert.Equal(FitVerdict.DoesNotFit, Of(key, Wants(true), Has(false))!.Verdict);
        Assert.Equal(FitVerdict.Unknown, Of(key, Wants(true), Has(null))!.Verdict);
        Assert.Null(Of(key, Wants(false), Has(false)));
        Assert.Null(Of(key, Wants(null), Has(null)));
    }

    [Theory]
    [InlineData(WasteWaterClass.Industrial, WasteWaterClass.Industrial, FitVerdict.Fits)]
    [InlineData(WasteWaterClass.Industrial, WasteWaterClass.Biological, FitVerdict.Fits)]
    [InlineData(WasteWaterClass.Industrial, WasteWaterClass.Domestic, FitVerdict.DoesNotFit)]
    [InlineData(WasteWaterClass.Biological, WasteWaterClass.Industrial, FitVerdict.DoesNotFit)]
    [InlineData(WasteWaterClass.Biological, null, FitVerdict.Unknown)]
    public void A_drain_takes_its_own_class_and_those_before_it(WasteWaterClass need, WasteWaterClass? there, FitVerdict verdict)
        => Assert.Equal(verdict, Of(FitLimits.WasteWaterClass, Need with { WasteWater = need }, Offer with { Facilities = new() { WasteWater = there } })!.Verdict);

    [Theory]
    [InlineData(HazardClass.C, HazardClass.C, FitVerdict.Fits)]
    [InlineData(HazardClass.C, HazardClass.A, FitVerdict.Fits)]
    [InlineData(HazardClass.C, HazardClass.D, FitVerdict.DoesNotFit)]
    [InlineData(HazardClass.A, HazardClass.B, FitVerdict.DoesNotFit)]
    [InlineData(HazardClass.B, null, FitVerdict.Unknown)]
    public void A_building_takes_its_own_hazard_and_every_lesser_one(HazardClass need, HazardClass? there, FitVerdict verdict)
        => Assert.Equal(verdict, Of(FitLimits.Hazard, Need with { Hazard = need }, Offer with { Facilities = new() { Hazard = there } })!.Verdict);

    [Theory]
    [InlineData(2, 2, FitVerdict.Fits)]
    [InlineData(2, 3, FitVerdict.Fits)]
    [InlineData(2, 1, FitVerdict.DoesNotFit)]
    [InlineData(1, 0, FitVerdict.DoesNotFit)]
    [InlineData(1, null, FitVerdict.Unknown)]
    public void Biosafety_must_reach_the_level(int need, int? there, FitVerdict verdict)
        => Assert.Equal(verdict, Of(FitLimits.Biosafety, Need with { Biosafety = need }, Offer with { Facilities = new() { Biosafety = there } })!.Verdict);

    [Theory]
    [InlineData(CleanRoom.C, CleanRoom.C, FitVerdict.Fits)]
    [InlineData(CleanRoom.C, CleanRoom.A, FitVerdict.Fits)]
    [InlineData(CleanRoom.C, CleanRoom.D, FitVerdict.DoesNotFit)]
    [InlineData(CleanRoom.D, CleanRoom.None, FitVerdict.DoesNotFit)]
    [InlineData(CleanRoom.D, null, FitVerdict.Unknown)]
    public void A_clean_room_must_be_as_clean(CleanRoom need, CleanRoom? there, FitVerdict verdict)
        => Assert.Equal(verdict, Of(FitLimits.CleanRoom, Need with { CleanRoom = need }, Offer with { Facilities = new() { CleanRoom = there } })!.Verdict);

    [Fact]
    public void The_lowest_level_of_a_need_asks_nothing()
        => Assert.Equal([FitLimits.Area, FitLimits.From],
            Judge(Need with { Biosafety = 0, CleanRoom = CleanRoom.None, Hazard = HazardClass.E, WasteWater = WasteWaterClass.Domestic }, Offer).Reasons.Select(r => r.Key));

    [Fact]
    public void The_verdict_is_the_worst_of_the_reasons()
    {
        Assert.Equal(FitVerdict.Fits, Judge(Need, Offer).Verdict);
        Assert.Equal(FitVerdict.Unknown, Judge(Need with { WetLab = true }, Offer).Verdict);
        var both = Judge(Need with { WetLab = true, Biosafety = 2 }, Offer with { Facilities = new() { Biosafety = 1 } });
        Assert.Equal(FitVerdict.DoesNotFit, both.Verdict);
        Assert.Equal([FitLimits.Biosafety], both.Failing.Select(r => r.Key));
    }

    [Fact]
    public void The_best_space_has_100_and_the_score_is_the_sum_of_its_points()
    {
        Assert.Equal(100, Weights.Sum);
        var best = Judge(Need with { MaxRent = 2 }, Offer);
        Assert.Equal(100, best.Score);
        var other = Judge(Need, Offer with { ParkFields = ["MAT"], GrowthM2 = 100 });
        Assert.Equal(other.Score, other.Points.Sum(p => p.Points));
        Assert.All(other.Points, p => Assert.InRange(p.Points, 0, p.Of));
        Assert.Equal(["field", "links", "growth", "date", "price", "role"], other.Points.Select(p => p.Key));
    }

    [Fact]
    public void Weights_that_do_not_add_up_are_scaled_and_no_weight_gives_nothing()
    {
        Assert.Equal(100, Fit.Judge(Need, Offer, Weights with { Field = 50 }, Chain).Score);
        Assert.Equal(0, Fit.Judge(Need, Offer, Weights with { Field = 0, Links = 0, Growth = 0, Date = 0, Price = 0, Role = 0 }, Chain).Score);
    }

    [Theory]
    [InlineData("MED", 25, "own")]
    [InlineData("AGR", 0, "other")]
    [InlineData("CMN", 25, "shared")]
    public void A_park_counts_for_its_fields_and_for_what_serves_all(string field, int points, string why)
        => AssertPoint(Need with { Field = field }, Offer, "field", points, why);

    [Fact]
    public void Neighbours_count_when_they_supply_or_buy_each_of_them_once()
    {
        var point = Point(Need, Offer, "links");
        Assert.Equal(20, point.Points);
        Assert.Equal(["CMN-03", "MED-08"], (IEnumerable<string>)point.Args[1]);
        Assert.Equal(["MED-07", "MED-08"], (IEnumerable<string>)point.Args[2]);
        AssertPoint(Need, Offer with { NeighbourLinks = ["MED-08", "MED-08", "MED-01"] }, "links", 6.7m, "some");
        AssertPoint(Need, Offer with { NeighbourLinks = ["AGR-01"] }, "links", 0, "none");
        AssertPoint(Need with { Links = [] }, Offer, "links", 0, "unstated");
    }

    [Theory]
    [InlineData(null, 250, 7.5, "assumed")]
    [InlineData(1000, 250, 3.8, "stated")]
    [InlineData(100, 250, 15, "stated")]
    [InlineData(0, 0, 15, "unneeded")]
    public void Room_to_grow_counts_in_proportion(int? wanted, int there, double points, string why)
        => AssertPoint(Need with { GrowthM2 = wanted }, Offer with { GrowthM2 = there }, "growth", (decimal)points, why);

    [Theory]
    [InlineData(-1, 0, "late")]
    [InlineData(0, 7.5, "tight")]
    [InlineData(30, 11.3, "tight")]
    [InlineData(60, 15, "ready")]
    [InlineData(365, 15, "ready")]
    [InlineData(548, 7.5, "idle")]
    [InlineData(900, 0, "idle")]
    public void A_space_to_come_counts_when_it_is_ready_early_and_not_long_before(int early, double points, string why)
        => AssertPoint(Need, Offer with { AvailableFrom = Wanted.AddDays(-early), IdleFrom = Wanted.AddDays(-early) }, "date", (decimal)points, why);

    [Fact]
    public void A_space_that_is_open_already_is_never_late()
        => AssertPoint(Need, Offer with { AvailableFrom = Wanted.AddYears(-5), IdleFrom = Wanted }, "date", 15, "ready");

    [Theory]
    [InlineData(null, 3.0, 5, "unknown")]
    [InlineData(2.0, null, 10, "unstated")]
    [InlineData(3.0, 3.0, 10, "within")]
    [InlineData(3.75, 3.0, 5, "above")]
    [InlineData(4.5, 3.0, 0, "above")]
    [InlineData(9.0, 3.0, 0, "above")]
    [InlineData(1.0, 0.0, 0, "above")]
    public void A_rent_above_what_can_be_paid_costs_points(double? rent, double? most, int points, string why)
        => AssertPoint(Need with { MaxRent = (decimal?)most }, Offer with { Rent = (decimal?)rent }, "price", points, why);

    [Theory]
    [InlineData(500, ParkRole.Incubator, 15, "right")]
    [InlineData(500.01, ParkRole.Incubator, 7.5, "near")]
    [InlineData(3000, ParkRole.Accelerator, 15, "right")]
    [InlineData(3000.01, ParkRole.Incubator, 0, "far")]
    public void The_size_says_which_carrier_suits_where_nothing_else_does(double area, ParkRole role, double points, string why)
        => AssertPoint(Need with { AreaM2 = (decimal)area }, Offer with { ParkRoles = [role] }, "role", (decimal)points, why);

    [Fact]
    public void The_carrier_that_is_wished_for_counts_before_the_size()
    {
        AssertPoint(Need with { Role = ParkRole.IndustrialPark }, Offer with { ParkRoles = [ParkRole.Incubator, ParkRole.IndustrialPark] }, "role", 15, "right");
        AssertPoint(Need, Offer with { ParkRoles = [] }, "role", 7.5m, "unknown");
    }

    private static FitAnswer Judge(SpaceNeed need, SpaceOffer offer) => Fit.Judge(need, offer, Weights, Chain);

    private static FitReason? Of(string key, SpaceNeed need, SpaceOffer offer) => Judge(need, offer).Reasons.SingleOrDefault(r => r.Key == key);

    private static FitReason Reason(string key, decimal need, decimal? there) => Of(key, With(Need, key, need), Offer with
    {
        Facilities = new() { ClearHeightM = there, FloorLoad = there, PowerKva = there, SteamTph = there, ColdKw = there, WaterM3d = there, WasteWaterM3d = there },
    })!;

    private static SpaceNeed With(SpaceNeed need, string key, decimal? figure) => key switch
    {
        FitLimits.ClearHeight => need with { ClearHeightM = figure },
        FitLimits.FloorLoad => need with { FloorLoad = figure },
        FitLimits.Power => need with { PowerKva = figure },
        FitLimits.Steam => need with { SteamTph = figure },
        FitLimits.Cold => need with { ColdKw = figure },
        FitLimits.Water => need with { WaterM3d = figure },
        FitLimits.WasteWater => need with { WasteWaterM3d = figure },
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, null),
    };

    private static FitPoint Point(SpaceNeed need, SpaceOffer offer, string key) => Judge(need, offer).Points.Single(p => p.Key == key);

    private static void AssertPoint(SpaceNeed need, SpaceOffer offer, string key, decimal points, string why)
    {
        var point = Point(need, offer, key);
        Assert.Equal((points, why), (point.Points, point.Args[0]));
    }
}
