using System.Globalization;
using JinshanBio.Crm.Domain.Calendar;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Calendar;

public sealed class ShanghaiTimeTests
{
    [Theory]
    [InlineData(2026, 3, 31, 15, "2026-03-31")]
    [InlineData(2026, 3, 31, 16, "2026-04-01")]
    [InlineData(2025, 12, 31, 16, "2026-01-01")]
    [InlineData(2026, 7, 1, 15, "2026-07-01")]
    public void The_day_changes_at_16_00_UTC(int year, int month, int day, int hour, string expected) =>
        Assert.Equal(DateOnly.Parse(expected, CultureInfo.InvariantCulture), ShanghaiTime.Day(new DateTime(year, month, day, hour, 0, 0, DateTimeKind.Utc)));

    [Theory]
    [InlineData("2026-01-01")]
    [InlineData("2026-07-01")]
    [InlineData("1940-06-01")]
    public void A_day_begins_in_itself_and_not_a_moment_earlier(string text)
    {
        var day = DateOnly.Parse(text, CultureInfo.InvariantCulture);
        var start = ShanghaiTime.StartOfDayUtc(day);

        Assert.Equal(DateTimeKind.Utc, start.Kind);
        Assert.Equal(day, ShanghaiTime.Day(start));
        Assert.Equal(day.AddDays(-1), ShanghaiTime.Day(start.AddTicks(-1)));
    }

    [Fact]
    public void Clock_time_is_eight_hours_ahead() =>
        Assert.Equal(new DateTime(2026, 5, 1, 8, 30, 0), ShanghaiTime.ToLocal(new DateTime(2026, 5, 1, 0, 30, 0, DateTimeKind.Utc)));
}
