using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Leads;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.FollowUps;

public sealed class FollowUpStepTests
{
    [OnEveryDatabase]
    public async Task Participants_are_named_and_colleagues_recognised(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = world.As("officer");
        var id = await officer.Send(new PlanFollowUp { LeadId = await LeadAsync(world), DueAt = Utc(12, 1), Participants = ["顾晓岑、王总，李工", "王总"] });
        var seen = await officer.Send(new GetFollowUp(id));
        Assert.Equal([(await world.PersonAsync("officer2"), "顾晓岑"), (null, "王总"), (null, "李工")], seen.Participants.Select(p => ((Guid?)p.PersonId, p.Name)));
        await world.Malformed(() => officer.Send(new PlanFollowUp { LeadId = seen.Item.LeadId, DueAt = Utc(12, 1), Participants = [.. Enumerable.Range(0, 21).Select(i => $"人{i}")] }), "participants");
    }

    [OnEveryDatabase]
    public async Task It_is_edited_on_the_version_that_was_read_and_cancelled_with_a_reason(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = world.As("officer");
        var lead = await LeadAsync(world);
        var id = await officer.Send(new PlanFollowUp { LeadId = lead, DueAt = Utc(12, 1) });
        await officer.Send(new EditFollowUp { Id = id, Version = 1, DueAt = Utc(12, 5), Kind = FollowUpKind.Visit, Note = "改为上门" });
        await world.Refused(RefusalCode.StaleVersion, () => officer.Send(new EditFollowUp { Id = id, Version = 1, DueAt = Utc(12, 6) }));
        Assert.Equal(Utc(12, 5), (await officer.Send(new GetLead(lead))).NextFollowUp);

        await world.Malformed(() => officer.Send(new CancelFollowUp { Id = id }), "reason");
        await officer.Send(new CancelFollowUp { Id = id, Reason = "客户取消行程" });
        var seen = await officer.Send(new GetFollowUp(id));
        Assert.Equal((FollowUpStatus.Cancelled, "客户取消行程", "陆知遥"), (seen.Item.Status, seen.CancelReason, seen.DoneBy));
        Assert.Null((await officer.Send(new GetLead(lead))).NextFollowUp);
        await world.Refused(RefusalCode.FollowUpClosed, () => officer.Send(new CancelFollowUp { Id = id, Reason = "再取消一次" }));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new GetFollowUp(id)));
        await world.NotPermitted(() => new CancelFollowUp { Id = id, Reason = "无权" }, "leader", "manager.park");
    }

    [OnEveryDatabase]
    public async Task A_series_goes_on_when_one_is_done_or_left_out_and_ends_when_it_is_cancelled(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = world.As("officer");
        var lead = await LeadAsync(world);
        var first = await officer.Send(new PlanFollowUp { LeadId = lead, DueAt = Utc(11, 20), Repeat = RepeatUnit.Week, RepeatEvery = 2, Participants = ["王总"] });
        await officer.Send(new CompleteFollowUp { Id = first, Result = FollowUpResult.Reached });
        var second = Assert.Single(await OpenAsync(world, lead));
        Assert.Equal((Utc(12, 4), "王总"), (second.DueAt, second.Participants.Single().Name));
        await officer.Send(new CancelFollowUp { Id = second.Id, Reason = "这次不去", KeepSeries = true });
        var third = Assert.Single(await OpenAsync(world, lead));
        Assert.Equal(Utc(12, 18), third.DueAt);
        Assert.Equal(Utc(12, 18), (await officer.Send(new GetLead(lead))).NextFollowUp);
        await officer.Send(new CancelFollowUp { Id = third.Id, Reason = "不再需要" });
        Assert.Empty(await OpenAsync(world, lead));
    }

    [OnEveryDatabase]
    public async Task Two_who_complete_one_of_a_series_at_once_make_one_next(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var lead = await LeadAsync(world);
        var id = await world.As("officer").Send(new PlanFollowUp { LeadId = lead, DueAt = Utc(11, 20), Repeat = RepeatUnit.Week });
        var done = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            try { await world.As("officer").Send(new CompleteFollowUp { Id = id, Result = FollowUpResult.Reached }); return true; }
            catch (Refusal refusal) when (refusal.Code == RefusalCode.FollowUpClosed) { return false; }
        })));
        Assert.Single(done, d => d);
        Assert.Single(await OpenAsync(world, lead));
    }

    [OnEveryDatabase]
    public async Task The_next_step_is_planned_in_one_go_as_suggested_or_as_chosen(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = world.As("officer");
        var lead = await LeadAsync(world);
        await world.Malformed(() => officer.Send(new LogContact { LeadId = lead }), "outcome");
        // Friday 20 November: S10 suggests a call in two workdays, nobody reached a call on the next.
        foreach (var (result, next, due) in ((FollowUpResult, NextChoice, DateTime?)[])[(FollowUpResult.Reached, NextChoice.Suggested, Utc(11, 24, 2)), (FollowUpResult.NotReached, NextChoice.Suggested, Utc(11, 23, 2)),
            (FollowUpResult.Progress, NextChoice.InAWeek, Utc(11, 27, 2)), (FollowUpResult.Progress, NextChoice.InTwoWeeks, Utc(12, 4, 2)), (FollowUpResult.Progress, NextChoice.None, null)])
        {
            await officer.Send(new LogContact { LeadId = lead, Result = result, Next = next });
            Assert.Equal(due, (await officer.Send(new GetLead(lead))).NextFollowUp);
            foreach (var open in await OpenAsync(world, lead)) await officer.Send(new CompleteFollowUp { Id = open.Id, Outcome = "清空" });
        }
        var id = await officer.Send(new PlanFollowUp { LeadId = lead, DueAt = Utc(11, 20), Kind = FollowUpKind.Visit });
        await officer.Send(new CompleteFollowUp { Id = id, Result = FollowUpResult.Progress, Next = NextChoice.NextWorkday, NextKind = FollowUpKind.Material });
        Assert.Equal((FollowUpKind.Material, Utc(11, 23, 2)), (await OpenAsync(world, lead)).Select(f => (f.Kind, f.DueAt)).Single());
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new LogContact { LeadId = lead, Result = FollowUpResult.Reached }));
        await world.NotPermitted(() => new LogContact { LeadId = lead, Result = FollowUpResult.Reached }, "leader", "manager.park");
    }

    [OnEveryDatabase]
    public async Task A_leader_supervises_and_the_owner_can_only_do_it(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = world.As("officer");
        var id = await officer.Send(new PlanFollowUp { LeadId = await LeadAsync(world), DueAt = Utc(12, 1) });
        await world.NotPermitted(() => new SuperviseFollowUp { Id = id, Note = "自己督办" }, "officer", "officer2", "manager.park");
        await world.As("leader").Send(new SuperviseFollowUp { Id = id, Note = "本周给答复" });
        var notice = await world.Db(db => db.Notices.SingleAsync(n => n.Kind == NoticeKind.FollowUpSupervised && n.Key.Contains(id.ToString())));
        Assert.Equal((await world.PersonAsync("officer"), "本周给答复"), (notice.PersonId, notice.Args[2]));

        await world.Refused(RefusalCode.FollowUpSupervised, () => officer.Send(new SnoozeFollowUp { Id = id, To = Utc(12, 9), Reason = "想拖一拖" }));
        await world.Refused(RefusalCode.FollowUpSupervised, () => officer.Send(new CancelFollowUp { Id = id, Reason = "想取消" }));
        await world.Refused(RefusalCode.FollowUpSupervised, () => officer.Send(new EditFollowUp { Id = id, DueAt = Utc(12, 9) }));
        await officer.Send(new EditFollowUp { Id = id, DueAt = Utc(11, 30), Note = "提前做" });
        await world.NotPermitted(() => new EndSupervision { Id = id }, "officer", "officer2", "manager.park");
        var day = await officer.Send(new MyDay());
        Assert.Contains(day.Supervised.Items, f => f.Id == id);
        Assert.DoesNotContain(day.Coming.Items, f => f.Id == id);
        Assert.Contains((await world.As("leader").Send(new MyDay())).Watched.Items, f => f.Id == id);
        await world.As("admin").Send(new SnoozeFollowUp { Id = id, To = Utc(12, 2), Reason = "领导同意" });
        Assert.Equal(1, (await officer.Send(new GetFollowUp(id))).Item.SnoozeCount);
        await world.As("leader").Send(new EndSupervision { Id = id });
        await officer.Send(new CancelFollowUp { Id = id, Reason = "现在可以取消" });
    }

    [OnEveryDatabase]
    public async Task The_list_is_filtered_by_everything_it_shows_and_by_right(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.Db(db => db.FollowUps.Where(f => f.IsSupervised).ExecuteDeleteAsync());
        var lead = await LeadAsync(world);
        var visit = await world.As("officer").Send(new PlanFollowUp { LeadId = lead, DueAt = Utc(12, 24), Kind = FollowUpKind.Visit });
        await world.As("leader").Send(new SuperviseFollowUp { Id = visit, Note = "年底前" });
        async Task<List<Guid>> Ids(ListFollowUps list, string who = "officer") => [.. (await world.As(who).Send(list)).Items.Select(f => f.Id)];

        Assert.Equal([visit], await Ids(new() { Supervised = true }));
        Assert.Equal([visit], await Ids(new() { Kind = FollowUpKind.Visit, DueFrom = new DateTime(2026, 12, 24), DueTo = new DateTime(2026, 12, 24) }));
        Assert.Equal([visit], await Ids(new() { Everybody = true, Supervised = true }, "leader"));
        Assert.Empty(await Ids(new(), "leader"));
        Assert.Empty(await Ids(new() { Everybody = true, Supervised = true }, "officer2"));
        Assert.Empty(await Ids(new() { Owner = await world.PersonAsync("officer") }, "officer2"));
        Assert.Contains(visit, await Ids(new() { Owner = await world.PersonAsync("officer") }, "admin"));
        var all = await world.As("leader").Send(new ListFollowUps { Everybody = true, Size = 200 });
        Assert.True(all.Items.Select(f => f.Owner).Distinct().Count() > 1);
        Assert.All(all.Items, f => Assert.NotNull(f.Suggested));
    }

    [OnEveryDatabase]
    public async Task The_day_shows_leads_without_a_next_step_and_what_others_changed_on_mine(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = world.As("officer");
        var lead = await LeadAsync(world);
        Assert.Contains((await officer.Send(new MyDay())).WithoutNext.Items, l => l.Id == lead);
        Assert.Empty((await world.As("leader").Send(new MyDay())).WithoutNext.Items);

        await world.As("admin").Send(new ScreenLead { Id = lead, To = "S20" });
        await officer.Send(new PlanFollowUp { LeadId = lead, DueAt = Utc(12, 1) });
        var day = await officer.Send(new MyDay());
        Assert.DoesNotContain(day.WithoutNext.Items, l => l.Id == lead);
        var change = Assert.Single(day.Changes, c => c.Path == $"/leads/{lead}");
        Assert.Equal(("S20", "吴静"), (change.Stage, change.By));
        Assert.DoesNotContain((await world.As("officer2").Send(new MyDay())).Changes, c => c.Path == $"/leads/{lead}");

        // On Monday Friday's changes still count, on Tuesday no longer.
        world.Clock.Now = Utc(11, 23);
        Assert.Contains((await officer.Send(new MyDay())).Changes, c => c.Path == $"/leads/{lead}");
        world.Clock.Now = Utc(11, 24);
        Assert.DoesNotContain((await officer.Send(new MyDay())).Changes, c => c.Path == $"/leads/{lead}");
    }

    private static DateTime Utc(int month, int day, int hour = 3) => new(2026, month, day, hour, 0, 0, DateTimeKind.Utc);

    private static Task<List<FollowUp>> OpenAsync(World world, Guid lead)
        => world.Db(db => db.FollowUps.AsNoTracking().Where(f => f.LeadId == lead && f.Status == FollowUpStatus.Open).ToListAsync());

    /// <summary>A lead of officer's own at S10, without anything planned.</summary>
    private static Task<Guid> LeadAsync(World world) => world.As("officer").Send(new CreateLead
    {
        Enterprise = new NewEnterprise { Name = "上海步进生物科技有限公司" }, Field = "MED", Source = LeadSource.Visit,
    });
}
