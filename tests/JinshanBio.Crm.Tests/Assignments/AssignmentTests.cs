using JinshanBio.Crm.Assignments;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Projects;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Assignments;

public sealed class AssignmentTests
{
    private const string Hall = "5号楼1层标准厂房";

    /// <summary>A day on which every place of these tests is wanted already.</summary>
    private static readonly DateOnly Wanted = new(2027, 7, 15);

    [OnEveryDatabase]
    public async Task A_proposal_waits_for_the_managers_of_the_park_who_are_told_under_its_title(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var park = await world.ParkAsync("CAR-07");
        var id = await world.As("officer").Send(new ProposeAssignment { ProjectId = await world.ProjectAsync(Finding.CodeNamed), ParkId = park, AreaM2 = 1200.5m });

        var place = await ReadAsync(world, id);
        Assert.Equal((AssignmentStatus.Proposed, new DateOnly(2026, 11, 20), 1200.5m), (place.Status, place.From, place.AreaM2));
        var notices = await world.Db(db => db.Notices.Where(n => n.Key == $"assignment-proposed:{id}").ToListAsync());
        Assert.Equal(await world.PersonAsync("manager.park"), Assert.Single(notices).PersonId);
        Assert.Equal(NoticeKind.AssignmentProposed, notices[0].Kind);
        Assert.Equal(Finding.CodeName, notices[0].Args[0]);
        Assert.Equal("1200.5", notices[0].Args[2]);
        Assert.DoesNotContain(Finding.CodeNamed, NoticeText.Of(notices[0].Kind, notices[0].Args), StringComparison.Ordinal);
    }

    [OnEveryDatabase]
    public async Task A_second_proposal_to_the_same_park_is_refused_until_the_first_has_ended(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var request = new ProposeAssignment { ProjectId = await world.ProjectAsync(Finding.CodeNamed), ParkId = await world.ParkAsync("CAR-06"), AreaM2 = 100 };
        await world.Refused(RefusalCode.AssignmentExists, () => world.As("officer").Send(request));

        await world.As("officer").Send(new WithdrawAssignment { Id = await WaitingAsync(world) });
        var again = await world.As("officer").Send(request);
        await world.As("manager.park").Send(new RefuseAssignment { Id = again, Reason = "荷载不足" });
        await world.As("officer").Send(request);
    }

