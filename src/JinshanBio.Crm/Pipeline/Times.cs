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

    /// <summary>Years outside 2000–2100 are slips of the hand.</summary>
    public static bool IsPlausible(this DateTime given) => given.Year is >= 2000 and <= 2100;
    public static bool IsPlausible(this DateOnly given) => given.Year is >= 2000 and <= 2100;
}
