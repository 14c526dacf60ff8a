using JinshanBio.Crm.Domain.Commitments;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Commitments;

public sealed class CommitmentTests
{
    private static readonly DateTime Now = Story.Now;
    private static readonly DateOnly Agreed = new(2026, 1, 1), Due = new(2026, 12, 31), Today = new(2026, 11, 20);
    private static readonly Guid Officer = Story.Officer, Leader = Guid.CreateVersion7();

    [Fact]
    public void A_report_counts_once_somebody_else_has_verified_it()
    {
        var promise = Promise(CommitmentKind.InvestmentInPlace, 100);
        var report = Report(promise, "2026-06-30", 60);
        Assert.Equal((60m, null, true), (promise.Reported, promise.Reached, promise.IsWaiting));
        Assert.Equal(RefusalCode.FulfilmentOwn, Story.Refused(() => promise.Verify(report.Id, true, null, Now, Officer)));

        promise.Verify(report.Id, true, null, Now, Leader);
        Assert.Equal((60m, new DateOnly(2026, 6, 30), false), (promise.Reached, promise.ReachedOn, promise.IsWaiting));
        Assert.Equal(RefusalCode.FulfilmentSettled, Story.Refused(() => promise.Verify(report.Id, true, null, Now, Leader)));
        Assert.Equal(CommitmentStatus.Open, promise.Status);
        Kept(promise, "2026-11-30", 101);
        Assert.Equal((CommitmentStatus.Kept, new DateOnly(2026, 11, 30)), (promise.Status, promise.KeptOn));
    }

    [Fact]
    public void Of_several_reports_the_one_of_the_latest_day_stands_and_nothing_is_added_up()
    {
        var promise = Promise(CommitmentKind.InvestmentInPlace, 100);
        Kept(promise, "2026-09-30", 80);
        Kept(promise, "2026-06-30", 50);
        Assert.Equal(80m, promise.Reached);
        Kept(promise, "2026-09-30", 70);
        Assert.Equal(70m, promise.Reached);
    }

    [Fact]
    public void A_report_is_never_changed_but_withdrawn_by_a_further_line_and_a_verified_one_only_by_who_verifies()
    {
        var promise = Promise(CommitmentKind.InvestmentInPlace, 100);
        var wrong = Report(promise, "2026-06-30", 600);
        promise.Withdraw(wrong.Id, "单位写错", Now, Officer);
        Assert.Equal((null, false, 2), (promise.Reported, promise.IsWaiting, promise.Ledger.Count));
        Assert.Equal(RefusalCode.FulfilmentSettled, Story.Refused(() => promise.Withdraw(wrong.Id, "再撤", Now, Officer)));
        Assert.Equal(RefusalCode.FulfilmentSettled, Story.Refused(() => promise.Verify(wrong.Id, true, null, Now, Leader)));

        var right = Kept(promise, "2026-06-30", 120);
        Assert.Equal(RefusalCode.FulfilmentSettled, Story.Refused(() => promise.Withdraw(right.Id, "不行", Now, Officer)));
        Assert.Equal(RefusalCode.ReasonRequired, Story.Refused(() => promise.Verify(right.Id, false, " ", Now, Leader)));
        promise.Verify(right.Id, false, "回单系重复计算", Now, Leader);
        Assert.Equal((CommitmentStatus.Open, null, null), (promise.Status, promise.Reached, promise.KeptOn));
        Assert.Equal([1, 2, 3, 4, 5], promise.Ledger.Select(l => l.Number));
        Assert.Equal(RefusalCode.NotFound, Story.Refused(() => promise.Verify(Guid.NewGuid(), true, null, Now, Leader)));
    }

    [Fact]
    public void A_weaker_year_opens_a_yearly_promise_again()
    {
        var promise = Promise(CommitmentKind.AnnualOutput, 100);
        Kept(promise, "2026-10-31", 100);
        Assert.Equal(CommitmentStatus.Kept, promise.Status);
        Kept(promise, "2027-10-31", 90);
        Assert.Equal((CommitmentStatus.Open, null), (promise.Status, promise.KeptOn));
        Kept(promise, "2028-10-31", 130);
        Kept(promise, "2029-10-31", 140);
        Assert.Equal(new DateOnly(2028, 10, 31), promise.KeptOn);
    }

