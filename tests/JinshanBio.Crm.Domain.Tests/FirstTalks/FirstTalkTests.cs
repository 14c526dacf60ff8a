using System.Reflection;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Domain.Leads;
using Xunit;
using static JinshanBio.Crm.Domain.Tests.Story;

namespace JinshanBio.Crm.Domain.Tests.FirstTalks;

public sealed class FirstTalkTests
{
    private const string Office = "DEP-TZCJ", Commission = "DEP-JXW", Science = "DEP-KW";
    private static readonly FirstTalkTerms Terms = new(90, 60, 1, 30, 7);
    private static readonly DateOnly Day = ShanghaiTime.Day(Now);

    [Fact]
    public void A_right_is_protected_from_its_registration_and_keeps_the_terms_of_that_day()
    {
        var right = Right();
        Assert.Equal((Office, FirstTalkStatus.Held, Day.AddDays(90), Day.AddDays(30)), (right.Unit, right.Status, right.Until, right.HeartbeatDue));
        Assert.Equal(Terms, right.State.Terms);
        Assert.Equal(Terms, FirstTalkTerms.Parse(Terms.ToString()));
    }

    [Fact]
    public void Without_a_verifiable_event_it_ends_a_week_after_one_was_due_and_protection_does_not_help()
    {
        var right = Right();
        Assert.Equal((Day.AddDays(37), Day.AddDays(30), true), (right.LastDay, right.AnnounceOn, right.State.IsStale));

        right.Beat(Heartbeat.SiteVisit, "看厂房", Now.AddDays(20), Now.AddDays(21), Officer);
        Assert.Equal(Day.AddDays(50), right.HeartbeatDue);
        // An older visit that is recorded later takes nothing away.
        right.Beat(Heartbeat.MutualVisit, "补记", Now.AddDays(5), Now.AddDays(22), Officer);
        Assert.Equal(Day.AddDays(50), right.HeartbeatDue);
        right.Beat(Heartbeat.Review, "评审", Now.AddDays(80), Now.AddDays(80), Officer);
        Assert.Equal((right.Until, false), (right.LastDay, right.State.IsStale));
    }

    [Fact]
    public void It_ends_only_after_it_was_announced_and_never_sooner_than_the_days_of_notice()
    {
        var right = Right();
        var late = Now.AddDays(45);
        Assert.Equal(RefusalCode.FirstTalkNotHeld, Refused(() => right.Lapse(late, Officer)));
        right.Announce(late, Officer);
        Assert.Equal(Day.AddDays(52), right.LastDay);
        Assert.Equal(RefusalCode.FirstTalkNotHeld, Refused(() => right.Lapse(Now.AddDays(52), Officer)));
        right.Lapse(Now.AddDays(53), Officer);
        Assert.Equal(FirstTalkStatus.Ended, right.Status);
        Assert.Equal(RefusalCode.FirstTalkNotHeld, Refused(() => right.Beat(Heartbeat.Review, "太晚了", Now, Now, Officer)));
    }

    [Fact]
    public void An_event_makes_what_was_announced_void()
    {
        var right = Right();
        right.Announce(Now.AddDays(30), Officer);
        Assert.Equal(Day.AddDays(37), right.Announced);
        right.Beat(Heartbeat.DraftAgreement, "协议草案第一稿", Now.AddDays(33), Now.AddDays(33), Officer);
        Assert.Equal((null, Day.AddDays(70)), (right.Announced, right.LastDay));
    }

    [Fact]
    public void An_event_that_does_not_move_the_last_day_leaves_the_announcement()
    {
        var right = Right();
        right.Beat(Heartbeat.Review, "评审", Now.AddDays(60), Now.AddDays(60), Officer);
        right.Announce(Now.AddDays(83), Officer);
        right.Beat(Heartbeat.Review, "复评", Now.AddDays(85), Now.AddDays(85), Officer);
        Assert.Equal((Day.AddDays(90), Day.AddDays(90)), (right.Announced, right.LastDay));
    }

    [Fact]
    public void It_is_extended_once()
    {
        var right = Right();
        right.Extend("等待环评", Now.AddDays(10), Officer);
        Assert.Equal(Day.AddDays(150), right.Until);
        Assert.Equal(RefusalCode.FirstTalkExtended, Refused(() => right.Extend("再等", Now.AddDays(11), Officer)));
    }

