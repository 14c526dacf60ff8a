using JinshanBio.Crm.Allocations;
using JinshanBio.Crm.Assignments;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Allocations;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Allocations;

/// <summary>In the demo world three projects want a place: one code-named, one for research, and one for which nothing is large enough.</summary>
public sealed class AllocationPlanTests
{
    private const string Research = "酶法合成工艺研发平台", TooLarge = "可降解材料一体化项目";

    [OnEveryDatabase]
    public async Task A_plan_places_whoever_wants_a_place_and_says_of_everybody_else_why_not(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var plan = await PlanAsync(world);
        Assert.Equal(36, plan.Months);
        Assert.Equal([Finding.CodeName, Research], plan.Placements.OrderByDescending(p => p.Output).Select(p => p.Title));
        Assert.Equal((TooLarge, nameof(LeftOutReason.NoSpaceFits)), (Assert.Single(plan.LeftOut).Title, plan.LeftOut[0].Reason));
        Assert.Contains("土地或房屋", plan.LeftOut[0].Why, StringComparison.Ordinal);
        Assert.True(plan.IsProved);
        Assert.Equal((2, 1, 0m), (plan.Plan.Placed, plan.Plan.LeftOut, plan.Plan.GapPercent));
        Assert.Equal(plan.Plan.Value, plan.Placements.Sum(p => p.Terms.Sum));
        Assert.Equal(plan.Plan.Value, plan.Terms.Sum);
        Assert.Equal(236_000_000m, plan.Plan.Output);
        Assert.All(plan.Placements, p => Assert.True(p.From >= new DateOnly(2026, 11, 1)));
        // Whoever has a place is no part of it.
        Assert.DoesNotContain(plan.Placements, p => p.Title == "伴随诊断试剂生产项目");
        Assert.All(plan.Timeline.SelectMany(t => t.Quarters), q => Assert.True(q.FreeM2 >= 0));
    }

    [OnEveryDatabase]
    public async Task A_plan_changes_nothing_and_is_kept_with_who_made_it(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var before = await world.Db(db => db.Assignments.CountAsync());
        var plan = await PlanAsync(world);
        var list = await world.As("admin").Send(new ListAllocationPlans());
        Assert.Equal(plan.Plan, list.Items[0]);
        Assert.Equal(("十一月统筹", 3), (list.Items[0].Name, list.Total));
        Assert.Equal(before, await world.Db(db => db.Assignments.CountAsync()));
        Assert.Equal(1, await world.Db(db => db.AuditRecords.CountAsync(a => a.SubjectId == plan.Plan.Id && a.Action == Crm.Data.AuditAction.Created)));
    }

    [OnEveryDatabase]
    public async Task Only_leaders_and_administrators_plan(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var plan = (await PlanAsync(world)).Plan.Id;
        string[] others = ["officer", "manager.park", "reviewer"];
        await world.NotPermitted(() => new MakeAllocationPlan { Name = "统筹" }, others);
        await world.NotPermitted(() => new VaryAllocationPlan { Id = plan, Change = AllocationChange.Close }, others);
        await world.NotPermitted(() => new GetAllocationPlan(plan), others);
        await world.NotPermitted(() => new ListAllocationPlans(), others);
        await world.NotPermitted(() => new CompareAllocationPlans { Id = plan, With = plan }, others);
        await world.NotPermitted(() => new ProposeFromPlan { Id = plan, ProjectIds = [plan] }, others);
        await world.As("admin").Send(new MakeAllocationPlan { Name = "管理员统筹" });
    }

