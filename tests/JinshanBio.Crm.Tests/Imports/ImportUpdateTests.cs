using System.Text;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Spreadsheets;
using JinshanBio.Crm.Tests.Spreadsheets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace JinshanBio.Crm.Tests.Imports;

public sealed class ImportUpdateTests
{
    [OnEveryDatabase]
    public async Task A_name_alone_matches_with_an_explanation_and_another_spelling_only_fills_what_is_empty(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.UploadAndRun("officer", $"{ImportDesk.EnterpriseHeader}上海青禾微晶科技有限公司,,一号,\n上海远山酶业有限公司,,,\n");
        var id = await world.As("officer").Upload($"{ImportDesk.EnterpriseHeader}上海青禾微晶科技有限公司,,二号,\n远山酶业（上海）有限公司,,三号,经销商\n苏州青禾微晶科技有限公司,,苏州,\n");
        Assert.Equal([(ImportVerdict.Match, ImportReason.ByName), (ImportVerdict.Match, ImportReason.FillsByName), (ImportVerdict.Skip, ImportReason.SameAsRow)],
            (await world.As("officer").Rows(id)).Select(r => (r.Verdict, r.Reason!)));
        Assert.Equal(new VerdictCounts(0, 0, 2, 1, 0), (await world.As("officer").Send(new GetImport(id))).Verdicts);

        var finished = await world.Run("officer", id);
        Assert.Equal((0, 2, 1), (finished.Created, finished.Updated, finished.Skipped));
        Assert.Equal(("二号", "三号"), await world.Db(async db => ((await db.Enterprises.SingleAsync(e => e.Name == "上海青禾微晶科技有限公司")).Address, (await db.Enterprises.SingleAsync(e => e.Name == "上海远山酶业有限公司")).Address)));
        var other = await world.As("officer").Upload($"{ImportDesk.EnterpriseHeader}苏州青禾微晶科技有限公司,,苏州,\n");
        Assert.Equal(ImportReason.ProbablySame, Assert.Single(await world.As("officer").Rows(other)).Reason);
    }

    [OnEveryDatabase]
    public async Task Of_several_like_names_none_is_chosen_silently(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.UploadAndRun("officer", $"{ImportDesk.EnterpriseHeader}上海青禾微晶科技有限公司,{ImportDesk.Code(1)},,\n苏州青禾微晶科技有限公司,{ImportDesk.Code(2)},,\n");
        var rows = await world.As("officer").Rows(await world.As("officer").Upload($"{ImportDesk.EnterpriseHeader}青禾微晶科技,,一号,\n南京青禾微晶科技有限公司,{ImportDesk.Code(3)},,\n苏州青禾微晶科技有限公司,,二号,\n"));

        Assert.Equal([(ImportVerdict.Refuse, ImportReason.Ambiguous), (ImportVerdict.Create, ImportReason.AlikeOther), (ImportVerdict.Match, ImportReason.ByName)], rows.Select(r => (r.Verdict, r.Reason!)));
    }

    [OnEveryDatabase]
    public async Task Running_the_same_list_again_changes_nothing_also_where_it_holds_an_enterprise_twice(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var list = $"{ImportDesk.EnterpriseHeader}上海青禾微晶科技有限公司,,一号,甲\n上海青禾微晶科技有限公司,,二号,乙\n远山酶业,{ImportDesk.Code(1)},三号,\n";
        await world.UploadAndRun("officer", list);
        var versions = await world.Db(db => db.Enterprises.ToDictionaryAsync(e => e.Id, e => e.Version));
        var again = await world.UploadAndRun("officer", list);

        Assert.Equal((0, 0, 3, 0), (again.Created, again.Updated, again.Skipped, again.Refused));
        Assert.Equal(versions, await world.Db(db => db.Enterprises.ToDictionaryAsync(e => e.Id, e => e.Version)));
    }