    [Fact]
    public void It_passes_to_another_unit_that_accepts_with_the_shares_agreed()
    {
        var right = Right();
        Assert.Equal(RefusalCode.SharesMustAddUp, Refused(() => right.Offer(Commission, 30, 60, "载体在对方", Now, Officer)));
        Assert.Equal(RefusalCode.FirstTalkSameUnit, Refused(() => right.Offer(Office, 30, 70, "自己", Now, Officer)));
        right.Offer(Commission, 30, 70, "载体在对方", Now.AddDays(1), Officer);
        Assert.Equal((Office, Commission), (right.Unit, right.OfferedTo));
        Assert.Equal(RefusalCode.FirstTalkOffered, Refused(() => right.Offer(Science, 50, 50, "再找一家", Now, Officer)));
        Assert.Equal(RefusalCode.FirstTalkNotOffered, Refused(() => right.AcceptOffer(Science, Now, Officer)));
        right.AcceptOffer(Commission, Now.AddDays(20), Manager);

        Assert.Equal((Commission, null, Day.AddDays(90), Day.AddDays(50)), (right.Unit, right.OfferedTo, right.Until, right.HeartbeatDue));
        Assert.Equal(100, right.State.Shares.Values.Sum());
        // What was kept stays kept when the right moves on: 70 are left to share out.
        Assert.Equal(RefusalCode.SharesMustAddUp, Refused(() => right.Offer(Science, 50, 50, "再流转", Now, Officer)));
        right.Offer(Science, 20, 50, "再流转", Now.AddDays(21), Manager);
        right.AcceptOffer(Science, Now.AddDays(22), Manager);
        Assert.Equal([(Office, 30), (Commission, 20), (Science, 50)], right.State.Shares.OrderBy(s => s.Key == Office ? 0 : s.Key == Commission ? 1 : 2).Select(s => (s.Key, s.Value)));
    }

    [Fact]
    public void An_offer_ends_when_either_side_says_so()
    {
        var right = Right();
        right.Offer(Commission, 30, 70, "载体在对方", Now, Officer);
        Assert.Equal(RefusalCode.FirstTalkNotOffered, Refused(() => right.EndOffer(Science, "不是我的", Now, Officer)));
        right.EndOffer(Commission, "没有人手", Now, Manager);
        Assert.Null(right.State.Offer);
        Assert.Equal(RefusalCode.FirstTalkNotOffered, Refused(() => right.AcceptOffer(Commission, Now, Manager)));
    }

    [Fact]
    public void A_disputed_right_neither_lapses_nor_moves_but_events_count()
    {
        var (right, _) = Disputed();
        foreach (var attempt in (Action[])[() => right.Extend("延期", Now, Officer), () => right.Offer(Science, 0, 100, "流转", Now, Officer), () => right.Release("放弃", Now, Officer),
            () => right.Announce(Now.AddDays(60), Officer), () => right.Lapse(Now.AddDays(200), Officer)])
            Assert.Equal(RefusalCode.FirstTalkIsDisputed, Refused(attempt));
        right.Beat(Heartbeat.Review, "照常评审", Now.AddDays(4), Now.AddDays(4), Officer);
        Assert.Equal(RefusalCode.FirstTalkNotDisputed, Refused(() => right.WithdrawDispute(Science, "不是我", Now, Officer)));
        right.WithdrawDispute(Commission, "已与对方谈妥", Now.AddDays(5), Manager);
        Assert.Equal((FirstTalkStatus.Held, Office, (string?)null, (Guid?)null), (right.Status, right.Unit, right.Challenger, right.ChallengerLeadId));
    }

    [Fact]
    public void A_ruling_for_the_challenger_moves_the_right_to_its_lead_with_fresh_protection()
    {
        var (right, lead) = Disputed();
        var comparison = DisputeComparison.Of([.. right.Ledger], Commission, 1, 1);
        Assert.Equal(new DisputeComparison(true, false, null), comparison);
        // The holder came first by the time stamp, so nobody rules against it on that; the evidence of the challenger is stronger.
        Assert.Equal(RefusalCode.DisputeBasisDoesNotSupport, Refused(() => right.Rule(Commission, DisputeBasis.TimeStamp, "时间", comparison, lead, Now, Manager)));
        Assert.Equal(RefusalCode.DisputeBasisDoesNotSupport, Refused(() => right.Rule(Office, DisputeBasis.Evidence, "证据", comparison, lead, Now, Manager)));
        Assert.Equal(RefusalCode.FirstTalkNotDisputed, Refused(() => right.Rule(Science, DisputeBasis.Discretion, "第三方", comparison, lead, Now, Manager)));
        right.Rule(Commission, DisputeBasis.Evidence, "双方确认的会谈早于登记", comparison, lead, Now.AddDays(9), Manager);

        Assert.Equal((Commission, lead.Id, FirstTalkStatus.Held, Day.AddDays(99)), (right.Unit, right.LeadId, right.Status, right.Until));
        Assert.Equal(100, right.State.Shares[Commission]);
        Assert.Equal("1/0/-", right.Ledger.Last().With);
    }

