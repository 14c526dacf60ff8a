using JinshanBio.Crm.Domain.Calendar;

namespace JinshanBio.Crm.Domain.Channels;

/// <summary>提醒设置 of one person: how long before, and when to be left in peace. Who never set anything has the values it begins with.</summary>
public sealed class NoticeSettings(Guid personId)
{
    public const int RemindBeforeByDefault = 60;

    public Guid PersonId { get; private set; } = personId;

    /// <summary>Minutes before a follow-up is due; 0 for no reminder before.</summary>
    public int RemindBefore { get; private set; } = RemindBeforeByDefault;

    /// <summary>免打扰: minutes of the day in Shanghai between which other channels wait; equal for none.</summary>
    public int QuietFrom { get; private set; } = 21 * 60;
    public int QuietTo { get; private set; } = 8 * 60;

    /// <summary>Language of what leaves the house: there is no browser to ask.</summary>
    public bool InEnglish { get; private set; }

    public void Set(int remindBefore, int quietFrom, int quietTo, bool inEnglish)
        => (RemindBefore, QuietFrom, QuietTo, InEnglish) = (remindBefore, quietFrom, quietTo, inEnglish);

    /// <summary>The first moment from then on at which the person may be disturbed, UTC.</summary>
    public DateTime NotBefore(DateTime utc)
    {
        if (QuietFrom == QuietTo) return utc;
        var local = ShanghaiTime.ToLocal(utc);
        var minute = (local.Hour * 60) + local.Minute;
        var overnight = QuietFrom > QuietTo;
        var isQuiet = overnight ? minute >= QuietFrom || minute < QuietTo : minute >= QuietFrom && minute < QuietTo;
        if (!isQuiet) return utc;
        var day = ShanghaiTime.Day(utc);
        if (overnight && minute >= QuietFrom) day = day.AddDays(1);
        return ShanghaiTime.StartOfDayUtc(day).AddMinutes(QuietTo);
    }
}
