using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.FirstTalks;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Notices;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static JinshanBio.Crm.Tests.FirstTalks.TalkDesk;

namespace JinshanBio.Crm.Tests.FirstTalks;

public sealed class FirstTalkTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [OnEveryDatabase]
    public async Task A_registration_protects_the_intent_for_the_unit_and_brings_the_lead_to_its_stage(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, _) = await world.TwoLeadsAsync();
        await world.As("officer").Send(world.Registration(ours));

        var talk = await world.TalkAsync("officer", ours);
        Assert.Equal((FirstTalkStatus.Held, Office, Today.AddDays(90), Today.AddDays(30), Today.AddDays(37), 37), (talk.Status, talk.Unit, talk.Until, talk.HeartbeatDue, talk.LastDay, talk.DaysLeft));
        Assert.Equal(new FirstTalkTerms(90, 60, 1, 30, 7), talk.Terms);
        Assert.True(talk is { IsOurs: true, IsIntact: true, IsMasked: false });
        var line = Assert.Single(talk.Ledger);
        Assert.Equal((FirstTalkEntryKind.Registered, "陆知遥", TalkEvidence.Minutes, "研发副总"), (line.Kind, line.By, line.Evidence, line.With));
        Assert.Equal(Stage.FirstTalk, (await world.As("officer").Send(new GetLead(ours))).Stage);
    }

    [OnEveryDatabase]
    public async Task Another_unit_is_refused_with_who_holds_it_and_both_are_told_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, theirs) = await world.TwoLeadsAsync();
        await world.As("officer").Send(world.Registration(ours));
        var before = world.Clock.Now;
        world.Clock.Advance(TimeSpan.FromHours(3));
        for (var i = 0; i < 2; i++)
        {
            var refusal = await world.Refused(RefusalCode.FirstTalkHeld, () => world.As("officer2").Send(world.Registration(theirs, TalkEvidence.ConfirmedByBoth)));
            var held = Assert.IsType<HeldBy>(refusal.Details);
            Assert.Equal((Office, "区投资促进办", before, true), (held.Unit, held.UnitName, held.Since, held.MayDispute));
        }

        Assert.Equal([NoticeKind.FirstTalkClaimed], await ToldAsync(world, "officer"));
        Assert.Equal([NoticeKind.FirstTalkRefused], await ToldAsync(world, "officer2"));
        var claim = (await world.TalkAsync("officer", ours)).Ledger[0];
        Assert.Equal((FirstTalkEntryKind.Claimed, Commission, null, null), (claim.Kind, claim.Unit, claim.Text, claim.With));
        Assert.Equal("会谈纪要 2026-118 号", (await world.TalkAsync("leader", ours)).Ledger[0].Text);
    }

    [OnEveryDatabase]
    public async Task A_unit_that_asks_learns_only_who_holds_it_and_since_when(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, theirs) = await world.TwoLeadsAsync();
        await world.As("officer").Send(world.Registration(ours));

        var seen = await world.TalkAsync("officer2", theirs);
        Assert.Equal((Office, FirstTalkStatus.Held, true, null), (seen.Unit, seen.Status, seen.IsMasked, seen.HolderLeadId));
        Assert.Equal((null, null, 0, 0), (seen.Until, seen.LastDay, seen.Ledger.Count, seen.Shares.Count));
        await world.Refused(RefusalCode.NotFound, () => world.TalkAsync("officer2", ours));
        Assert.DoesNotContain((await world.As("officer2").Send(new ListFirstTalks())).Items, r => r.LeadId == ours);
    }

    [OnEveryDatabase]
    public async Task A_lead_that_one_does_not_see_is_not_there_for_any_step(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, _) = await world.TwoLeadsAsync();
        await world.As("officer").Send(world.Registration(ours));
        var other = world.As("officer2");

        await world.Refused(RefusalCode.NotFound, () => other.Send(world.Registration(ours)));
        await world.Refused(RefusalCode.NotFound, () => other.Send(Beat(ours)));
        await world.Refused(RefusalCode.NotFound, () => other.Send(new ExtendFirstTalk { Id = ours, Reason = "延期" }));
        await world.Refused(RefusalCode.NotFound, () => other.Send(new ReleaseFirstTalk { Id = ours, Reason = "释放" }));
        await world.Refused(RefusalCode.NotFound, () => other.Send(Offer(ours)));
        await world.Refused(RefusalCode.NotFound, () => other.Send(new EndFirstTalkOffer { Id = ours, Reason = "不要" }));
        await world.Refused(RefusalCode.NotFound, () => other.Send(new AcceptFirstTalk { Id = ours }));
        await world.Refused(RefusalCode.NotFound, () => other.Send(world.Dispute(ours)));
        await world.Refused(RefusalCode.NotFound, () => other.Send(new WithdrawDispute { Id = ours, Reason = "撤回" }));
    }

    [OnEveryDatabase]
    public async Task Each_role_does_what_is_its_own(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, theirs) = await world.TwoLeadsAsync();
        await world.NotPermitted(() => world.Registration(ours), "leader", "admin", "manager.park");
        await world.NotPermitted(() => Beat(ours), "leader", "admin", "manager.park");
        await world.NotPermitted(() => new ExtendFirstTalk { Id = ours, Reason = "延期" }, "leader", "admin", "manager.park");
        await world.NotPermitted(() => Offer(ours), "leader", "admin", "manager.park");
        await world.NotPermitted(() => world.Dispute(theirs), "leader", "admin", "manager.park");
        await world.NotPermitted(() => Ruling(ours, Office), "officer", "officer2", "manager.park");
        await world.NotPermitted(() => new GetFirstTalk { LeadId = ours }, "manager.park");
        await world.NotPermitted(() => new ListFirstTalks(), "manager.park");
        await world.NotPermitted(() => new ListLapsingRights(), "manager.park");
        await world.NotPermitted(() => new LapseFirstTalks(), "officer", "leader", "manager.park");
    }

    [OnEveryDatabase]
    public async Task Somebody_without_a_unit_registers_nothing(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, _) = await world.TwoLeadsAsync();
        await world.Db(db => db.Users.Where(p => p.UserName == "officer").ExecuteUpdateAsync(p => p.SetProperty(x => x.Department, (string?)null)));
        world.Forget("officer");
        await world.Refused(RefusalCode.UnitRequired, () => world.As("officer").Send(world.Registration(ours)));
    }

    [OnEveryDatabase]
    public async Task Evidence_is_of_the_past_and_complete(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, _) = await world.TwoLeadsAsync();
        var officer = world.As("officer");
        await world.Malformed(() => officer.Send(new RegisterFirstTalk { Id = ours }), "evidence", "text", "with", "talkedAt");
        await world.Malformed(() => officer.Send(world.Registration(ours) with { TalkedAt = world.Clock.Now.AddMinutes(1) }), "talkedAt");
        await world.Malformed(() => officer.Send(world.Registration(ours) with { Evidence = (TalkEvidence)9, Text = "短", With = "两\n行" }), "evidence", "text", "with");
        await world.Malformed(() => officer.Send(Beat(ours) with { HappenedAt = world.Clock.Now.AddHours(1) }), "happenedAt");
        await world.Malformed(() => officer.Send(Offer(ours) with { KeptPercent = -1, GivenPercent = 101, ToUnit = null, Reason = " " }), "keptPercent", "givenPercent", "toUnit", "reason");
    }

    [OnEveryDatabase]
    public async Task Another_field_of_the_same_enterprise_is_another_intent(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, theirs) = await world.TwoLeadsAsync();
        await world.As("officer").Send(world.Registration(ours));
        var enterprise = await world.Db(db => db.Leads.Where(l => l.Id == theirs).Select(l => l.EnterpriseId).SingleAsync());
        var other = await world.LeadAsync("officer2", null, enterprise, "MAT");
        await world.As("officer2").Send(world.Registration(other));
        Assert.Equal((Office, Commission), ((await world.TalkAsync("officer", ours)).Unit, (await world.TalkAsync("officer2", other)).Unit));
    }

    [OnEveryDatabase]
    public async Task Two_units_that_register_in_the_same_moment_one_wins_and_both_are_told(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, theirs) = await world.TwoLeadsAsync();
        await Task.WhenAll(world.FindAsync("officer"), world.FindAsync("officer2"));
        var attempts = await Task.WhenAll(new[] { ("officer", ours), ("officer2", theirs), ("officer", ours), ("officer2", theirs) }
            .Select(a => Task.Run(async () => (By: a.Item1, Error: await Record.ExceptionAsync(() => world.As(a.Item1).Send(world.Registration(a.Item2)))))));

        var winner = Assert.Single(attempts, a => a.Error is null).By;
        var living = await world.Db(db => db.FirstTalks.Include(t => t.Ledger).SingleAsync(t => t.Status != FirstTalkStatus.Ended && (t.LeadId == ours || t.LeadId == theirs)));
        Assert.Equal(winner == "officer" ? Office : Commission, living.Unit);
        Assert.True(living.IsIntact);
        foreach (var (by, error) in attempts.Where(a => a.Error is not null))
            Assert.Equal(by == winner ? RefusalCode.FirstTalkIsOurs : RefusalCode.FirstTalkHeld, Assert.IsType<Refusal>(error).Code);
        Assert.Equal([NoticeKind.FirstTalkClaimed], await ToldAsync(world, winner));
        Assert.Equal([NoticeKind.FirstTalkRefused], await ToldAsync(world, winner == "officer" ? "officer2" : "officer"));
        Assert.Single(living.Ledger, e => e.Kind == FirstTalkEntryKind.Claimed);
    }

    [OnEveryDatabase]
    public async Task A_completed_visit_keeps_it_alive_and_a_call_or_a_meeting_does_not(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, _) = await world.TwoLeadsAsync();
        var officer = world.As("officer");
        await officer.Send(world.Registration(ours));
        world.Clock.Advance(TimeSpan.FromDays(10));
        foreach (var kind in Enum.GetValues<FollowUpKind>())
        {
            var id = await officer.Send(new PlanFollowUp { LeadId = ours, Kind = kind, DueAt = world.Clock.Now });
            await officer.Send(new CompleteFollowUp { Id = id, Outcome = $"完成 {kind}" });
        }
        var talk = await world.TalkAsync("officer", ours);
        Assert.Equal([Heartbeat.SiteVisit, Heartbeat.MutualVisit], talk.Ledger.Where(l => l.Kind == FirstTalkEntryKind.Heartbeat).Select(l => l.Event!.Value));
        Assert.Equal(Today.AddDays(40), talk.HeartbeatDue);

        world.Clock.Advance(TimeSpan.FromDays(10));
        await officer.Send(Beat(ours) with { HappenedAt = world.Clock.Now.AddDays(-2) });
        Assert.Equal(Today.AddDays(48), (await world.TalkAsync("officer", ours)).HeartbeatDue);
    }

    [OnEveryDatabase]
    public async Task A_visit_that_is_logged_on_the_way_counts_and_one_that_found_nobody_does_not(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, _) = await world.TwoLeadsAsync();
        await world.As("officer").Send(world.Registration(ours));
        await world.As("officer").Send(new LogContact { LeadId = ours, Kind = FollowUpKind.Visit, Result = FollowUpResult.NotReached, Outcome = "门卫说出差了" });
        Assert.Single((await world.TalkAsync("officer", ours)).Ledger);
        await world.As("officer").Send(new LogContact { LeadId = ours, Kind = FollowUpKind.Visit, Result = FollowUpResult.Progress, Outcome = "谈妥考察日期" });
        Assert.Equal(Heartbeat.MutualVisit, (await world.TalkAsync("officer", ours)).Ledger[0].Event);
        // How it went may be said without words.
        await world.As("officer").Send(new LogContact { LeadId = ours, Kind = FollowUpKind.SiteVisit, Result = FollowUpResult.Progress });
        Assert.Equal((Heartbeat.SiteVisit, 3), await world.TalkAsync("officer", ours) is var talk ? (talk.Ledger[0].Event, talk.Ledger.Count) : default);
    }

    [OnEveryDatabase]
    public async Task It_is_announced_a_week_ahead_and_then_released_by_itself(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, theirs) = await world.TwoLeadsAsync();
        await world.As("officer").Send(world.Registration(ours));
        await world.NightsAsync(29);
        Assert.Null((await world.TalkAsync("officer", ours)).Announced);
        Assert.DoesNotContain(await world.As("officer").Send(new ListLapsingRights()), r => r.LeadId == ours);
        await world.NightsAsync(1);
        Assert.Equal(Today.AddDays(37), (await world.TalkAsync("officer", ours)).Announced);
        var lapsing = Assert.Single(await world.As("officer").Send(new ListLapsingRights()), r => r.LeadId == ours);
        Assert.Equal((7, false, $"/leads/{ours}"), (lapsing.DaysLeft, lapsing.IsEventOverdue, lapsing.Path));

        await world.NightsAsync(7);
        Assert.Equal(FirstTalkStatus.Held, (await world.TalkAsync("officer", ours)).Status);
        await world.NightsAsync(1);
        Assert.Equal((FirstTalkStatus.Ended, FirstTalkEntryKind.Lapsed), await world.TalkAsync("officer", ours) is var t ? (t.Status!.Value, t.Ledger[0].Kind) : default);
        Assert.Equal([NoticeKind.FirstTalkEnding, NoticeKind.FirstTalkLapsed],
            await world.Db(db => db.Notices.Where(n => n.Path == $"/leads/{ours}" && n.Key.StartsWith("first-talk:")).OrderBy(n => n.CreatedAt).Select(n => n.Kind).ToListAsync()));

        await world.As("officer2").Send(world.Registration(theirs));
        Assert.Equal(Commission, (await world.TalkAsync("officer2", theirs)).Unit);
    }

    [OnEveryDatabase]
    public async Task The_job_run_twice_says_everything_once_and_one_that_was_down_releases_nobody_unannounced(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, _) = await world.TwoLeadsAsync();
        await world.As("officer").Send(world.Registration(ours));
        world.Clock.Advance(TimeSpan.FromDays(60));
        for (var i = 0; i < 3; i++) await world.As(Identity.Actor.System).Send(new LapseFirstTalks());

        var talk = await world.TalkAsync("officer", ours);
        Assert.Equal((FirstTalkStatus.Held, Today.AddDays(67)), (talk.Status, talk.Announced));
        Assert.Single(talk.Ledger, l => l.Kind == FirstTalkEntryKind.Announced);
        await world.NightsAsync(8);
        Assert.Equal(FirstTalkStatus.Ended, (await world.TalkAsync("officer", ours)).Status);
    }

    [OnEveryDatabase]
    public async Task The_day_that_counts_is_that_of_Shanghai(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, _) = await world.TwoLeadsAsync();
        // 2026-11-20 16:30 UTC is 00:30 of the 21st in Shanghai.
        world.Clock.Now = new DateTime(2026, 11, 20, 16, 30, 0, DateTimeKind.Utc);
        await world.As("officer").Send(world.Registration(ours));
        Assert.Equal(Today.AddDays(91), (await world.TalkAsync("officer", ours)).Until);
    }

    [OnEveryDatabase]
    public async Task It_is_extended_once_and_released_by_hand_with_reasons(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, theirs) = await world.TwoLeadsAsync();
        var officer = world.As("officer");
        await officer.Send(world.Registration(ours));
        await officer.Send(new ExtendFirstTalk { Id = ours, Reason = "等待环评结论" });
        await world.Refused(RefusalCode.FirstTalkExtended, () => officer.Send(new ExtendFirstTalk { Id = ours, Reason = "再等等" }));
        Assert.Equal(Today.AddDays(150), (await world.TalkAsync("officer", ours)).Until);
        await world.Malformed(() => officer.Send(new ReleaseFirstTalk { Id = ours }), "reason");
        await officer.Send(new ReleaseFirstTalk { Id = ours, Reason = "企业改投外地" });
        await world.Refused(RefusalCode.FirstTalkNotHeld, () => officer.Send(Beat(ours)));
        await world.As("officer2").Send(world.Registration(theirs));
    }

    [OnEveryDatabase]
    public async Task A_transfer_that_is_accepted_takes_the_lead_its_project_and_what_is_planned_along(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, theirs) = await world.TwoLeadsAsync();
        var officer = world.As("officer");
        await officer.Send(world.Registration(ours));
        await officer.Send(new PlanFollowUp { LeadId = ours, Kind = FollowUpKind.Visit, DueAt = world.Clock.Now.AddDays(3) });
        var project = await officer.Send(new ConvertLead { Id = ours, Name = "霁月蛋白基地", Track = Track.Lease, Investment = 1, OutputAtCapacity = 1, AreaM2 = 1 });
        await world.Refused(RefusalCode.SharesMustAddUp, () => officer.Send(Offer(ours) with { GivenPercent = 60 }));
        await world.Refused(RefusalCode.FirstTalkSameUnit, () => officer.Send(Offer(ours) with { ToUnit = Office }));
        await world.Refused(RefusalCode.UnknownUnit, () => officer.Send(Offer(ours) with { ToUnit = "DEP-XXX" }));
        await officer.Send(Offer(ours));

        Assert.Equal([NoticeKind.FirstTalkOffered], await ToldAsync(world, "officer2"));
        Assert.Equal((30, 70), await world.TalkAsync("officer2", ours) is var seen ? (seen.Offer!.KeptPercent, seen.Offer.GivenPercent) : default);
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new GetLead(ours)));
        await world.As("officer2").Send(new AcceptFirstTalk { Id = ours });

        Assert.Equal((await world.PersonAsync("officer2"), 1), await world.As("officer2").Send(new GetLead(ours)) is var lead ? (lead.OwnerId, lead.FollowUps.Count) : default);
        Assert.Equal(await world.PersonAsync("officer2"), (await world.ReadAsync(project)).OwnerId);
        var talk = await world.TalkAsync("officer2", ours);
        Assert.Equal((Commission, 30, 70, true), (talk.Unit, talk.Shares[Office], talk.Shares[Commission], talk.IsIntact));
        await world.Refused(RefusalCode.NotFound, () => officer.Send(Beat(ours)));
        await world.Refused(RefusalCode.FirstTalkNotOffered, () => world.As("officer2").Send(new AcceptFirstTalk { Id = ours }));
        Assert.NotEqual(ours, theirs);
    }

    [OnEveryDatabase]
    public async Task An_offer_is_declined_or_taken_back_with_a_reason(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, _) = await world.TwoLeadsAsync();
        await world.As("officer").Send(world.Registration(ours));
        await world.As("officer").Send(Offer(ours));
        await world.As("officer2").Send(new EndFirstTalkOffer { Id = ours, Reason = "没有合适载体" });
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new AcceptFirstTalk { Id = ours }));
        await world.As("officer").Send(Offer(ours));
        await world.As("officer").Send(new EndFirstTalkOffer { Id = ours, Reason = "自己继续推进" });
        Assert.Null((await world.TalkAsync("officer", ours)).Offer);
    }

    [OnEveryDatabase]
    public async Task A_dispute_is_ruled_on_by_the_promotion_office_and_moves_the_right(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, theirs) = await world.TwoLeadsAsync();
        await world.As("officer").Send(world.Registration(ours));
        world.Clock.Advance(TimeSpan.FromDays(2));
        await world.Refused(RefusalCode.FirstTalkSameUnit, () => world.As("officer").Send(world.Dispute(ours)));
        await world.As("officer2").Send(world.Dispute(theirs));
        Assert.Contains(NoticeKind.FirstTalkDisputed, await ToldAsync(world, "leader"));
        await world.Refused(RefusalCode.FirstTalkIsDisputed, () => world.As("officer").Send(new ExtendFirstTalk { Id = ours, Reason = "延期" }));
        // Nothing lapses while it is disputed.
        await world.NightsAsync(100);
        Assert.Equal(FirstTalkStatus.Disputed, (await world.TalkAsync("officer", ours)).Status);

        Assert.Equal(new DisputeComparison(true, false, null), (await world.TalkAsync("leader", ours)).Comparison);
        Assert.Null((await world.TalkAsync("officer2", theirs)).Comparison);
        await world.Refused(RefusalCode.DisputeBasisDoesNotSupport, () => world.As("leader").Send(Ruling(ours, Commission) with { Basis = DisputeBasis.TimeStamp }));
        await world.Refused(RefusalCode.FirstTalkNotDisputed, () => world.As("leader").Send(Ruling(ours, "DEP-KW")));
        await world.Malformed(() => world.As("leader").Send(new RuleOnFirstTalk { Id = ours, Reason = "短" }), "forUnit", "basis", "reason");
        await world.As("leader").Send(Ruling(ours, Commission));

        var talk = await world.TalkAsync("officer2", theirs);
        Assert.Equal((FirstTalkStatus.Held, Commission, true, theirs), (talk.Status, talk.Unit, talk.IsOurs, talk.HolderLeadId));
        Assert.Contains(NoticeKind.FirstTalkSettled, await ToldAsync(world, "officer"));
        Assert.Contains(NoticeKind.FirstTalkSettled, await ToldAsync(world, "officer2"));
        var masked = await world.TalkAsync("officer", ours);
        Assert.Equal((Commission, true), (masked.Unit, masked.IsMasked));
        await world.Refused(RefusalCode.FirstTalkHeld, () => world.As("officer").Send(Beat(ours)));
    }

    [OnEveryDatabase]
    public async Task A_dispute_that_is_withdrawn_leaves_the_holder_in_peace(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, theirs) = await world.TwoLeadsAsync();
        await world.As("officer").Send(world.Registration(ours));
        await world.As("officer2").Send(world.Dispute(theirs));
        await world.Refused(RefusalCode.FirstTalkNotDisputed, () => world.As("officer").Send(new WithdrawDispute { Id = ours, Reason = "替他撤" }));
        await world.As("officer2").Send(new WithdrawDispute { Id = theirs, Reason = "已协商一致" });
        Assert.Equal(FirstTalkStatus.Held, (await world.TalkAsync("officer", ours)).Status);
        await world.Refused(RefusalCode.FirstTalkNotDisputed, () => world.As("leader").Send(Ruling(ours, Office)));
    }

    [OnEveryDatabase]
    public async Task Any_past_day_says_who_held_the_right_then(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, theirs) = await world.TwoLeadsAsync();
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.As("officer").Send(world.Registration(ours));
        world.Clock.Advance(TimeSpan.FromDays(5));
        await world.As("officer").Send(new ReleaseFirstTalk { Id = ours, Reason = "人手不足" });
        world.Clock.Advance(TimeSpan.FromDays(3));
        await world.As("officer2").Send(world.Registration(theirs));

        async Task<(FirstTalkStatus?, string?)> On(int day) => await world.TalkAsync("leader", ours, Today.AddDays(day).ToDateTime(TimeOnly.MinValue)) is var t ? (t.Status, t.Unit) : default;
        Assert.Equal((null, null), await On(0));
        Assert.Equal((FirstTalkStatus.Held, Office), await On(1));
        Assert.Equal((FirstTalkStatus.Held, Office), await On(5));
        Assert.Equal((FirstTalkStatus.Ended, Office), await On(7));
        Assert.Equal((FirstTalkStatus.Held, Commission), await On(9));
        // Never the future.
        Assert.Equal((FirstTalkStatus.Held, Commission), await On(400));
    }

    [OnEveryDatabase]
    public async Task The_right_goes_along_into_the_project_and_ends_when_it_is_signed_or_the_lead_is_dropped(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, _) = await world.TwoLeadsAsync();
        var officer = world.As("officer");
        var right = await officer.Send(world.Registration(ours));
        var project = await officer.Send(new ConvertLead { Id = ours, Name = "霁月蛋白基地", Track = Track.Lease, Investment = 1, OutputAtCapacity = 1, AreaM2 = 1 });
        Assert.Equal((project, FirstTalkStatus.Held), await world.Db(db => db.FirstTalks.Where(t => t.Id == right).Select(t => new ValueTuple<Guid?, FirstTalkStatus>(t.ProjectId, t.Status)).SingleAsync()));
        // A visit on the project is a visit on the same right.
        var visit = await officer.Send(new PlanFollowUp { ProjectId = project, Kind = FollowUpKind.SiteVisit, DueAt = world.Clock.Now });
        await officer.Send(new CompleteFollowUp { Id = visit, Outcome = "看过二期厂房" });
        Assert.Equal(FirstTalkEntryKind.Heartbeat, (await world.TalkAsync("officer", ours)).Ledger[0].Kind);
        await world.Db(db => db.Projects.Where(p => p.Id == project).ExecuteUpdateAsync(p => p.SetProperty(x => x.Stage, "S60")));
        await world.NightsAsync(1);
        Assert.Equal(FirstTalkEntryKind.Fulfilled, (await world.TalkAsync("officer", ours)).Ledger[0].Kind);

        var dropped = await world.LeadAsync("officer", "太仓放弃企业有限公司", null);
        await officer.Send(world.Registration(dropped));
        await officer.Send(new DropLead { Id = dropped, Reason = "企业改投外地" });
        Assert.Equal((FirstTalkStatus.Ended, "企业改投外地"), await world.TalkAsync("officer", dropped) is var t ? (t.Status, t.Ledger[0].Text) : default);
        await world.Refused(RefusalCode.LeadDropped, () => officer.Send(world.Registration(dropped)));
    }

    [OnEveryDatabase]
    public async Task The_ledger_is_only_added_to_and_a_change_in_the_database_shows(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, _) = await world.TwoLeadsAsync();
        await world.As("officer").Send(world.Registration(ours));
        await world.As("officer").Send(Beat(ours));
        var lines = await world.Db(db => db.FirstTalkEntries.Where(e => db.FirstTalks.Any(t => t.Id == e.FirstTalkId && t.LeadId == ours)).OrderBy(e => e.Number).Select(e => e.Id).ToListAsync());

        await Assert.ThrowsAsync<NotSupportedException>(() => world.Db(async db => { db.FirstTalkEntries.Remove(await db.FirstTalkEntries.SingleAsync(e => e.Id == lines[0])); await db.SaveChangesAsync(); }));
        await Assert.ThrowsAsync<NotSupportedException>(() => world.Db(async db => { db.Entry(await db.FirstTalkEntries.SingleAsync(e => e.Id == lines[0])).Property(e => e.Text).CurrentValue = "改写"; await db.SaveChangesAsync(); }));
        Assert.True((await world.TalkAsync("officer", ours)).IsIntact);
        await world.Db(db => db.FirstTalkEntries.Where(e => e.Id == lines[0]).ExecuteUpdateAsync(e => e.SetProperty(x => x.HappenedAt, world.Clock.Now.AddYears(-2))));
        Assert.False((await world.TalkAsync("officer", ours)).IsIntact);
    }

    [OnEveryDatabase]
    public async Task Steps_at_the_same_moment_leave_one_unbroken_ledger(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, theirs) = await world.TwoLeadsAsync();
        await world.As("officer").Send(world.Registration(ours));
        await world.FindAsync("officer2");
        Func<Task>[] steps = [() => world.As("officer").Send(Beat(ours)), () => world.As("officer").Send(Beat(ours)), () => world.As("officer2").Send(world.Registration(theirs)),
            () => world.As("officer").Send(new ExtendFirstTalk { Id = ours, Reason = "等待结论" }), () => world.As("officer").Send(new ExtendFirstTalk { Id = ours, Reason = "等待结论" })];
        var errors = await Task.WhenAll(steps.Select(s => Task.Run(async () => await Record.ExceptionAsync(s))));

        Assert.All(errors.OfType<Exception>(), e => Assert.True(e is Refusal { Code: RefusalCode.FirstTalkExtended or RefusalCode.FirstTalkHeld }, e.ToString()));
        var right = await world.Db(db => db.FirstTalks.Include(t => t.Ledger).SingleAsync(t => t.LeadId == ours));
        Assert.True(right.IsIntact);
        // Registered, claimed, two events, one extension: nothing is lost, whatever the order.
        Assert.Equal(5, right.Ledger.Count);
        Assert.Single(right.Ledger, e => e.Kind == FirstTalkEntryKind.Extended);
    }

    [OnEveryDatabase]
    public async Task A_step_on_an_outdated_version_is_refused(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (ours, _) = await world.TwoLeadsAsync();
        await world.As("officer").Send(world.Registration(ours));
        var seen = (await world.TalkAsync("officer", ours)).Version;
        await world.As("officer").Send(Beat(ours) with { Version = seen });
        await world.Refused(RefusalCode.StaleVersion, () => world.As("officer").Send(new ExtendFirstTalk { Id = ours, Reason = "延期", Version = seen }));
    }

    [OnEveryDatabase]
    public async Task The_list_shows_the_own_units_rights_and_a_leader_all(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var own = (await world.As("officer").Send(new ListFirstTalks())).Items;
        var theirs = (await world.As("officer2").Send(new ListFirstTalks { Unit = Commission })).Items;
        var all = (await world.As("leader").Send(new ListFirstTalks())).Items;
        Assert.All(own, r => Assert.True(r.Unit == Office || r.Challenger == Office));
        Assert.All(theirs, r => Assert.Equal(Commission, r.Unit));
        Assert.Equal(4, all.Count);
        Assert.Equal(all.Select(r => r.LastDay).Order(), all.Select(r => r.LastDay));
        Assert.Single(all, r => r.Status == FirstTalkStatus.Disputed);
        Assert.Contains(await world.As("officer").Send(new ListLapsingRights()), r => r.Title == "上海沐澜疫苗技术有限公司");
        Assert.Equal(all.Where(r => r.Field == "AGR").Select(r => r.Id), (await world.As("leader").Send(new ListFirstTalks { Field = "AGR" })).Items.Select(r => r.Id));
        await world.Malformed(() => world.As("leader").Send(new ListFirstTalks { Sort = "text" }), "sort");
    }

    private static RecordHeartbeat Beat(Guid lead) => new() { Id = lead, Kind = Heartbeat.Review, Text = "专家评审会纪要" };

    private static OfferFirstTalk Offer(Guid lead) => new() { Id = lead, ToUnit = Commission, KeptPercent = 30, GivenPercent = 70, Reason = "载体在经委园区" };

    private static RuleOnFirstTalk Ruling(Guid lead, string unit) => new() { Id = lead, ForUnit = unit, Basis = DisputeBasis.Evidence, Reason = "双方签字的确认函效力高于单方纪要" };

    private static async Task<List<NoticeKind>> ToldAsync(World world, string userName)
    {
        var person = await world.PersonAsync(userName);
        return await world.Db(db => db.Notices.Where(n => n.PersonId == person && n.Key.StartsWith("first-talk:") && n.CreatedAt >= new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc)).OrderBy(n => n.CreatedAt).ThenBy(n => n.Id).Select(n => n.Kind).ToListAsync());
    }
}
