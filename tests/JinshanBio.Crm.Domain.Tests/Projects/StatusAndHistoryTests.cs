using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using Xunit;
using static JinshanBio.Crm.Domain.Tests.Story;

namespace JinshanBio.Crm.Domain.Tests.Projects;

public sealed class StatusAndHistoryTests
{
    [Fact]
    public void A_status_says_which_of_its_details_are_missing()
    {
        var refusal = Assert.Throws<Refusal>(() => Project().Become(ProjectStatus.Lost, "落户外省", new() { ["lostReason"] = "space" }));
        Assert.Equal((RefusalCode.StatusDetailsMissing, "lostOn"), (refusal.Code, refusal.Missing.Single()));
    }

    [Theory]
    [InlineData("shareOfFirst=40 shareOfLanding=50", RefusalCode.StatusSharesWrong, "details.shareOfLanding")]
    [InlineData("shareOfFirst=140 shareOfLanding=-40", RefusalCode.FormRange, "details.shareOfFirst")]
    [InlineData("colour=red", RefusalCode.UnknownField, "details.colour")]
    public void Shares_make_up_a_hundred_and_other_details_are_refused(string details, RefusalCode code, string field)
    {
        var given = details.Split(' ').Select(d => d.Split('=')).ToDictionary(d => d[0], string? (d) => d[1]);
        var refusal = Assert.Throws<Refusal>(() => Project().Become(ProjectStatus.Transferred, "流转", given));
        Assert.Equal((code, field), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void A_day_to_resume_lies_ahead_and_the_day_of_a_loss_does_not()
    {
        // The status is set on 21 November in Shanghai.
        Assert.Equal(RefusalCode.StatusDayWrong, Refused(() => Project().Become(ProjectStatus.OnHold, "等待", new() { ["resumeOn"] = "2026-11-21" })));
        Assert.Equal(RefusalCode.StatusDayWrong, Refused(() => Project().Become(ProjectStatus.Lost, "外迁", new() { ["lostReason"] = "space", ["lostOn"] = "2026-11-22" })));
        var project = Project();
        project.Become(ProjectStatus.OnHold, "等待", new() { ["resumeOn"] = "2026-11-22" });
        Assert.Equal(new DateOnly(2026, 11, 22), project.ResumeOn);
        project.Become(ProjectStatus.Active, null);
        Assert.Null(project.ResumeOn);
        Assert.Empty(project.StatusDetails);
    }

    [Fact]
    public void A_veto_item_is_reason_enough_to_abandon()
    {
        var project = Project();
        Assert.Equal(RefusalCode.ReasonRequired, Refused(() => project.Become(ProjectStatus.Abandoned, null)));
        project.Become(ProjectStatus.Abandoned, null, new() { ["vetoItem"] = "能耗超标" });
        Assert.Equal("能耗超标", project.StatusReason);
    }

    [Fact]
    public void Every_change_of_the_status_stands_in_its_history()
    {
        var project = Project();
        project.Become(ProjectStatus.OnHold, "股权调整");
        project.Become(ProjectStatus.Lost, "落户外省");
        Assert.Equal(["Active→OnHold 股权调整", "OnHold→Lost 落户外省"], project.StatusHistory.Select(c => $"{c.From}→{c.To} {c.Reason}"));
        Assert.All(project.StatusHistory, c => Assert.Equal((Now.AddDays(1), Officer), (c.At, c.ById)));
    }

    [Fact]
    public void Replaced_evidence_keeps_what_it_said_and_the_same_again_replaces_nothing()
    {
        var project = Project().Signed();
        project.Move("S50", "补充材料");
        project.Move("S60", evidence: new() { ["agreementNumber"] = "A-2", ["agreementType"] = "formal" });
        Assert.Equal(("agreementNumber", "A-1", Now.AddDays(1)), (project.Superseded.Single().Key, project.Superseded.Single().Value, project.Superseded.Single().ReplacedAt));
    }

    [Fact]
    public void A_corrected_day_counts_and_the_old_entry_stays()
    {
        var project = Project();
        project.MoveTo("S50", Table, new Dictionary<string, string?> { ["review"] = "1" }, null, Now.AddDays(10), Officer);
        var move = project.History.Last();
        project.CorrectStage(move.Id, new DateOnly(2026, 11, 25), " 会议纪要日期 ", Now.AddDays(12), Manager);

        Assert.Equal(3, project.History.Count);
        Assert.Equal(Now.AddDays(10), move.At);
        Assert.Equal(new DateTime(2026, 11, 24, 16, 0, 0, DateTimeKind.Utc), project.StageSince);
        var last = StageChange.InOrder(project.History)[^1];
        Assert.Equal((move, project.StageSince, "会议纪要日期", Manager), (last.Move, last.EnteredAt, last.Corrections.Single().Reason, last.Corrections.Single().ById));
        // The last correction is the one that counts.
        project.CorrectStage(move.Id, new DateOnly(2026, 11, 20), "以签到为准", Now.AddDays(13), Manager);
        Assert.Equal(Now, project.StageSince);
    }

    [Theory]
    [InlineData("2026-11-19", false)]
    [InlineData("2026-11-20", true)]
    [InlineData("2026-11-21", true)]
    [InlineData("2026-11-22", false)]
    public void A_corrected_day_keeps_the_order_of_the_moves(string day, bool allowed)
    {
        var project = Project().Signed();
        var review = StageChange.InOrder(project.History)[1].Move;
        void Correct() => project.CorrectStage(review.Id, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), "更正", Now.AddDays(30), Officer);
        if (allowed) Correct();
        else Assert.Equal(RefusalCode.CorrectionNotInOrder, Refused(Correct));
        Assert.Equal(Now.AddDays(1), project.StageSince);
    }

    [Fact]
    public void A_correction_is_not_in_the_future_needs_a_reason_and_a_move_of_this_project()
    {
        var project = Project();
        var begin = project.History.Single();
        Assert.Equal(RefusalCode.CorrectionNotInOrder, Refused(() => project.CorrectStage(begin.Id, new DateOnly(2026, 12, 2), "更正", Now.AddDays(1), Officer)));
        Assert.Equal(RefusalCode.ReasonRequired, Refused(() => project.CorrectStage(begin.Id, new DateOnly(2026, 11, 1), " ", Now, Officer)));
        Assert.Equal(RefusalCode.NotFound, Refused(() => project.CorrectStage(Guid.NewGuid(), new DateOnly(2026, 11, 1), "更正", Now, Officer)));
        project.CorrectStage(begin.Id, new DateOnly(2026, 11, 1), "更早就已立项", Now, Officer);
        Assert.Equal(19, StageClock.Days(project.StageSince, Now));
    }

    [Fact]
    public void It_is_the_parks_turn_while_a_proposal_waits_then_the_stages_then_the_owners()
    {
        var stage = Table["S50"] with { StallDays = 30, RoleZh = "投促办", RoleEn = "Promotion office" };
        var waiting = Turn.At(stage, Now, ("湾区", "Bay", Now.AddDays(3)), "陆知遥", Now.AddDays(10));
        Assert.Equal((TurnOf.Park, "湾区", Now.AddDays(3), 20), (waiting.Of, waiting.NameZh, waiting.Since, waiting.DaysLeft));
        var stages = Turn.At(stage, Now, null, "陆知遥", Now.AddDays(31));
        Assert.Equal((TurnOf.Stage, "Promotion office", Now, -1), (stages.Of, stages.NameEn, stages.Since, stages.DaysLeft));
        Assert.True(StageClock.IsStalled(stage, Now, Now.AddDays(31)));
        Assert.False(StageClock.IsStalled(stage, Now, Now.AddDays(30)));
        Assert.True(Now < StageClock.StalledBefore(30, Now.AddDays(31)));
        Assert.False(Now < StageClock.StalledBefore(30, Now.AddDays(30)));
        var owners = Turn.At(Table["S65"], Now, null, "陆知遥", Now);
        Assert.Equal((TurnOf.Owner, "陆知遥", null), (owners.Of, owners.NameZh, owners.DaysLeft));
    }
}
