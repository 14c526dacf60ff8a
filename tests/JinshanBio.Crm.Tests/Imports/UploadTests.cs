using System.Reflection;
using System.Text;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Spreadsheets;
using JinshanBio.Crm.Texts;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Imports;

public sealed class UploadTests
{
    [Fact]
    public async Task A_file_of_200_MB_is_too_large()
    {
        await using var world = await World.OpenAsync(Crm.Data.CrmDatabase.Sqlite);
        await using var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.DeleteOnClose);
        file.SetLength(200L * 1024 * 1024);
        var refusal = await world.Refused(RefusalCode.TooLarge, () => world.As("officer").Send(new UploadImport { FileName = "big.csv", Content = file, Kind = ImportKind.Enterprises }));

        Assert.Equal("file", refusal.Field);
        Assert.Equal(0, await world.Db(db => db.Imports.CountAsync()));
    }

    [Theory]
    [InlineData("list.xlsx", "企业名称,信用代码\n甲,\n", SheetFault.NotAWorkbook)]
    [InlineData("list.csv", "", SheetFault.Empty)]
    [InlineData("list.csv", "企业名称,信用代码\n", SheetFault.Empty)]
    [InlineData("list.csv", "1,2\n3,4\n", SheetFault.NoHeader)]
    public async Task What_is_no_list_is_refused_with_the_fault_and_leaves_nothing_behind(string fileName, string content, SheetFault fault)
    {
        await using var world = await World.OpenAsync(Crm.Data.CrmDatabase.Sqlite);
        var refusal = await world.Refused(RefusalCode.FileUnreadable, () => world.As("officer").Upload(Encoding.UTF8.GetBytes(content), fileName: fileName));

        Assert.Equal(("file", fault), (refusal.Field, (SheetFault)refusal.Details!.GetType().GetProperty("fault")!.GetValue(refusal.Details)!));
        Assert.Equal(0, await world.Db(db => db.Imports.CountAsync()));
    }

    [OnEveryDatabase]
    public async Task A_file_damaged_further_down_leaves_nothing_behind(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var rows = string.Concat(Enumerable.Range(0, 1500).Select(i => $"青禾{i}号生物,\n")) + "\"" + new string('x', 300_000);
        await world.Refused(RefusalCode.FileUnreadable, () => world.As("officer").Upload("企业名称,地址\n" + rows));

        Assert.Equal((0, 0), await world.Db(async db => (await db.Imports.CountAsync(), await db.ImportRows.CountAsync())));
    }

    [Fact]
    public async Task Name_file_and_kind_are_required()
    {
        await using var world = await World.OpenAsync(Crm.Data.CrmDatabase.Sqlite);
        await world.Malformed(() => world.As("officer").Send(new UploadImport()), "fileName", "file", "kind");
    }

    [OnEveryDatabase]
    public async Task Somebody_elses_import_does_not_exist(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.As("officer").Upload($"{ImportDesk.EnterpriseHeader}青禾微晶科技,,,\n");
        var other = world.As("officer2");

        await world.Refused(RefusalCode.NotFound, () => other.Send(new GetImport(id)));
        await world.Refused(RefusalCode.NotFound, () => other.Send(new ListImportRows { Id = id }));
        await world.Refused(RefusalCode.NotFound, () => other.Send(new MapImport { Id = id, Columns = [new("企业名称", "name")] }));
        await world.Refused(RefusalCode.NotFound, () => other.Send(new RunImport { Id = id }));
        await world.Refused(RefusalCode.NotFound, () => other.Send(new ImportErrors(id)));
        await world.Refused(RefusalCode.NotFound, () => other.Send(new UndoImport(id)));
        Assert.Empty((await other.Send(new ListImports())).Items);
        Assert.Equal(id, Assert.Single((await world.As("admin").Send(new ListImports())).Items).Id);
        await world.Refused(RefusalCode.NotPermitted, () => world.As("manager.park").Upload("a"));
    }

    [OnEveryDatabase]
    public async Task An_unknown_column_is_mapped_by_hand_and_judged_again(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = world.As("officer");
        var id = await officer.Upload("厂商,联系电话,厂商\n青禾微晶科技,123,远山\n,456,近水\n");
        Assert.All(await officer.Rows(id), r => Assert.Equal((ImportVerdict.Refuse, ImportReason.ColumnMissing), (r.Verdict, r.Reason)));
        await world.Refused(RefusalCode.ColumnMissing, () => officer.Send(new RunImport { Id = id }));

        Task Map(params (string Header, string? Field)[] columns)
            => officer.Send(new MapImport { Id = id, Columns = [.. columns.Select(c => new ImportColumn(c.Header, c.Field))] });
        await world.Refused(RefusalCode.UnknownField, () => Map(("没有这一列", "name")));
        await world.Refused(RefusalCode.UnknownField, () => Map(("厂商", "colour")));
        Assert.Equal("columns", (await world.Refused(RefusalCode.ColumnMissing, () => Map(("厂商", "address")))).Field);
        await world.Malformed(() => Map(("厂商", "name"), ("联系电话", "name")), "columns");

        await Map(("厂商", "name"), ("联系电话", ""));
        Assert.Equal([ImportVerdict.Create, ImportVerdict.Refuse], (await officer.Rows(id)).Select(r => r.Verdict));
        await Map(("厂商", "address"), ("厂商", "name"));
        Assert.Equal([("厂商", "address"), ("联系电话", null), ("厂商", "name")], (await officer.Send(new GetImport(id))).Columns.Select(c => (c.Header, c.Field)));
        Assert.Equal(2, (await world.Run("officer", id)).Created);
        await world.Refused(RefusalCode.ImportNotReady, () => Map(("厂商", "name")));
        await world.Refused(RefusalCode.ImportNotReady, () => officer.Send(new RunImport { Id = id }));
    }

    [OnEveryDatabase]
    public async Task What_a_crash_left_half_read_is_tidied(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var mapped = await world.As("officer").Upload($"{ImportDesk.EnterpriseHeader}青禾微晶科技,,,\n");
        await world.Db(async db =>
        {
            db.Imports.Add(new Import
            {
                Kind = ImportKind.Enterprises, FileName = "half.csv", Format = "csv", StartedById = (await world.FindAsync("officer")).Id,
                CreatedAt = world.Clock.Now, Status = ImportStatus.Reading,
            });
            (await db.Imports.SingleAsync(i => i.Id == mapped)).Status = ImportStatus.Reading;
            await db.SaveChangesAsync();
        });
        await world.Work();
        Assert.Equal(2, await world.Db(db => db.Imports.CountAsync(i => i.Status == ImportStatus.Reading)));

        world.Clock.Advance(TimeSpan.FromHours(2));
        await world.Work();
        Assert.Equal((mapped, ImportStatus.Ready), await world.Db(async db => await db.Imports.Select(i => new { i.Id, i.Status }).SingleAsync() is var i ? (i.Id, i.Status) : default));
    }

    [Theory]
    [InlineData("企业名称*", "name")]
    [InlineData("Account Name", "name")]
    [InlineData("公 司 名 称", "name")]
    [InlineData("统一社会信用代码（18位）", "creditCode")]
    [InlineData("USCC", "creditCode")]
    [InlineData("Registered address", "address")]
    [InlineData("拟投资（万元）", "expectedInvestment")]
    [InlineData("投资额/亿元", "expectedInvestment")]
    [InlineData("投资额万元", "expectedInvestment")]
    [InlineData("Expected investment", "expectedInvestment")]
    [InlineData("产业链环节", "links")]
    [InlineData("Next follow-up", "nextFollowUp")]
    [InlineData("联系电话", null)]
    public void Headers_are_recognised_however_they_are_written(string header, string? field)
        => Assert.Equal(field, Assert.Single(ImportColumns.Recognise([header], ImportKind.Leads)).Field);

    [Fact]
    public void Each_field_goes_to_the_better_of_two_columns()
        => Assert.Equal([null, "name", null], ImportColumns.Recognise(["公司简称", "公司全名", "名称"], ImportKind.Enterprises).Select(c => c.Field));

    [Fact]
    public void Every_reason_fault_and_field_is_said_in_both_languages()
    {
        var keys = typeof(ImportReason).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!)
            .Concat(Enum.GetValues<SheetFault>().Where(f => f != SheetFault.TooLarge).Select(f => $"import.fault.{f}"))
            .Concat(ImportColumns.FieldsOf(ImportKind.Leads).Select(f => $"import.field.{f}"));
        Assert.All(keys, key => Assert.True(Text.Entries.TryGetValue(key, out var both) && both.Length == 2 && both.All(t => t.Length > 0), key));
    }
}