    [Fact]
    public void A_ruling_for_the_holder_leaves_everything_as_it_was()
    {
        var (right, lead) = Disputed();
        var (until, leadId) = (right.Until, right.LeadId);
        right.Rule(Office, DisputeBasis.TimeStamp, "登记在先,证据完整", DisputeComparison.Of([.. right.Ledger], Commission, 0, 0), lead, Now.AddDays(9), Manager);
        Assert.Equal((Office, leadId, until, FirstTalkStatus.Held), (right.Unit, right.LeadId, right.Until, right.Status));
    }

    [Fact]
    public void Two_units_on_one_day_came_at_the_same_time_and_what_followed_decides()
    {
        var right = Right();
        right.Claim(Commission, Proof(TalkEvidence.OneSided), Now.AddMinutes(1), Manager);
        right.Dispute(Commission, Lead(), Proof(TalkEvidence.Minutes), Now.AddDays(3), Manager);
        Assert.Equal(new DisputeComparison(null, null, false), DisputeComparison.Of([.. right.Ledger], Commission, 1, 2));
    }

    [Fact]
    public void A_claim_is_kept_once_for_each_unit_with_its_time()
    {
        var right = Right();
        Assert.True(right.Claim(Commission, Proof(), Now.AddSeconds(1), Manager));
        Assert.False(right.Claim(Commission, Proof(), Now.AddDays(1), Manager));
        Assert.True(right.Claim(Science, Proof(), Now.AddDays(2), Manager));
        Assert.Equal((Office, FirstTalkStatus.Held), (right.Unit, right.Status));
    }

    [Fact]
    public void Any_past_moment_is_replayed_from_the_ledger_alone()
    {
        var (right, lead) = Disputed();
        right.Rule(Commission, DisputeBasis.Discretion, "综合考虑各方情况", DisputeComparison.Of([.. right.Ledger], Commission, 0, 0), lead, Now.AddDays(9), Manager);
        right.Release("企业改投外地", Now.AddDays(40), Manager);

        FirstTalkState? At(int days) => FirstTalkState.At(right.Ledger, Now.AddDays(days));
        Assert.Null(At(-1));
        Assert.Equal((Office, FirstTalkStatus.Held, 1), (At(0)!.Unit, At(0)!.Status, At(0)!.Because));
        Assert.Equal((Office, FirstTalkStatus.Disputed, Commission), (At(8)!.Unit, At(8)!.Status, At(8)!.Challenger));
        Assert.Equal((Commission, FirstTalkStatus.Held, Now.AddDays(9)), (At(9)!.Unit, At(9)!.Status, At(9)!.Since));
        Assert.Equal((Commission, FirstTalkStatus.Ended), (At(41)!.Unit, At(41)!.Status));
    }

    [Theory]
    [InlineData(nameof(FirstTalkEntry.Text))]
    [InlineData(nameof(FirstTalkEntry.Unit))]
    [InlineData(nameof(FirstTalkEntry.At))]
    [InlineData(nameof(FirstTalkEntry.Until))]
    [InlineData(nameof(FirstTalkEntry.HappenedAt))]
    public void A_line_that_was_changed_behind_the_back_shows(string property)
    {
        var right = Right();
        right.Beat(Heartbeat.Review, "评审", Now, Now, Officer);
        Assert.True(right.IsIntact);
        var field = typeof(FirstTalkEntry).GetField($"<{property}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance)!;
        field.SetValue(right.Ledger.First(), property switch { nameof(FirstTalkEntry.At) or nameof(FirstTalkEntry.HappenedAt) => Now.AddYears(-1), nameof(FirstTalkEntry.Until) => Day.AddDays(900), _ => "改过" });
        Assert.False(right.IsIntact);
    }

    [Fact]
    public void A_line_that_was_taken_away_shows_also_the_last_one()
    {
        var right = Right();
        right.Beat(Heartbeat.Review, "评审", Now, Now, Officer);
        right.Beat(Heartbeat.Review, "复评", Now, Now, Officer);
        var all = right.Ledger.ToList();
        Assert.True(FirstTalkEntry.IsIntact(all, right.Entries, right.LastHash));
        foreach (var gone in all) Assert.False(FirstTalkEntry.IsIntact(all.Where(e => e != gone), right.Entries, right.LastHash));
    }

    private static (FirstTalk Right, Lead Challenging) Disputed()
    {
        var (right, lead) = (Right(), Lead());
        right.Dispute(Commission, lead, Proof(TalkEvidence.ConfirmedByBoth), Now.AddDays(3), Manager);
        return (right, lead);
    }

    private static FirstTalk Right() => new(Lead(), Office, Proof(), Terms, Now, Officer);

    private static TalkProof Proof(TalkEvidence kind = TalkEvidence.Minutes) => new(kind, "会谈纪要 2026-11", "张工", Now.AddDays(-1));
}
