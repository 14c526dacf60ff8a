using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Parks;
using Xunit;
using static JinshanBio.Crm.Domain.Tests.Story;
using Place = JinshanBio.Crm.Domain.Parks.Space;

namespace JinshanBio.Crm.Domain.Tests.Parks;

public sealed class SplitAndJoinTests
{
    private static readonly DateOnly Opening = new(2026, 12, 1), Today = Opening.AddDays(30), Day = Today.AddDays(10);

    [Fact]
    public void Parts_stand_in_the_place_of_the_whole_from_the_day_on_and_the_days_before_stay()
    {
        var (space, tenant) = Let(1000, 600);
        var booking = tenant.Bookings.Single(b => b.Kind == BookingKind.Occupied);
        var parts = space.Split([new("201", 700), new("202", 300)], [new(booking.Id, 0, 450), new(booking.Id, 1, 150)], Day, [tenant], Today);

        Assert.Equal((Day.AddDays(-1), Day, 600m, 0m), (space.AvailableUntil, space.ReplacedOn, space.On(Day.AddDays(-1))!.OccupiedM2, space.On(Day)!.AreaM2));
        Assert.Equal([(Day, 700m, 450m), (Day, 300m, 150m)], parts.Select(p => (p.AvailableFrom, p.AreaM2, p.On(Day)!.OccupiedM2)));
        Assert.Equal((parts[0].Id, 600m), (tenant.SpaceId, tenant.Bookings.Where(b => b.StandsOn(Day)).Sum(b => b.AreaM2)));
        Assert.All(parts, p => Assert.Equal((space.Id, Day), (p.Origins.Single().ParentId, p.Origins.Single().Day)));
        Assert.Equal(RefusalCode.SpaceReplaced, Refused(() => space.Split([new("203", 700), new("204", 300)], [], Day, [tenant], Today)));
        Assert.Equal(RefusalCode.SpaceReplaced, Refused(() => space.Edit(Terms(1000), Today)));
        Assert.Equal(RefusalCode.SpaceMadeLater, Refused(() => parts[0].Edit(Terms(700), Today)));
    }

    [Fact]
    public void Nobody_is_lost_in_a_split()
    {
        var (space, tenant) = Let(1000, 600);
        var booking = tenant.Bookings.Single(b => b.Kind == BookingKind.Occupied);
        void Split(decimal first, params SpaceShare[] shares) => space.Split([new("201", first), new("202", 300)], shares, Day, [tenant], Today);

        Assert.Equal(RefusalCode.SplitAreaDiffers, Refused(() => Split(701)));
        Assert.Equal(RefusalCode.SplitBookingOpen, Refused(() => Split(700)));
        Assert.Equal(RefusalCode.SplitBookingOpen, Refused(() => Split(700, new SpaceShare(booking.Id, 0, 599))));
        Assert.Equal(RefusalCode.SplitBookingOpen, Refused(() => Split(700, new SpaceShare(booking.Id, 0, 700), new SpaceShare(booking.Id, 1, -100))));
        Assert.Equal(RefusalCode.SpaceOverbooked, Refused(() => Split(700, new SpaceShare(booking.Id, 1, 600))));
        Assert.Equal(RefusalCode.SpaceChangePast, Refused(() => space.Split([new("201", 700), new("202", 300)], [], Today.AddDays(-1), [tenant], Today)));
        Assert.Equal((null, 600m, 400m), (space.AvailableUntil, space.On(Day)!.OccupiedM2, space.LeastFree(Today)));
    }

    [Fact]
    public void What_begins_later_moves_as_a_whole_and_a_proposal_has_its_space_chosen_anew()
    {
        var space = Room(1000);
        var coming = new Assignment(Guid.CreateVersion7(), space.ParkId, space.Id, 200, Day.AddDays(50), Now, Officer);
        coming.Accept(space, null, Today, Now, Manager);
        var waiting = new Assignment(Guid.CreateVersion7(), space.ParkId, space.Id, 100, Day, Now, Officer);
        var parts = space.Split([new("201", 700), new("202", 300)], [new(coming.Bookings.Single().Id, 1, 200)], Day, [coming, waiting], Today);

        Assert.Equal((parts[1].Id, Day.AddDays(50)), (coming.Bookings.Single().SpaceId, coming.Bookings.Single().From));
        Assert.Null(waiting.SpaceId);
    }

