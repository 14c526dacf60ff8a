using System.Text;
using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Exports;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Chain;

public sealed class MapProposalTests
{
    private const string LinkHead = "代码,领域,层级,中文名称,产品,行业代码,来源,动作\n";

    private static async Task<MapProposalRecord> ProposeAsync(World world, string text, string name = "提案.csv", Encoding? encoding = null)
    {
        var id = await world.As("expert").Send(new UploadMapProposal { FileName = name, Content = new MemoryStream((encoding ?? Encoding.UTF8).GetBytes(text)) });
        return await world.As("expert").Send(new GetMapProposal { Id = id, Size = 200 });
    }

    private static Task<MapProposalRecord> AgainAsync(World world, MapProposalRecord record) => world.As("expert").Send(new GetMapProposal { Id = record.Proposal.Id, Size = 200 });

    private static Task<JudgedRows> AcceptAsync(World world, MapProposalRecord record, params Guid[] rows)
        => world.As("expert").Send(new JudgeMapProposal { Id = record.Proposal.Id, Verdict = MapVerdict.Accepted, All = rows.Length == 0, Rows = [.. rows] });

    [OnEveryDatabase]
    public async Task What_was_taken_out_comes_in_again_without_a_change(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        foreach (var format in Enum.GetValues<ExportFormat>())
        {
            foreach (var file in new[] { await world.As("expert").Send(new ExportMapLinks { Format = format }), await world.As("expert").Send(new ExportMapEdges { Format = format }) })
            {
                var id = await world.As("expert").Send(new UploadMapProposal { FileName = file.FileName, Content = file.Content });
                var record = await world.As("expert").Send(new GetMapProposal { Id = id });
                Assert.Empty(record.Rows.Items.Select(r => $"{r.Name}: {r.Fault} {string.Join(' ', r.Changes)}"));
                Assert.Equal(file.Rows, record.Proposal.Unchanged);
                Assert.Empty(record.Proposal.IgnoredColumns);
            }
        }
        // The reference file of the product as well.
        var reference = await File.ReadAllTextAsync(Path.Combine(World.Seeds, "reference", "chain-links.json"));
        var json = await ProposeAsync(world, reference, "chain-links.json");
        // But for the one link that the expert of the story changed.
        Assert.Equal(["CMN-05"], json.Rows.Items.Select(r => r.Subject));
        Assert.Equal((299, 1), (json.Proposal.Unchanged, json.Proposal.Open));
    }

    [OnEveryDatabase]
    public async Task A_file_only_proposes_and_each_accepted_row_is_an_edit_with_its_source(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var record = await ProposeAsync(world, LinkHead + "CMN-06,,,个性化培养基,,,2026 年调研,\n,MED,下游,细胞治疗制剂灌装,灌装线;西林瓶,2761,,\nMED-11,,,,,,,删除\nMED-01,,,,,,,\n");
        Assert.Equal((3, 1), (record.Proposal.Open, record.Proposal.Unchanged));
        Assert.Equal([MapAct.Changed, MapAct.Added, MapAct.Removed], record.Rows.Items.Select(r => r.Act!.Value));
        Assert.Equal(1, await world.Db(db => db.LinkEditions.CountAsync(l => l.Code == "CMN-06")));
        var (change, addition, removal) = (record.Rows.Items[0], record.Rows.Items[1], record.Rows.Items[2]);
        Assert.Equal(["nameZh"], change.Changes.Select(c => c.Field));

        Assert.Equal(new JudgedRows(2, 0, 0, 0), await AcceptAsync(world, record, change.Id, addition.Id));
        await world.Malformed(() => world.As("expert").Send(new JudgeMapProposal { Id = record.Proposal.Id, Verdict = MapVerdict.Refused, Rows = [removal.Id] }), "why");
        await world.As("admin").Send(new JudgeMapProposal { Id = record.Proposal.Id, Verdict = MapVerdict.Refused, Rows = [removal.Id], Why = "本区仍有企业" });

        var history = (await world.As("expert").Send(new GetKeptLink("CMN-06"))).History;
        Assert.Equal(("2026 年调研", "方绍文"), (history[0].Source, history[0].By));
        var after = await AgainAsync(world, record);
        Assert.Equal((0, 2, 1), (after.Proposal.Open, after.Proposal.Accepted, after.Proposal.Refused));
        var created = await world.As("expert").Send(new GetKeptLink(after.Rows.Items[1].Subject!));
        Assert.Equal(("细胞治疗制剂灌装", "提案.csv"), (created.Terms.NameZh, created.History[0].Source));
        Assert.Equal(["灌装线", "西林瓶"], created.Terms.Products);
        Assert.Equal(("本区仍有企业", "吴静"), (after.Rows.Items[2].Why, after.Rows.Items[2].JudgedBy));
        Assert.True((await world.As("expert").Send(new GetKeptLink("MED-11"))).IsOnMap);
        await world.Refused(RefusalCode.ProposalRowClosed, () => AcceptAsync(world, record, change.Id));
        await world.Refused(RefusalCode.NotPermitted, () => world.As("officer").Send(new GetMapProposal { Id = record.Proposal.Id }));
        await world.Refused(RefusalCode.NotPermitted, () => world.As("leader").Send(new JudgeMapProposal { Id = record.Proposal.Id, Verdict = MapVerdict.Accepted, All = true }));
    }

