using System.Globalization;
using JinshanBio.Crm.Domain.Channels;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Channels;

public sealed class NoticeSettingsTests
{
    [Theory]
    [InlineData("21:00", "08:00", "2026-11-20 20:59", "2026-11-20 20:59")]
    [InlineData("21:00", "08:00", "2026-11-20 21:00", "2026-11-21 08:00")]
    [InlineData("21:00", "08:00", "2026-11-21 00:10", "2026-11-21 08:00")]
    [InlineData("21:00", "08:00", "2026-11-21 07:59", "2026-11-21 08:00")]
    [InlineData("21:00", "08:00", "2026-11-21 08:00", "2026-11-21 08:00")]
    [InlineData("12:00", "13:30", "2026-11-20 12:15", "2026-11-20 13:30")]
    [InlineData("12:00", "13:30", "2026-11-20 13:30", "2026-11-20 13:30")]
    [InlineData("00:00", "00:00", "2026-11-20 03:00", "2026-11-20 03:00")]
    public void Nobody_is_disturbed_in_the_quiet_hours_of_Shanghai(string from, string to, string at, string notBefore)
    {
        var settings = new NoticeSettings(Guid.CreateVersion7());
        settings.Set(60, Minutes(from), Minutes(to), false);
        Assert.Equal(At(notBefore), settings.NotBefore(At(at)));
    }

    [Fact]
    public void The_pause_doubles_up_to_six_hours()
    {
        Assert.Equal([1, 2, 4, 8], Enumerable.Range(1, 4).Select(n => Delivery.Pause(n).TotalMinutes));
        Assert.Equal(TimeSpan.FromHours(6), Delivery.Pause(40));
    }

    private static int Minutes(string clock) => (int)TimeOnly.Parse(clock, CultureInfo.InvariantCulture).ToTimeSpan().TotalMinutes;

    private static DateTime At(string local) => DateTime.SpecifyKind(DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture).AddHours(-8), DateTimeKind.Utc);
}