    [Fact]
    public void A_ceiling_is_exceeded_at_any_time_and_kept_by_the_year_of_its_due_day()
    {
        var promise = Promise(CommitmentKind.EnergyCeiling, 8000);
        Kept(promise, "2026-06-30", 7500);
        Assert.Equal((CommitmentStatus.Open, false), (promise.Status, promise.IsExceeded));
        Kept(promise, "2026-09-30", 8001);
        Assert.Equal((LightColour.Red, LightReason.OverCeiling), LightOn(promise, Today));
        Kept(promise, "2026-12-31", 7999);
        Assert.Equal((CommitmentStatus.Kept, false), (promise.Status, promise.IsExceeded));
    }

    [Fact]
    public void What_is_done_or_not_has_no_value_and_everything_else_has_one()
    {
        var start = Promise(CommitmentKind.Start, null);
        Assert.Equal(RefusalCode.CommitmentTarget, Story.Refused(() => Report(start, "2026-06-30", 1)));
        Kept(start, "2026-06-30", null);
        Assert.Equal(CommitmentStatus.Kept, start.Status);
        Assert.Equal(RefusalCode.CommitmentTarget, Story.Refused(() => Promise(CommitmentKind.Start, 5)));
        Assert.Equal(RefusalCode.CommitmentTarget, Story.Refused(() => Promise(CommitmentKind.Jobs, null)));
        Assert.Equal(RefusalCode.CommitmentTarget, Story.Refused(() => Promise(CommitmentKind.Jobs, 0)));
        Assert.Equal(RefusalCode.CommitmentTarget, Story.Refused(() => Report(Promise(CommitmentKind.Jobs, 5), "2026-06-30", null)));
        Assert.Equal(RefusalCode.DocumentRequired, Story.Refused(() => Promise(CommitmentKind.MeasureDelivered, null)));
    }

    [Fact]
    public void A_due_day_moves_only_by_an_agreed_change_and_every_day_stays_on_record()
    {
        var promise = Promise(CommitmentKind.Start, null);
        Assert.Equal(RefusalCode.PostponeNotLater, Story.Refused(() => promise.Postpone(Due, "原因", "补1", Now, Officer)));
        promise.Postpone(Due.AddDays(30), " 桩基调整 ", " 补充协议一 ", Now, Officer);
        promise.Postpone(Due.AddDays(60), "再延", "补充协议二", Now, Officer);
        Assert.Equal([(Due, Due.AddDays(30), "补充协议一"), (Due.AddDays(30), Due.AddDays(60), "补充协议二")], promise.Postponements.Select(p => (p.From, p.To, p.DocumentNumber)));
        Assert.Equal((Due, Due.AddDays(60), 2), (promise.FirstDueDay, promise.DueDay, promise.Round));
        Assert.Equal(RefusalCode.CommitmentFixed, Story.Refused(() => promise.Edit(new CommitmentTerms(null, Agreed, Due), Today)));
        Kept(promise, "2026-11-01", null);
        Assert.Equal(RefusalCode.CommitmentKept, Story.Refused(() => promise.Postpone(Due.AddDays(90), "x", "y", Now, Officer)));
    }

    [Fact]
    public void What_was_agreed_is_corrected_while_nothing_hangs_on_it_and_words_at_any_time()
    {
        var promise = Promise(CommitmentKind.Jobs, 50);
        promise.Edit(new CommitmentTerms(60, Agreed, Due.AddDays(5)) { Conditions = " 分两批 " }, Today);
        Assert.Equal((60m, Due.AddDays(5), Due.AddDays(5), "分两批"), (promise.Target, promise.DueDay, promise.FirstDueDay, promise.Conditions));
        Report(promise, "2026-06-30", 10);
        Assert.Equal(RefusalCode.CommitmentFixed, Story.Refused(() => promise.Edit(new CommitmentTerms(70, Agreed, Due.AddDays(5)), Today)));
        promise.Edit(new CommitmentTerms(60, Agreed, Due.AddDays(5)) { Unit = "DEP-RSJ" }, Today);
        Assert.Equal("DEP-RSJ", promise.Unit);
        Assert.Equal(RefusalCode.CommitmentFixed, Story.Refused(() => Promise(CommitmentKind.Jobs, 50).Edit(new CommitmentTerms(50, Agreed, Due.AddDays(90)), Due.AddDays(1))));
    }