    [OnEveryDatabase]
    public async Task Whoever_may_not_know_the_names_gets_titles_and_no_free_text(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var leader = await world.FindAsync("leader");
        var id = await world.As("leader").Send(new MakeAllocationPlan { Name = $"给{Finding.CodeNamed}腾地方", Additions = [new(await world.ParkAsync("CAR-06"), $"{Finding.CodeNamed}专用楼", 1500, new DateOnly(2026, 12, 1), Domain.Parks.SpaceKind.Floor, null)] });
        var blind = new Actor { Id = leader.Id, UserName = leader.UserName, Permissions = leader.Permissions.Where(p => p != Permission.RealNames).ToHashSet() };
        var said = System.Text.Json.JsonSerializer.Serialize((object)await world.As(blind).Send(new GetAllocationPlan(id)), Readable) + System.Text.Json.JsonSerializer.Serialize((object)(await world.As(blind).Send(new ListAllocationPlans())).Items, Readable)
            + System.Text.Json.JsonSerializer.Serialize((object)await world.As(blind).Send(new CompareAllocationPlans { Id = id, With = id }), Readable);
        Assert.DoesNotContain(Finding.CodeNamed, said, StringComparison.Ordinal);
        Assert.Contains(Finding.CodeName, said, StringComparison.Ordinal);
        // Without everybody's rows, a plan is only the own one.
        var own = new Actor { Id = Guid.NewGuid(), Permissions = leader.Permissions.Where(p => p != Permission.EverybodysRows).ToHashSet() };
        await world.Refused(RefusalCode.NotFound, () => world.As(own).Send(new GetAllocationPlan(id)));
        Assert.Equal(0, (await world.As(own).Send(new ListAllocationPlans())).Total);
    }

    [OnEveryDatabase]
    public async Task An_added_floor_lets_somebody_in_and_the_comparison_says_what_it_is_worth(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var plan = await PlanAsync(world);
        var variant = await world.As("leader").Send(new VaryAllocationPlan
        {
            Id = plan.Plan.Id, Change = AllocationChange.Add, ParkId = await world.ParkAsync("CAR-08"), SpaceName = "新地块", AreaM2 = 40_000, Day = new DateOnly(2027, 1, 1), Kind = Domain.Parks.SpaceKind.Plot,
        });
        var record = await world.As("leader").Send(new GetAllocationPlan(variant));
        Assert.Equal(("增加 新地块", plan.Plan.Name), (record.Plan.Name, record.BasedOn));
        Assert.Empty(record.LeftOut);
        // Nothing is known of it, so what the project needs is to be clarified.
        Assert.NotEmpty(record.Placements.Single(p => p.IsAdded).Unclear);
        var comparison = await world.As("leader").Send(new CompareAllocationPlans { Id = variant, With = plan.Plan.Id });
        Assert.Equal(TooLarge, Assert.Single(comparison.In).Title);
        Assert.Empty(comparison.Out);
        Assert.Equal(1_500_000_000m, comparison.Output);
        Assert.True(comparison is { Value: > 1_500, IsSure: true });

        var project = await world.ProjectAsync(TooLarge);
        var sent = await world.As("leader").Send(new ProposeFromPlan { Id = variant, ProjectIds = [project] });
        Assert.Equal(RefusalCode.AllocationSpaceAssumed, Assert.Single(sent.Refused).Code);
    }

    [OnEveryDatabase]
    public async Task A_closed_space_takes_nobody_and_what_that_costs_is_told(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var plan = await PlanAsync(world);
        var place = plan.Placements.First(p => p.Title == Research);
        var id = plan.Plan.Id;
        foreach (var space in plan.Spaces)
            id = await world.As("leader").Send(new VaryAllocationPlan { Id = id, Change = AllocationChange.Close, SpaceId = space.Id, Day = new DateOnly(2026, 11, 1), Name = space.Id == place.SpaceId ? null : "逐个停用" });
        var closed = await world.As("leader").Send(new GetAllocationPlan(id));
        Assert.Equal((0, 0m, 3), (closed.Plan.Placed, closed.Plan.Value, closed.LeftOut.Count));
        Assert.Equal(plan.Spaces.Count, closed.Assumptions.Count);
        var comparison = await world.As("leader").Send(new CompareAllocationPlans { Id = id, With = plan.Plan.Id });
        Assert.Equal((-plan.Plan.Value, 2), (comparison.Value, comparison.Out.Count));
    }

