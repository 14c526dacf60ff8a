using JinshanBio.Crm.Pipeline;
using Xunit;

namespace JinshanBio.Crm.Tests.Pipeline;

public sealed class TimesTests
{
    private static readonly DateTime Now = new(2026, 11, 20, 2, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_report_as_of_a_day_includes_the_whole_day_and_never_the_future()
    {
        Assert.Equal(new DateTime(2026, 11, 1, 15, 59, 59, 999, DateTimeKind.Utc), ((DateTime?)new DateTime(2026, 11, 1)).AsOf(Now));
        Assert.Equal(Now, ((DateTime?)new DateTime(2026, 11, 20)).AsOf(Now));
        Assert.Equal(Now, ((DateTime?)null).AsOf(Now));
        Assert.Equal(new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc), ((DateTime?)new DateTime(2026, 11, 1, 8, 0, 0)).AsOf(Now));
    }

    [Fact]
    public void A_range_of_days_runs_from_the_first_moment_to_the_end_of_the_last_day_in_Shanghai()
    {
        var day = new DateTime(2026, 11, 1);
        Assert.Equal((new DateTime(2026, 10, 31, 16, 0, 0, DateTimeKind.Utc), new DateTime(2026, 11, 1, 16, 0, 0, DateTimeKind.Utc)), (day.RangeStart(), day.RangeEnd()));
        Assert.Equal((Now, Now), (Now.RangeStart(), Now.RangeEnd()));
    }

    [Fact]
    public void A_promise_for_a_day_is_due_at_nine_in_the_morning()
        => Assert.Equal(new DateTime(2026, 11, 1, 1, 0, 0, DateTimeKind.Utc), new DateTime(2026, 11, 1).ToUtc());
}