    [OnEveryDatabase]
    public async Task A_row_that_cannot_be_read_stays_with_its_reason(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var record = await ProposeAsync(world, "代码,领域,层级,中文名称,行业代码,动作,联系人\nMED01,,,甲,,,x\n,,,,2761,,\nMED-99,没有的领域,上游,乙,,,\nMED-98,MED,旁边,丙,,,\nMED-97,,,丁,,,\nMED-01,,,,9999,,\nMED-96,,,,,删除,\nMED-02,,,,,扔掉,\nMED-03,,,新名,,,\nMED-03,,,又一名,,,\n");
        Assert.Equal(["联系人"], record.Proposal.IgnoredColumns);
        Assert.Equal((1, 9), (record.Proposal.Open, record.Proposal.Unreadable));
        var faults = await world.Db(db => db.MapProposalRows.Where(r => r.ProposalId == record.Proposal.Id).OrderBy(r => r.Number).Select(r => r.Fault).ToListAsync());
        Assert.Equal([MapRowFault.CodeShape, MapRowFault.NameMissing, MapRowFault.FieldUnknown, MapRowFault.TierUnknown, MapRowFault.FieldMissing, MapRowFault.IndustryUnknown, MapRowFault.NotOnMap, MapRowFault.ActionUnknown, null, MapRowFault.Twice], faults);
        Assert.Contains("MED01", record.Rows.Items[0].Fault, StringComparison.Ordinal);
        await world.Refused(RefusalCode.ProposalRowClosed, () => AcceptAsync(world, record, record.Rows.Items[0].Id));
        Assert.Equal(new JudgedRows(1, 0, 0, 0), await AcceptAsync(world, record));
    }

    [OnEveryDatabase]
    public async Task Edges_lead_by_code_or_name_also_to_links_of_the_same_file(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        const string json = """
            {"links": [{"code": "MED-31", "field": "MED", "tier": "downstream", "name_zh": "新剂型", "gb4754_2017": [{"code": "2761"}]}],
             "edges": [{"from": "CMN-06", "to": "新剂型", "kind": "material", "supplies_zh": "辅料", "criticality": "critical", "needPercent": "12.5%"},
                       {"from": "CMN-06", "to": "MED-07", "kind": "material", "criticality": "normal"},
                       {"from": "CMN-06", "to": "CMN-06", "kind": "energy", "supplies_zh": "电"},
                       {"from": "不存在", "to": "MED-07", "kind": "material", "supplies_zh": "x"},
                       {"from": "CMN-06", "to": "MED-01", "kind": "魔法", "supplies_zh": "x"},
                       {"from": "CMN-06", "to": "MED-02", "kind": "service", "supplies_zh": "x", "needPercent": "许多"}]}
            """;
        var record = await ProposeAsync(world, json, "提案.json");
        Assert.Equal((3, 4), (record.Proposal.Open, record.Proposal.Unreadable));
        var edge = record.Rows.Items.Single(r => r is { IsEdge: true, Act: MapAct.Added });
        // Without its link there is nothing to lead to.
        Assert.Equal(new JudgedRows(0, 0, 0, 1), await AcceptAsync(world, record, edge.Id));
        Assert.Equal(new JudgedRows(3, 0, 0, 0), await AcceptAsync(world, record));
        var kept = await world.As("expert").Send(new GetKeptEdge("CMN-06", "MED-31", SupplyKind.Material));
        Assert.Equal(("辅料", true, 12.5m), (kept.Edge.Terms.SuppliesZh, kept.Edge.Terms.IsCritical, kept.Edge.Terms.NeedPercent));
        Assert.False((await world.As("expert").Send(new GetKeptEdge("CMN-06", "MED-07", SupplyKind.Material))).Edge.Terms.IsCritical);
    }

