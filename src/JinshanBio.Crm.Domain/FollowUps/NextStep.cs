using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Stages;

namespace JinshanBio.Crm.Domain.FollowUps;

/// <summary>下一步: what is usual next at a stage, and in how many workdays; a suggestion that the officer may change.</summary>
public sealed record NextStep(FollowUpKind Kind, DateTime DueAt)
{
    private static readonly TimeSpan TenInTheMorning = TimeSpan.FromHours(10);

    // Up to this order of stage; experience of promotion offices, no rule of any document.
    private static readonly (int UpTo, FollowUpKind Kind, int Workdays)[] Usual =
    [
        (10, FollowUpKind.Call, 2),
        (20, FollowUpKind.Visit, 5),
        (30, FollowUpKind.SiteVisit, 5),
        (40, FollowUpKind.Meeting, 5),
        (50, FollowUpKind.Material, 3),
        (60, FollowUpKind.Meeting, 10),
        (int.MaxValue, FollowUpKind.Visit, 20),
    ];

    /// <param name="result">What came of the last one: nobody reached is tried again on the next workday, a setback within three.</param>
    public static NextStep After(string stage, FollowUpResult? result, DateOnly today, Workdays workdays)
    {
        var (_, kind, days) = Usual.First(u => Stage.OrderOf(stage) <= u.UpTo);
        (kind, days) = result switch
        {
            FollowUpResult.NotReached => (FollowUpKind.Call, 1),
            FollowUpResult.Setback => (FollowUpKind.Call, 3),
            _ => (kind, days),
        };
        return new NextStep(kind, At(workdays.Add(today, days)));
    }

    /// <summary>10:00 of that day, UTC.</summary>
    public static DateTime At(DateOnly day) => ShanghaiTime.StartOfDayUtc(day) + TenInTheMorning;
}
