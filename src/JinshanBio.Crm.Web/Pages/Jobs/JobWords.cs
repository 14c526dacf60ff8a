using System.Globalization;
using JinshanBio.Crm.Texts;
using JinshanBio.Crm.Web.Ui;

namespace JinshanBio.Crm.Web.Pages.Jobs;

/// <summary>How a job, its schedule and its duration are written on screen.</summary>
internal static class JobWords
{
    public static string Name(string job) => Text.Has("job." + job) ? Text.Of("job." + job) : job;

    /// <summary>The shapes of cron that the timetable uses; any other one as it is.</summary>
    public static string Schedule(string cron)
    {
        var f = cron.Split(' ');
        if (f is [['*', '/', .. var every], "*", "*", "*", "*"]) return Text.Of("jobs.everyMinutes", every);
        if (f is not [var minute, var hour, var day, "*", "*"] || !int.TryParse(minute, CultureInfo.InvariantCulture, out var m)) return cron;
        if (hour == "*" && day == "*") return Text.Of("jobs.hourly", m);
        if (!int.TryParse(hour, CultureInfo.InvariantCulture, out var h)) return cron;
        var time = $"{h:D2}:{m:D2}";
        return day == "*" ? Text.Of("jobs.daily", time) : Text.Of("jobs.monthly", day, time);
    }

    public static string Duration(long? milliseconds) => milliseconds switch
    {
        null => "",
        < 1000 => Text.Of("jobs.milliseconds", Show.Number(milliseconds.Value)),
        _ => Text.Of("jobs.seconds", Show.Number(decimal.Round(milliseconds.Value / 1000m, 1))),
    };
}
