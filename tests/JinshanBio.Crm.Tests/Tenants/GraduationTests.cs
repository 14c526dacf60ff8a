using JinshanBio.Crm.Assignments;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Tenants;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace JinshanBio.Crm.Tests.Tenants;

public sealed class GraduationTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [OnEveryDatabase]
    public async Task An_installation_comes_without_any_condition_and_says_so(string provider)
    {
        await using var world = await World.OpenAsync(provider, people: false);
        var rules = world.Services.GetRequiredService<Catalogue>().Graduation;
        Assert.Equal((true, false, null), (rules.IsEmpty, rules.IsExample, rules.Document));
    }

    [OnEveryDatabase]
    public async Task The_demo_tells_who_is_near_who_is_overdue_and_what_is_not_known(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var near = (await world.As("manager.incubator").Send(new GetTenant(await world.PlaceAsync(TenantDesk.Pilot)))).Tenant.Graduation;
        Assert.Equal((GraduationState.Near, 2, 3, false), (near.State, near.Held, near.Wanted, near.IsOverdue));
        var heads = near.Conditions.Single(c => c.Condition == GraduationCondition.Headcount);
        Assert.Equal((20m, 18m, 2m), (heads.Wanted, heads.Actual!.Value, heads.Missing!.Value));

        var over = (await world.As("manager.park").Send(new GetTenant(await world.PlaceAsync(TenantDesk.Cells)))).Tenant.Graduation;
        Assert.Equal((GraduationState.Met, true), (over.State, over.IsOverdue));
        var unknown = (await world.As("manager.park").Send(new GetTenant(await world.PlaceAsync("一次性生物工艺耗材工厂")))).Tenant.Graduation;
        Assert.Equal(GraduationState.Unknown, unknown.State);
        Assert.Contains(unknown.Conditions, c => c is { Condition: GraduationCondition.Headcount, State: ConditionState.Unknown });
    }

    [OnEveryDatabase]
    public async Task Administrators_set_the_conditions_with_their_document(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var request = new SetGraduationRules { Incubator = new() { Headcount = 10, Needed = 1 }, Document = "金科〔2026〕7号", ValidUntil = new(2027, 12, 31) };
        await world.NotPermitted(() => request, "officer", "manager.park", "leader");
        Assert.Equal("document", (await world.Refused(RefusalCode.GraduationNeedsDocument, () => world.As("admin").Send(request with { Document = " " }))).Field);
        Assert.Equal("incubator.needed", (await world.Refused(RefusalCode.GraduationNeedsTooMany, () => world.As("admin").Send(request with { Incubator = new() { Headcount = 10, Needed = 2 } }))).Field);
        await world.Malformed(() => world.As("admin").Send(request with { Accelerator = new() { MonthsIn = 0, NearPercent = 101 } }), "accelerator.monthsIn", "accelerator.nearPercent");
        await world.As("admin").Send(request);

        var rules = await world.As("manager.incubator").Send(new GetGraduationRules());
        Assert.Equal((10, null, "金科〔2026〕7号", false), (rules.Incubator.Headcount!.Value, rules.Incubator.Revenue, rules.Document, rules.IsExample));
        Assert.Equal(GraduationState.Met, await StateAsync(world));
        Assert.Equal(GraduationState.NotSet, (await world.As("manager.park").Send(new GetTenant(await world.PlaceAsync(TenantDesk.Cells)))).Tenant.Graduation.State);
        world.Clock.Advance(TimeSpan.FromDays(500));
        Assert.Equal(GraduationState.NotSet, await StateAsync(world));

        static async Task<GraduationState> StateAsync(World world) => (await world.As("manager.incubator").Send(new GetTenant(await world.PlaceAsync(TenantDesk.Pilot)))).Tenant.Graduation.State;
    }

    [OnEveryDatabase]
    public async Task The_next_carrier_has_room_for_the_need_and_the_best_stands_first(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var tenant = await world.As("officer2").Send(new GetTenant(await world.PlaceAsync(TenantDesk.Pilot)));
        Assert.Equal((ParkRole.Accelerator, 1500m, true), (tenant.NextRole!.Value, tenant.NeedM2, tenant.MayPropose));
        Assert.Equal(await world.ParkAsync("CAR-07"), tenant.NextParks[0].Id);
        Assert.All(tenant.NextParks, p => Assert.True(p.FreeM2 >= 1500));
        // A manager sees the own parks only.
        var own = await world.As("manager.incubator").Send(new GetTenant(tenant.Tenant.Id));
        Assert.Equal((0, false), (own.NextParks.Count, own.MayPropose));
    }

    [OnEveryDatabase]
    public async Task Moving_into_the_next_carrier_ends_the_stay_it_goes_on_from_in_the_same_save(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var stay = await world.PlaceAsync(TenantDesk.Pilot);
        var project = await world.ProjectAsync(TenantDesk.Pilot);
        var next = await ProposedAsync(world, project, "CAR-06", stay);
        await world.As("manager.park").Send(new AcceptAssignment { Id = next, SpaceId = await world.SpaceAsync("2号楼2层GMP车间") });
        Assert.Equal(AssignmentStatus.MovedIn, await StatusAsync(world, stay));
        await world.As("manager.park").Send(new MoveInAssignment { Id = next });

        Assert.Equal((AssignmentStatus.Graduated, AssignmentStatus.MovedIn), (await StatusAsync(world, stay), await StatusAsync(world, next)));
        var stays = await world.As("officer2").Send(new GetStays(project));
        Assert.Equal([(ParkRole.Incubator, Today, AssignmentStatus.Graduated), (ParkRole.Accelerator, null, AssignmentStatus.MovedIn)], stays.Select(s => (s.Role, s.Until, s.Status)));
        Assert.Equal(stay, stays[1].PreviousId);
        // The manager of the park that it left is told, and sees what was there, not what comes after.
        Assert.Equal(await world.PersonAsync("manager.incubator"), (await world.Db(db => db.Notices.SingleAsync(n => n.Kind == NoticeKind.TenantMovedOn))).PersonId);
        Assert.Equal(stay, Assert.Single(await world.As("manager.incubator").Send(new GetStays(project))).Id);
        // No day without a floor: the old booking ends the day before the new begins.
        var bookings = await world.Db(db => db.Bookings.Where(b => b.Kind == BookingKind.Occupied && (b.AssignmentId == stay || b.AssignmentId == next)).OrderBy(b => b.From).ToListAsync());
        Assert.Equal([(stay, Today.AddDays(-1)), (next, (DateOnly?)null)], bookings.Select(b => (b.AssignmentId, b.Until)));
        Assert.Equal(Today, bookings[1].From);
        // What was reported goes with the company.
        Assert.Equal(18, (await world.As("manager.park").Send(new ListTenants { Park = await world.ParkAsync("CAR-06") })).Items.Single(t => t.ProjectTitle == TenantDesk.Pilot).Headcount);
    }

    [OnEveryDatabase]
    public async Task A_stay_that_was_ended_by_hand_is_left_as_it_is(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var stay = await world.PlaceAsync(TenantDesk.Pilot);
        var next = await ProposedAsync(world, await world.ProjectAsync(TenantDesk.Pilot), "CAR-06", stay);
        await world.As("manager.park").Send(new AcceptAssignment { Id = next, SpaceId = await world.SpaceAsync("2号楼2层GMP车间") });
        await world.As("manager.incubator").Send(new ExitAssignment { Id = stay, Reason = "先行腾空" });
        await world.As("manager.park").Send(new MoveInAssignment { Id = next });
        Assert.Equal(AssignmentStatus.Exited, await StatusAsync(world, stay));
        Assert.False(await world.Db(db => db.Notices.AnyAsync(n => n.Kind == NoticeKind.TenantMovedOn)));
    }

    [OnEveryDatabase]
    public async Task When_the_old_manager_graduates_it_in_the_very_moment_it_moves_on_it_ends_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var stay = await world.PlaceAsync(TenantDesk.Pilot);
        var next = await ProposedAsync(world, await world.ProjectAsync(TenantDesk.Pilot), "CAR-06", stay);
        await world.As("manager.park").Send(new AcceptAssignment { Id = next, SpaceId = await world.SpaceAsync("2号楼2层GMP车间") });
        await world.FindAsync("manager.incubator");
        await Task.WhenAll(Task.Run(() => world.As("manager.park").Send(new MoveInAssignment { Id = next })), Task.Run(async () =>
        {
            // Whoever is second finds it ended already.
            try { await world.As("manager.incubator").Send(new GraduateAssignment { Id = stay }); }
            catch (Refusal refusal) when (refusal.Code == RefusalCode.AssignmentNotAllowed) { }
        }));
        Assert.Equal((AssignmentStatus.Graduated, AssignmentStatus.MovedIn), (await StatusAsync(world, stay), await StatusAsync(world, next)));
        var space = await world.Db(db => db.Spaces.AsNoTracking().Include(s => s.Spans).SingleAsync(s => s.Name == "A座3层实验室"));
        Assert.Equal(0m, space.Figures(Today).OccupiedM2);
    }

    [OnEveryDatabase]
    public async Task In_one_park_a_second_place_goes_on_from_the_first_or_is_none(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync("一次性生物工艺耗材工厂");
        var stay = await world.PlaceAsync("一次性生物工艺耗材工厂");
        var request = new ProposeAssignment { ProjectId = project, ParkId = await world.ParkAsync("CAR-07"), AreaM2 = 3500 };
        await world.Refused(RefusalCode.AssignmentExists, () => world.As("officer").Send(request));
        var next = await world.As("officer").Send(request with { PreviousId = stay });
        await world.Refused(RefusalCode.AssignmentExists, () => world.As("officer").Send(request with { PreviousId = stay }));
        await world.As("manager.park").Send(new AcceptAssignment { Id = next, SpaceId = await world.SpaceAsync("二期定制厂房") });
        await world.As("manager.park").Send(new MoveInAssignment { Id = next });
        var tenant = Assert.Single((await world.As("manager.park").Send(new ListTenants { Park = await world.ParkAsync("CAR-07") })).Items, t => t.ProjectId == project);
        Assert.Equal((next, ParkRole.IndustrialPark, GraduationState.NoneAhead), (tenant.Id, tenant.Role, tenant.Graduation.State));
    }

    [OnEveryDatabase]
    public async Task A_place_goes_on_only_from_a_stay_of_the_same_project_in_which_it_is(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var request = new ProposeAssignment { ProjectId = await world.ProjectAsync(TenantDesk.Cells), ParkId = await world.ParkAsync("CAR-08"), AreaM2 = 100 };
        var other = await world.PlaceAsync("一次性生物工艺耗材工厂");
        await world.Refused(RefusalCode.PreviousNotIn, () => world.As("officer").Send(request with { PreviousId = other }));
        var stranger = await world.PlaceAsync(TenantDesk.Pilot);
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(request with { PreviousId = stranger }));
        var own = await world.PlaceAsync(TenantDesk.Cells);
        await world.As("manager.park").Send(new GraduateAssignment { Id = own });
        await world.Refused(RefusalCode.PreviousNotIn, () => world.As("officer").Send(request with { PreviousId = own }));
    }

    [OnEveryDatabase]
    public async Task Managers_and_owners_are_told_once_who_is_near_who_may_go_and_who_is_overdue(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var system = world.As(Actor.System);
        Assert.StartsWith("job.said.graduations|6", await system.Send(new TellOfGraduations()), StringComparison.Ordinal);
        Assert.StartsWith("job.said.graduations|0", await system.Send(new TellOfGraduations()), StringComparison.Ordinal);
        async Task<IEnumerable<string>> Told(NoticeKind kind) => (await world.Db(db => db.Notices.Where(n => n.Kind == kind).Join(db.Users, n => n.PersonId, u => u.Id, (_, u) => u.UserName!).ToListAsync())).Order(StringComparer.Ordinal);
        Assert.Equal(["manager.incubator", "officer2"], await Told(NoticeKind.TenantNear));
        Assert.Equal(["manager.park", "officer"], await Told(NoticeKind.TenantReady));
        Assert.Equal(["manager.park", "officer"], await Told(NoticeKind.TenantOverdue));

        await world.As("manager.incubator").Send(new ReportTenant { Id = await world.PlaceAsync(TenantDesk.Pilot), Headcount = 30, Revenue = 6_000_000, Product = ProductStage.Pilot });
        Assert.StartsWith("job.said.graduations|2", await system.Send(new TellOfGraduations()), StringComparison.Ordinal);
    }

    [OnEveryDatabase]
    public async Task Conditions_whose_document_has_expired_are_announced_to_administrators_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.As("admin").Send(new SetGraduationRules { Incubator = new() { Headcount = 10 }, Document = "金科〔2026〕7号", ValidUntil = Today });
        world.Clock.Advance(TimeSpan.FromDays(1));
        for (var i = 0; i < 2; i++) await world.As(Actor.System).Send(new TellOfGraduations());
        var notice = await world.Db(db => db.Notices.SingleAsync(n => n.Kind == NoticeKind.GraduationRulesExpired));
        Assert.Equal((await world.PersonAsync("admin"), "金科〔2026〕7号", "2026-11-20"), (notice.PersonId, notice.Args[0], notice.Args[1]));
        Assert.False(await world.Db(db => db.Notices.AnyAsync(n => n.Kind == NoticeKind.TenantNear)));
    }

    [OnEveryDatabase]
    public async Task A_company_has_one_way_over_all_its_projects_and_a_code_name_is_not_part_of_it_for_who_may_not_know(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var company = await world.Db(db => db.Projects.Where(p => p.Name == TenantDesk.Pilot).Select(p => p.EnterpriseId).SingleAsync());
        var stay = Assert.Single(await world.As("officer2").Send(new GetEnterpriseStays(company)));
        Assert.Equal((ParkRole.Incubator, true), (stay.Role, stay.IsIn));
        Assert.Empty(await world.As("officer").Send(new GetEnterpriseStays(company)));
        await world.NotPermitted(() => new GetEnterpriseStays(company), "manager.incubator");
        await world.Db(db => db.Projects.Where(p => p.Name == TenantDesk.Pilot).ExecuteUpdateAsync(p => p.SetProperty(x => x.Title, "青竹计划")));
        var leader = await world.FindAsync("leader");
        var unnamed = new Actor { Id = leader.Id, Permissions = leader.Permissions.Where(p => p != Permission.RealNames).ToHashSet() };
        Assert.Empty(await world.As(unnamed).Send(new GetEnterpriseStays(company)));
        Assert.Single(await world.As("leader").Send(new GetEnterpriseStays(company)));
    }

    private static async Task<Guid> ProposedAsync(World world, Guid project, string park, Guid previous)
        => await world.As("officer2").Send(new ProposeAssignment { ProjectId = project, ParkId = await world.ParkAsync(park), AreaM2 = 700, PreviousId = previous });

    private static Task<AssignmentStatus> StatusAsync(World world, Guid id) => world.Db(db => db.Assignments.Where(a => a.Id == id).Select(a => a.Status).SingleAsync());
}
