using System.Text.Json;
using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Leads;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Chain;

public sealed class ChainMapTests
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] People = ["officer", "officer2", "manager.park", "leader", "admin"];

    [OnEveryDatabase]
    public async Task The_map_shows_every_link_with_its_state_and_the_same_figures_to_everybody(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var map = await world.As("leader").Send(new GetChainMap());
        Assert.Equal((90, 210), (map.Links.Count, map.Edges.Count));
        Assert.Equal(["MED", "MAT", "AGR", "ENE", "CMN"], map.Fields.Select(f => f.Field));
        Assert.All(map.Fields, f => Assert.Equal(f.Links, f.Strong + f.Weak + f.InPipeline + f.Missing));
        Assert.Equal(map.Links.Count(l => l.Row.State == LinkState.Missing), map.WholeMissing);
        ChainMapLink Link(string code) => map.Links.Single(l => l.Code == code);
        Assert.Equal((1, 1), (Link("MED-10").Row.Suppliers, Link("MED-10").Row.Projects));
        Assert.Equal((1, 0), (Link("MED-11").Leads, Link("MED-01").Leads));
        Assert.True(Link("MED-10").Leaders > 0);
        Assert.Equal(0, Link("MED-14").Leaders);
        Assert.Contains(map.Edges, e => e is { Supplier: "CMN-05", Buyer: "MED-10", IsCritical: true, CrossesFields: true } && e.Supplies.Length > 0);
        foreach (var person in People)
        {
            var seen = await world.As(person).Send(new GetChainMap());
            Assert.Equal(JsonSerializer.Serialize(map), JsonSerializer.Serialize(seen));
        }
        await world.Refused(RefusalCode.NotPermitted, () => world.As("reviewer").Send(new GetChainMap()));
    }

    [OnEveryDatabase]
    public async Task The_map_of_a_field_shows_its_links_and_who_supplies_it_from_other_fields(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var map = await world.As("officer").Send(new GetChainMap { Field = "MED" });
        Assert.Equal(20, map.Links.Count(l => !l.IsGuest));
        Assert.All(map.Links.Where(l => l.IsGuest), l => Assert.Contains(map.OutOf(l.Code), e => map.Links.Any(o => o.Code == e.Buyer && !o.IsGuest)));
        Assert.True(map.Links.Single(l => l.Code == "CMN-05").IsGuest);
        Assert.False(map.Links.Single(l => l.Code == "CMN-08").IsGuest);
        // All that is said about a link that is shown, also where the other end is not.
        Assert.Contains(map.Into("CMN-05"), e => e.Supplier == "CMN-17");
        Assert.Equal(map.Fields.Single(f => f.Field == "MED").Coverage, map.Coverage);
        await world.Refused(RefusalCode.UnknownFieldCode, () => world.As("officer").Send(new GetChainMap { Field = "XXX" }));
    }

    [OnEveryDatabase]
    public async Task Every_figure_of_a_link_is_the_sum_of_its_terms_for_whoever_looks(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        foreach (var person in People)
            foreach (var code in (string[])["MED-10", "CMN-05", "CMN-07", "AGR-05", "MED-18"])
            {
                var link = await world.As(person).Send(new GetChainLink { Code = code });
                Assert.Equal(link.Row.Need, decimal.Round(link.Needs.Sum(n => n.Amount), 2));
                Assert.Equal(link.Row.SupplyHere, decimal.Round(link.Supplies.Where(s => s.Phase != SupplyPhase.Pipeline).Sum(s => s.Amount) + link.Hidden.HereAmount, 2));
                Assert.Equal(link.Row.Supply, decimal.Round(link.Supplies.Sum(s => s.Amount) + link.Hidden.HereAmount + link.Hidden.ComingAmount, 2));
                Assert.All(link.Supplies, s => Assert.Equal(s.Amount, s.Output * s.Likelihood * s.Part * s.LocalShare));
                Assert.Equal(link.Row.Coverage, decimal.Round(LinkCoverage.Of(link.Needs.Sum(n => n.Amount), link.Row.Supply, link.Largest, link.Weights.Resilience), 4));
                Assert.Equal(link.Row.Projects, link.Supplies.Count(s => s.Phase == SupplyPhase.Pipeline) + link.Hidden.Coming);
            }
        await world.Refused(RefusalCode.NotFound, () => world.As("leader").Send(new GetChainLink { Code = "MED-99" }));
    }

    [OnEveryDatabase]
    public async Task A_link_names_only_what_the_person_sees_and_counts_the_rest(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        async Task<ChainLinkRecord> See(string person, string code) => await world.As(person).Send(new GetChainLink { Code = code });

        // A project under a code name that only its owner, the manager of the proposed park and those over all rows see.
        foreach (var (person, sees) in new[] { ("officer", true), ("leader", true), ("manager.park", true), ("officer2", false) })
        {
            var link = await See(person, "MED-10");
            Assert.Equal(sees, link.Supplies.Any(s => s is { IsProject: true, Name: "青松计划", IsLeader: false }));
            Assert.Equal(sees ? 0 : 1, link.Hidden.Coming);
            var said = JsonSerializer.Serialize(link, Readable);
            Assert.DoesNotContain("知禾", said);
            Assert.DoesNotContain("重组蛋白原料工厂", said);
        }
        // Who keeps parks has no register of enterprises.
        Assert.Equal((0, 1), ((await See("manager.park", "MED-10")).Supplies.Count(s => !s.IsProject), (await See("manager.park", "MED-10")).Hidden.Here));
        Assert.Contains((await See("officer2", "MED-10")).Supplies, s => s is { IsProject: false, IsLeader: true });

        // A lead under a code name is its owner's.
        var (own, others, all, parks) = (await See("officer2", "MAT-08"), await See("officer", "MAT-08"), await See("leader", "MAT-08"), await See("manager.park", "MAT-08"));
        Assert.Equal(("蓝鲸计划", 1, 1), (own.Leads.Single().Title, own.LeadsInAll, own.LeadsSeen));
        Assert.Equal((0, 1, 0), (others.Leads.Count, others.LeadsInAll, others.LeadsSeen));
        Assert.Equal("蓝鲸计划", all.Leads.Single().Title);
        Assert.Equal((0, 1, 0), (parks.Leads.Count, parks.LeadsInAll, parks.LeadsSeen));
        await world.Refused(RefusalCode.NotPermitted, () => See("reviewer", "MAT-08"));
    }

    [OnEveryDatabase]
    public async Task A_link_tells_what_the_map_says_about_it(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var media = await world.As("officer").Send(new GetChainLink { Code = "CMN-06" });
        Assert.Equal(["2661", "2669"], media.Facts.IndustryClasses.Select(c => c.Code));
        Assert.All(media.Facts.IndustryClasses, c => Assert.False(string.IsNullOrEmpty(c.Name)));
        Assert.NotEmpty(media.Facts.Products);
        Assert.Contains(media.Facts.Evidence, e => e.Section.Length > 0);
        Assert.NotEmpty(media.Facts.Source);
        Assert.Contains(media.Buyers, b => b is { Code: "MED-10", IsCritical: true } && b.Supplies.Length > 0);
        var strains = await world.As("officer").Send(new GetChainLink { Code = "CMN-01" });
        Assert.Equal(("一城", "生物创新城"), (strains.Facts.Slot, strains.Facts.SlotTitle));
        Assert.Contains(strains.Suppliers, s => s.Code == "CMN-04");
    }

    [OnEveryDatabase]
    public async Task Map_and_link_of_a_past_moment_stay_what_was_known_then(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var moment = world.Clock.Now;
        async Task<(ChainMapLink Link, ChainLinkRecord Record)> At(DateTime? asOf) => ((await world.As("leader").Send(new GetChainMap { AsOf = asOf })).Links.Single(l => l.Code == "MED-11"),
            await world.As("leader").Send(new GetChainLink { Code = "MED-11", AsOf = asOf }));
        var before = await At(moment);
        Assert.Equal((1, 1), (before.Link.Leads, before.Record.LeadsInAll));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.As("officer").Send(new DropLead { Id = before.Record.Leads.Single().Id, Reason = "转投外区" });

        var (now, then) = (await At(null), await At(moment));
        Assert.Equal((0, 0), (now.Link.Leads, now.Record.LeadsInAll));
        Assert.Equal((1, 1, 1), (then.Link.Leads, then.Record.LeadsInAll, then.Record.Leads.Count));
        var early = await world.As("leader").Send(new GetChainLink { Code = "MED-10", AsOf = new DateTime(2020, 1, 1) });
        Assert.Equal((LinkState.Missing, 0, 0), (early.Row.State, early.Supplies.Count, early.Hidden.Here));
    }

    [OnEveryDatabase]
    public async Task Gaps_stand_beside_those_of_another_day(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var plain = await world.As("manager.park").Send(new CompareGaps());
        Assert.Null(plain.Since);
        Assert.Equal(plain.Rows.OrderByDescending(r => r.Now.WeightedGap).Select(r => r.Now.Link), plain.Rows.Select(r => r.Now.Link));
        Assert.Equal((await world.As("officer").Send(new ListGaps())).Select(g => g.Link), plain.Rows.Select(r => r.Now.Link));

        var since = await world.As("leader").Send(new CompareGaps { Since = new DateTime(2020, 1, 1), Sort = "change" });
        Assert.All(since.Rows, r => Assert.Equal(r.Change, r.Now.WeightedGap - r.Before!.WeightedGap));
        Assert.Equal(since.WeightedGap - since.WeightedGapBefore, since.Rows.Sum(r => r.Change));
        Assert.Equal(since.Rows.Select(r => r.Change).Order(), since.Rows.Select(r => r.Change));
        Assert.Contains(since.Rows, r => r.Change < 0 && r.Before!.State == LinkState.Missing && r.Now.State == LinkState.Strong);

        var weak = await world.As("leader").Send(new CompareGaps { Field = "MED", State = LinkState.Weak });
        Assert.NotEmpty(weak.Rows);
        Assert.All(weak.Rows, r => Assert.Equal(LinkState.Weak, r.Now.State));
        await world.Malformed(() => world.As("leader").Send(new CompareGaps { Sort = "colour" }), "sort");
        await world.Refused(RefusalCode.UnknownFieldCode, () => world.As("leader").Send(new CompareGaps { Field = "XXX" }));
        await world.Refused(RefusalCode.NotPermitted, () => world.As("reviewer").Send(new CompareGaps()));
    }

    [OnEveryDatabase]
    public async Task The_administrator_sets_by_what_coverage_is_reckoned(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var sheet = await world.As("manager.park").Send(new GetCoverageWeights());
        Assert.True(sheet.IsFactory);
        Assert.Null(sheet.Document);
        Assert.Equal((30m, 8m, 200_000_000m, 1_000_000_000m, 90m), (sheet.LocalShare, sheet.CriticalNeed, sheet.PlannedOutput, sheet.SizeOutput.Large, sheet.FieldWeight.Mat));
        await world.NotPermitted(() => new SetCoverageWeights { LocalShare = 50 }, "officer", "leader", "manager.park");
        await world.Malformed(() => world.As("admin").Send(new SetCoverageWeights { LocalShare = 101, PlannedOutput = -1, SizeOutput = new() { Micro = -1 }, FieldWeight = new() { Med = -1 } }),
            "localShare", "plannedOutput", "sizeOutput.micro", "fieldWeight.med");
        await world.Refused(RefusalCode.CriticalNeedTooSmall, () => world.As("admin").Send(new SetCoverageWeights { CriticalNeed = 2 }));
        await world.Refused(RefusalCode.NoFieldCounts, () => world.As("admin").Send(new SetCoverageWeights { FieldWeight = new() { Med = 0, Mat = 0, Agr = 0, Ene = 0, Cmn = 0 } }));

        var before = (await world.As("leader").Send(new GetCoverage())).Rows.Single(r => r.Link == "MED-01");
        await world.As("admin").Send(new SetCoverageWeights { PlannedOutput = 400_000_000, FieldWeight = new() { Mat = 50 }, Document = " 金发改〔2026〕9号 " });
        sheet = await world.As("leader").Send(new GetCoverageWeights());
        Assert.False(sheet.IsFactory);
        Assert.Equal(("金发改〔2026〕9号", 30m, 400_000_000m, 50m, 100m, 40_000_000m), (sheet.Document, sheet.LocalShare, sheet.PlannedOutput, sheet.FieldWeight.Mat, sheet.FieldWeight.Med, sheet.SizeOutput.Small));
        Assert.True((await world.As("leader").Send(new GetCoverage())).Rows.Single(r => r.Link == "MED-01").Need > before.Need);
        Assert.Equal("金发改〔2026〕9号", (await world.As("leader").Send(new GetChainLink { Code = "MED-01" })).Weights.Document);
        // A new edition of the product leaves them alone.
        await world.Db(async db => { await ReferenceLoader.LoadAsync(db, World.Seeds + "/reference", default); return 0; });
        Assert.Contains("400000000", await world.Db(db => db.ReferenceRecords.Where(r => r.Set == "parameters" && r.Code == Catalogue.CoverageCode).Select(r => r.Data).SingleAsync()));
    }
}
