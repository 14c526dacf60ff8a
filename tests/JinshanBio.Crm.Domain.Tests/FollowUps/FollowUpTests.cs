using System.Globalization;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.FollowUps;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.FollowUps;

public sealed class FollowUpTests
{
    // National Day 2026: off from 1 to 7 October, worked on Saturday 10.
    private static readonly Workdays Calendar = new(
        Enumerable.Range(1, 7).Select(d => (Day: new DateOnly(2026, 10, d), Works: false)).Append((Day: new DateOnly(2026, 10, 10), Works: true)).ToDictionary(e => e.Day, e => e.Works),
        new HashSet<int> { 2026 });

    private static readonly Guid Owner = Guid.CreateVersion7(), Leader = Guid.CreateVersion7();
    private static readonly DateTime Now = At("2026-09-14 10:00");

    [Theory]
    [InlineData("2026-09-28", "2026-09-30", 1, true)]
    [InlineData("2026-09-30", "2026-10-08", 1, true)]
    [InlineData("2026-09-30", "2026-10-07", 1, false)]
    [InlineData("2026-09-30", "2026-10-10", 3, true)]
    [InlineData("2026-09-30", "2026-10-09", 3, false)]
    [InlineData("2026-09-18", "2026-09-23", 3, true)]
    [InlineData("2026-09-20", "2026-09-23", 3, true)]
    [InlineData("2026-09-21", "2026-09-23", 3, false)]
    public void Something_is_late_by_workdays_not_by_days(string due, string today, int workdays, bool isLate)
        => Assert.Equal(isLate, DateOnly.Parse(due, CultureInfo.InvariantCulture) <= Calendar.LateBy(workdays, DateOnly.Parse(today, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("S10", null, "2026-09-28", FollowUpKind.Call, "2026-09-30 10:00")]
    [InlineData("S20", FollowUpResult.Reached, "2026-09-28", FollowUpKind.Visit, "2026-10-10 10:00")]
    [InlineData("S40", FollowUpResult.Progress, "2026-09-30", FollowUpKind.Meeting, "2026-10-13 10:00")]
    [InlineData("S40", FollowUpResult.NotReached, "2026-09-30", FollowUpKind.Call, "2026-10-08 10:00")]
    [InlineData("S50", FollowUpResult.Setback, "2026-09-30", FollowUpKind.Call, "2026-10-10 10:00")]
    [InlineData("S110", null, "2026-09-14", FollowUpKind.Visit, "2026-10-16 10:00")]
    public void The_next_step_is_what_is_usual_at_the_stage_in_workdays_at_ten(string stage, FollowUpResult? result, string today, FollowUpKind kind, string due)
        => Assert.Equal(new NextStep(kind, At(due)), NextStep.After(stage, result, DateOnly.Parse(today, CultureInfo.InvariantCulture), Calendar));

    [Theory]
    [InlineData(RepeatUnit.Week, 1, "2026-09-14 15:30", "2026-09-14 16:00", "2026-09-21 15:30")]
    [InlineData(RepeatUnit.Week, 2, "2026-09-14 15:30", "2026-09-10 16:00", "2026-09-28 15:30")]
    [InlineData(RepeatUnit.Week, 1, "2026-09-24 09:00", "2026-09-24 10:00", "2026-10-08 09:00")]
    [InlineData(RepeatUnit.Week, 1, "2026-09-14 09:00", "2026-10-09 10:00", "2026-10-12 09:00")]
    [InlineData(RepeatUnit.Month, 1, "2026-08-31 09:00", "2026-08-31 10:00", "2026-09-30 09:00")]
    [InlineData(RepeatUnit.Month, 3, "2026-06-30 09:00", "2026-06-30 10:00", "2026-09-30 09:00")]
    public void The_next_of_a_series_keeps_its_rhythm_skips_days_off_and_what_was_missed(RepeatUnit unit, int every, string first, string now, string next)
    {
        var followUp = Plan(first);
        followUp.Repeat(unit, every, null);
        Assert.Equal(At(next), followUp.NextOccurrence(Calendar, At(now))!.DueAt);
    }

    [Fact]
    public void A_monthly_series_of_the_31st_does_not_wander()
    {
        var followUp = Plan("2026-12-31 09:00");
        followUp.Repeat(RepeatUnit.Month, 1, null);
        var days = new List<DateOnly>();
        for (var i = 0; i < 4; i++)
        {
            followUp = followUp.NextOccurrence(Calendar, followUp.DueAt)!;
            days.Add(ShanghaiTime.Day(followUp.DueAt));
        }
        // 31 January and 28 February 2027 are Sundays.
        Assert.Equal([new(2027, 2, 1), new(2027, 3, 1), new(2027, 3, 31), new(2027, 4, 30)], days);
    }

    [Fact]
    public void A_series_ends_after_its_last_day_and_a_single_one_has_no_next()
    {
        var followUp = Plan("2026-09-14 09:00");
        Assert.Null(followUp.NextOccurrence(Calendar, Now));
        followUp.Repeat(RepeatUnit.Week, 1, new DateOnly(2026, 9, 21));
        var last = followUp.NextOccurrence(Calendar, Now)!;
        Assert.Equal(At("2026-09-21 09:00"), last.DueAt);
        Assert.Null(last.NextOccurrence(Calendar, Now));
    }

    [Fact]
    public void It_is_put_off_to_a_later_time_only_and_every_time_stays_on_record()
    {
        var followUp = Plan("2026-09-15 09:00");
        Assert.Equal(RefusalCode.SnoozeNotLater, Story.Refused(() => followUp.SnoozeTo(At("2026-09-14 11:00"), "等资料", Now, Owner)));
        followUp.SnoozeTo(At("2026-09-16 09:00"), " 等资料 ", Now, Owner);
        followUp.SnoozeTo(At("2026-09-18 09:00"), "对方出差", Now, Owner);
        Assert.Equal((2, At("2026-09-18 09:00")), (followUp.SnoozeCount, followUp.DueAt));
        Assert.Equal([("等资料", At("2026-09-15 09:00")), ("对方出差", At("2026-09-16 09:00"))], followUp.Snoozes.Select(s => (s.Reason, s.From)));
        followUp.Complete(FollowUpResult.Progress, null, Now, Owner);
        Assert.Equal(RefusalCode.FollowUpClosed, Story.Refused(() => followUp.SnoozeTo(At("2026-09-20 09:00"), "再等", Now, Owner)));
    }

    [Fact]
    public void A_new_due_time_is_told_anew_and_an_unchanged_one_is_not()
    {
        var followUp = Plan("2026-09-15 09:00");
        followUp.Edit(FollowUpKind.Visit, At("2026-09-15 09:00"), "只改方式", [], Now);
        Assert.Equal(0, followUp.Round);
        followUp.Edit(FollowUpKind.Visit, At("2026-09-15 10:00"), "改时间", [], Now);
        followUp.SnoozeTo(At("2026-09-16 09:00"), "改期", Now, Owner);
        Assert.Equal((2, FollowUpTold.Nothing), (followUp.Round, followUp.Told));
    }

    [Fact]
    public void What_a_leader_watches_over_is_not_evaded_by_its_owner()
    {
        var followUp = Plan("2026-09-15 09:00");
        followUp.MustNotBeEvaded(bySupervisor: false);
        followUp.Supervise(" 周五前给答复 ", Now, Leader);
        Assert.Equal("周五前给答复", followUp.SupervisionNote);
        Assert.Equal(RefusalCode.FollowUpSupervised, Story.Refused(() => followUp.MustNotBeEvaded(bySupervisor: false)));
        followUp.MustNotBeEvaded(bySupervisor: true);
        followUp.EndSupervision(Now);
        followUp.MustNotBeEvaded(bySupervisor: false);
    }

    [Fact]
    public void Handing_over_changes_nothing_but_who_is_to_do_it()
    {
        var followUp = Plan("2026-09-15 09:00");
        followUp.HandTo(Leader, Now);
        Assert.Equal((Leader, At("2026-09-15 09:00"), 0), (followUp.OwnerId, followUp.DueAt, followUp.Round));
    }

    private static FollowUp Plan(string due) => new(Guid.CreateVersion7(), null, Owner, FollowUpKind.Call, At(due), null, Now);

    /// <summary>A clock time in Shanghai.</summary>
    private static DateTime At(string local) => DateTime.SpecifyKind(DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture).AddHours(-8), DateTimeKind.Utc);
}
