using JinshanBio.Crm.Domain.Calendar;

namespace JinshanBio.Crm.Pipeline;

/// <summary>What people and clients write as a time, as UTC.</summary>
public static class Times
{
    private static readonly TimeSpan MorningOfADay = TimeSpan.FromHours(9);

    /// <summary>A time without a zone is Shanghai's; a day without a time is 09:00 there.</summary>
    public static DateTime ToUtc(this DateTime given) => given.Kind switch
    {
        DateTimeKind.Utc => given,
        DateTimeKind.Local => given.ToUniversalTime(),
        _ => ShanghaiTime.StartOfDayUtc(DateOnly.FromDateTime(given)) + (given.TimeOfDay == TimeSpan.Zero ? MorningOfADay : given.TimeOfDay),
    };

    /// <summary>The moment a report is asked for: now when left out, the end of a day that is named alone, and never later than now.</summary>
    public static DateTime AsOf(this DateTime? given, DateTime now)
    {
        if (given is not { } time) return now;
        var utc = time.IsDay() ? ShanghaiTime.StartOfDayUtc(DateOnly.FromDateTime(time).AddDays(1)).AddMilliseconds(-1) : time.ToUtc();
        return utc < now ? utc : now;
    }

    /// <summary>Where a range begins: a day alone means its first moment in Shanghai.</summary>
    public static DateTime RangeStart(this DateTime given) => given.IsDay() ? ShanghaiTime.StartOfDayUtc(DateOnly.FromDateTime(given)) : given.ToUtc();

    /// <summary>Where a range ends, exclusive: a day alone is still inside.</summary>
    public static DateTime RangeEnd(this DateTime given) => given.IsDay() ? ShanghaiTime.StartOfDayUtc(DateOnly.FromDateTime(given).AddDays(1)) : given.ToUtc();

    private static bool IsDay(this DateTime given) => given is { Kind: DateTimeKind.Unspecified, TimeOfDay.Ticks: 0 };

    /// <summary>Years outside 2000–2100 are slips of the hand.</summary>
    public static bool IsPlausible(this DateTime given) => given.Year is >= 2000 and <= 2100;
    public static bool IsPlausible(this DateOnly given) => given.Year is >= 2000 and <= 2100;
}