    [OnEveryDatabase]
    public async Task A_project_set_to_a_space_goes_there_or_the_plan_says_why_not(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var plan = await PlanAsync(world);
        var (project, hall) = (await world.ProjectAsync(Research), await world.SpaceAsync("1号楼整层研发"));
        var record = await world.As("leader").Send(new GetAllocationPlan(await world.As("leader").Send(new VaryAllocationPlan { Id = plan.Plan.Id, Change = AllocationChange.Pin, ProjectId = project, SpaceId = hall })));
        var place = record.Placements.Single(p => p.ProjectId == project);
        Assert.Equal((hall, true), (place.SpaceId, place.IsPinned));
        Assert.True(record.Plan.Value <= plan.Plan.Value);

        var small = await world.SpaceAsync("A座5层办公研发");
        record = await world.As("leader").Send(new GetAllocationPlan(await world.As("leader").Send(new VaryAllocationPlan { Id = record.Plan.Id, Change = AllocationChange.Pin, ProjectId = project, SpaceId = small })));
        Assert.Equal((project, small), (Assert.Single(record.RefusedPins).ProjectId, record.RefusedPins[0].SpaceId));
        Assert.NotEmpty(record.RefusedPins[0].Why);
    }

    [OnEveryDatabase]
    public async Task Chosen_placements_become_ordinary_proposals_and_the_managers_are_told(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await WithdrawAllAsync(world);
        var plan = await PlanAsync(world);
        var sent = await world.As("leader").Send(new ProposeFromPlan { Id = plan.Plan.Id, ProjectIds = [.. plan.Placements.Select(p => p.ProjectId)] });
        Assert.Equal((2, 0), (sent.Done, sent.Refused.Count));
        foreach (var place in plan.Placements)
        {
            var proposal = await world.Db(db => db.Assignments.SingleAsync(a => a.ProjectId == place.ProjectId && a.Status == AssignmentStatus.Proposed));
            Assert.Equal((place.ParkId, place.SpaceId, place.AreaM2), (proposal.ParkId, proposal.SpaceId!.Value, proposal.AreaM2));
            Assert.True(proposal.From >= new DateOnly(2026, 11, 20));
            var managers = await world.Db(db => db.PersonParks.CountAsync(p => p.ParkId == place.ParkId));
            Assert.Equal(managers, await world.Db(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.AssignmentProposed && n.Key == $"assignment-proposed:{proposal.Id}")));
        }
        Assert.All((await world.As("leader").Send(new GetAllocationPlan(plan.Plan.Id))).Placements, p => Assert.Equal(PlacementState.Proposed, p.State));
        // The right to plan is not the right to propose anything else.
        await world.NotPermitted(() => new ProposeAssignment { ProjectId = plan.Placements[0].ProjectId, ParkId = plan.Placements[0].ParkId, AreaM2 = 1 }, "leader");
    }

    [OnEveryDatabase]
    public async Task What_has_changed_since_answers_for_itself_and_the_rest_goes_through(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await WithdrawAllAsync(world);
        var plan = await PlanAsync(world);
        var (gone, stays) = (plan.Placements.Single(p => p.Title == Finding.CodeName), plan.Placements.Single(p => p.Title == Research));
        // Meanwhile one of them was taken in elsewhere.
        await world.Db(async db =>
        {
            var project = await db.Projects.SingleAsync(p => p.Id == gone.ProjectId);
            var space = await db.Spaces.Include(s => s.Spans).SingleAsync(s => s.Name == "4号丙类厂房");
            var place = new Assignment(project.Id, space.ParkId, space.Id, 100, new DateOnly(2026, 12, 1), world.Clock.Now, project.OwnerId);
            place.Accept(space, null, new DateOnly(2026, 11, 20), world.Clock.Now, project.OwnerId);
            db.Assignments.Add(place);
            await db.SaveChangesAsync();
        });
        var left = await world.ProjectAsync(TooLarge);
        var sent = await world.As("leader").Send(new ProposeFromPlan { Id = plan.Plan.Id, ProjectIds = [gone.ProjectId, stays.ProjectId, left] });
        Assert.Equal(1, sent.Done);
        Assert.Equal(new Dictionary<Guid, RefusalCode> { [gone.ProjectId] = RefusalCode.AllocationPlaceFound, [left] = RefusalCode.AllocationNotPlaced }, sent.Refused.ToDictionary(r => r.Id, r => r.Code));
        // The space filled up.
        await WithdrawAllAsync(world);
        await world.Db(async db =>
        {
            var space = await db.Spaces.Include(s => s.Spans).SingleAsync(s => s.Id == stays.SpaceId);
            var other = await db.Projects.Where(p => p.Name == TooLarge).SingleAsync();
            var place = new Assignment(other.Id, space.ParkId, space.Id, space.LeastFree(new DateOnly(2028, 1, 1)), new DateOnly(2028, 1, 1), world.Clock.Now, other.OwnerId);
            place.Accept(space, null, new DateOnly(2026, 11, 20), world.Clock.Now, other.OwnerId);
            db.Assignments.Add(place);
            await db.SaveChangesAsync();
        });
        sent = await world.As("leader").Send(new ProposeFromPlan { Id = plan.Plan.Id, ProjectIds = [stays.ProjectId] });
        Assert.Equal((0, RefusalCode.SpaceOverbooked), (sent.Done, Assert.Single(sent.Refused).Code));
    }

    [OnEveryDatabase]
    public async Task What_is_malformed_or_not_there_is_refused(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.Malformed(() => world.As("leader").Send(new MakeAllocationPlan { Name = "", LongestWait = 25, WaitPercent = 5, FitPercent = -1, From = new DateOnly(1899, 1, 1) }), "name", "longestWait", "waitPercent", "fitPercent", "from");
        await world.Refused(RefusalCode.NotFound, () => world.As("leader").Send(new MakeAllocationPlan { Name = "统筹", Closures = [new(Guid.NewGuid(), null, null, new DateOnly(2027, 1, 1))] }));
        await world.Refused(RefusalCode.NotFound, () => world.As("leader").Send(new GetAllocationPlan(Guid.NewGuid())));
        var plan = (await PlanAsync(world)).Plan.Id;
        await world.Malformed(() => world.As("leader").Send(new VaryAllocationPlan { Id = plan }), "change");
        await world.Malformed(() => world.As("leader").Send(new VaryAllocationPlan { Id = plan, Change = AllocationChange.Pin }), "projectId", "spaceId");
        await world.Malformed(() => world.As("leader").Send(new VaryAllocationPlan { Id = plan, Change = AllocationChange.Close }), "parkId", "day");
        await world.Malformed(() => world.As("leader").Send(new VaryAllocationPlan { Id = plan, Change = AllocationChange.Add }), "parkId", "day", "spaceName", "areaM2");
        await world.Malformed(() => world.As("leader").Send(new ProposeFromPlan { Id = plan }), "projectIds");
        await world.Refused(RefusalCode.NotFound, () => world.As("leader").Send(new ProposeFromPlan { Id = plan, ProjectIds = [Guid.NewGuid()] }));
    }

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static async Task<AllocationPlanRecord> PlanAsync(World world)
        => await world.As("leader").Send(new GetAllocationPlan(await world.As("leader").Send(new MakeAllocationPlan { Name = "十一月统筹" })));

    /// <summary>No proposal stands in the way of a new one.</summary>
    private static Task WithdrawAllAsync(World world) => world.Db(async db =>
    {
        foreach (var place in await db.Assignments.Where(a => a.Status == AssignmentStatus.Proposed).ToListAsync()) place.Withdraw(new DateOnly(2026, 11, 20), world.Clock.Now);
        await db.SaveChangesAsync();
    });
}