    [OnEveryDatabase]
    public async Task A_row_whose_link_was_changed_since_is_shown_anew_before_it_is_accepted(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var record = await ProposeAsync(world, LinkHead + "CMN-06,,,,血清;培养基,,,\nCMN-05,,,反应器,,,,\n");
        await world.As("admin").Send((await MapKeepingTests.ReadAsync(world, "CMN-06")) with { NameZh = "改过的名字" });
        Assert.True((await AgainAsync(world, record)).Rows.Items[0].IsStale);

        Assert.Equal(new JudgedRows(1, 0, 1, 0), await AcceptAsync(world, record));
        var row = (await AgainAsync(world, record)).Rows.Items[0];
        Assert.Equal((MapVerdict.Open, true, false), (row.Verdict, row.IsMoved, row.IsStale));
        Assert.Equal(new JudgedRows(1, 0, 0, 0), await AcceptAsync(world, record));
        var terms = (await world.As("expert").Send(new GetKeptLink("CMN-06"))).Terms;
        Assert.Equal("改过的名字", terms.NameZh);
        Assert.Equal(["血清", "培养基"], terms.Products);
    }

    [OnEveryDatabase]
    public async Task Of_two_who_accept_a_row_at_once_one_changes_the_map(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var record = await ProposeAsync(world, LinkHead + "CMN-06,,,一次,,,,\n");
        var row = record.Rows.Items[0].Id;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
        {
            try
            {
                await world.As(i % 2 == 0 ? "expert" : "admin").Send(new JudgeMapProposal { Id = record.Proposal.Id, Verdict = MapVerdict.Accepted, Rows = [row] });
                return (RefusalCode?)null;
            }
            catch (Refusal refusal) { return refusal.Code; }
        }));
        Assert.Single(outcomes, o => o is null);
        Assert.All(outcomes.OfType<RefusalCode>(), o => Assert.Equal(RefusalCode.ProposalRowClosed, o));
        Assert.Equal(2, await world.Db(db => db.LinkEditions.CountAsync(l => l.Code == "CMN-06")));
    }

    [OnEveryDatabase]
    public async Task Files_of_other_make_are_read_or_refused_with_a_clear_reason(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var gbk = await ProposeAsync(world, "环节代码,环节名称,行业分类\nCMN-06,培养基与补料,2761 生物药品制造\n", "旧表.csv", CodePagesEncodingProvider.Instance.GetEncoding("gb18030"));
        Assert.Equal(["nameZh", "industryCodes"], gbk.Rows.Items.Single().Changes.Select(c => c.Field).Distinct());
        Task Wrong(string text, string name = "x.csv") => ProposeAsync(world, text, name);
        await world.Refused(RefusalCode.ColumnMissing, () => Wrong("企业,电话\n甲,1\n"));
        await world.Refused(RefusalCode.FileUnreadable, () => Wrong("{\"links\": [", "x.json"));
        await world.Refused(RefusalCode.ColumnMissing, () => Wrong("[]", "x.json"));
        await world.Refused(RefusalCode.FileUnreadable, () => Wrong("代码,名称\n", "x.xlsx"));
        await world.Refused(RefusalCode.NotPermitted, () => world.As("officer").Send(new UploadMapProposal { FileName = "x.csv", Content = new MemoryStream([1]) }));
        await world.Refused(RefusalCode.NotPermitted, () => world.As("leader").Send(new ExportMapLinks()));
    }
}