    [Fact]
    public void Who_moves_in_before_the_split_stands_in_the_whole_and_then_in_the_part()
    {
        var space = Room(1000);
        var place = new Assignment(Guid.CreateVersion7(), space.ParkId, space.Id, 200, Today, Now, Officer);
        place.Accept(space, null, Today, Now, Manager);
        var parts = space.Split([new("201", 700), new("202", 300)], [new(place.Bookings.Single().Id, 0, 200)], Day, [place], Today);
        place.MoveIn(Today.AddDays(2), Now);
        Assert.Equal((200m, 200m, 200m), (space.On(Today)!.HeldM2, space.On(Day.AddDays(-1))!.OccupiedM2, parts[0].On(Day)!.OccupiedM2));
        place.Exit("迁出", Today.AddDays(5), Now);
        Assert.Equal((0m, 0m), (space.On(Today.AddDays(5))!.TakenM2, parts[0].On(Day)!.TakenM2));
    }

    [Fact]
    public void Joined_rooms_of_one_building_are_one_with_all_that_stands_in_them()
    {
        var (first, tenant) = Let(1000, 600);
        var second = Room(500, first.ParkId);
        var whole = Place.Join([first, second], "2楼", Day, [tenant], Today);
        Assert.Equal((1500m, 600m, 0m), (whole.AreaM2, whole.On(Day)!.OccupiedM2, first.On(Day)!.AreaM2 + second.On(Day)!.AreaM2));
        Assert.Equal(new HashSet<Guid> { first.Id, second.Id }, whole.Origins.Select(o => o.ParentId).ToHashSet());

        var other = new Space(whole.ParkId, Terms(100) with { Building = "9" }, Today);
        Assert.Equal(RefusalCode.JoinBuildingsDiffer, Refused(() => Place.Join([whole, other], "x", Day, [tenant], Today)));
        var ending = new Space(whole.ParkId, Terms(100) with { AvailableUntil = Day.AddYears(1) }, Today);
        Assert.Equal(RefusalCode.JoinEndsDiffer, Refused(() => Place.Join([whole, ending], "x", Day, [tenant], Today)));
        Assert.Equal(RefusalCode.SpaceElsewhere, Refused(() => Place.Join([whole, Room(5)], "x", Day, [tenant], Today)));
    }

    [Fact]
    public void A_split_that_was_a_mistake_is_joined_again_from_the_same_day()
    {
        var space = Room(1000);
        var parts = space.Split([new("201", 700), new("202", 300)], [], Day, [], Today);
        var again = Place.Join(parts, "2楼", Day, [], Today);
        Assert.Equal((1000m, Day), (again.LeastFree(Day), again.AvailableFrom));
        Assert.All(parts, p => Assert.True(p.AvailableUntil < p.AvailableFrom && p.Spans.All(s => s.AreaM2 == 0)));
    }

    [Fact]
    public void What_a_part_gets_of_the_supplies_is_not_known_and_what_rooms_have_together_is_their_sum()
    {
        var facilities = new Facilities { ClearHeightM = 5, PowerKva = 800, SteamTph = 0, WetLab = true, Biosafety = 2 };
        var space = new Space(Guid.CreateVersion7(), Terms(1000) with { Facilities = facilities }, Today);
        var parts = space.Split([new("201", 700), new("202", 300)], [], Day, [], Today);
        Assert.Equal((5m, null, 0m, true, 2), (parts[0].Facilities.ClearHeightM, parts[0].Facilities.PowerKva, parts[0].Facilities.SteamTph, parts[0].Facilities.WetLab, parts[0].Facilities.Biosafety));

        parts[0].Edit(Terms(700) with { AvailableFrom = Day, Facilities = facilities with { ClearHeightM = 4 } }, Today);
        parts[1].Edit(Terms(300) with { AvailableFrom = Day, Facilities = facilities with { Biosafety = 1 } }, Today);
        var whole = Place.Join(parts, "2楼", Day, [], Today).Facilities;
        Assert.Equal((4m, 1600m, 0m, true, null), (whole.ClearHeightM, whole.PowerKva, whole.SteamTph, whole.WetLab, whole.Biosafety));
    }

    private static SpaceTerms Terms(decimal areaM2) => new("2楼", areaM2, Opening) { Building = "2号楼", Floor = "2F" };

    private static Space Room(decimal areaM2, Guid? park = null) => new(park ?? Guid.CreateVersion7(), Terms(areaM2), Opening);

    private static (Space, Assignment) Let(decimal areaM2, decimal let)
    {
        var space = Room(areaM2);
        var tenant = new Assignment(Guid.CreateVersion7(), space.ParkId, space.Id, let, Opening, Now, Officer);
        tenant.Accept(space, null, Opening, Now, Manager);
        tenant.MoveIn(Opening.AddDays(3), Now);
        return (space, tenant);
    }
}
