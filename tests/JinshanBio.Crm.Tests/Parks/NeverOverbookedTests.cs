using JinshanBio.Crm.Assignments;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Parks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace JinshanBio.Crm.Tests.Parks;

/// <summary>For every space and every day: held and occupied together are no more than there is, whatever happens at the same moment.</summary>
public sealed class NeverOverbookedTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [OnEveryDatabase]
    public async Task Acceptances_splits_joins_edits_and_extensions_at_the_same_moment_overbook_nothing_and_lose_nothing(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.FindAsync("manager.park");
        await world.FindAsync("officer");
        var park = await world.ParkAsync("CAR-07");
        var manager = world.As("manager.park");
        var spaces = new List<Guid>();
        foreach (var name in (string[])["A", "B", "C", "D"]) spaces.Add(await manager.Send(Room(park, name, 1000)));
        var places = await ProposedAsync(world, park, 14, 150);
        // Some stand already, so that there is something to extend and to carry over.
        for (var i = 0; i < 6; i++) await manager.Send(new AcceptAssignment { Id = places[i], SpaceId = spaces[i % 4] });
        await world.Db(async db =>
        {
            foreach (var id in places.Take(6)) (await LoadAsync(db, id)).RunUntil(Today.AddDays(30 + places.IndexOf(id)), Today);
            await db.SaveChangesAsync();
        });

        List<Func<Task>> steps =
        [
            .. places.Skip(6).Select((id, i) => (Func<Task>)(() => manager.Send(new AcceptAssignment { Id = id, SpaceId = spaces[i % 4] }))),
            .. places.Take(4).Select((id, i) => (Func<Task>)(() => ExtendAsync(world, id, Today.AddDays(60 + i)))),
            () => world.As("officer").Send(new WithdrawAssignment { Id = places[4] }),
            () => manager.Send(new MoveInAssignment { Id = places[5] }),
            () => SplitAsync(world, park, spaces[0], 10),
            () => SplitAsync(world, park, spaces[0], 20),
            () => SplitAsync(world, park, spaces[1], 0),
            () => manager.Send(new JoinSpaces { ParkId = park, Spaces = [spaces[1], spaces[2]], Name = "BC", Day = Today.AddDays(5) }),
            () => manager.Send(new JoinSpaces { ParkId = park, Spaces = [spaces[2], spaces[3]], Name = "CD" }),
            .. spaces.Select(id => (Func<Task>)(() => EditAsync(world, park, id, 600))),
            .. spaces.Select(id => (Func<Task>)(() => EditAsync(world, park, id, 1100))),
        ];
        using var start = new SemaphoreSlim(0);
        var running = steps.ConvertAll(step => Task.Run(async () =>
        {
            await start.WaitAsync();
            try { await step(); return "done"; }
            catch (Refusal refusal) { return refusal.Code.ToString(); }
            // Beaten five times over: the door answers that somebody else was faster.
            catch (Exception e) when (CrmDatabase.IsConflict(e)) { return nameof(RefusalCode.StaleVersion); }
        }));
        start.Release(running.Count);
        var answers = await Task.WhenAll(running);

        await MustBeTrueAsync(world, park);
        Assert.Contains("done", answers);
        // What was answered with yes is there as a whole.
        var accepted = await world.Db(db => db.Assignments.AsNoTracking().Include(a => a.Bookings).Where(a => places.Contains(a.Id)).ToListAsync());
        for (var i = 0; i < 8; i++)
            if (answers[i] == "done") Assert.Equal(AssignmentStatus.Accepted, accepted.Single(a => a.Id == places[6 + i]).Status);
        foreach (var place in accepted.Where(a => Assignment.Placed.Contains(a.Status)))
            for (var day = Today; day < Today.AddDays(90) && !(day > place.Until); day = day.AddDays(1))
                Assert.Equal(150, place.Bookings.Where(b => b.StandsOn(day)).Sum(b => b.AreaM2));
        for (var i = 0; i < 4; i++)
            if (answers[8 + i] == "done") Assert.Equal(Today.AddDays(60 + i), accepted.Single(a => a.Id == places[i]).Until);
    }

    [OnEveryDatabase]
    public async Task An_edit_and_an_acceptance_at_the_same_moment_both_get_a_true_answer(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.FindAsync("manager.park");
        var park = await world.ParkAsync("CAR-07");
        var manager = world.As("manager.park");
        for (var round = 0; round < 3; round++)
        {
            var space = await manager.Send(Room(park, $"R{round}", 1000));
            var place = (await ProposedAsync(world, park, 1, 600, round))[0];
            using var start = new SemaphoreSlim(0);
            async Task<RefusalCode?> Answer(Func<Task> step)
            {
                await start.WaitAsync();
                try { await step(); return null; }
                catch (Refusal refusal) { return refusal.Code; }
            }
            Task<RefusalCode?>[] both =
            [
                Task.Run(() => Answer(() => manager.Send(new AcceptAssignment { Id = place, SpaceId = space }))),
                Task.Run(() => Answer(() => manager.Send(new EditSpace { Id = space, Name = $"R{round}", AreaM2 = 500, AvailableFrom = Today, Building = "9" }))),
            ];
            start.Release(2);
            var answers = await Task.WhenAll(both);
            Assert.True(answers is [null, RefusalCode.SpaceTooSmall] or [RefusalCode.SpaceOverbooked, null], $"{answers[0]}, {answers[1]}");
        }
        await MustBeTrueAsync(world, park);
    }

    [OnEveryDatabase]
    public async Task The_database_refuses_by_itself_each_way_to_overbook_a_day(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.SpaceAsync("5号楼1层标准厂房");
        async Task Refused(System.Linq.Expressions.Expression<Func<SpaceSpan, decimal>> column, decimal value)
            => await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => world.Db(db => db.SpaceSpans.Where(s => s.SpaceId == id).ExecuteUpdateAsync(s => s.SetProperty(column, value))));

        await Refused(s => s.HeldM2, 2600.01m);
        await Refused(s => s.OccupiedM2, 2600.01m);
        await Refused(s => s.AreaM2, 0.01m);
        await Refused(s => s.HeldM2, -0.01m);
        await Refused(s => s.OccupiedM2, -0.01m);
    }

    [Fact]
    public void The_script_for_SQL_Server_has_the_same_guard()
    {
        using var db = new CrmDb(new DbContextOptionsBuilder<CrmDb>().UseSqlServer("Server=none", o => o.MigrationsAssembly("JinshanBio.Crm.Migrations.SqlServer")).Options);
        var script = db.GetService<IMigrator>().GenerateScript();
        Assert.Contains("CONSTRAINT [CK_SpaceSpans_NeverOverbooked] CHECK (HeldM2 >= 0 AND OccupiedM2 >= 0 AND HeldM2 + OccupiedM2 <= AreaM2)", script, StringComparison.Ordinal);
        Assert.Contains("CONSTRAINT [PK_SpaceSpans] PRIMARY KEY ([SpaceId], [From])", script, StringComparison.Ordinal);
    }

    private static AddSpace Room(Guid park, string name, decimal areaM2) => new() { ParkId = park, Name = name, AreaM2 = areaM2, AvailableFrom = Today, Building = "9" };

    private static async Task<List<Guid>> ProposedAsync(World world, Guid park, int count, decimal areaM2, int series = 0) => await world.Db(async db =>
    {
        var (enterprise, now) = (await db.Enterprises.FirstAsync(), world.Clock.Now);
        var owner = await db.Users.Where(p => p.UserName == "officer").Select(p => p.Id).SingleAsync();
        var places = Enumerable.Range(1, count).Select(i =>
        {
            var lead = new Lead($"XS-2099-{series:D2}{i:D3}", enterprise, new LeadTerms("MED", [], LeadSource.Visit, 1_000_000, null, null), owner, now, owner);
            var project = Project.From(lead, $"XM-2099-{series:D2}{i:D3}", new ProjectTerms($"扩产项目 {series}-{i}", Track.Lease, 1_000_000, 0, areaM2), now, owner);
            db.Leads.Add(lead);
            db.Projects.Add(project);
            return new Assignment(project.Id, park, null, areaM2, Today, now, owner);
        }).ToList();
        db.Assignments.AddRange(places);
        await db.SaveChangesAsync();
        return places.ConvertAll(p => p.Id);
    });

    private static Task<Assignment> LoadAsync(CrmDb db, Guid id)
        => db.Assignments.Include(a => a.Bookings).ThenInclude(b => b.Space).ThenInclude(s => s!.Spans).SingleAsync(a => a.Id == id);

    /// <summary>As the pipeline does: handled again on the fresh record.</summary>
    private static async Task ExtendAsync(World world, Guid id, DateOnly until)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await world.Db(async db =>
                {
                    (await LoadAsync(db, id)).RunUntil(until, Today);
                    await db.SaveChangesAsync();
                });
                return;
            }
            catch (Exception e) when (CrmDatabase.IsConflict(e) && attempt < 5)
            {
                // Once more.
            }
        }
    }

    private static async Task SplitAsync(World world, Guid park, Guid id, int days)
    {
        var day = Today.AddDays(days);
        var record = await world.As("manager.park").Send(new GetSpace(park, id));
        decimal[] left = [record.Space.AreaM2 / 2, record.Space.AreaM2 / 2];
        var shares = new List<ShareInput>();
        foreach (var booking in record.History.Bookings.Where(b => !(b.Until < day)))
        {
            var part = left[0] >= left[1] ? 0 : 1;
            left[part] -= booking.AreaM2;
            shares.Add(new ShareInput(booking.Id, part, booking.AreaM2));
        }
        await world.As("manager.park").Send(new SplitSpace { Id = id, Day = day, Parts = [new($"{id}1", record.Space.AreaM2 / 2), new($"{id}2", record.Space.AreaM2 / 2)], Shares = shares });
    }

    private static async Task EditAsync(World world, Guid park, Guid id, decimal areaM2)
    {
        var space = (await world.As("manager.park").Send(new GetSpace(park, id))).Space;
        await world.As("manager.park").Send(new EditSpace { Id = id, Name = space.Name, AreaM2 = areaM2, AvailableFrom = Today, Building = "9" });
    }

    /// <summary>On every day on which anything changes: the spans say what the bookings say, and that is no more than there is.</summary>
    private static async Task MustBeTrueAsync(World world, Guid park)
    {
        var spaces = await world.Db(db => db.Spaces.AsNoTracking().Include(s => s.Spans).Where(s => s.ParkId == park).ToListAsync());
        var bookings = (await world.Db(db => db.Bookings.AsNoTracking().Where(b => b.Space!.ParkId == park).ToListAsync())).ToLookup(b => b.SpaceId);
        foreach (var space in spaces)
        {
            var own = bookings[space.Id].ToList();
            var days = space.Spans.Select(s => s.From).Concat(own.Select(b => b.From)).Concat(own.Where(b => b.Until < DateOnly.MaxValue).Select(b => b.Until!.Value.AddDays(1)));
            Assert.All(days.Distinct(), day =>
            {
                decimal Sum(bool occupied) => own.Where(b => b.StandsOn(day) && b.Kind == BookingKind.Occupied == occupied).Sum(b => b.AreaM2);
                var on = space.On(day);
                Assert.Equal((Sum(false), Sum(true)), (on?.HeldM2 ?? 0, on?.OccupiedM2 ?? 0));
                Assert.True((on?.TakenM2 ?? 0) <= (on?.AreaM2 ?? 0), $"{space.Name} on {day}");
            });
            if (space.ReplacedOn is { } replaced) Assert.True(space.AvailableUntil == replaced.AddDays(-1) && space.Spans.Where(s => s.From >= replaced).All(s => s.AreaM2 == 0));
        }
    }
}
