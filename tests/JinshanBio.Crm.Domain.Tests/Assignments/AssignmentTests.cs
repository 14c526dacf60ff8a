using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Parks;
using Xunit;
using static JinshanBio.Crm.Domain.Tests.Story;

namespace JinshanBio.Crm.Domain.Tests.Assignments;

public sealed class AssignmentTests
{
    private static readonly DateOnly From = new(2026, 12, 1), Today = From;

    [Fact]
    public void Area_is_free_then_held_then_occupied_then_free_again()
    {
        var space = Space(1000);
        var place = Proposed(space, 400.5m);
        Assert.Equal((0m, 0m, 1000m), Areas(space));
        place.Accept(space, null, Today, Now, Manager);
        Assert.Equal((400.5m, 0m, 599.5m), Areas(space));
        place.MoveIn(Today, Now);
        Assert.Equal((0m, 400.5m, 599.5m), Areas(space));
        place.Graduate(Today, Now);
        Assert.Equal((0m, 0m, 1000m), Areas(space));
        Assert.Equal((AssignmentStatus.Graduated, Now), (place.Status, place.EndedAt));
    }

    [Fact]
    public void A_space_fills_to_the_last_square_metre_and_not_beyond()
    {
        var space = Space(1000);
        Proposed(space, 600).Accept(space, null, Today, Now, Manager);
        var refusal = Assert.Throws<Refusal>(() => Proposed(space, 400.01m).Accept(space, null, Today, Now, Manager));
        Assert.Equal((RefusalCode.SpaceOverbooked, "spaceId"), (refusal.Code, refusal.Field));
        Assert.Equal([space.Name, 400m, 400.01m], refusal.Args);
        Proposed(space, 400).Accept(space, null, Today, Now, Manager);
        Assert.Equal((1000m, 0m, 0m), Areas(space));
    }

    [Fact]
    public void A_refused_acceptance_leaves_the_proposal_and_the_space_as_they_were()
    {
        var space = Space(100);
        var place = Proposed(space, 101);
        Refused(() => place.Accept(space, null, Today, Now, Manager));
        Assert.Equal((AssignmentStatus.Proposed, null, (0m, 0m, 100m)), (place.Status, place.DecidedAt, Areas(space)));
    }

    [Fact]
    public void A_building_that_opens_later_is_no_space_before()
    {
        var space = Space();
        Assert.Equal(RefusalCode.SpaceNotYetAvailable, Refused(() => Proposed(space, 1, new DateOnly(2026, 11, 30)).Accept(space, null, new DateOnly(2026, 11, 20), Now, Manager)));
        Proposed(space, 1, new DateOnly(2026, 12, 1)).Accept(space, null, new DateOnly(2026, 11, 20), Now, Manager);
    }

    [Fact]
    public void A_space_of_another_park_is_none_of_this_one()
        => Assert.Equal(RefusalCode.SpaceElsewhere, Refused(() => Proposed(Space(), 1).Accept(Space(), null, Today, Now, Manager)));

    [Fact]
    public void Withdrawing_frees_what_was_held_and_nothing_else()
    {
        var space = Space();
        var waiting = Proposed(space, 100);
        waiting.Withdraw(Today, Now);
        Assert.Equal((0m, 0m, 1000m), Areas(space));
        var held = Proposed(space, 100);
        held.Accept(space, From, Today, Now, Manager);
        held.Withdraw(Today, Now);
        Assert.Equal((0m, 0m, 1000m), Areas(space));
        Assert.Equal(RefusalCode.AssignmentNotAllowed, Refused(() => held.Withdraw(Today, Now)));
    }

    [Fact]
    public void Every_step_is_taken_once_and_in_order()
    {
        var space = Space();
        var place = Proposed(space, 100);
        AllRefused(() => place.MoveIn(Today, Now), () => place.Graduate(Today, Now), () => place.Exit("迁出", Today, Now));
        place.Accept(space, null, Today, Now, Manager);
        AllRefused(() => place.Accept(space, null, Today, Now, Manager), () => place.Refuse("不合适", Now, Manager), () => place.Graduate(Today, Now), () => place.Exit("迁出", Today, Now));
        place.MoveIn(Today, Now);
        AllRefused(() => place.MoveIn(Today, Now), () => place.Withdraw(Today, Now), () => place.Accept(space, null, Today, Now, Manager));
        place.Exit(" 迁往总部 ", Today, Now);
        Assert.Equal("迁往总部", place.Reason);
        AllRefused(() => place.Exit("迁出", Today, Now), () => place.Graduate(Today, Now), () => place.MoveIn(Today, Now));
        Assert.Equal((0m, 0m, 1000m), Areas(space));
    }

    [Fact]
    public void A_refused_proposal_stays_refused_with_its_reason()
    {
        var place = Proposed(Space(), 100);
        place.Refuse(" 荷载不足 ", Now, Manager);
        Assert.Equal((AssignmentStatus.Refused, "荷载不足", Manager), (place.Status, place.Reason, place.DecidedById));
        AllRefused(() => place.Accept(Space(), null, Today, Now, Manager), () => place.Withdraw(Today, Now));
    }

    private static void AllRefused(params Action[] attempts) => Assert.All(attempts, a => Assert.Equal(RefusalCode.AssignmentNotAllowed, Refused(a)));

    private static Assignment Proposed(Space space, decimal areaM2, DateOnly? from = null)
        => new(Guid.CreateVersion7(), space.ParkId, space.Id, areaM2, from ?? From, Now, Officer);

    private static (decimal Held, decimal Occupied, decimal Free) Areas(Space space) => space.Figures(From) is var f ? (f.HeldM2, f.OccupiedM2, f.FreeM2) : default;
}
