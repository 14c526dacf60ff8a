namespace JinshanBio.Crm.Domain.Calendar;

/// <summary>北京时间: days and clock times as people in Shanghai see them; stored times are UTC.</summary>
public static class ShanghaiTime
{
    private const string Id = "Asia/Shanghai";

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.TryFindSystemTimeZoneById(Id, out var zone)
        ? zone
        : TimeZoneInfo.CreateCustomTimeZone(Id, TimeSpan.FromHours(8), Id, Id);

    /// <summary>The calendar day at a moment in UTC.</summary>
    public static DateOnly Day(DateTime utc) => DateOnly.FromDateTime(ToLocal(utc));

    /// <summary>The moment in UTC at which a day begins.</summary>
    public static DateTime StartOfDayUtc(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        // Summer time of the 1940s began at midnight, so those days had none.
        return TimeZoneInfo.ConvertTimeToUtc(Zone.IsInvalidTime(midnight) ? midnight.AddHours(1) : midnight, Zone);
    }

    /// <summary>The clock time at a moment in UTC.</summary>
    /// <exception cref="ArgumentException">The moment is marked as local time.</exception>
    public static DateTime ToLocal(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, Zone);
}
