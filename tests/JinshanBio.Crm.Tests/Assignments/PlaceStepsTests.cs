using JinshanBio.Crm.Assignments;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Parks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Assignments;

/// <summary>Places after their proposal: waiting list, lease, options, response times.</summary>
public sealed class PlaceStepsTests
{
    private const string Hall = "5号楼1层标准厂房", Clean = "2号楼2层GMP车间", Custom = "二期定制厂房";
    private static readonly DateOnly Today = new(2026, 11, 20);

    [OnEveryDatabase]
    public async Task A_lease_is_recorded_by_a_manager_of_the_park_and_does_not_lapse(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (id, manager) = (await OfAsync(world, Finding.CodeNamed), world.As("manager.park"));
        await manager.Send(new AcceptAssignment { Id = id });
        Assert.Equal(Today.AddDays(60), (await manager.Send(new GetAssignment(id))).HoldUntil);

        var lease = new AgreeAssignment { Id = id, LeaseNumber = "租-2026-7", AgreedOn = Today, Until = Today.AddDays(1000) };
        await world.NotPermitted(() => lease, "officer", "leader", "admin");
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.incubator").Send(lease));
        await world.Malformed(() => manager.Send(lease with { LeaseNumber = " " }), "leaseNumber");
        await manager.Send(lease);
        await world.Refused(RefusalCode.AssignmentNotAllowed, () => manager.Send(lease));
        world.Clock.Advance(TimeSpan.FromDays(90));
        await world.As(Identity.Actor.System).Send(new LapseHolds());

        var place = await world.As("officer").Send(new GetAssignment(id));
        Assert.Equal((AssignmentStatus.Agreed, "租-2026-7", Today.AddDays(1000)), (place.Status, place.LeaseNumber, place.Until));
        Assert.Equal([await world.PersonAsync("officer")], await ToldAsync(world, NoticeKind.AssignmentAgreed));
        await manager.Send(new MoveInAssignment { Id = id });
        Assert.Equal((Hall, Today.AddDays(1000)), Assert.Single((await manager.Send(new GetAssignment(id))).Spaces) is var part ? (part.SpaceName, part.Until!.Value) : default);
    }

    [OnEveryDatabase]
    public async Task A_proposal_is_accepted_in_several_spaces_with_less_area_and_the_reason_is_read(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (id, manager) = (await OfAsync(world, Finding.CodeNamed), world.As("manager.park"));
        var accept = new AcceptAssignment { Id = id, Places = [new(await world.SpaceAsync(Hall), 600), new(await world.SpaceAsync(Clean), 300)] };
        Assert.Equal("reason", (await world.Refused(RefusalCode.AreaReasonRequired, () => manager.Send(accept))).Field);
        await world.Malformed(() => manager.Send(accept with { Places = [accept.Places[0], accept.Places[0]] }), "places");
        await world.Refused(RefusalCode.SpaceOverbooked, () => manager.Send(accept with { Reason = "整层出租", Places = [accept.Places[0], new(accept.Places[1].SpaceId, 801)] }));
        await manager.Send(accept with { Reason = "其余面积已许他人" });

        var place = await world.As("officer").Send(new GetAssignment(id));
        Assert.Equal((900m, 1000m, "其余面积已许他人", Hall), (place.AreaM2, place.WantedM2, place.Reason, place.SpaceName));
        Assert.Equal([(Hall, 600m), (Clean, 300m)], place.Spaces.Select(s => (s.SpaceName, s.AreaM2)));
        Assert.Equal($"{Hall} + {Clean}", (await world.Db(db => db.Notices.SingleAsync(n => n.Key == $"assignment-accepted:{id}"))).Args[2]);
    }

