using JinshanBio.Crm.Audit;
using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Enterprises;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace JinshanBio.Crm.Tests.Chain;

public sealed class MapKeepingTests
{
    private const string Media = "CMN-06", Source = "2026 年产业链调研报告";

    internal static async Task<EditLink> ReadAsync(World world, string code)
    {
        var link = await world.As("expert").Send(new GetKeptLink(code));
        return EditLink.Of(code, link.Terms) with { Version = link.Version, Source = Source, Reason = "企业访谈后更正" };
    }

    private static AddEdge Edge(string supplier, string buyer, SupplyKind kind = SupplyKind.Service) => new() { Supplier = supplier, Buyer = buyer, Kind = kind, SuppliesZh = "检测服务", Source = Source, Reason = "访谈" };

    [OnEveryDatabase]
    public async Task A_change_holds_from_now_on_and_reports_of_before_keep_the_map_of_their_day(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var then = world.Clock.Now;
        async Task<IReadOnlyList<CoverageRow>> At(DateTime? day) => (await world.As("leader").Send(new GetCoverage { AsOf = day })).Rows;
        var before = await At(then);
        world.Clock.Advance(TimeSpan.FromHours(1));

        var edit = await ReadAsync(world, Media);
        await world.As("expert").Send(edit with { NameZh = "个性化培养基", Field = "MED" });
        var edge = await world.As("expert").Send(new GetKeptEdge(Media, "MED-07", SupplyKind.Material));
        await world.As("expert").Send(EditEdge.Of(new EdgeKey(Media, "MED-07", SupplyKind.Material), edge.Edge.Terms) with { NeedPercent = 40, Version = edge.Version, Source = Source, Reason = "访谈" });
        world.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(before, await At(then));
        var now = (await At(null)).Single(r => r.Link == Media);
        Assert.Equal(("个性化培养基", "MED"), (now.Name, now.Field));
        Assert.NotEqual(before.Single(r => r.Link == Media).Need, now.Need);
        Assert.Equal("个性化培养基", world.Services.GetRequiredService<Catalogue>().LinkName(Media));

        var history = (await world.As("expert").Send(new GetKeptLink(Media))).History;
        Assert.Equal((MapAct.Changed, 2, "方绍文", Source, "企业访谈后更正"), (history[0].Act, history[0].Version, history[0].By, history[0].Source, history[0].Reason));
        Assert.Equal(["field", "nameZh"], history[0].Changes.Select(c => c.Field));
        Assert.Equal((MapAct.Added, ""), (history[^1].Act, history[^1].By));
        Assert.Equal([MapAct.Changed, MapAct.Changed], (await world.As("admin").Send(new ListMapEdits())).Where(e => e.Source == Source).Select(e => e.Act));
    }

    [OnEveryDatabase]
    public async Task Only_whoever_keeps_the_map_changes_it_and_always_says_why(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var edit = await ReadAsync(world, Media);
        foreach (var person in (string[])["officer", "leader", "manager.park", "reviewer"])
        {
            await world.Refused(RefusalCode.NotPermitted, () => world.As(person).Send(edit));
            await world.Refused(RefusalCode.NotPermitted, () => world.As(person).Send(new GetMapProblems()));
            await world.Refused(RefusalCode.NotPermitted, () => world.As(person).Send(Edge("MED-01", "MED-02")));
        }
        await world.Malformed(() => world.As("expert").Send(edit with { Source = "", Reason = "" }), "source", "reason");
        await world.Malformed(() => world.As("expert").Send(edit with { NameZh = "", Products = ["甲;乙"], IndustryCodes = ["27"] }), "nameZh", "products[0]", "industryCodes[0]");
        await world.Refused(RefusalCode.UnknownIndustryClass, () => world.As("expert").Send(edit with { IndustryCodes = ["9999"] }));
        await world.Refused(RefusalCode.UnknownFieldCode, () => world.As("expert").Send(edit with { Field = "XXX" }));
        await world.Refused(RefusalCode.NotFound, () => world.As("expert").Send(edit with { Code = "MED-99" }));
        // Says what is there: no edition.
        await world.As("admin").Send(edit);
        Assert.Equal(edit.Version, (await world.As("expert").Send(new GetKeptLink(Media))).Version);
        // The expert sees no leads and no projects.
        await world.Refused(RefusalCode.NotPermitted, () => world.As("expert").Send(new JinshanBio.Crm.Leads.ListLeads()));
        await world.Refused(RefusalCode.NotPermitted, () => world.As("expert").Send(new JinshanBio.Crm.Projects.ListProjects()));
        Assert.Equal(90, (await world.As("expert").Send(new GetCoverage())).Rows.Count);
    }

