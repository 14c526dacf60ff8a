using Quartz;

namespace JinshanBio.Crm.Jobs;

/// <summary>下次运行: when an entry of the timetable is due next, whatever engine runs it.</summary>
public static class NextRun
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <param name="cron">Five fields of unix cron in Asia/Shanghai time.</param>
    /// <param name="utc">The first time after this one, UTC.</param>
    public static DateTime? After(string cron, DateTime utc)
        => new CronExpression(QuartzTimetable.ToQuartz(cron), Shanghai).GetNextValidTimeAfter(new DateTimeOffset(utc, TimeSpan.Zero))?.UtcDateTime;
}