    [OnEveryDatabase]
    public async Task A_lead_is_updated_by_its_number_and_an_empty_cell_erases_nothing(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.UploadAndRun("officer", "企业名称,领域,环节,来源,拟投资（万元）,备注\n青禾一号,MED,MED-07,Visit,100,原来\n青禾二号,MED,,Visit,,\n", ImportKind.Leads);
        var numbers = await world.Db(db => db.Leads.Where(l => l.ImportId != null).OrderBy(l => l.Number).Select(l => l.Number).ToListAsync());
        var list = $"线索编号,拟投资（万元）,备注,环节\n{numbers[0]},250,,\n{numbers[1]},,,\nXS-2020-99999,1,,\n{numbers[0]},9,,\n";
        var id = await world.As("officer").Upload(list, ImportKind.Leads);
        Assert.Equal([(ImportVerdict.Update, ImportReason.Changes), (ImportVerdict.Skip, ImportReason.NothingNew), (ImportVerdict.Refuse, ImportReason.KeyUnknown), (ImportVerdict.Refuse, ImportReason.KeyTwice)],
            (await world.As("officer").Rows(id)).Select(r => (r.Verdict, r.Reason!)));

        Assert.Equal((0, 1, 1, 2), await world.Run("officer", id) is var f ? (f.Created, f.Updated, f.Skipped, f.Refused) : default);
        var lead = await world.Db(db => db.Leads.Include(l => l.Links).SingleAsync(l => l.Number == numbers[0]));
        Assert.Equal((2_500_000m, "原来", "MED-07", 2), (lead.ExpectedInvestment, lead.Note, Assert.Single(lead.Links).Code, lead.Version));
        Assert.Equal(2_500_000m, (await world.Db(db => db.PipelinePeriods.SingleAsync(p => p.SubjectId == lead.Id))).Investment);
        var colleague = await world.As("officer2").Upload(list, ImportKind.Leads);
        Assert.All(await world.As("officer2").Rows(colleague), r => Assert.Equal(ImportReason.KeyUnknown, r.Reason));

        Assert.Equal(new UndoneImport(ImportStatus.Undone, 0, 0, 1), await world.As("officer").Send(new UndoImport(id)));
        Assert.Equal(1_000_000m, (await world.Db(db => db.Leads.SingleAsync(l => l.Number == numbers[0]))).ExpectedInvestment);
    }

    [OnEveryDatabase]
    public async Task Undo_turns_back_what_it_updated_unless_somebody_changed_it_since_and_says_what_stays_and_why(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.UploadAndRun("officer", $"{ImportDesk.EnterpriseHeader}青禾一号酶业,{ImportDesk.Code(1)},旧址,\n青禾二号酶业,,旧址,\n青禾三号酶业,{ImportDesk.Code(3)},旧址,\n");
        var id = (await world.UploadAndRun("officer", $"{ImportDesk.EnterpriseHeader}青禾一号酶业,{ImportDesk.Code(1)},新址,经销商\n青禾二号酶业,{ImportDesk.Code(2)},新址,\n青禾三号酶业,{ImportDesk.Code(3)},新址,\n青禾四号酶业,,,\n青禾五号酶业,,,\n")).Id;
        await world.Db(async db =>
        {
            (await db.Enterprises.SingleAsync(e => e.Name == "青禾三号酶业")).Describe("更新的址", null, "CN");
            (await db.Enterprises.SingleAsync(e => e.Name == "青禾四号酶业")).Describe("更新的址", null, "CN");
            await db.SaveChangesAsync();
        });
        var five = await world.Db(db => db.Enterprises.SingleAsync(e => e.Name == "青禾五号酶业"));
        await world.As("officer2").Send(new CreateLead { EnterpriseId = five.Id, Field = "MED", Source = LeadSource.Visit });

        Assert.Equal(new UndoneImport(ImportStatus.Undone, 0, 3, 2), await world.As("officer").Send(new UndoImport(id)));
        var (one, two, three) = await world.Db(async db => (await db.Enterprises.SingleAsync(e => e.Name == "青禾一号酶业"), await db.Enterprises.Include(e => e.Keys).SingleAsync(e => e.Name == "青禾二号酶业"), await db.Enterprises.SingleAsync(e => e.Name == "青禾三号酶业")));
        Assert.Equal(("旧址", null, "旧址", null, "更新的址"), (one.Address, one.Kind, two.Address, two.CreditCode, three.Address));
        Assert.DoesNotContain(two.Keys, k => ImportDesk.Code(2).StartsWith(k.Key, StringComparison.OrdinalIgnoreCase));
        var kept = (await world.As("officer").Send(new ListImportRows { Id = id, Kept = true })).Items;
        Assert.Equal([4, 5, 6], kept.Select(r => r.Number));
        Assert.Equal(3, await world.Db(db => db.ImportRows.CountAsync(r => r.ImportId == id && (r.Kept == KeptReason.Changed || r.Kept == KeptReason.HasLeads))));
        Assert.All(kept, r => Assert.NotEqual("", r.Kept));
    }

