using JinshanBio.Crm.Assignments;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Parks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Parks;

public sealed class CapacityTests
{
    [OnEveryDatabase]
    public async Task A_building_that_opens_later_is_no_capacity_before_its_day(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        async Task<AreaFigures> On(DateOnly day) => (await world.As("leader").Send(new GetCapacity { On = day })).Parks.Single(p => p.Code == "CAR-03").Areas;

        Assert.Equal(0, (await On(new DateOnly(2027, 6, 30))).AreaM2);
        Assert.Equal((6000m, 6000m), (await On(new DateOnly(2027, 7, 1))) is var areas ? (areas.AreaM2, areas.IdleM2) : default);
    }

    [OnEveryDatabase]
    public async Task Every_day_adds_up_and_the_total_is_that_of_the_parks(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        foreach (var day in (DateOnly[])[new(2026, 3, 1), new(2026, 11, 20), new(2028, 1, 1)])
        {
            var report = await world.As("leader").Send(new GetCapacity { On = day });
            Assert.All(report.Parks.Select(p => p.Areas).Append(report.Total), a => Assert.Equal(a.AreaM2, a.HeldM2 + a.OccupiedM2 + a.IdleM2));
            Assert.Equal(report.Total.OccupiedM2, report.Parks.Sum(p => p.Areas.OccupiedM2));
        }
    }

    [OnEveryDatabase]
    public async Task A_kind_of_space_counts_what_is_on_record_and_tells_what_is_not(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var park = await world.ParkAsync("CAR-07");
        var before = await world.As("leader").Send(new GetCapacity { Kind = "biosafety:3" });
        await world.As("manager.park").Send(new AddSpace { ParkId = park, Name = "8号楼", AreaM2 = 700, AvailableFrom = new DateOnly(2026, 1, 1), Biosafety = 3 });
        await world.As("manager.park").Send(new AddSpace { ParkId = park, Name = "9号楼", AreaM2 = 300, AvailableFrom = new DateOnly(2026, 1, 1) });
        await world.As("manager.park").Send(new AddSpace { ParkId = park, Name = "10号楼", AreaM2 = 100, AvailableFrom = new DateOnly(2026, 1, 1), Biosafety = 2 });

        var after = await world.As("leader").Send(new GetCapacity { Kind = "biosafety:3" });
        Assert.Equal(before.Total.AreaM2 + 700, after.Total.AreaM2);
        decimal Unknown(CapacityReport report) => report.Kinds.Single(k => k.Kind == "biosafety:3").UnknownM2;
        Assert.Equal(Unknown(before) + 300, Unknown(after));
        await world.Malformed(() => world.As("leader").Send(new GetCapacity { Kind = "biosafety", Quarters = 0, On = new DateOnly(1800, 1, 1) }), "kind", "quarters", "on");
    }

    [OnEveryDatabase]
    public async Task What_the_pipeline_needs_beyond_what_is_free_is_told_and_a_place_ends_the_need(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Finding.CodeNamed);
        await world.Db(db => db.Projects.Where(p => p.Id == project).ExecuteUpdateAsync(p => p.SetProperty(x => x.AreaM2, 500_000m)));
        var shortage = (await world.As("leader").Send(new GetCapacity { Quarters = 12 })).Shortages.First(s => s.Levels.Count == 0 && !s.IsPlot);
        var last = shortage.Quarters[^1];
        Assert.Equal(last.WantedM2 - last.FreeM2, last.ShortM2);
        Assert.Contains(shortage.Projects, p => p.Id == project && p.AreaM2 == 500_000m);
        Assert.InRange(last.LikelyM2, 1, last.WantedM2);

        var waiting = await world.Db(db => db.Assignments.Where(a => a.ProjectId == project && a.Status == Domain.Assignments.AssignmentStatus.Proposed).Select(a => a.Id).SingleAsync());
        await world.As("manager.park").Send(new AcceptAssignment { Id = waiting });
        var then = (await world.As("leader").Send(new GetCapacity { Quarters = 12 })).Shortages;
        Assert.DoesNotContain(then.SelectMany(s => s.Projects), p => p.Id == project);
    }

    [OnEveryDatabase]
    public async Task Projects_of_colleagues_count_and_are_not_named(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Finding.CodeNamed);
        await world.Db(db => db.Projects.Where(p => p.Id == project).ExecuteUpdateAsync(p => p.SetProperty(x => x.AreaM2, 500_000m)));
        async Task<ShortageRow> Row(string userName) => (await world.As(userName).Send(new GetCapacity { Quarters = 12 })).Shortages.First(s => s.Levels.Count == 0 && !s.IsPlot);

        var (leader, owner, colleague) = (await Row("leader"), await Row("officer"), await Row("officer2"));
        Assert.Equal(0, leader.OtherProjects);
        Assert.Equal(Finding.CodeName, owner.Projects.Single(p => p.Id == project).Title);
        Assert.DoesNotContain(colleague.Projects, p => p.Id == project);
        Assert.Equal((leader.Quarters[^1].ShortM2, leader.Projects.Count), (colleague.Quarters[^1].ShortM2, colleague.Projects.Count + colleague.OtherProjects));
        await world.NotPermitted(() => new GetCapacity(), "manager.park", "reviewer");
    }

    [OnEveryDatabase]
    public async Task The_months_of_a_park_show_what_moved_in_and_what_will_open(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var park = await world.ParkAsync("CAR-03");
        var months = await world.As("manager.incubator").Send(new GetOccupancyByMonth { Park = park, From = new DateOnly(2027, 6, 15), Months = 2 });
        Assert.Equal(new DateOnly(2026, 11, 1), months.ThisMonth);
        Assert.Equal([(new DateOnly(2027, 6, 1), 0m), (new DateOnly(2027, 7, 1), 6000m)], months.Months.Select(m => (m.Month, m.AreaM2)));
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.park").Send(new GetOccupancyByMonth { Park = park }));
        await world.Malformed(() => world.As("leader").Send(new GetOccupancyByMonth { Months = 73, From = new DateOnly(1850, 1, 1) }), "months", "from");
    }

    [OnEveryDatabase]
    public async Task All_parks_together_are_the_parks_that_the_person_sees(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var day = new DateOnly(2026, 11, 1);
        async Task<decimal> Area(string userName, Guid? park = null) => (await world.As(userName).Send(new GetOccupancyByMonth { Park = park, From = day, Months = 1 })).Months[0].AreaM2;
        Assert.Equal(await Area("manager.park", await world.ParkAsync("CAR-06")) + await Area("manager.park", await world.ParkAsync("CAR-07")), await Area("manager.park"));
        Assert.True(await Area("leader") > await Area("manager.park"));
    }
}
