using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Stages;

namespace JinshanBio.Crm.Web.Pages.Projects;

/// <summary>停留: how long a project has stood at its stage, counted in days of Shanghai.</summary>
internal static class StageClock
{
    public static int Days(DateTime since, DateTime now) => ShanghaiTime.Day(now).DayNumber - ShanghaiTime.Day(since).DayNumber;

    public static bool IsStalled(Stage? stage, DateTime since, DateTime now) => stage?.StallDays is { } limit && Days(since, now) > limit;
}
