using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Reports;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests;

public sealed class DemoWorldTests
{
    [OnEveryDatabase]
    public async Task The_demo_world_loads_into_an_empty_installation_once(string provider)
    {
        await using var world = await World.OpenAsync(provider, people: false);
        await DemoWorld.LoadAsync(world.Services, World.Seeds, CancellationToken.None);
        var counts = await CountAsync(world);
        await DemoWorld.LoadAsync(world.Services, World.Seeds, CancellationToken.None);

        Assert.Equal(counts, await CountAsync(world));
        Assert.Equal([8, 27, 21, 10], counts[..4]);
    }

    [OnEveryDatabase]
    public async Task Its_projects_stand_at_every_part_of_the_way(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var projects = await world.Db(db => db.Projects.AsNoTracking().ToListAsync());

        Assert.Equal(["S100", "S40", "S50", "S60", "S65", "S80"], projects.Select(p => p.Stage).Distinct().Order(StringComparer.Ordinal));
        Assert.Single(projects, p => p.Status == ProjectStatus.OnHold);
        Assert.Single(projects, p => p.Status == ProjectStatus.Lost);
        Assert.Single(projects, p => p.CodeName is not null && p.Title == p.CodeName);
    }

    [OnEveryDatabase]
    public async Task Everything_in_it_happened_in_the_past_on_workdays_by_the_person_in_charge(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var workdays = world.Services.GetService(typeof(Catalogue)) is Catalogue catalogue ? catalogue.Workdays : throw new InvalidOperationException();
        var (changes, periods, records, people) = await world.Db(async db => (await db.StageChanges.ToListAsync(), await db.PipelinePeriods.ToListAsync(),
            await db.AuditRecords.Where(r => r.Subject == "Lead").ToListAsync(), await db.Users.Select(p => p.Id).ToListAsync()));

        Assert.All(changes, c => Assert.True(c.At < world.Clock.Now && workdays.IsWorkday(Domain.Calendar.ShanghaiTime.Day(c.At))));
        Assert.All(changes, c => Assert.Contains(c.ById, people));
        Assert.All(records, r => Assert.Contains(r.ActorId, people));
        Assert.All(periods, p => Assert.True(p.From < p.To && p.From < world.Clock.Now));
    }

    [OnEveryDatabase]
    public async Task Every_officer_has_something_overdue_due_today_and_coming(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var today = Domain.Calendar.ShanghaiTime.StartOfDayUtc(Domain.Calendar.ShanghaiTime.Day(world.Clock.Now));
        foreach (var officer in (string[])["officer", "officer2"])
        {
            var id = (await world.FindAsync(officer)).Id;
            var due = await world.Db(db => db.FollowUps.Where(f => f.OwnerId == id && f.Status == FollowUpStatus.Open).Select(f => f.DueAt).ToListAsync());
            Assert.Contains(due, d => d < today);
            Assert.Contains(due, d => d >= today && d < today.AddDays(1));
            Assert.Contains(due, d => d >= today.AddDays(1));
        }
    }

    [OnEveryDatabase]
    public async Task Its_spaces_hold_what_was_accepted_and_moved_in_and_its_next_follow_ups_are_the_earliest_open_ones(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.Db(async db =>
        {
            var today = new DateOnly(2026, 11, 20);
            var bookings = await db.Bookings.Where(b => b.Until == null || b.Until >= today).ToListAsync();
            foreach (var space in await db.Spaces.Include(s => s.Spans).ToListAsync())
            {
                Assert.Equal(bookings.Where(b => b.SpaceId == space.Id && b.Kind != BookingKind.Occupied).Sum(b => b.AreaM2), space.Figures(today).HeldM2);
                Assert.Equal(bookings.Where(b => b.SpaceId == space.Id && b.Kind == BookingKind.Occupied).Sum(b => b.AreaM2), space.Figures(today).OccupiedM2);
            }
            Assert.Equal(6, await db.Assignments.Select(a => a.Status).Distinct().CountAsync());

            var open = await db.FollowUps.Where(f => f.Status == FollowUpStatus.Open).ToListAsync();
            foreach (var lead in await db.Leads.Where(l => l.ProjectId == null).ToListAsync())
                Assert.Equal(open.Where(f => f.LeadId == lead.Id).Min(f => (DateTime?)f.DueAt), lead.NextFollowUpAt);
            foreach (var project in await db.Projects.ToListAsync())
                Assert.Equal(open.Where(f => f.ProjectId == project.Id).Min(f => (DateTime?)f.DueAt), project.NextFollowUpAt);
        });
    }

    private static Task<int[]> CountAsync(World world) => world.Db(async db => new[]
    {
        await db.Users.CountAsync(), await db.Enterprises.CountAsync(), await db.Leads.CountAsync(), await db.Projects.CountAsync(),
        await db.FollowUps.CountAsync(), await db.Assignments.CountAsync(), await db.AuditRecords.CountAsync(),
    });
}