    [OnEveryDatabase]
    public async Task Everybody_concerned_sees_the_order_of_the_waiting_list_which_a_manager_changes_with_a_reason(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (first, large, small) = await LineAsync(world);
        var manager = world.As("manager.incubator");
        await world.NotPermitted(() => new MoveInLine { Id = large, Position = 1, Reason = "重点项目" }, "officer", "leader", "admin");
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.park").Send(new MoveInLine { Id = large, Position = 1, Reason = "重点项目" }));
        await world.Malformed(() => manager.Send(new MoveInLine { Id = large, Position = 0 }), "position", "reason");
        await manager.Send(new MoveInLine { Id = large, Position = 1, Reason = "重点项目" });

        var inbox = await manager.Send(new GetPlaceInbox());
        Assert.Equal([large, first, small], inbox.Waiting.Items.Select(a => a.Id));
        Assert.All(inbox.Waiting.Items.Select((a, i) => (a, i)), x => Assert.Equal((x.i + 1, 3), (x.a.Position, x.a.Waiting)));
        Assert.Equal((1, "重点项目"), await world.As("officer").Send(new GetAssignment(large)) is var row ? (row.Position!.Value, row.OrderReason) : default);
        Assert.Contains(await world.Db(db => db.AuditRecords.Where(r => r.SubjectId == large).Select(r => r.Changes).ToListAsync()), c => c.Contains("重点项目", StringComparison.Ordinal));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(new GetAssignment(small)));
    }

    [OnEveryDatabase]
    public async Task The_first_on_the_list_that_fits_is_told_once_when_a_reservation_lapses(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        // The tenant of the laboratory leaves, and what it had is reserved at once.
        var manager = world.As("manager.incubator");
        var (lab, park) = (await world.SpaceAsync("A座3层实验室"), await world.ParkAsync("CAR-02"));
        await manager.Send(new ExitAssignment { Id = await world.Db(db => db.Assignments.Where(a => a.SpaceId == lab && a.Status == AssignmentStatus.MovedIn).Select(a => a.Id).SingleAsync()), Reason = "迁往总部" });
        var held = await world.As("officer").Send(new ProposeAssignment { ProjectId = await world.ProjectAsync("细胞治疗产品生产基地"), ParkId = park, AreaM2 = 800 });
        await manager.Send(new AcceptAssignment { Id = held, SpaceId = lab, HoldUntil = new DateOnly(2026, 12, 1), Override = "短期过渡" });
        var (first, large, _) = await LineAsync(world);
        await manager.Send(new MoveInLine { Id = large, Position = 1, Reason = "重点项目" });
        world.Clock.Advance(TimeSpan.FromDays(60));
        var system = world.As(Identity.Actor.System);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => system.Send(new LapseHolds()))));
        await system.Send(new LapseHolds());

        // The large one does not fit the room that became free; the next does.
        var told = await world.Db(db => db.Notices.Where(n => n.Kind == NoticeKind.AssignmentNextInLine && n.CreatedAt == world.Clock.Now).ToListAsync());
        Assert.Equal(new[] { await world.PersonAsync("manager.incubator"), await world.PersonAsync("officer2") }.Order(), told.Select(n => n.PersonId).Order());
        Assert.All(told, n => Assert.Equal($"/proposals/{first}", n.Path));
        await manager.Send(new AcceptAssignment { Id = first, SpaceId = lab, Override = "短期过渡" });
        Assert.Equal((1, 2), await world.As("officer").Send(new GetAssignment(large)) is var row ? (row.Position!.Value, row.Waiting!.Value) : default);
    }

    [OnEveryDatabase]
    public async Task Who_waits_is_told_when_a_hold_is_withdrawn_taken_back_or_left(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var manager = world.As("manager.park");
        var waiting = await OfAsync(world, Finding.CodeNamed);
        await manager.Send(new WaitAssignment { Id = waiting, SpaceId = await world.SpaceAsync(Hall), Reason = "等厂房腾出" });
        await world.Refused(RefusalCode.AssignmentNotAllowed, () => manager.Send(new WaitAssignment { Id = waiting }));
        var agreed = await world.Db(db => db.Assignments.Where(a => a.Status == AssignmentStatus.Agreed).Select(a => a.Id).SingleAsync());
        await world.Malformed(() => manager.Send(new ReleaseAssignment { Id = agreed }), "reason");
        await manager.Send(new ReleaseAssignment { Id = agreed, Reason = "企业改变计划" });
        Assert.Equal(2, (await ToldAsync(world, NoticeKind.AssignmentNextInLine)).Count);

        var moved = await world.Db(db => db.Assignments.Where(a => a.Status == AssignmentStatus.MovedIn && a.Space!.Name == Clean).Select(a => a.Id).SingleAsync());
        await manager.Send(new ExitAssignment { Id = moved, Reason = "迁往总部" });
        // It waits for the hall and no other space.
        Assert.Equal(2, (await ToldAsync(world, NoticeKind.AssignmentNextInLine)).Count);
    }

    [OnEveryDatabase]
    public async Task An_answer_that_is_due_is_told_to_the_managers_and_an_overdue_one_to_the_leaders_each_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var system = world.As(Identity.Actor.System);
        var said = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => system.Send(new RemindOfPlaces()))));
        Assert.All(said, s => Assert.EndsWith("|0", s, StringComparison.Ordinal));
        Assert.Equal("job.said.places|0|0|0|0", await system.Send(new RemindOfPlaces()));

        Assert.Equal([await world.PersonAsync("manager.incubator")], await ToldAsync(world, NoticeKind.AssignmentDue));
        Assert.Equal([await world.PersonAsync("leader")], await ToldAsync(world, NoticeKind.AssignmentEscalated));
        Assert.Equal(new[] { await world.PersonAsync("manager.park"), await world.PersonAsync("officer") }.Order(), (await ToldAsync(world, NoticeKind.OptionEnding)).Order());
        Assert.Equal([0], await world.Db(db => db.Assignments.Where(a => a.Told != PlaceTold.Nothing).Select(a => db.AuditRecords.Count(r => r.SubjectId == a.Id && r.ActorId == Identity.Actor.System.Id)).ToListAsync()));

        // A proposal has five workdays: due on Tuesday, and a reservation is announced before its last day, also when that was moved.
        var id = await OfAsync(world, Finding.CodeNamed);
        world.Clock.Advance(TimeSpan.FromDays(4));
        Assert.Equal("job.said.places|1|0|0|0", await system.Send(new RemindOfPlaces()));
        await world.As("manager.park").Send(new AcceptAssignment { Id = id, HoldUntil = Today.AddDays(10) });
        Assert.Equal("job.said.places|0|0|1|0", await system.Send(new RemindOfPlaces()));
        await world.As("manager.park").Send(new HoldAssignment { Id = id, HoldUntil = Today.AddDays(11) });
        Assert.Equal("job.said.places|0|0|1|0", await system.Send(new RemindOfPlaces()));
        Assert.Equal("job.said.places|0|0|0|0", await system.Send(new RemindOfPlaces()));
    }

    [OnEveryDatabase]
    public async Task An_option_is_kept_shown_and_exercised_given_up_or_lapses_by_itself(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var manager = world.As("manager.park");
        var (place, option) = await world.Db(db => db.SpaceOptions.Select(o => new { o.AssignmentId, o.Id }).SingleAsync()) is var x ? (x.AssignmentId, x.Id) : default;
        var park = await world.ParkAsync("CAR-07");
        async Task<SpaceOccupancy> Space() => (await manager.Send(new GetOccupancy(park))).Spaces.Single(s => s.Name == Custom);
        var shown = (await Space()).Occupants.Single(o => o.Kind == BookingKind.Option);
        Assert.Equal((1600m, Today.AddDays(4), 2400m), (shown.AreaM2, shown.HoldUntil!.Value, (await Space()).FreeM2));

        var more = new GrantOption { Id = place, SpaceId = await world.SpaceAsync(Custom), AreaM2 = 2401, Until = Today.AddDays(9) };
        await world.NotPermitted(() => more, "officer", "leader", "admin");
        await world.Refused(RefusalCode.SpaceOverbooked, () => manager.Send(more));
        await world.Refused(RefusalCode.OptionEndPast, () => manager.Send(more with { AreaM2 = 1, Until = Today.AddDays(-1) }));
        var second = await manager.Send(more with { AreaM2 = 400 });
        await manager.Send(new GiveUpOption { Id = place, OptionId = second });
        await world.Refused(RefusalCode.OptionClosed, () => manager.Send(new ExerciseOption { Id = place, OptionId = second }));
        var third = await manager.Send(more with { AreaM2 = 300, Until = Today });

        world.Clock.Advance(TimeSpan.FromDays(1));
        Assert.EndsWith("|1", await world.As(Identity.Actor.System).Send(new LapseHolds()), StringComparison.Ordinal);
        await manager.Send(new ExerciseOption { Id = place, OptionId = option });
        var row = await world.As("officer").Send(new GetAssignment(place));
        Assert.Equal((4800m, 2), (row.AreaM2, row.Spaces.Count));
        Assert.Equal((OptionStatus.Exercised, "沈砚青"), row.Options.Single(o => o.Id == option) is var done ? (done.Status, done.ClosedBy) : default);
        Assert.Equal((OptionStatus.Lapsed, null), row.Options.Single(o => o.Id == third) is var gone ? (gone.Status, gone.ClosedBy) : default);
        Assert.Equal((1600m, 2400m), (await Space()) is var after ? (after.OccupiedM2, after.FreeM2) : default);
    }

    [OnEveryDatabase]
    public async Task A_lease_is_extended_only_where_its_space_is_free_and_an_overdue_one_stands_in_the_inbox(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var manager = world.As("manager.park");
        var lease = await world.Db(db => db.Assignments.Where(a => a.Status == AssignmentStatus.Agreed).Select(a => a.Id).SingleAsync());
        var tenant = await world.Db(db => db.Assignments.Where(a => a.Status == AssignmentStatus.MovedIn && a.Space!.Name == Clean).Select(a => a.Id).SingleAsync());
        await manager.Send(new MoveInAssignment { Id = lease });
        await manager.Send(new ExtendAssignment { Id = lease, Until = Today.AddDays(10) });
        await manager.Send(new GrantOption { Id = tenant, SpaceId = await world.SpaceAsync(Hall), AreaM2 = 1500, From = Today.AddDays(31), Until = Today.AddDays(60) });
        await world.NotPermitted(() => new ExtendAssignment { Id = lease }, "officer", "leader", "admin");
        await world.Refused(RefusalCode.SpaceOverbooked, () => manager.Send(new ExtendAssignment { Id = lease, Until = Today.AddDays(31) }));
        await world.Refused(RefusalCode.LeaseEndPast, () => manager.Send(new ExtendAssignment { Id = lease, Until = Today.AddDays(-1) }));
        Assert.Empty((await manager.Send(new GetPlaceInbox())).Overdue.Items);

        world.Clock.Advance(TimeSpan.FromDays(15));
        Assert.Equal(lease, Assert.Single((await manager.Send(new GetPlaceInbox())).Overdue.Items).Id);
        await manager.Send(new ExtendAssignment { Id = lease, Until = Today.AddDays(30) });
        Assert.Empty((await manager.Send(new GetPlaceInbox())).Overdue.Items);
    }

    [OnEveryDatabase]
    public async Task The_inbox_shows_each_what_waits_in_the_own_parks_or_projects(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var park = await world.As("manager.park").Send(new GetPlaceInbox());
        Assert.Equal((1, 0, 0, 1, 1, 0), (park.Proposed.Count, park.Waiting.Count, park.HoldsEnding.Count, park.Agreed.Count, park.OptionsEnding.Count, park.Overdue.Count));
        var incubator = await world.As("manager.incubator").Send(new GetPlaceInbox());
        Assert.Equal((1, 1, 0, 0), (incubator.Proposed.Count, incubator.Waiting.Count, incubator.Agreed.Count, incubator.OptionsEnding.Count));
        Assert.True(incubator.Proposed.Items[0].RespondBy < Today);
        Assert.Equal(2, (await world.As("leader").Send(new GetPlaceInbox())).Proposed.Count);
        Assert.Equal(Finding.CodeName, Assert.Single((await world.As("officer").Send(new GetPlaceInbox())).Proposed.Items).ProjectTitle);
        Assert.Equal(0, (await world.As("manager.park").Send(new GetPlaceInbox { Park = await world.ParkAsync("CAR-02") })).Count);
    }

    [OnEveryDatabase]
    public async Task Administrators_change_the_terms_which_hold_for_what_follows(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var terms = new SetPlaceParameters { RespondWorkdays = 1, EscalateWorkdays = 3, HoldDays = 30, NoticeDays = 5 };
        await world.NotPermitted(() => terms, "officer", "leader", "manager.park");
        await world.Malformed(() => world.As("admin").Send(terms with { HoldDays = 0, NoticeDays = 91 }), "holdDays", "noticeDays");
        await world.As("admin").Send(terms);
        Assert.Equal(new PlaceTerms(1, 3, 30, 5), await world.As("manager.park").Send(new GetPlaceParameters()));

        var id = await world.As("officer").Send(new ProposeAssignment { ProjectId = await world.ProjectAsync(Finding.CodeNamed), ParkId = await world.ParkAsync("CAR-07"), AreaM2 = 100 });
        Assert.Equal(new DateOnly(2026, 11, 23), (await world.As("officer").Send(new GetAssignment(id))).RespondBy);
        await world.As("manager.park").Send(new AcceptAssignment { Id = id, SpaceId = await world.SpaceAsync(Custom) });
        Assert.Equal(Today.AddDays(30), (await world.As("officer").Send(new GetAssignment(id))).HoldUntil);
    }

    /// <summary>The waiting list of an incubator: the one of the demo world, one too large for its rooms, and a small one.</summary>
    private static async Task<(Guid First, Guid Large, Guid Small)> LineAsync(World world)
    {
        var park = await world.ParkAsync("CAR-02");
        var first = await world.Db(db => db.Assignments.Where(a => a.Status == AssignmentStatus.Waiting).Select(a => a.Id).SingleAsync());
        var large = await world.As("officer").Send(new ProposeAssignment { ProjectId = await world.ProjectAsync(Finding.CodeNamed), ParkId = park, AreaM2 = 2000 });
        var small = await world.As("officer2").Send(new ProposeAssignment { ProjectId = await world.ProjectAsync("可降解材料一体化项目"), ParkId = park, AreaM2 = 500 });
        foreach (var id in (Guid[])[large, small]) await world.As("manager.incubator").Send(new WaitAssignment { Id = id });
        return (first, large, small);
    }

    private static Task<Guid> OfAsync(World world, string project)
        => world.Db(db => db.Assignments.Where(a => a.Status == AssignmentStatus.Proposed && a.Project!.Name == project).Select(a => a.Id).SingleAsync());

    private static Task<List<Guid>> ToldAsync(World world, NoticeKind kind) => world.Db(db => db.Notices.Where(n => n.Kind == kind).Select(n => n.PersonId).ToListAsync());
}
