using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Parks;
using Xunit;
using static JinshanBio.Crm.Domain.Tests.Story;

namespace JinshanBio.Crm.Domain.Tests.Parks;

public sealed class SpaceCalendarTests
{
    private static readonly DateOnly Opening = new(2026, 12, 1);

    [Fact]
    public void A_month_is_the_average_over_its_days()
    {
        var space = Space(1000);
        var place = new Assignment(Guid.CreateVersion7(), space.ParkId, space.Id, 310, new DateOnly(2026, 12, 11), Now, Officer);
        place.Accept([new Allotment(space, 310)], until: new DateOnly(2027, 1, 31), holdUntil: null, Opening, Now, Manager);
        place.MoveIn(new DateOnly(2026, 12, 21), Now);

        // Held on ten days of December, occupied on eleven; all of January occupied, nothing of it afterwards.
        Assert.Equal([Of(2026, 11, 0, 0, 0), Of(2026, 12, 1000, 100, 110), Of(2027, 1, 1000, 0, 310), Of(2027, 2, 1000, 0, 0)],
            SpaceCalendar.ByMonth([space.Spans], new DateOnly(2026, 11, 20), 4));
    }

    [Fact]
    public void Spaces_add_up_and_months_before_the_first_asked_for_are_left_out()
    {
        var (one, two) = (Space(1000), Space(500));
        Assert.Equal([Of(2028, 2, 1500, 0, 0)], SpaceCalendar.ByMonth([one.Spans, two.Spans], new DateOnly(2028, 2, 29), 1));
    }

    [Fact]
    public void Nothing_there_has_no_rate() => Assert.Null(SpaceCalendar.ByMonth([], Opening, 1)[0].Occupancy);

    [Fact]
    public void The_rate_is_what_is_let_of_what_there_is() => Assert.Equal(33.3m, new MonthFigures(Opening, 300, 50, 100).Occupancy);

    private static MonthFigures Of(int year, int month, decimal area, decimal held, decimal occupied) => new(new DateOnly(year, month, 1), area, held, occupied);
}
