namespace JinshanBio.Crm.Domain.Calendar;

/// <summary>工作日: the working days of the State Council's calendar; deadlines are counted in them.</summary>
/// <param name="exceptions">Days that differ from the week: false for a public holiday, true for a make-up workday.</param>
/// <param name="knownYears">Years whose holidays have been announced; in any other year only weekends are off.</param>
public sealed class Workdays(IReadOnlyDictionary<DateOnly, bool> exceptions, IReadOnlySet<int> knownYears)
{
    public bool Knows(int year) => knownYears.Contains(year);

    public bool IsWorkday(DateOnly day) =>
        exceptions.TryGetValue(day, out var works) ? works : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The n-th workday after the day, or before it when negative; the day itself for 0, whether it is one or not.</summary>
    public DateOnly Add(DateOnly day, int workdays)
    {
        var step = Math.Sign(workdays);
        for (var left = Math.Abs(workdays); left > 0;)
        {
            day = day.AddDays(step);
            if (IsWorkday(day))
            {
                left--;
            }
        }

        return day;
    }

    /// <summary>The last day after which so many workdays have begun today: what was due on it or before is that late.</summary>
    public DateOnly LateBy(int workdays, DateOnly today)
    {
        var day = today;
        while (Add(day, workdays) > today) day = day.AddDays(-1);
        return day;
    }
}