    [OnEveryDatabase]
    public async Task A_cancelled_import_keeps_what_is_done_leaves_the_rest_and_can_be_undone(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (batch, count) = (RunImportRowsHandler.Batch, RunImportRowsHandler.Batch + 300);
        var id = await world.As("officer").Upload(ImportDesk.EnterpriseHeader + string.Concat(Enumerable.Range(0, count).Select(i => $"青禾{i}号酶业,{ImportDesk.Code(i)},,\n")));
        await world.Refused(RefusalCode.ImportNotReady, () => world.As("officer").Send(new CancelImport { Id = id }));
        await world.As("officer").Send(new RunImport { Id = id });
        await Assert.ThrowsAsync<InvalidOperationException>(() => ImportRunTests.CrashInTheSecondBatch(world, id));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new CancelImport { Id = id }));
        await world.As("officer").Send(new CancelImport { Id = id });
        await world.Work();

        var cancelled = await world.As("officer").Send(new GetImport(id));
        Assert.Equal((ImportStatus.Cancelled, batch, batch), (cancelled.Status, cancelled.Done, cancelled.Created));
        Assert.NotNull(cancelled.FinishedAt);
        Assert.Equal(300, await world.Db(db => db.ImportRows.CountAsync(r => r.ImportId == id && !r.Applied)));
        await world.Refused(RefusalCode.ImportNotReady, () => world.As("officer").Send(new RunImport { Id = id }));
        await world.Refused(RefusalCode.ImportNotReady, () => world.As("officer").Send(new CancelImport { Id = id }));
        Assert.Equal(new UndoneImport(ImportStatus.Undone, batch, 0), await world.As("officer").Send(new UndoImport(id)));
    }

    [OnEveryDatabase]
    public async Task A_batch_that_is_under_way_when_somebody_cancels_is_either_whole_or_not_there(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.As("officer").Upload(ImportDesk.EnterpriseHeader + string.Concat(Enumerable.Range(0, 3 * RunImportRowsHandler.Batch).Select(i => $"青禾{i}号酶业,,,\n")));
        await world.As("officer").Send(new RunImport { Id = id });
        var work = Task.Run(world.Work);
        try { await world.As("officer").Send(new CancelImport { Id = id }); }
        catch (Refusal refusal) { Assert.Equal(RefusalCode.ImportNotReady, refusal.Code); }
        await work;

        var view = await world.As("officer").Send(new GetImport(id));
        Assert.Contains(view.Status, (ImportStatus[])[ImportStatus.Cancelled, ImportStatus.Finished]);
        var (created, applied) = await world.Db(async db => (await db.Enterprises.CountAsync(e => e.ImportId == id), await db.ImportRows.CountAsync(r => r.ImportId == id && r.Applied)));
        Assert.Equal((view.Done, view.Created), (applied, created));
        Assert.Equal(0, view.Done % RunImportRowsHandler.Batch);
    }

    [OnEveryDatabase]
    public async Task An_import_that_another_node_has_in_hand_is_left_alone_until_that_node_is_silent(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.As("officer").Upload($"{ImportDesk.EnterpriseHeader}青禾一号酶业,,,\n");
        await world.As("officer").Send(new RunImport { Id = id });
        await world.Db(db => db.Imports.Where(i => i.Id == id).ExecuteUpdateAsync(i => i
            .SetProperty(x => x.RunnerId, Guid.CreateVersion7()).SetProperty(x => x.RunnerUntil, world.Clock.Now + RunImportRowsHandler.Lease)));

        using var node = new Node(world);
        Assert.False(await node.RoundAsync());
        Assert.Equal((ImportStatus.Running, 0), await world.As("officer").Send(new GetImport(id)) is var v ? (v.Status, v.Done) : default);
        world.Clock.Advance(RunImportRowsHandler.Lease + TimeSpan.FromSeconds(1));
        Assert.True(await node.RoundAsync());
        Assert.Equal(ImportStatus.Finished, (await world.As("officer").Send(new GetImport(id))).Status);
    }

    [Theory]
    [InlineData("gb18030", ';')]
    [InlineData("utf-16", '\t')]
    [InlineData("utf-8", '|')]
    public async Task Refused_rows_come_back_in_the_encoding_and_with_the_separator_of_the_list(string encoding, char separator)
    {
        await using var world = await World.OpenAsync(Crm.Data.CrmDatabase.Sqlite);
        var text = "序号,企业名称,统一社会信用代码\n1,青禾一号酶业,123\n2,青禾二号酶业,\n".Replace(',', separator);
        var file = await world.As("officer").Send(new ImportErrors(await world.As("officer").Upload(Samples.In(encoding, (encoding == "utf-16" ? "\uFEFF" : "") + text))));
        using var sheet = Sheet.Open(file.Content, file.FileName);
        Assert.Equal((encoding, separator), (sheet.Encoding, sheet.Delimiter));
        Assert.Equal(["序号", "企业名称", "统一社会信用代码", "退回原因"], sheet.Headers);
        Assert.Equal(["1", "青禾一号酶业", "123"], Assert.Single(sheet.Rows()).Cells.Take(3));
    }

    [OnEveryDatabase]
    public async Task Refused_rows_of_a_workbook_come_back_as_one_whose_reason_column_is_ignored_and_not_repeated(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.As("officer").Upload(Samples.Xlsx(["企业名称", "信用代码", "地址"], ["青禾一号酶业", "123", "甲"], ["青禾二号酶业", null, "乙"]), fileName: "名单.xlsx");
        var file = await world.As("officer").Send(new ImportErrors(id));
        Assert.Equal(("名单-退回行.xlsx", XlsxSheet.ContentType), (file.FileName, file.ContentType));
        var again = await world.As("officer").Upload(await Bytes(file.Content), fileName: file.FileName);
        var view = await world.As("officer").Send(new GetImport(again));
        Assert.Equal([("企业名称", "name"), ("信用代码", "creditCode"), ("地址", "address"), ("退回原因", null)], view.Columns.Select(c => (c.Header, c.Field)));
        Assert.True(ImportColumns.IsOurOwn(view.Columns[3].Header));
        using var sheet = Sheet.Open((await world.As("officer").Send(new ImportErrors(again))).Content, "x.xlsx");
        Assert.Equal(["企业名称", "信用代码", "地址", "退回原因"], sheet.Headers);
    }

    [OnEveryDatabase]
    public async Task Another_sheet_of_a_workbook_is_read_when_it_is_chosen_and_a_hidden_one_never(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var book = Samples.Workbook([], ("说明", false, Samples.Row(1, Samples.Text("A1", "企业名称"), Samples.Text("B1", "地址")) + Samples.Row(2, Samples.Text("A2", "青禾一号"), Samples.Text("B2", "甲"))),
            ("旧", true, Samples.Row(1, Samples.Text("A1", "企业名称"), Samples.Text("B1", "地址")) + Samples.Row(2, Samples.Text("A2", "隐藏"), Samples.Text("B2", "甲"))),
            ("名单", false, Samples.Row(1, Samples.Text("A1", "企业名称"), Samples.Text("B1", "地址")) + Samples.Row(2, Samples.Text("A2", "青禾二号"), Samples.Text("B2", "乙"))));
        Task<Guid> Upload(string? sheet) => world.As("officer").Send(new UploadImport { FileName = "a.xlsx", Content = new MemoryStream(book), Kind = ImportKind.Enterprises, Sheet = sheet });

        var first = await world.As("officer").Send(new GetImport(await Upload(null)));
        Assert.Equal("说明", first.Sheet);
        Assert.Equal(["名单"], first.OtherSheets);
        var second = await Upload("名单");
        Assert.Equal("青禾二号", Assert.Single(await world.As("officer").Rows(second)).Cells[0]);
        await world.Refused(RefusalCode.FileUnreadable, () => Upload("旧"));
    }

    [OnEveryDatabase]
    public async Task A_list_of_names_alone_is_taken_when_its_heading_is_known(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var view = await world.As("officer").Send(new GetImport(await world.As("officer").Upload("拜访名单\n\n企业名称\n青禾一号酶业\n青禾二号酶业\n")));
        Assert.Equal(("企业名称", 2), (Assert.Single(view.Columns).Header, view.Verdicts.Create));
        await world.Refused(RefusalCode.FileUnreadable, () => world.As("officer").Upload("青禾一号酶业\n青禾二号酶业\n"));
    }

    private static async Task<byte[]> Bytes(Stream content)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy);
        return copy.ToArray();
    }
}