    [OnEveryDatabase]
    public async Task A_change_made_on_an_older_edition_is_told_what_changed_since(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var edit = await ReadAsync(world, Media);
        await world.As("admin").Send(edit with { NameZh = "培养基与补料", IsEnabling = !edit.IsEnabling });
        var refusal = await world.Refused(RefusalCode.StaleVersion, () => world.As("expert").Send(edit with { NameZh = "别的名字" }));
        var changes = Assert.IsType<IReadOnlyList<ChangesSince>>(refusal.Details, exactMatch: false);
        Assert.Contains(changes, c => c is { Field: "NameZh", To: "培养基与补料", By: "吴静" });
        Assert.Contains(changes, c => c.Field == "IsEnabling");
    }

    [OnEveryDatabase]
    public async Task Of_many_who_change_one_link_at_once_one_wins_and_the_others_are_told(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var edit = await ReadAsync(world, Media);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            try
            {
                await world.As(i % 2 == 0 ? "expert" : "admin").Send(edit with { NameZh = $"培养基 {i}" });
                return (RefusalCode?)null;
            }
            catch (Refusal refusal) { return refusal.Code; }
        }));
        Assert.Single(outcomes, o => o is null);
        Assert.All(outcomes.OfType<RefusalCode>(), o => Assert.Equal(RefusalCode.StaleVersion, o));
        Assert.Equal((2, 1), await world.Db(async db => (await db.LinkEditions.CountAsync(l => l.Code == Media), await db.LinkEditions.CountAsync(l => l.Code == Media && l.To == ChainMap.Open))));
    }

    [OnEveryDatabase]
    public async Task Of_a_change_and_a_retirement_at_once_one_holds_and_the_other_is_told(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var edit = await ReadAsync(world, Media);
        async Task<RefusalCode?> Try(Func<Task> attempt)
        {
            try { await attempt(); return null; }
            catch (Refusal refusal) { return refusal.Code; }
        }
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => i % 2 == 0
            ? Try(() => world.As("expert").Send(edit with { NameZh = $"培养基 {i}" }))
            : Try(() => world.As("admin").Send(new RetireLink { Code = Media, Version = edit.Version, Source = Source, Reason = "撤下" }))));
        Assert.Single(outcomes, o => o is null);
        Assert.All(outcomes.OfType<RefusalCode>(), o => Assert.Contains(o, new[] { RefusalCode.StaleVersion, RefusalCode.LinkTakenOff }));
        var editions = await world.Db(db => db.LinkEditions.Where(l => l.Code == Media).OrderBy(l => l.From).ToListAsync());
        Assert.Equal(editions.Count == 2 ? [false, false] : [true], editions.Select(e => e.IsTakenOff));
    }

    [OnEveryDatabase]
    public async Task Of_links_and_edges_added_at_once_none_is_lost_and_none_stands_twice(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        AddLink New(int i) => new() { Field = "MED", Tier = ChainTier.Downstream, NameZh = $"新环节 {i}", Source = Source, Reason = "新增" };
        // Each without a code: those who chose the same number try the next.
        var codes = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => world.As("expert").Send(New(i))));
        Assert.Equal(4, codes.Distinct().Count());
        var edges = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            try { await world.As("admin").Send(Edge(codes[0], codes[1])); return (RefusalCode?)null; }
            catch (Refusal refusal) { return refusal.Code; }
        }));
        Assert.Single(edges, e => e is null);
        Assert.All(edges.OfType<RefusalCode>(), e => Assert.Equal(RefusalCode.EdgeExists, e));
        await world.Refused(RefusalCode.LinkCodeTaken, () => world.As("expert").Send(New(9) with { Code = codes[0] }));
        await world.Refused(RefusalCode.UnknownLink, () => world.As("expert").Send(Edge("MED-98", codes[0])));
        await world.Refused(RefusalCode.EdgeToItself, () => world.As("expert").Send(Edge(codes[0], codes[0])));
    }

    [OnEveryDatabase]
    public async Task A_link_that_is_taken_off_leaves_its_name_and_what_points_to_it(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var link = await world.As("expert").Send(new GetKeptLink(Media));
        var name = link.Terms.NameZh;
        Assert.True(link.Use.Enterprises > 0 && link.Edges.Count > 0);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.As("expert").Send(new RetireLink { Code = Media, Version = link.Version, Source = Source, Reason = "并入别的环节" });
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        var catalogue = world.Services.GetRequiredService<Catalogue>();
        Assert.Equal((false, name), (catalogue.IsOnMap(Media), catalogue.LinkName(Media)));
        Assert.DoesNotContain(catalogue.Links, l => l.Code == Media);
        Assert.DoesNotContain((await world.As("officer").Send(new GetCoverage())).Rows, r => r.Link == Media);
        Assert.Equal(link.Edges.Count, (await world.As("expert").Send(new GetKeptLink(Media))).Edges.Count(e => e.IsDangling));
        var problems = (await world.As("expert").Send(new GetMapProblems())).Items;
        Assert.Equal(link.Edges.Count, problems.Count(p => p.Kind == MapProblemKind.Dangling && p.Links.Contains(Media)));
        Assert.Equal(link.Use, problems.Single(p => p.Kind == MapProblemKind.UsedOffMap).Use);
        Assert.All(problems, p => Assert.DoesNotContain("{", p.Text, StringComparison.Ordinal));

        // The enterprise keeps it and can still be changed; nobody else may choose it.
        var id = await world.Db(db => db.Set<Domain.Enterprises.EnterpriseLink>().Where(l => l.Code == Media).Select(l => l.EnterpriseId).FirstAsync());
        var record = await world.As("admin").Send(new GetEnterprise(id));
        EditEnterprise Change(params string[] links) => new() { Id = id, Name = record.Name, Country = record.Country, CreditCode = record.CreditCode, Address = "新址", Links = [.. links] };
        await world.As("admin").Send(Change([.. record.Links]));
        Assert.Contains(Media, (await world.As("admin").Send(new GetEnterprise(id))).Links);
        var other = await world.Db(db => db.Enterprises.Where(e => !e.Links.Any(l => l.Code == Media) && e.MergedIntoId == null).FirstAsync());
        await world.Refused(RefusalCode.UnknownLink, () => world.As("admin").Send(new EditEnterprise { Id = other.Id, Name = other.Name, Country = other.Country, CreditCode = other.CreditCode, Links = [Media] }));

        await world.Refused(RefusalCode.LinkTakenOff, () => world.As("expert").Send(new RetireLink { Code = Media, Source = Source, Reason = "再来一次" }));
        await world.As("expert").Send(new RestoreLink { Code = Media, Source = Source, Reason = "撤错了" });
        Assert.True(world.Services.GetRequiredService<Catalogue>().IsOnMap(Media));
        Assert.Equal([MapAct.Restored, MapAct.Removed, MapAct.Added], (await world.As("expert").Send(new GetKeptLink(Media))).History.Select(h => h.Act));
    }

    [OnEveryDatabase]
    public async Task A_newer_edition_of_the_product_overwrites_nothing_that_somebody_changed_or_took_off(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var edit = await ReadAsync(world, Media);
        await world.As("expert").Send(edit with { NameZh = "本区叫法" });
        await world.As("expert").Send(new RetireLink { Code = "MED-11", Source = Source, Reason = "本区不做" });
        await world.As("expert").Send(new RemoveEdge { Supplier = Media, Buyer = "MED-08", Kind = SupplyKind.Material, Source = Source, Reason = "不成立" });
        world.Clock.Advance(TimeSpan.FromDays(1));
        // The new seeds say otherwise of three links and of the edge.
        await world.Db(async db =>
        {
            foreach (var record in await db.ReferenceRecords.Where(r => r.Set == "links" && (r.Code == Media || r.Code == "MED-11" || r.Code == "MED-12")).ToListAsync())
                record.Data = record.Data.Replace("\"name_en\":", "\"name_en\": \"Newer\" , \"old_name_en\":", StringComparison.Ordinal);
            await db.SaveChangesAsync();
            await ChainSeeds.LoadAsync(db, world.Clock.Now, default);
        });
        var map = await world.Db(db => ChainGround.MapAsync(db, world.Clock.Now, default));
        Assert.Equal("本区叫法", map.Find(Media)!.NameZh);
        Assert.NotEqual("Newer", map.Find(Media)!.NameEn);
        Assert.Null(map.Find("MED-11"));
        Assert.Equal("Newer", map.Find("MED-12")!.NameEn);
        Assert.DoesNotContain(map.OutOf(Media), e => e.Buyer == "MED-08");
        Assert.Equal(1, await world.Db(db => db.LinkEditions.CountAsync(l => l.Code == "MED-11")));
    }

    [OnEveryDatabase]
    public async Task Another_node_hears_of_a_change(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (here, there) = (world.Services.GetRequiredService<CatalogueSlot>(), new CatalogueSlot());
        there.Replace(here.Current);
        await world.Db(async db => { await CatalogueWatch.RefreshAsync(db, there, default); });
        Assert.False(await world.Db(db => CatalogueWatch.RefreshAsync(db, there, default)));
        await world.As("expert").Send((await ReadAsync(world, Media)) with { NameZh = "培养基(新)" });
        Assert.NotEqual("培养基(新)", there.Current.LinkName(Media));
        Assert.True(await world.Db(db => CatalogueWatch.RefreshAsync(db, there, default)));
        Assert.Equal("培养基(新)", there.Current.LinkName(Media));
        await world.As("expert").Send(new RetireLink { Code = Media, Source = Source, Reason = "撤下" });
        Assert.True(await world.Db(db => CatalogueWatch.RefreshAsync(db, there, default)));
        Assert.False(there.Current.IsOnMap(Media));
    }

    [OnEveryDatabase]
    public async Task Two_days_are_compared(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var first = new DateOnly(2026, 11, 20);
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.As("expert").Send((await ReadAsync(world, Media)) with { NameZh = "培养基(新)" });
        var added = await world.As("expert").Send(new AddLink { Field = "ENE", Tier = ChainTier.Upstream, NameZh = "新能源环节", Source = Source, Reason = "新增" });
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.As("admin").Send(new RetireLink { Code = "MED-11", Source = Source, Reason = "撤下" });

        var all = await world.As("expert").Send(new GetMapChanges { From = first });
        Assert.Equal([(MapAct.Changed, Media), (MapAct.Added, added), (MapAct.Removed, "MED-11")], all.Items.Select(i => (i.Act, i.Code!)));
        Assert.Equal(("吴静", "撤下"), (all.Items[^1].By, all.Items[^1].Reason));
        Assert.Equal((new DateOnly(2026, 11, 22), 90), (all.To, all.Links));
        Assert.Equal([MapAct.Changed, MapAct.Added], (await world.As("expert").Send(new GetMapChanges { From = first, To = first.AddDays(1) })).Items.Select(i => i.Act));
        Assert.Empty((await world.As("expert").Send(new GetMapChanges { From = first.AddDays(1), To = first.AddDays(1) })).Items);
        await world.Malformed(() => world.As("expert").Send(new GetMapChanges { From = first, To = first.AddDays(-1) }), "to");
    }
}
