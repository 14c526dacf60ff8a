using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Parks;
using Xunit;
using static JinshanBio.Crm.Domain.Tests.Story;

namespace JinshanBio.Crm.Domain.Tests.Assignments;

public sealed class PlaceStepsTests
{
    private static readonly DateOnly Today = new(2026, 12, 1), End = new(2028, 12, 31);

    [Fact]
    public void Another_area_than_was_asked_for_is_explained()
    {
        var (a, place) = Proposed(1000);
        var refusal = Assert.Throws<Refusal>(() => place.Accept([new(a, 600)], null, " ", null, Today, Now, Manager));
        Assert.Equal((RefusalCode.AreaReasonRequired, "reason"), (refusal.Code, refusal.Field));
        Assert.Equal([600m, 1000m], refusal.Args);
        place.Accept([new(a, 600)], End, " 只余一半 ", null, Today, Now, Manager);
        Assert.Equal((600m, 1000m, End, "只余一半"), (place.AreaM2, place.WantedM2, place.Until, place.Reason));
    }

    [Fact]
    public void A_lease_keeps_the_area_until_its_last_day_and_no_longer()
    {
        var (a, place) = Held(400);
        AllRefused(() => place.Agree(Lease(Today.AddDays(-1)), Today, Now, Manager), RefusalCode.LeaseEndPast);
        AllRefused(() => place.Agree(Lease(End) with { On = Today.AddDays(1) }, Today, Now, Manager), RefusalCode.LeaseDayAhead);
        place.Agree(Lease(End), Today, Now, Manager);
        Assert.Equal((AssignmentStatus.Agreed, "租-1", End), (place.Status, place.LeaseNumber, place.Until));
        Assert.Equal((600m, 1000m), (a.LeastFree(End), a.LeastFree(End.AddDays(1))));
        AllRefused(() => place.Lapse(Today, Now), RefusalCode.AssignmentNotAllowed);
    }

    [Fact]
    public void A_longer_lease_is_refused_where_the_space_is_promised_and_a_shorter_one_gives_back()
    {
        var (a, place) = Held(700);
        place.Agree(Lease(End), Today, Now, Manager);
        var next = new Assignment(Guid.CreateVersion7(), a.ParkId, a.Id, 700, End.AddDays(1), Now, Officer);
        next.Accept(a, null, Today, Now, Manager);
        AllRefused(() => place.Extend(End.AddDays(1), Today), RefusalCode.SpaceOverbooked);
        AllRefused(() => place.Extend(null, Today), RefusalCode.SpaceOverbooked);
        Assert.Equal(End, place.Until);
        place.Extend(End.AddDays(-30), Today);
        Assert.Equal(1000m, a.LeastFree(End.AddDays(-29), End));
        AllRefused(() => place.Extend(Today.AddDays(-1), Today), RefusalCode.LeaseEndPast);
    }

    [Fact]
    public void A_lease_that_is_over_can_be_extended_while_the_tenant_is_still_there()
    {
        var (a, place) = Held(700);
        place.Agree(Lease(End), Today, Now, Manager);
        place.MoveIn(Today, Now);
        var later = End.AddDays(20);
        place.Extend(End.AddDays(365), later);
        Assert.Equal((300m, 700m), (a.LeastFree(End.AddDays(1)), a.Figures(End.AddDays(5)).OccupiedM2));
    }

