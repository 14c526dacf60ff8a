using JinshanBio.Crm.Domain.Calendar;

namespace JinshanBio.Crm.Domain.FollowUps;

public enum RepeatUnit
{
    /// <summary>每周</summary>
    Week,
    /// <summary>每月</summary>
    Month,
}

/// <summary>重复: every so many weeks or months, counted from the first due time so that the 31st does not wander to the 28th.</summary>
/// <param name="Until">The last day on which one may be due, or null for no end.</param>
/// <param name="First">Due time of the first one, UTC.</param>
public sealed record Recurrence(RepeatUnit Unit, int Every, DateOnly? Until, DateTime First)
{
    /// <summary>
    /// The first one after both the last due time and now, so that what was missed does not pile up; one that falls on a day off moves to the
    /// next workday. Null when that lies beyond the end.
    /// </summary>
    public DateTime? After(DateTime lastDue, DateTime now, Workdays workdays)
    {
        var floor = lastDue > now ? lastDue : now;
        var (first, time) = (ShanghaiTime.Day(First), ShanghaiTime.ToLocal(First).TimeOfDay);
        for (var n = 1; ; n++)
        {
            var day = Unit == RepeatUnit.Week ? first.AddDays(7 * Every * n) : first.AddMonths(Every * n);
            if (Until is { } until && day > until) return null;
            while (!workdays.IsWorkday(day)) day = day.AddDays(1);
            var due = ShanghaiTime.StartOfDayUtc(day) + time;
            // One that was moved past a holiday is not followed by a second one of the same day.
            if (due > floor && day > ShanghaiTime.Day(lastDue)) return due;
        }
    }
}
