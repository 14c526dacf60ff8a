using JinshanBio.Crm.Domain.Parks;
using Xunit;
using static JinshanBio.Crm.Domain.Tests.Story;

namespace JinshanBio.Crm.Domain.Tests.Parks;

public sealed class ShortagesTests
{
    private static readonly DateOnly Spring = new(2027, 3, 31), Summer = new(2027, 6, 30);

    [Fact]
    public void What_is_wanted_beyond_what_is_free_is_missing_from_the_period_on_in_which_it_is_wanted()
    {
        var shortage = Assert.Single(Shortages.Of([Wants(700, Summer), Wants(400, Spring)], [Offers(1000)], [Spring, Summer]));
        Assert.Empty(shortage.Class.Levels);
        Assert.Equal([0m, 100m], shortage.Days.Select(d => d.ShortM2));
        Assert.Equal((Summer, 1100m, 1000m, 2), (shortage.First.Day, shortage.First.WantedM2, shortage.First.FreeM2, shortage.First.Projects.Count));
    }

    [Fact]
    public void Who_needs_a_wet_lab_of_the_second_level_counts_with_wet_labs_and_with_the_second_level()
    {
        OfferedSpace[] offered = [Offers(600, new() { WetLab = true, Biosafety = 1 }), Offers(600, new() { WetLab = false, Biosafety = 2 })];
        var missing = Shortages.Of([Wants(500, Spring, wetLab: true, biosafety: 2)], offered, [Spring]);
        // Enough of either alone, nothing of both together.
        var both = Assert.Single(missing);
        Assert.Equal([new TraitLevel("wetLab", 1), new TraitLevel("biosafety", 2)], both.Class.Levels);
        Assert.Equal(500, both.Worst.ShortM2);
    }

    [Fact]
    public void A_higher_level_also_takes_the_lower_one_and_a_combination_that_adds_nothing_is_left_out()
    {
        var missing = Shortages.Of([Wants(500, Spring, wetLab: true, biosafety: 2), Wants(500, Spring, biosafety: 1)], [Offers(800, new() { WetLab = true, Biosafety = 3 })], [Spring]);
        // Of all rooms as many are missing as of those for the first level, by the same figures: that is said once.
        Assert.Equal((0, 200m), Assert.Single(missing) is var m ? (m.Class.Levels.Count, m.Worst.ShortM2) : default);
    }

    [Fact]
    public void A_space_of_which_too_little_is_known_is_no_supply_but_is_told()
    {
        var lab = Shortages.Of([Wants(300, Spring, wetLab: true)], [Offers(1000)], [Spring]).Single();
        Assert.Equal((300m, 0m, 1000m, 300m), (lab.Worst.WantedM2, lab.Worst.FreeM2, lab.Worst.UnknownM2, lab.Worst.ShortM2));
        Assert.Equal(90m, lab.Worst.LikelyM2);
    }

    [Fact]
    public void Land_is_no_room()
    {
        var land = new WantedSpace(Guid.CreateVersion7(), new SpaceNeed { AreaM2 = 800, From = Spring, Plot = true }, 1);
        Assert.Equal(800, Shortages.Of([land], [Offers(1000)], [Spring]).Single().Worst.ShortM2);
    }

    [Fact]
    public void The_hazard_class_of_a_space_takes_every_lesser_one()
    {
        var kind = SpaceClass.Of(new SpaceNeed { Hazard = HazardClass.C });
        Assert.True(kind.Has(SpaceKind.Unit, new() { Hazard = HazardClass.A }));
        Assert.False(kind.Has(SpaceKind.Unit, new() { Hazard = HazardClass.D }));
        Assert.Null(kind.Has(SpaceKind.Unit, new()));
        Assert.False(kind.Has(SpaceKind.Plot, new() { Hazard = HazardClass.A }));
    }

    private static WantedSpace Wants(decimal areaM2, DateOnly from, bool? wetLab = null, int? biosafety = null)
        => new(Guid.CreateVersion7(), new SpaceNeed { AreaM2 = areaM2, From = from, WetLab = wetLab, Biosafety = biosafety }, 0.3m);

    private static OfferedSpace Offers(decimal areaM2, Facilities? facilities = null) => new(SpaceKind.Unit, facilities ?? new(), [.. Space(areaM2).Spans]);
}
