using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace JinshanBio.Crm.Tests.Reports;

public sealed class PipelineTests
{
    [OnEveryDatabase]
    public async Task The_report_is_the_sum_over_the_register_and_counts_each_project_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var report = await world.As("leader").Send(new GetPipeline());
        var stages = world.Services.GetRequiredService<Catalogue>().Stages;
        var (leads, all) = await world.Db(async db => (await db.Leads.Where(l => l.Status == LeadStatus.Open).ToListAsync(), await db.Projects.ToListAsync()));
        var projects = all.Where(p => p.Status is ProjectStatus.Active or ProjectStatus.OnHold).ToList();

        Assert.Equal(["AGR", "CMN", "ENE", "MAT", "MED"], report.Rows.Select(r => r.Key).Order(StringComparer.Ordinal));
        foreach (var row in report.Rows)
        {
            var mine = projects.Where(p => p.Field == row.Key).ToList();
            decimal From(int order) => mine.Where(p => Stage.OrderOf(p.Stage) >= order).Sum(p => p.Investment);
            Assert.Equal(new PipelineRow(row.Key, row.Name, leads.Count(l => l.Field == row.Key), mine.Count, mine.Sum(p => p.Investment),
                decimal.Round(mine.Sum(p => p.Investment * stages[p.Stage].Probability), 2), mine.Sum(p => p.CountedAsSigned), From(65), From(100), mine.Sum(p => p.OutputAtCapacity),
                mine.Sum(p => p.FundsInPlace), mine.Sum(p => p.AnnualOutput)), row);
        }
        Assert.Equal((10, 9), (report.Total.Leads, report.Total.Projects));
        Assert.Equal(projects.Sum(p => p.Investment), report.Total.Investment);
        Assert.True(report.Total.Investment > report.Total.Signed && report.Total.Signed > report.Total.Landed && report.Total.Landed > report.Total.InProduction && report.Total.InProduction > 0);
    }

    [OnEveryDatabase]
    public async Task The_snapshot_of_a_day_equals_the_live_report_of_its_moment_also_after_later_changes(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        Assert.Contains("pipelineWritten", await RollUpAsync(world));
        var midnight = ShanghaiTime.StartOfDayUtc(new DateOnly(2026, 11, 20));
        await MustMatchAsync(world, midnight);

        await ChangeManyThingsAsync(world);
        await MustMatchAsync(world, midnight);
        Assert.Contains("pipelineThere", await RollUpAsync(world));
        await MustMatchAsync(world, midnight);

        world.Clock.Advance(TimeSpan.FromDays(1));
        await RollUpAsync(world);
        var next = midnight.AddDays(1);
        await MustMatchAsync(world, next);
        Assert.NotEqual(await SnapshotAsync(world, midnight), await SnapshotAsync(world, next));
    }

    [OnEveryDatabase]
    public async Task The_report_as_of_a_past_moment_stays_what_it_was(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var moment = world.Clock.Now;
        async Task<PipelineReport> Then() => await world.As("leader").Send(new GetPipeline { AsOf = moment });
        var before = await Then();
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await ChangeManyThingsAsync(world);

        Assert.Equal(before.Rows, (await Then()).Rows);
        Assert.Equal(before.Total, (await Then()).Total);
        Assert.NotEqual(before.Total, (await world.As("leader").Send(new GetPipeline())).Total);
        var longAgo = await world.As("leader").Send(new GetPipeline { AsOf = new DateTime(2020, 1, 1) });
        Assert.Equal((0, 0, 0m), (longAgo.Total.Leads, longAgo.Total.Projects, longAgo.Total.Investment));
    }

    [OnEveryDatabase]
    public async Task A_time_without_a_zone_is_Shanghais(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var report = await world.As("leader").Send(new GetPipeline { AsOf = new DateTime(2026, 11, 20, 8, 0, 0) });
        Assert.Equal(new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc), report.AsOf);
    }

    [OnEveryDatabase]
    public async Task An_officer_sees_only_the_own_sums_and_the_sums_of_all_add_up(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (one, two, all) = (await TotalAsync(world, "officer"), await TotalAsync(world, "officer2"), await TotalAsync(world, "leader"));

        Assert.Equal((5, 7), (one.Projects, one.Leads));
        Assert.Equal((4, 3), (two.Projects, two.Leads));
        Assert.Equal((all.Projects, all.Leads, all.Investment, all.Signed), (one.Projects + two.Projects, one.Leads + two.Leads, one.Investment + two.Investment, one.Signed + two.Signed));
    }

    [OnEveryDatabase]
    public async Task A_lost_project_counts_for_nothing_from_then_on_and_a_paused_one_still_counts(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var before = await TotalAsync(world, "leader");
        var moment = world.Clock.Now;
        world.Clock.Advance(TimeSpan.FromHours(1));
        await ProjectAsync(world, "伴随诊断试剂生产项目", p => p.SetStatus(SideState.None(ProjectStatus.OnHold), "等待设备", new Dictionary<string, string?>(), world.Clock.Now, Actor.System.Id));
        Assert.Equal(before, await TotalAsync(world, "leader"));
        await ProjectAsync(world, "细胞治疗产品生产基地", p => p.SetStatus(SideState.None(ProjectStatus.Lost), "外迁", new Dictionary<string, string?>(), world.Clock.Now, Actor.System.Id));
        var after = await TotalAsync(world, "leader");

        Assert.Equal((before.Projects - 1, before.Investment - 160_000_000m, 0m), (after.Projects, after.Investment, after.InProduction));
        Assert.Equal(before, (await world.As("leader").Send(new GetPipeline { AsOf = moment })).Total);
    }

    [OnEveryDatabase]
    public async Task A_conversion_turns_one_lead_into_one_project(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var before = await TotalAsync(world, "officer");
        await ConvertAsync(world);
        var after = await TotalAsync(world, "officer");

        Assert.Equal((before.Leads - 1, before.Projects + 1, before.Investment + 60_000_000m), (after.Leads, after.Projects, after.Investment));
    }

    [OnEveryDatabase]
    public async Task Several_changes_in_one_moment_count_as_the_last_of_them(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await ConvertAsync(world);
        foreach (var money in (decimal[])[70_000_000m, 80_000_000m, 90_000_000m])
            await world.Db(async db =>
            {
                var project = await db.Projects.SingleAsync(p => p.Id == id);
                project.Edit(new ProjectTerms(project.Name, project.Track, money, project.OutputAtCapacity, project.AreaM2));
                await db.SaveChangesAsync();
            });

        var period = Assert.Single(await world.Db(db => db.PipelinePeriods.Where(p => p.SubjectId == id).ToListAsync()));
        Assert.Equal(90_000_000m, period.Investment);
    }

    [OnEveryDatabase]
    public async Task Malformed_and_unauthorised_requests_are_turned_away(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.Malformed(() => world.As("leader").Send(new GetPipeline { By = "phase of the moon" }), "by");
        await world.Malformed(() => world.As("leader").Send(new GetPipeline { AsOf = new DateTime(1899, 1, 1) }), "asOf");
        await world.Refused(Domain.RefusalCode.NotPermitted, () => world.As("manager.park").Send(new GetPipeline()));
        await world.Refused(Domain.RefusalCode.NotPermitted, () => world.As("leader").Send(new RollUpPipeline { AsOf = world.Clock.Now }));
    }

    private static async Task MustMatchAsync(World world, DateTime asOf)
    {
        var live = (await world.As("leader").Send(new GetPipeline { AsOf = asOf })).Rows;
        Assert.Equal(live.Select(r => r with { Name = "" }).OrderBy(r => r.Key, StringComparer.Ordinal), await SnapshotAsync(world, asOf));
    }

    private static async Task<List<PipelineRow>> SnapshotAsync(World world, DateTime asOf)
        => [.. (await world.Db(db => db.PipelineSnapshots.Where(s => s.AsOf == asOf).ToListAsync())).OrderBy(s => s.Key, StringComparer.Ordinal)
            .Select(s => new PipelineRow(s.Key, "", s.Leads, s.Projects, s.Investment, s.Weighted, s.Signed, s.Landed, s.InProduction, s.OutputAtCapacity, s.FundsInPlace, s.AnnualOutput))];

    private static Task<string> RollUpAsync(World world) => world.As(Actor.System).Send(new RollUpPipeline { AsOf = world.Clock.Now });

    private static async Task<PipelineRow> TotalAsync(World world, string userName) => (await world.As(userName).Send(new GetPipeline())).Total;

    private static async Task ChangeManyThingsAsync(World world)
    {
        await ConvertAsync(world);
        await ProjectAsync(world, "抗体药物商业化生产基地", p => p.Edit(new ProjectTerms(p.Name, p.Track, 1, 2, 3)));
        await ProjectAsync(world, "细胞治疗产品生产基地", p => p.SetStatus(SideState.None(ProjectStatus.Lost), "外迁", new Dictionary<string, string?>(), world.Clock.Now, Actor.System.Id));
        await ProjectAsync(world, "可降解材料一体化项目", p => p.MoveTo("S60", world.Services.GetRequiredService<Catalogue>().Stages, new Dictionary<string, string?>(), "退回重谈", world.Clock.Now, Actor.System.Id));
        var officer2 = (await world.FindAsync("officer2")).Id;
        await ProjectAsync(world, "一次性生物工艺耗材工厂", p => p.HandTo(officer2));
        var lead = await world.Db(db => db.Leads.Where(l => l.CodeName == "蓝鲸计划").Select(l => l.Id).SingleAsync());
        await world.As("officer2").Send(new DropLead { Id = lead, Reason = "暂缓上市" });
    }

    private static async Task<Guid> ConvertAsync(World world)
    {
        var lead = await world.Db(db => db.Leads.Where(l => l.Enterprise!.Name == "上海绮原医美材料科技有限公司").Select(l => l.Id).SingleAsync());
        return await world.As("officer").Send(new ConvertLead { Id = lead, Name = "重组胶原蛋白原料项目", Track = Track.Lease, Investment = 60_000_000m, OutputAtCapacity = 99_000_000m, AreaM2 = 900 });
    }

    private static Task ProjectAsync(World world, string name, Action<Project> change) => world.Db(async db =>
    {
        change(await db.Projects.Include(p => p.Evidence).Include(p => p.Enterprise).SingleAsync(p => p.Name == name));
        await db.SaveChangesAsync();
    });
}