    [Fact]
    public void An_option_keeps_what_it_can_take_and_is_exercised_given_up_or_lapses()
    {
        var (_, place) = Held(400);
        var b = Space(1000, place.ParkId);
        var last = Today.AddDays(30);
        Guid Grant() => place.Grant(new(b, 200), Today, last, null, Today, Now, Manager).Id;
        var option = Grant();
        Assert.Equal(800m, b.LeastFree(Today));
        place.GiveUp(option, Today, Now, Manager);
        Assert.Equal(1000m, b.LeastFree(Today));
        AllRefused(() => place.Exercise(option, Today, Now, Manager), RefusalCode.OptionClosed);

        option = Grant();
        AllRefused(() => place.Exercise(option, last.AddDays(1), Now, Manager), RefusalCode.OptionClosed);
        place.LapseOption(option, last.AddDays(1), Now);
        Assert.Equal((1000m, OptionStatus.Lapsed), (b.LeastFree(last.AddDays(1)), place.Options.Last().Status));

        option = Grant();
        place.MoveIn(Today, Now);
        place.Exercise(option, Today, Now, Manager);
        Assert.Equal((600m, 200m, Manager), (place.AreaM2, b.Figures(Today).OccupiedM2, place.Options.Last().ClosedById));
        AllRefused(() => Grant2(Today.AddDays(-1)), RefusalCode.OptionEndPast);

        option = Grant2(last);
        place.Exit("迁出", Today, Now);
        Assert.Equal((1000m, OptionStatus.Lapsed), (b.LeastFree(last.AddDays(1)), place.Options.Single(o => o.Id == option).Status));

        Guid Grant2(DateOnly until) => place.Grant(new(b, 300), Today, until, null, Today, Now, Manager).Id;
    }

    [Fact]
    public void A_waiting_list_is_put_in_order_with_a_reason()
    {
        var park = Guid.CreateVersion7();
        var line = Enumerable.Range(1, 3).Select(i =>
        {
            var place = new Assignment(Guid.CreateVersion7(), park, null, 100 * i, Today, Now, Officer);
            place.Wait(null, i * 10, null, Now, Manager);
            return place;
        }).ToList();
        Assert.Equal([line[2], line[0], line[1]], line[2].MoveInLine(line, 1, " 重点项目 "));
        Assert.Equal((2, 3, 1), (line[0].WaitOrder, line[1].WaitOrder, line[2].WaitOrder));
        Assert.Equal("重点项目", line[2].OrderReason);
        var ordered = line.OrderBy(a => a.WaitOrder).ToList();
        Assert.Equal([ordered[2], ordered[1]], ordered[1].MoveInLine(ordered, 99, "次要"));
    }

    [Fact]
    public void Who_waits_fits_what_is_free_from_the_day_on_in_the_space_it_waits_for()
    {
        var space = Space(1000, Guid.CreateVersion7());
        Assignment Waiting(decimal area, Space? only = null, DateOnly? from = null)
        {
            var place = new Assignment(Guid.CreateVersion7(), space.ParkId, null, area, from ?? Today, Now, Officer);
            place.Wait(only, 1, null, Now, Manager);
            return place;
        }
        Assert.True(Waiting(1000).Fits(space, Today));
        Assert.True(Waiting(1000, space).Fits(space, Today));
        Assert.False(Waiting(1000.01m).Fits(space, Today));
        Assert.False(Waiting(10, Space(10, space.ParkId)).Fits(space, Today));
        Assert.False(Waiting(10).Fits(Space(1000, Guid.CreateVersion7()), Today));
    }

    [Fact]
    public void What_the_park_takes_back_is_free_again()
    {
        var (a, place) = Held(400);
        place.Release(" 另有安排 ", Today, Now, Manager);
        Assert.Equal((AssignmentStatus.Refused, "另有安排", 1000m), (place.Status, place.Reason, a.LeastFree(Today)));
    }

    private static LeaseTerms Lease(DateOnly? until) => new("租-1", Today, until, null);

    private static (Space Space, Assignment Place) Proposed(decimal area)
    {
        var space = Space(1000, Guid.CreateVersion7());
        return (space, new Assignment(Guid.CreateVersion7(), space.ParkId, space.Id, area, Today, Now, Officer));
    }

    private static (Space Space, Assignment Place) Held(decimal area)
    {
        var (space, place) = Proposed(area);
        place.Accept(space, null, Today, Now, Manager);
        return (space, place);
    }

    private static Space Space(decimal area, Guid park) => new(park, new SpaceTerms("1号楼", area, Today), Today);

    private static void AllRefused(Action attempt, RefusalCode code) => Assert.Equal(code, Refused(attempt));
}
