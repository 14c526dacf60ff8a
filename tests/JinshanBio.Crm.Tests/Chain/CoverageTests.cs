using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace JinshanBio.Crm.Tests.Chain;

public sealed class CoverageTests
{
    [OnEveryDatabase]
    public async Task The_map_that_comes_with_the_product_stands_whole(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var map = await world.Db(db => ChainGround.MapAsync(db, world.Clock.Now, default));
        Assert.Equal((90, 210, 0), (map.Links.Count, map.Edges.Count, map.Dangling.Count));
        Assert.Equal(7, map.Links.Count(l => l.AlsoFields.Count > 0));
        Assert.Equal(39, map.Edges.Count(e => e.IsCritical));
        var media = map.Find("CMN-06")!;
        Assert.Equal(["2661", "2669"], media.IndustryCodes);
        Assert.Contains(media.Evidence, e => e.Phrase == media.NameZh);
        // Loading it again changes nothing.
        await world.Db(async db => { await ReferenceLoader.LoadAsync(db, World.Seeds + "/reference", default); return 0; });
        Assert.Equal((90, 210), await world.Db(async db => (await db.LinkEditions.CountAsync(l => l.ById == null), await db.EdgeEditions.CountAsync(e => e.ById == null))));
        var supplies = world.Services.GetRequiredService<Catalogue>().Supplies;
        Assert.Equal((11, 9, 8), (supplies["CMN-05"], supplies["CMN-08"], supplies["CMN-01"]));
    }

    [OnEveryDatabase]
    public async Task Coverage_is_the_districts_for_whoever_may_see_the_chain(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var report = await world.As("leader").Send(new GetCoverage());
        Assert.Equal(90, report.Rows.Count);
        foreach (var person in (string[])["officer", "officer2", "manager.park", "admin"])
            Assert.Equal(report.Rows, (await world.As(person).Send(new GetCoverage())).Rows);
        await world.Refused(RefusalCode.NotPermitted, () => world.As("reviewer").Send(new GetCoverage()));
        Assert.InRange(report.Coverage, 0.01m, 0.99m);
        CoverageRow Row(string code) => report.Rows.Single(r => r.Link == code);
        Assert.Equal((1, true), (Row("CMN-06").Suppliers, Row("CMN-06").HangsOnOne));
        Assert.Equal(LinkState.Missing, Row("MED-11").State);
        Assert.Contains(report.Rows, r => r.State == LinkState.InPipeline);
        Assert.Contains(report.Rows, r => r.State == LinkState.Strong);
        var gaps = await world.As("officer").Send(new ListGaps { Size = 5 });
        Assert.Equal(report.Rows.OrderByDescending(r => r.WeightedGap).Take(5).Select(r => r.Link), gaps.Select(g => g.Link));
        var medicine = await world.As("officer").Send(new GetCoverage { Field = "MED" });
        Assert.Equal(20, medicine.Rows.Count);
        await world.Refused(RefusalCode.UnknownFieldCode, () => world.As("officer").Send(new GetCoverage { Field = "XXX" }));
    }

    [OnEveryDatabase]
    public async Task The_coverage_of_a_past_moment_stays_what_was_known_then(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var moment = world.Clock.Now;
        async Task<CoverageReport> Then() => await world.As("leader").Send(new GetCoverage { AsOf = moment });
        var before = await Then();
        world.Clock.Advance(TimeSpan.FromSeconds(1));

        var id = await world.Db(db => db.Enterprises.Where(e => e.Name.Contains("延培")).Select(e => e.Id).SingleAsync());
        var record = await world.As("officer2").Send(new GetEnterprise(id));
        await world.As("officer2").Send(new EditEnterprise { Id = id, Version = record.Version, Name = record.Name, Country = "CN", CreditCode = record.CreditCode, Links = ["CMN-12"] });
        Assert.Equal(before.Rows, (await Then()).Rows);
        var now = (await world.As("leader").Send(new GetCoverage())).Rows.ToDictionary(r => r.Link);
        Assert.Equal((0, 2), (now["CMN-06"].Suppliers, now["CMN-12"].Suppliers));
        Assert.Equal(0, (await world.As("leader").Send(new GetCoverage { AsOf = new DateTime(2020, 1, 1) })).Rows.Sum(r => r.Suppliers + r.Projects));
    }

    [OnEveryDatabase]
    public async Task Every_link_of_an_enterprise_or_project_has_a_period_that_holds(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (links, periods) = await world.Db(async db => (
            (await db.Set<Domain.Enterprises.EnterpriseLink>().Select(l => new { Id = l.EnterpriseId, l.Code }).ToListAsync()).Concat(await db.Set<Domain.Projects.ProjectLink>().Select(l => new { Id = l.ProjectId, l.Code }).ToListAsync()).Select(l => (l.Id, l.Code)).ToHashSet(),
            (await db.LinkPeriods.Where(p => p.To == ChainMap.Open).ToListAsync()).Select(p => (p.SubjectId, p.Link)).ToHashSet()));
        Assert.NotEmpty(links);
        Assert.True(links.SetEquals(periods));
    }
}