    [Fact]
    public void A_released_promise_takes_no_further_steps()
    {
        var promise = Promise(CommitmentKind.Jobs, 50);
        var report = Report(promise, "2026-06-30", 10);
        promise.Release("登记重复");
        Action[] steps = [() => promise.Release("x"), () => promise.Postpone(Due.AddDays(1), "x", "y", Now, Officer), () => Report(promise, "2026-07-01", 1),
            () => promise.Verify(report.Id, true, null, Now, Leader), () => promise.Withdraw(report.Id, "x", Now, Officer), () => promise.Edit(new CommitmentTerms(50, Agreed, Due), Today)];
        Assert.All(steps, step => Assert.Equal(RefusalCode.CommitmentReleased, Story.Refused(step)));
        Assert.Equal((LightColour.Grey, LightReason.Released), LightOn(promise, Due.AddDays(9)));
    }

    [Theory]
    [InlineData("2026-11-30", LightColour.Grey, LightReason.NotDue, 31)]
    [InlineData("2026-12-01", LightColour.Amber, LightReason.DueSoon, 30)]
    [InlineData("2026-12-31", LightColour.Amber, LightReason.DueSoon, 0)]
    [InlineData("2027-01-01", LightColour.Red, LightReason.Overdue, 1)]
    [InlineData("2027-02-09", LightColour.Red, LightReason.Overdue, 40)]
    public void The_light_of_a_promise_follows_its_due_day(string day, LightColour colour, LightReason reason, int days)
        => Assert.Equal(new Light(colour, reason, days), Light.Of(LightFacts.Of(Promise(CommitmentKind.Start, null)), Day(day), 30));

    [Fact]
    public void A_total_is_behind_plan_when_it_lags_the_time_that_is_over_by_more_than_a_fifth()
    {
        // 365 days: 20 % of the time is over after 73 of them.
        var promise = Promise(CommitmentKind.FixedInvestment, 1000);
        Assert.Equal((LightColour.Grey, LightReason.NotDue), LightOn(promise, Agreed.AddDays(72)));
        Assert.Equal((LightColour.Amber, LightReason.BehindPlan), LightOn(promise, Agreed.AddDays(73)));
        Kept(promise, "2026-03-01", 300);
        Assert.Equal((LightColour.Green, LightReason.OnCourse), LightOn(promise, Agreed.AddDays(182)));
        Assert.Equal((LightColour.Amber, LightReason.BehindPlan), LightOn(promise, Agreed.AddDays(183)));
        // Jobs and a yearly output come with production: no time-proportional progress is expected of them.
        Assert.Null(Promise(CommitmentKind.Jobs, 100).BehindOn);
        Assert.Null(Promise(CommitmentKind.AnnualOutput, 100).BehindOn);
    }

    [Fact]
    public void A_kept_promise_is_green_and_says_how_late_and_an_ended_project_owes_nothing_more()
    {
        var promise = Promise(CommitmentKind.Start, null);
        Kept(promise, "2027-01-10", null);
        Assert.Equal(new Light(LightColour.Green, LightReason.KeptLate, 10), Light.Of(LightFacts.Of(promise), new DateOnly(2027, 6, 1), 30));
        Assert.Equal(LightReason.ProjectEnded, Light.Of(LightFacts.Of(Promise(CommitmentKind.Start, null)), Due.AddDays(9), 30, hasEnded: true).Reason);
        Assert.Equal(LightReason.KeptLate, Light.Of(LightFacts.Of(promise), Due.AddDays(9), 30, hasEnded: true).Reason);
    }

    [Fact]
    public void Every_kind_has_a_side_and_a_measure()
        => Assert.All(Enum.GetValues<CommitmentKind>(), kind => Assert.Equal(CommitmentRule.Of(kind).Side, Promise(kind, CommitmentRule.Of(kind).HasTarget ? 1 : null, "文号").Side));

    private static Commitment Promise(CommitmentKind kind, decimal? target, string? document = null)
        => new(Guid.CreateVersion7(), kind, new CommitmentTerms(target, Agreed, Due) { DocumentNumber = document }, Now, Officer);

    private static Fulfilment Report(Commitment promise, string day, decimal? value) => promise.Report(new FulfilmentReport(Day(day), value, "回单", null), Now, Officer);

    private static Fulfilment Kept(Commitment promise, string day, decimal? value)
    {
        var report = Report(promise, day, value);
        promise.Verify(report.Id, true, null, Now, Leader);
        return report;
    }

    private static (LightColour, LightReason) LightOn(Commitment promise, DateOnly day) => Light.Of(LightFacts.Of(promise), day, 30) is var light ? (light.Colour, light.Reason) : default;

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
