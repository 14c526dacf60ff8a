using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Parks;
using Xunit;
using static JinshanBio.Crm.Domain.Tests.Story;

namespace JinshanBio.Crm.Domain.Tests.Parks;

public sealed class SpaceTests
{
    private static readonly DateOnly Opening = new(2026, 12, 1);

    [Fact]
    public void A_space_shrinks_to_what_it_holds_and_houses_and_no_further()
    {
        var space = Space(1000);
        Accepted(space, 300);
        Accepted(space, 200).MoveIn(Opening, Now);
        var refusal = Assert.Throws<Refusal>(() => space.Edit(Terms(499.99m), Opening));
        Assert.Equal((RefusalCode.SpaceTooSmall, "areaM2"), (refusal.Code, refusal.Field));
        Assert.Equal([500m], refusal.Args);
        space.Edit(Terms(500), Opening);
        Assert.Equal(0, space.LeastFree(Opening));
    }

    [Fact]
    public void A_space_keeps_its_name_without_blanks() => Assert.Equal("2号楼", Space().Name);

    [Fact]
    public void Days_that_are_closed_keep_what_was_promised_for_them()
    {
        var space = Space(1000);
        Accepted(space, 300);
        Assert.Equal("availableUntil", Assert.Throws<Refusal>(() => space.Edit(Terms(1000) with { AvailableUntil = Opening.AddYears(1) }, Opening)).Field);
        Assert.Equal("availableFrom", Assert.Throws<Refusal>(() => space.Edit(Terms(1000) with { AvailableFrom = Opening.AddDays(1) }, Opening)).Field);
        space.Edit(Terms(1000) with { AvailableUntil = DateOnly.MaxValue }, Opening);
        Assert.Null(space.AvailableUntil);
    }

    [Fact]
    public void An_area_that_changes_today_was_another_one_yesterday()
    {
        var space = Space(1000);
        var later = Opening.AddDays(100);
        space.Edit(Terms(1200), later);
        Assert.Equal((1000m, 1200m), (space.On(later.AddDays(-1))!.AreaM2, space.On(later)!.AreaM2));
        Assert.Throws<ArgumentOutOfRangeException>(() => space.Edit(Terms(0), later));
    }

    [Fact]
    public void A_stay_never_ends_before_it_begins()
    {
        var space = Space(1000);
        var place = new Assignment(Guid.CreateVersion7(), space.ParkId, space.Id, 100, Opening, Now, Officer);
        Assert.Equal(RefusalCode.StayEndsBefore, Refused(() => place.Accept([new Allotment(space, 100)], Opening.AddDays(-1), null, Opening, Now, Manager)));
        Assert.Throws<ArgumentOutOfRangeException>(() => place.Accept([new Allotment(space, -100)], null, null, Opening, Now, Manager));
        Assert.Equal(RefusalCode.SpaceRequired, Refused(() => place.Accept([], null, null, Opening, Now, Manager)));
        place.Accept([new Allotment(space, 100)], Opening.AddDays(30), null, Opening, Now, Manager);
        Assert.Equal(RefusalCode.LeaseEndPast, Refused(() => place.RunUntil(Opening.AddDays(-1), Opening)));
        Assert.Equal((100m, 0m), (space.On(Opening)!.HeldM2, space.On(Opening.AddDays(31))!.HeldM2));
        place.RunUntil(DateOnly.MaxValue, Opening);
        Assert.Equal(900, space.LeastFree(Opening.AddYears(50)));
    }

    [Fact]
    public void Several_spaces_are_taken_together_or_not_at_all()
    {
        var (large, small) = (Space(1000), Space(100));
        var park = large.ParkId;
        small = Space(100, park);
        var place = new Assignment(Guid.CreateVersion7(), park, null, 300, Opening, Now, Officer);
        Assert.Equal(RefusalCode.SpaceOverbooked, Refused(() => place.Accept([new Allotment(large, 150), new Allotment(small, 150)], null, null, Opening, Now, Manager)));
        // Twice the same space is one wish for the sum.
        Assert.Equal(RefusalCode.SpaceOverbooked, Refused(() => place.Accept([new Allotment(small, 60), new Allotment(small, 60)], null, null, Opening, Now, Manager)));
        Assert.Equal((1000m, 100m, 0), (large.LeastFree(Opening), small.LeastFree(Opening), place.Bookings.Count));
    }

    [Fact]
    public void Who_moves_in_early_finds_the_days_before_free_or_stays_outside()
    {
        var space = Space(1000);
        var guest = new Assignment(Guid.CreateVersion7(), space.ParkId, space.Id, 700, Opening, Now, Officer);
        guest.Accept([new Allotment(space, 700)], Opening.AddDays(19), null, Opening, Now, Manager);
        var place = new Assignment(Guid.CreateVersion7(), space.ParkId, space.Id, 600, Opening.AddDays(20), Now, Officer);
        place.Accept(space, null, Opening, Now, Manager);
        Assert.Equal(RefusalCode.SpaceOverbooked, Refused(() => place.MoveIn(Opening.AddDays(10), Now)));
        Assert.Equal((600m, AssignmentStatus.Accepted), (space.On(Opening.AddDays(20))!.HeldM2, place.Status));
        guest.Withdraw(Opening, Now);
        place.MoveIn(Opening.AddDays(10), Now);
        Assert.Equal((0m, 600m), (space.On(Opening.AddDays(9))!.OccupiedM2, space.On(Opening.AddDays(10))!.OccupiedM2));
    }

    private static SpaceTerms Terms(decimal areaM2) => new("2号楼", areaM2, Opening);

    private static Assignment Accepted(Space space, decimal areaM2)
    {
        var place = new Assignment(Guid.CreateVersion7(), space.ParkId, space.Id, areaM2, Opening, Now, Officer);
        place.Accept(space, null, Opening, Now, Manager);
        return place;
    }
}
