using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Leads;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Leads;

public sealed class ReserveTests
{
    private static readonly DateOnly Day = new(2026, 12, 1);

    [OnEveryDatabase]
    public async Task A_lead_in_reserve_leaves_the_active_list_and_takes_no_steps(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (officer, id) = (world.As("officer"), await LeadAsync(world));
        await officer.Send(new ReserveLead { Id = id, WakeOn = Day, Reason = "等待二期融资" });

        var lead = await officer.Send(new GetLead(id));
        Assert.Equal((LeadStatus.Reserved, Day, "等待二期融资", null), (lead.Status, lead.WakeOn, lead.ReserveReason, lead.NextFollowUp));
        Assert.DoesNotContain(lead.FollowUps, f => f.Status == FollowUpStatus.Open);
        Assert.DoesNotContain((await officer.Send(new ListLeads())).Items, l => l.Id == id);
        Assert.Contains((await officer.Send(new ListLeads { Status = LeadStatus.Reserved })).Items, l => l.Id == id);
        await world.Refused(RefusalCode.LeadReserved, () => officer.Send(new ScreenLead { Id = id, To = Stage.FirstTalk }));
        await world.Refused(RefusalCode.LeadReserved, () => officer.Send(new DropLead { Id = id, Reason = "不再跟进" }));
        await world.Refused(RefusalCode.LeadReserved, () => officer.Send(new ReserveLead { Id = id, WakeOn = Day, Reason = "再等等" }));

        await officer.Send(new WakeLead { Id = id });
        Assert.Equal((LeadStatus.Open, null), await officer.Send(new GetLead(id)) is var woken ? (woken.Status, woken.WakeOn) : default);
    }

    [OnEveryDatabase]
    public async Task It_wakes_on_its_day_with_a_call_planned_and_the_owner_told_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (officer, id) = (world.As("officer"), await LeadAsync(world));
        await officer.Send(new ReserveLead { Id = id, WakeOn = Day, Reason = "等待二期融资" });
        // Half past midnight in Shanghai, on the last day of November and on the first of December.
        foreach (var (now, status) in new[] { (new DateTime(2026, 11, 29, 16, 30, 0, DateTimeKind.Utc), LeadStatus.Reserved), (new DateTime(2026, 11, 30, 16, 30, 0, DateTimeKind.Utc), LeadStatus.Open) })
        {
            world.Clock.Now = now;
            for (var i = 0; i < 2; i++) await world.As(Actor.System).Send(new WakeLeads());
            Assert.Equal(status, (await officer.Send(new GetLead(id))).Status);
        }
        var call = Assert.Single((await officer.Send(new GetLead(id))).FollowUps, f => f.Status == FollowUpStatus.Open);
        Assert.Equal((FollowUpKind.Call, new DateTime(2026, 12, 1, 1, 0, 0, DateTimeKind.Utc), "等待二期融资"), (call.Kind, call.DueAt, call.Note));
        Assert.Equal(1, await world.Db(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.LeadWoken && n.Path == $"/leads/{id}")));
    }

    [OnEveryDatabase]
    public async Task The_day_lies_ahead_and_a_reason_is_given(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (officer, id) = (world.As("officer"), await LeadAsync(world));
        await world.Malformed(() => officer.Send(new ReserveLead { Id = id }), "wakeOn", "reason");
        await world.Malformed(() => officer.Send(new ReserveLead { Id = id, WakeOn = new DateOnly(2026, 11, 20), Reason = "今天" }), "wakeOn");
        await world.Malformed(() => officer.Send(new ReserveLead { Id = id, WakeOn = new DateOnly(2031, 11, 21), Reason = "太久" }), "wakeOn");
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new ReserveLead { Id = id, WakeOn = Day, Reason = "不是我的" }));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new WakeLead { Id = id }));
        await world.NotPermitted(() => new ReserveLead { Id = id, WakeOn = Day, Reason = "领导" }, "leader", "manager.park");
    }

    [OnEveryDatabase]
    public async Task The_name_behind_a_confidential_lead_is_for_its_owner_and_those_with_the_right(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var request = new CreateLead { Enterprise = new() { Name = "海宁不公开生物有限公司" }, Field = "MED", Source = LeadSource.Fund, ExpectedInvestment = 1, Confidentiality = Confidentiality.Confidential, Event = "闭门会" };
        Assert.Equal("codeName", (await world.Refused(RefusalCode.CodeNameRequired, () => world.As("officer").Send(request))).Field);
        var id = await world.As("officer").Send(request with { CodeName = "云雀计划" });
        Assert.Equal(("海宁不公开生物有限公司", "闭门会"), await world.As("officer").Send(new GetLead(id)) is var own ? (own.EnterpriseName, own.Event) : default);

        var leader = await world.FindAsync("leader");
        var without = new Actor { Id = leader.Id, Permissions = leader.Permissions.Where(p => p != Permission.RealNames).ToHashSet() };
        Assert.Equal(("云雀计划", null), await world.As(without).Send(new GetLead(id)) is var seen ? (seen.EnterpriseName, seen.CreditCode) : default);
    }

    private static Task<Guid> LeadAsync(World world)
        => world.Db(db => db.Leads.Where(l => l.Enterprise!.Name == "无锡策源生物装备有限公司").Select(l => l.Id).SingleAsync());
}