    [OnEveryDatabase]
    public async Task What_cannot_be_proposed_is_refused(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Finding.CodeNamed);
        var park = await world.ParkAsync("CAR-07");
        var request = new ProposeAssignment { ProjectId = project, ParkId = park, AreaM2 = 500 };

        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(request));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(request with { ParkId = Guid.NewGuid() }));
        var elsewhere = await world.SpaceAsync(Hall);
        await world.Refused(RefusalCode.SpaceElsewhere, () => world.As("officer").Send(request with { SpaceId = elsewhere }));
        var lost = await world.ProjectAsync("生物航煤示范工厂");
        await world.Refused(RefusalCode.ProjectClosed, () => world.As("officer2").Send(request with { ProjectId = lost }));
        await world.NotPermitted(() => request, "leader", "manager.park", "admin");
        await world.Malformed(() => world.As("officer").Send(request with { AreaM2 = -1, From = new DateOnly(1899, 1, 1), ParkId = Guid.Empty, ProjectId = Guid.Empty }),
            "areaM2", "from", "parkId", "projectId");
        await world.Malformed(() => world.As("officer").Send(request with { AreaM2 = 0 }), "areaM2");
    }

    [OnEveryDatabase]
    public async Task Only_a_manager_of_that_park_decides(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await WaitingAsync(world);
        await world.NotPermitted(() => new AcceptAssignment { Id = id }, "officer", "leader", "admin");
        await world.NotPermitted(() => new RefuseAssignment { Id = id, Reason = "不合适" }, "officer", "leader", "admin");
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.incubator").Send(new AcceptAssignment { Id = id }));
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.incubator").Send(new RefuseAssignment { Id = id, Reason = "不合适" }));

        // Sees every row and may decide, but about another park.
        var both = await world.FindAsync("manager.incubator");
        var overseer = new Identity.Actor { Id = both.Id, Parks = both.Parks, Permissions = both.Permissions.Append(Identity.Permission.EverybodysRows).ToHashSet() };
        foreach (var attempt in (Func<Task>[])[() => world.As(overseer).Send(new AcceptAssignment { Id = id }), () => world.As(overseer).Send(new MoveInAssignment { Id = id })])
            await world.Refused(RefusalCode.NotPermitted, attempt);
        Assert.Equal(AssignmentStatus.Proposed, (await ReadAsync(world, id)).Status);
    }

    [OnEveryDatabase]
    public async Task Accepting_holds_the_area_and_tells_the_proposer(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await WaitingAsync(world);
        await world.As("manager.park").Send(new AcceptAssignment { Id = id, HoldUntil = new DateOnly(2027, 1, 31) });

        var place = await ReadAsync(world, id);
        Assert.Equal((AssignmentStatus.Accepted, new DateOnly(2027, 1, 31), 2500m, 2), (place.Status, place.HoldUntil, place.Space!.Figures(Wanted).HeldM2, place.Version));
        var notice = await world.Db(db => db.Notices.SingleAsync(n => n.Key == $"assignment-accepted:{id}"));
        Assert.Equal((await world.PersonAsync("officer"), $"/projects/{place.ProjectId}"), (notice.PersonId, notice.Path));
        await world.Refused(RefusalCode.AssignmentNotAllowed, () => world.As("manager.park").Send(new AcceptAssignment { Id = id }));
    }

    [OnEveryDatabase]
    public async Task An_acceptance_names_a_space_of_the_park_that_is_large_enough_and_there_in_time(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        // Asks for 1,100 m² in the second park of the incubator, from 2027-07-15, without naming a space.
        var id = await world.Db(db => db.Assignments.Where(a => a.Status == AssignmentStatus.Proposed && a.SpaceId == null).Select(a => a.Id).SingleAsync());
        Task Accept(Guid? space) => world.As("manager.incubator").Send(new AcceptAssignment { Id = id, SpaceId = space });

        Assert.Equal("spaceId", (await world.Refused(RefusalCode.SpaceRequired, () => Accept(null))).Field);
        var elsewhere = await world.SpaceAsync("A座3层实验室");
        await world.Refused(RefusalCode.SpaceElsewhere, () => Accept(elsewhere));
        await world.Refused(RefusalCode.SpaceElsewhere, () => Accept(Guid.NewGuid()));
        await world.Malformed(() => world.As("manager.incubator").Send(new AcceptAssignment { Id = id, HoldUntil = new DateOnly(2026, 11, 19) }), "holdUntil");
        var building = await world.SpaceAsync("1号楼整层研发");
        await world.Db(db => db.Assignments.Where(a => a.Id == id).ExecuteUpdateAsync(a => a.SetProperty(x => x.From, new DateOnly(2027, 6, 30))));
        await world.Refused(RefusalCode.SpaceNotYetAvailable, () => Accept(building));
        await world.Db(db => db.Assignments.Where(a => a.Id == id).ExecuteUpdateAsync(a => a.SetProperty(x => x.From, new DateOnly(2027, 7, 1)).SetProperty(x => x.AreaM2, 2400.01m)));
        await world.Refused(RefusalCode.SpaceOverbooked, () => Accept(building));
        await world.Db(db => db.Assignments.Where(a => a.Id == id).ExecuteUpdateAsync(a => a.SetProperty(x => x.AreaM2, 2400m)));
        await Accept(building);
        Assert.Equal(0, (await ReadAsync(world, id)).Space!.Figures(Wanted).FreeM2);
    }

    [OnEveryDatabase]
    public async Task Acceptances_at_the_same_moment_never_overbook_a_space(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        // 8,000 m², of which 3,200 are occupied: three of eight proposals of 1,500 m² fit.
        var space = await world.SpaceAsync("3号标准厂房");
        var park = await world.ParkAsync("CAR-07");
        var proposals = await world.Db(async db =>
        {
            var projects = await NewProjectsAsync(db, 8, world.Clock.Now);
            var places = projects.ConvertAll(p => new Assignment(p.Id, park, space, 1500, new DateOnly(2026, 12, 1), world.Clock.Now, p.OwnerId));
            db.Assignments.AddRange(places);
            await db.SaveChangesAsync();
            return places.ConvertAll(p => p.Id);
        });
        await world.FindAsync("manager.park");
        using var start = new SemaphoreSlim(0);
        var attempts = proposals.ConvertAll(id => Task.Run(async () =>
        {
            await start.WaitAsync();
            try
            {
                await world.As("manager.park").Send(new AcceptAssignment { Id = id });
                return "accepted";
            }
            catch (Refusal refusal)
            {
                return refusal.Code.ToString();
            }
        }));
        start.Release(attempts.Count);
        var answers = await Task.WhenAll(attempts);

        Assert.Equal(3, answers.Count(a => a == "accepted"));
        Assert.Equal(5, answers.Count(a => a == nameof(RefusalCode.SpaceOverbooked)));
        var held = (await world.Db(db => db.Spaces.AsNoTracking().Include(s => s.Spans).SingleAsync(s => s.Id == space))).Figures(Wanted);
        Assert.Equal((4500m, 3200m, 300m), (held.HeldM2, held.OccupiedM2, held.FreeM2));
        Assert.Equal(3, await world.Db(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.AssignmentAccepted && n.CreatedAt == world.Clock.Now)));
    }

    [OnEveryDatabase]
    public async Task Two_proposals_of_one_project_in_one_park_at_the_same_moment_leave_one(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var park = await world.ParkAsync("CAR-07");
        var project = await world.Db(async db => (await NewProjectsAsync(db, 1, world.Clock.Now))[0].Id);
        var officer = await world.FindAsync("officer");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            try { await world.As(officer.UserName!).Send(new ProposeAssignment { ProjectId = project, ParkId = park, AreaM2 = 100 }); return RefusalCode.Unexpected; }
            catch (Refusal refusal) { return refusal.Code; }
        })));

        Assert.Single(answers, RefusalCode.Unexpected);
        Assert.Equal(3, answers.Count(a => a == RefusalCode.AssignmentExists));
    }

    [OnEveryDatabase]
    public async Task A_reservation_lapses_after_its_last_day_and_both_sides_are_told(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await WaitingAsync(world);
        await world.As("manager.park").Send(new AcceptAssignment { Id = id, HoldUntil = new DateOnly(2026, 11, 20) });
        var free = (await ReadAsync(world, id)).Space!.Figures(Wanted).FreeM2;
        var system = world.As(Identity.Actor.System);
        Assert.StartsWith("job.said.lapsed|0|", await system.Send(new LapseHolds()), StringComparison.Ordinal);

        world.Clock.Advance(TimeSpan.FromDays(1));
        Assert.StartsWith("job.said.lapsed|1|", await system.Send(new LapseHolds()), StringComparison.Ordinal);
        var lapsed = await ReadAsync(world, id);
        Assert.Equal((AssignmentStatus.Lapsed, free + lapsed.AreaM2), (lapsed.Status, lapsed.Space!.Figures(Wanted).FreeM2));
        Assert.Equal(2, await world.Db(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.AssignmentLapsed)));
    }

    [OnEveryDatabase]
    public async Task A_project_that_ends_gives_its_reserved_place_back(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await WaitingAsync(world);
        await world.As("manager.park").Send(new AcceptAssignment { Id = id });
        var held = await ReadAsync(world, id);
        await world.As("admin").Send(new SetProjectStatus { Id = held.ProjectId, Status = ProjectStatus.Lost, Reason = "竞争地胜出", Details = Finding.Loss });

        var after = await ReadAsync(world, id);
        Assert.Equal((AssignmentStatus.Withdrawn, held.Space!.Figures(Wanted).FreeM2 + held.AreaM2), (after.Status, after.Space!.Figures(Wanted).FreeM2));
        Assert.Equal(1, await world.Db(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.AssignmentWithdrawn && n.CreatedAt == world.Clock.Now)));
    }

    [OnEveryDatabase]
    public async Task One_proposal_accepted_by_many_clicks_holds_its_area_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await WaitingAsync(world);
        await world.FindAsync("manager.park");
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(async () =>
        {
            try { await world.As("manager.park").Send(new AcceptAssignment { Id = id }); return RefusalCode.Unexpected; }
            catch (Refusal refusal) { return refusal.Code; }
        })));

        Assert.Single(answers, RefusalCode.Unexpected);
        // Whoever reads the space after the first acceptance finds it full before finding the proposal answered.
        Assert.Equal(4, answers.Count(a => a is RefusalCode.AssignmentNotAllowed or RefusalCode.SpaceOverbooked));
        Assert.Equal(2500m, (await ReadAsync(world, id)).Space!.Figures(Wanted).HeldM2);
    }

    [OnEveryDatabase]
    public async Task A_refusal_gives_its_reason_to_the_proposer_and_holds_nothing(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await WaitingAsync(world);
        await world.Malformed(() => world.As("manager.park").Send(new RefuseAssignment { Id = id, Reason = "x" }), "reason");
        await world.As("manager.park").Send(new RefuseAssignment { Id = id, Reason = "楼板荷载不足" });

        var place = await ReadAsync(world, id);
        Assert.Equal((AssignmentStatus.Refused, "楼板荷载不足", 1500m), (place.Status, place.Reason, place.Space!.Figures(Wanted).HeldM2));
        Assert.Equal("楼板荷载不足", (await world.Db(db => db.Notices.SingleAsync(n => n.Key == $"assignment-refused:{id}"))).Args[2]);
        await world.Refused(RefusalCode.AssignmentNotAllowed, () => world.As("manager.park").Send(new AcceptAssignment { Id = id }));
    }

    [OnEveryDatabase]
    public async Task Withdrawing_frees_what_was_held_and_tells_the_managers(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await WaitingAsync(world);
        await world.As("manager.park").Send(new AcceptAssignment { Id = id });
        await world.NotPermitted(() => new WithdrawAssignment { Id = id }, "leader", "manager.park", "admin");
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new WithdrawAssignment { Id = id }));
        await world.As("officer").Send(new WithdrawAssignment { Id = id });

        var place = await ReadAsync(world, id);
        Assert.Equal((AssignmentStatus.Withdrawn, 1500m), (place.Status, place.Space!.Figures(Wanted).HeldM2));
        Assert.Equal(await world.PersonAsync("manager.park"), (await world.Db(db => db.Notices.SingleAsync(n => n.Key == $"assignment-withdrawn:{id}"))).PersonId);
        await world.Refused(RefusalCode.AssignmentNotAllowed, () => world.As("officer").Send(new WithdrawAssignment { Id = id }));
    }

    [OnEveryDatabase]
    public async Task The_way_through_the_parks_keeps_one_history(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await WaitingAsync(world);
        var project = await world.ProjectAsync(Finding.CodeNamed);
        var manager = world.As("manager.park");
        await world.Refused(RefusalCode.AssignmentNotAllowed, () => manager.Send(new MoveInAssignment { Id = id }));
        await manager.Send(new AcceptAssignment { Id = id });
        await world.Refused(RefusalCode.AssignmentNotAllowed, () => manager.Send(new GraduateAssignment { Id = id }));
        await manager.Send(new MoveInAssignment { Id = id });
        var movedIn = (await ReadAsync(world, id)).Space!.Figures(Wanted);
        Assert.Equal((1500m, 1000m), (movedIn.HeldM2, movedIn.OccupiedM2));
        await world.NotPermitted(() => new GraduateAssignment { Id = id }, "officer", "leader");
        await manager.Send(new GraduateAssignment { Id = id });
        Assert.Equal(0m, (await ReadAsync(world, id)).Space!.Figures(Wanted).OccupiedM2);

        var next = await world.As("officer").Send(new ProposeAssignment { ProjectId = project, ParkId = await world.ParkAsync("CAR-07"), AreaM2 = 2000 });
        await manager.Send(new AcceptAssignment { Id = next, SpaceId = await world.SpaceAsync("3号标准厂房") });
        await manager.Send(new MoveInAssignment { Id = next });
        await world.Malformed(() => manager.Send(new ExitAssignment { Id = next }), "reason");
        await manager.Send(new ExitAssignment { Id = next, Reason = "迁往总部" });
        var statuses = (await world.As("officer").Send(new ListAssignments { Project = project, Sort = "proposedAt" })).Items.Select(a => a.Status);
        Assert.Equal([AssignmentStatus.Graduated, AssignmentStatus.Exited], statuses);
    }

    [OnEveryDatabase]
    public async Task A_project_that_ended_is_not_accepted_any_more(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await WaitingAsync(world);
        await world.As("officer").Send(new SetProjectStatus { Id = await world.ProjectAsync(Finding.CodeNamed), Status = ProjectStatus.Lost, Reason = "落户外省", Details = Finding.Loss });
        await world.Refused(RefusalCode.AssignmentNotAllowed, () => world.As("manager.park").Send(new AcceptAssignment { Id = id }));
        Assert.Equal(AssignmentStatus.Withdrawn, (await ReadAsync(world, id)).Status);
    }

    [OnEveryDatabase]
    public async Task A_stale_version_of_an_assignment_is_refused(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await WaitingAsync(world);
        await world.As("manager.park").Send(new AcceptAssignment { Id = id, Version = 1 });
        await world.Refused(RefusalCode.StaleVersion, () => world.As("officer").Send(new WithdrawAssignment { Id = id, Version = 1 }));
        await world.Refused(RefusalCode.StaleVersion, () => world.As("manager.park").Send(new MoveInAssignment { Id = id, Version = 1 }));
    }

    [OnEveryDatabase]
    public async Task The_list_shows_each_side_its_own(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var inbox = (await world.As("manager.park").Send(new ListAssignments { Status = AssignmentStatus.Proposed })).Items;
        var row = Assert.Single(inbox);
        Assert.Equal((Finding.CodeName, Hall, 1000m, 1100m, "陆知遥"), (row.ProjectTitle, row.SpaceName, row.AreaM2, row.FreeM2, row.ProposedBy));

        var park = await world.ParkAsync("CAR-06");
        Assert.Empty((await world.As("manager.incubator").Send(new ListAssignments { Park = park })).Items);
        Assert.Equal(3, (await world.As("leader").Send(new ListAssignments { Park = park })).Total);
        Assert.All((await world.As("officer2").Send(new ListAssignments { Sort = "-areaM2,from" })).Items, a => Assert.NotEqual(Finding.CodeName, a.ProjectTitle));
        Assert.Null((await world.As("manager.incubator").Send(new ListAssignments { Status = AssignmentStatus.Proposed })).Items.Single().FreeM2);
        await world.Malformed(() => world.As("leader").Send(new ListAssignments { Sort = "park", Size = 0 }), "sort", "size");
    }

    /// <summary>The code-named project's proposal: 1,000 m² of a hall of 2,600, of which 1,500 are held.</summary>
    private static Task<Guid> WaitingAsync(World world)
        => world.Db(db => db.Assignments.Where(a => a.Status == AssignmentStatus.Proposed && a.Project!.Name == Finding.CodeNamed).Select(a => a.Id).SingleAsync());

    private static Task<Assignment> ReadAsync(World world, Guid id) => world.Db(db => db.Assignments.AsNoTracking().Include(a => a.Space).ThenInclude(s => s!.Spans).SingleAsync(a => a.Id == id));

    private static async Task<List<Project>> NewProjectsAsync(CrmDb db, int count, DateTime now)
    {
        var enterprise = await db.Enterprises.FirstAsync();
        var owner = await db.Users.Where(p => p.UserName == "officer").Select(p => p.Id).SingleAsync();
        var projects = Enumerable.Range(1, count).Select(i =>
        {
            var lead = new Lead($"XS-2099-{i:D5}", enterprise, new LeadTerms("MED", [], LeadSource.Visit, 1_000_000, null, null), owner, now, owner);
            db.Leads.Add(lead);
            return Project.From(lead, $"XM-2099-{i:D5}", new ProjectTerms($"扩产项目 {i}", Track.Lease, 1_000_000, 0, 1500), now, owner);
        }).ToList();
        db.Projects.AddRange(projects);
        await db.SaveChangesAsync();
        return projects;
    }
}
