using System.Globalization;
using JinshanBio.Crm.Domain.Calendar;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Calendar;

public sealed class WorkdaysTests
{
    // National Day 2025: off from Wednesday 1 to Wednesday 8 October, worked on Sunday 28 September and Saturday 11 October.
    private static readonly Workdays Calendar = new(
        Enumerable.Range(1, 8).Select(d => (Day: new DateOnly(2025, 10, d), Works: false))
            .Append((Day: new DateOnly(2025, 9, 28), Works: true))
            .Append((Day: new DateOnly(2025, 10, 11), Works: true))
            .ToDictionary(e => e.Day, e => e.Works),
        new HashSet<int> { 2025 });

    [Theory]
    [InlineData("2025-09-27", false)]
    [InlineData("2025-09-28", true)]
    [InlineData("2025-09-30", true)]
    [InlineData("2025-10-01", false)]
    [InlineData("2025-10-08", false)]
    [InlineData("2025-10-09", true)]
    [InlineData("2025-10-11", true)]
    [InlineData("2025-10-12", false)]
    [InlineData("2027-10-01", true)]
    [InlineData("2027-10-02", false)]
    public void Holidays_are_off_and_make_up_days_are_worked(string day, bool works) =>
        Assert.Equal(works, Calendar.IsWorkday(DateOnly.Parse(day, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2025-09-30", 1, "2025-10-09")]
    [InlineData("2025-09-26", 2, "2025-09-29")]
    [InlineData("2025-10-01", 1, "2025-10-09")]
    [InlineData("2025-10-09", 3, "2025-10-13")]
    [InlineData("2025-10-09", -1, "2025-09-30")]
    [InlineData("2025-10-04", 0, "2025-10-04")]
    [InlineData("2027-10-01", 1, "2027-10-04")]
    public void A_deadline_counts_workdays_only(string from, int workdays, string until) =>
        Assert.Equal(DateOnly.Parse(until, CultureInfo.InvariantCulture), Calendar.Add(DateOnly.Parse(from, CultureInfo.InvariantCulture), workdays));

    [Fact]
    public void A_year_that_was_not_announced_is_not_known()
    {
        Assert.True(Calendar.Knows(2025));
        Assert.False(Calendar.Knows(2027));
    }
}
