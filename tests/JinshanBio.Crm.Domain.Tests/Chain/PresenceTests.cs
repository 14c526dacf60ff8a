using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Chain;

public sealed class PresenceTests
{
    private static readonly DateTime Now = new(2026, 11, 20, 2, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly Today = new(2026, 11, 20);
    private static readonly Guid By = Guid.NewGuid();
    private static readonly PresenceTerms Terms = new(new DateOnly(2015, 9, 1), 38_000_000, null, " 名录 ");

    [Fact]
    public void An_enterprise_is_recorded_as_here_once()
    {
        var enterprise = Firm("甲");
        var line = Presence.Record(enterprise, null, Terms, Now, By);
        Assert.Equal((enterprise.Id, Now, true, "名录", 38_000_000m), (line.EnterpriseId, line.From, line.Holds, line.Source, line.AnnualOutput));
        Refused(RefusalCode.EnterpriseHereAlready, () => Presence.Record(enterprise, line, Terms, Now, By));
        Refused(RefusalCode.DayInFuture, () => Presence.Record(enterprise, null, Terms with { Since = Today.AddDays(1) }, Now, By));
        Assert.Equal(Today, Presence.Record(enterprise, null, Terms with { Since = Today }, Now, By).Since);
    }

    [Fact]
    public void A_record_that_was_merged_away_is_nowhere()
    {
        var (winner, loser) = (Firm("甲"), Firm("乙"));
        Merge(winner, loser);
        Refused(RefusalCode.EnterpriseMerged, () => Presence.Record(loser, null, Terms, Now, By));
    }

    [Fact]
    public void A_change_ends_the_line_and_begins_another_and_saying_the_same_again_does_neither()
    {
        var line = Presence.Record(Firm("甲"), null, Terms, Now, By);
        var later = Now.AddDays(3);
        Assert.Same(line, line.Change(Terms, later, By));
        Assert.True(line.Holds);
        var next = line.Change(Terms with { AnnualOutput = 50_000_000 }, later, By);
        Assert.Equal((later, later, true), (line.To, next.From, next.Holds));
        Assert.Equal((38_000_000m, 50_000_000m, line.EnterpriseId), (line.AnnualOutput, next.AnnualOutput, next.EnterpriseId));
        Refused(RefusalCode.DayInFuture, () => next.Change(Terms with { Since = Today.AddDays(9) }, later, By));
    }

    [Fact]
    public void It_leaves_on_a_day_that_is_over_and_not_before_it_came()
    {
        var line = Presence.Record(Firm("甲"), null, Terms, Now, By);
        Refused(RefusalCode.DayInFuture, () => line.Leave(Today.AddDays(1), "搬迁", Now));
        Refused(RefusalCode.PresenceLeftBefore, () => line.Leave(Terms.Since!.Value.AddDays(-1), "搬迁", Now));
        line.Leave(Today, " 搬迁 ", Now);
        Assert.Equal((false, Today, "搬迁", Now), (line.Holds, line.LeftOn!.Value, line.WhyLeft, line.To));
    }

    [Fact]
    public void A_merge_takes_the_presence_along_from_that_moment_and_undoing_gives_it_back()
    {
        var (winner, loser) = (Firm("甲"), Firm("乙"));
        var ofLoser = Presence.Record(loser, null, Terms, Now, By);
        var merge = Merge(winner, loser);
        var opened = merge.TakeAlong(null, ofLoser, Now.AddDays(1), By)!;
        Assert.Equal((winner.Id, Terms.AnnualOutput, Now.AddDays(1)), (opened.EnterpriseId, opened.AnnualOutput, opened.From));
        // What was true of the loser before stays the loser's.
        Assert.Equal((loser.Id, Now.AddDays(1)), (ofLoser.EnterpriseId, ofLoser.To));
        Assert.Equal((ofLoser.Id, opened.Id), (merge.Memory.PresenceEnded, merge.Memory.PresenceOpened));
        var given = merge.GiveBack(opened, ofLoser, Now.AddDays(2), By)!;
        Assert.Equal((loser.Id, true, false), (given.EnterpriseId, given.Holds, opened.Holds));
    }

    [Fact]
    public void Of_two_that_are_here_the_winners_line_stays()
    {
        var (winner, loser) = (Firm("甲"), Firm("乙"));
        var (ofWinner, ofLoser) = (Presence.Record(winner, null, Terms with { AnnualOutput = 1 }, Now, By), Presence.Record(loser, null, Terms, Now, By));
        var merge = Merge(winner, loser);
        Assert.Null(merge.TakeAlong(ofWinner, ofLoser, Now.AddDays(1), By));
        Assert.Equal((true, false), (ofWinner.Holds, ofLoser.Holds));
        Assert.Equal(loser.Id, merge.GiveBack(null, ofLoser, Now.AddDays(2), By)!.EnterpriseId);
        Assert.True(ofWinner.Holds);
    }

    [Fact]
    public void Nobody_comes_back_who_left_between_the_merge_and_its_undoing()
    {
        var (winner, loser) = (Firm("甲"), Firm("乙"));
        var ofLoser = Presence.Record(loser, null, Terms, Now, By);
        var merge = Merge(winner, loser);
        var opened = merge.TakeAlong(null, ofLoser, Now, By)!;
        opened.Leave(Today, "搬迁", Now.AddHours(1));
        Assert.Null(merge.GiveBack(opened, ofLoser, Now.AddDays(2), By));
        Assert.Null(merge.TakeAlong(null, null, Now, By));
    }

    internal static Enterprise Firm(string name) => new(name + "生物有限公司", null, "CN", Now, By);

    private static EnterpriseMerge Merge(Enterprise winner, Enterprise loser)
        => EnterpriseMerge.Of(winner, loser, new HashSet<string>(), new Hanging([], [], [], [], [], []), false, Now, By);

    internal static void Refused(RefusalCode code, Action attempt) => Assert.Equal(code, Assert.Throws<Refusal>(attempt).Code);
}
