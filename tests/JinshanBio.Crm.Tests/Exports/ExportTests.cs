using System.Globalization;
using System.Text.Json;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Exports;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Spreadsheets;
using JinshanBio.Crm.Tests.Imports;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Exports;

public sealed class ExportTests
{
    public static TheoryData<string, string> FormatsAndLanguages => new() { { "Csv", "zh-CN" }, { "Xlsx", "zh-CN" }, { "Csv", "en" }, { "Xlsx", "en" } };

    [OnEveryDatabase]
    public async Task The_file_holds_exactly_the_rows_of_the_list_in_its_order(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var list = await world.As("leader").Send(new ListLeads { Field = "MED", Sort = "-expectedInvestment", Size = 200 });
        var rows = await Read(await world.As("leader").Send(new ExportLeads { Field = "MED", Sort = "-expectedInvestment" }));

        Assert.NotEmpty(list.Items);
        Assert.Equal(list.Items.Select(l => l.Number), rows.Skip(1).Select(r => r[0]));
        Assert.Equal(list.Items.Select(l => l.Title), rows.Skip(1).Select(r => r[1]));
    }

    [OnEveryDatabase]
    public async Task An_officer_takes_out_only_what_the_officer_sees(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var own = await world.As("officer").Send(new ListLeads { Size = 200 });
        var everybodys = await world.As("leader").Send(new ListLeads { Size = 200 });
        var rows = await Read(await world.As("officer").Send(new ExportLeads()));

        Assert.True(own.Total < everybodys.Total);
        Assert.Equal(own.Items.Select(l => l.Number), rows.Skip(1).Select(r => r[0]));
    }

    [OnEveryDatabase]
    public async Task Every_role_takes_out_what_its_rights_allow_and_a_park_manager_nothing(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        IRequest<ExportedFile>[] forAll = [new ExportLeads(), new ExportEnterprises(), new ExportProjects(), new ExportFollowUps()];
        foreach (var user in (string[])["officer", "leader", "admin"])
            foreach (var request in forAll) await (await world.As(user).Send(request)).Content.DisposeAsync();
        IRequest<ExportedFile>[] ofTheOffice = [new ExportPeople(), new ExportAudit()];
        foreach (var request in ofTheOffice)
        {
            await (await world.As("admin").Send(request)).Content.DisposeAsync();
            await world.Refused(RefusalCode.NotPermitted, () => world.As("officer").Send(request));
            await world.Refused(RefusalCode.NotPermitted, () => world.As("leader").Send(request));
        }
        foreach (var request in forAll.Concat(ofTheOffice)) await world.Refused(RefusalCode.NotPermitted, () => world.As("manager.park").Send(request));
    }

    [OnEveryDatabase]
    public async Task A_code_name_holds_in_the_file_and_the_credit_code_behind_it_stays_out(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var code = ImportDesk.Code(1);
        await world.UploadAndRun("officer", $"企业名称,信用代码,领域,来源,代号\n青禾微晶有限公司,{code},MED,主动拜访,青鸟\n", ImportKind.Leads);
        var lead = await world.Db(db => db.Leads.Include(l => l.Enterprise).SingleAsync(l => l.CodeName == "青鸟"));
        foreach (var user in (string[])["officer", "leader", "admin"])
        {
            var text = string.Join('|', (await Read(await world.As(user).Send(new ExportLeads { Q = lead.Number }))).SelectMany(r => r));
            Assert.Contains("青鸟", text, StringComparison.Ordinal);
            Assert.DoesNotContain("青禾微晶", text, StringComparison.Ordinal);
            Assert.DoesNotContain(code, text, StringComparison.Ordinal);
        }
        foreach (var project in await world.Db(db => db.Projects.Where(p => p.Title != p.Name).ToListAsync()))
            Assert.DoesNotContain(project.Name, string.Join('|', (await Read(await world.As("leader").Send(new ExportProjects()))).SelectMany(r => r)), StringComparison.Ordinal);
    }

    [OnEveryDatabase]
    public async Task Who_took_out_which_rows_stands_in_the_audit_trail(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var file = await world.As("officer").Send(new ExportLeads { Field = "MED", Sort = "number", Format = ExportFormat.Xlsx });
        await file.Content.DisposeAsync();
        var record = await world.Db(db => db.AuditRecords.SingleAsync(r => r.Action == AuditAction.Exported));
        var changes = JsonSerializer.Deserialize<Dictionary<string, JsonElement[]>>(record.Changes)!.ToDictionary(c => c.Key, c => c.Value[1].ToString());

        Assert.Equal(((await world.FindAsync("officer")).Id, "Export", world.Clock.Now), (record.ActorId, record.Subject, record.At));
        Assert.Equal(("leads", "field=MED", file.Rows.ToString(CultureInfo.InvariantCulture), "Xlsx"), (changes["List"], changes["Filter"], changes["Rows"], changes["Format"]));
        Assert.Equal("线索-20261120.xlsx", file.FileName);
        await world.Refused(RefusalCode.NotPermitted, () => world.As("manager.park").Send(new ExportLeads()));
        Assert.Equal(1, await world.Db(db => db.AuditRecords.CountAsync(r => r.Action == AuditAction.Exported)));
    }

    [Theory]
    [MemberData(nameof(FormatsAndLanguages))]
    public async Task Exported_leads_import_again_without_a_change_and_one_changed_cell_changes_one_lead(string format, string language)
    {
        await using var world = await World.OpenAsync(CrmDatabase.Sqlite);
        using var _ = new Reading(language);
        var catalogue = (Catalogue)world.Services.GetService(typeof(Catalogue))!;
        // A lead for each link there is, notes and names that look like formulas, sums to the fen.
        var rows = catalogue.Links.Select((link, i) => $"青禾{i}号生物,{ImportDesk.Code(i)},{(link.Field == "CMN" ? "MED" : link.Field)},{link.Code};CMN-01,Visit,{i * 12345.67m:0.##},{(i % 9 == 0 ? $"代号{i}" : "")},\"=1+{i}\n第二行, \"\"引号\"\"；'=x\",2026-12-{1 + i % 28}\n");
        await world.UploadAndRun("officer", "企业名称,信用代码,领域,产业链环节,来源,拟投资（元）,代号,备注,下次跟进\n" + string.Concat(rows), ImportKind.Leads);
        var before = await world.Db(db => db.Leads.ToDictionaryAsync(l => l.Id, l => l.Version));
        var file = await world.As("officer").Send(new ExportLeads { Format = Enum.Parse<ExportFormat>(format) });
        Assert.Equal((await world.As("officer").Send(new ListLeads())).Total, file.Rows);
        var bytes = await Bytes(file);

        var id = await world.As("officer").Upload(bytes, ImportKind.Leads, file.FileName);
        var view = await world.As("officer").Send(new GetImport(id));
        Assert.Equal(new VerdictCounts(0, 0, 0, file.Rows, 0), view.Verdicts);
        Assert.All(await world.As("officer").Rows(id), r => Assert.Equal(ImportReason.NothingNew, r.Reason));
        Assert.All(view.Columns.Where(c => c.Field is null), c => Assert.True(ImportColumns.IsOurOwn(c.Header), c.Header));
        Assert.Equal(ImportStatus.Finished, (await world.Run("officer", id)).Status);
        Assert.Equal(before, await world.Db(db => db.Leads.ToDictionaryAsync(l => l.Id, l => l.Version)));

        var cells = await Table(bytes, file.FileName);
        var changed = cells.FindIndex(r => r.Any(c => c.Contains("第二行", StringComparison.Ordinal)));
        cells[changed][view.Columns.ToList().FindIndex(c => c.Field == "expectedInvestment")] = "8888";
        var again = await world.Run("officer", await world.As("officer").Upload(Samples(cells, format), ImportKind.Leads, "again." + format));
        Assert.Equal((0, 1, file.Rows - 1, 0), (again.Created, again.Updated, again.Skipped, again.Refused));
        var touched = (await world.Db(db => db.Leads.Where(l => l.Version > 1).ToListAsync())).Single(l => l.Version != before[l.Id]);
        Assert.Equal((cells[changed][0], language == "en" ? 8888m : 88_880_000m), (touched.Number, touched.ExpectedInvestment));
    }

    [Theory]
    [MemberData(nameof(FormatsAndLanguages))]
    public async Task Exported_enterprises_import_again_without_a_change_and_one_changed_cell_changes_one(string format, string language)
    {
        await using var world = await World.OpenAsync(CrmDatabase.Sqlite);
        using var _ = new Reading(language);
        await world.UploadAndRun("officer", "企业名称,信用代码,地址,类型,国家\n青禾一号酶业,,\"一号楼, \"\"东\"\"\",=经销商,DE\n青禾二号酶业,,甲路,,土耳其\n青禾二号酶业(苏州),,,,\n@青禾酶业," + ImportDesk.Code(7) + ",,,US\n");
        var file = await world.As("officer").Send(new ExportEnterprises { Format = Enum.Parse<ExportFormat>(format) });
        var bytes = await Bytes(file);
        var id = await world.As("officer").Upload(bytes, fileName: file.FileName);
        var view = await world.As("officer").Send(new GetImport(id));
        Assert.Equal(new VerdictCounts(0, 0, 0, file.Rows, 0), view.Verdicts);
        Assert.All(view.Columns.Where(c => c.Field is null), c => Assert.True(ImportColumns.IsOurOwn(c.Header), c.Header));

        var cells = await Table(bytes, file.FileName);
        var name = view.Columns.ToList().FindIndex(c => c.Field == "name");
        cells[cells.FindIndex(r => r[name] == "青禾一号酶业")][name] = "青禾新一号酶业";
        var again = await world.Run("officer", await world.As("officer").Upload(Samples(cells, format), fileName: "again." + format));
        Assert.Equal((0, 1, file.Rows - 1, 0), (again.Created, again.Updated, again.Skipped, again.Refused));
        var renamed = await world.Db(db => db.Enterprises.Include(e => e.Keys).SingleAsync(e => e.Name == "青禾新一号酶业"));
        Assert.Contains(renamed.Keys, k => k.Key.StartsWith("qinghexin", StringComparison.Ordinal));

        Assert.Equal(new UndoneImport(ImportStatus.Undone, 0, 0, 1), await world.As("officer").Send(new UndoImport(again.Id)));
        Assert.True(await world.Db(db => db.Enterprises.AnyAsync(e => e.Name == "青禾一号酶业")));
    }

    [OnEveryDatabase]
    public async Task More_rows_than_a_chunk_come_out_whole_and_each_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var before = await world.Db(db => db.Enterprises.CountAsync());
        await world.UploadAndRun("officer", ImportDesk.EnterpriseHeader + string.Concat(Enumerable.Range(0, 1203).Select(i => $"青禾{i}号酶业,{ImportDesk.Code(i)},,\n")));
        var rows = await Read(await world.As("leader").Send(new ExportEnterprises { Sort = "name" }));
        var names = await world.Db(db => db.Enterprises.OrderBy(e => e.Name).ThenBy(e => e.Id).Select(e => e.Name).ToListAsync());

        Assert.Equal(before + 1203, rows.Count - 1);
        Assert.Equal(names, rows.Skip(1).Select(r => r[1]));
    }

    [Fact]
    public async Task An_order_or_format_that_the_list_does_not_know_is_refused()
    {
        await using var world = await World.OpenAsync(CrmDatabase.Sqlite);
        await world.Malformed(() => world.As("officer").Send(new ExportLeads { Sort = "colour" }), "sort");
        await world.Malformed(() => world.As("officer").Send(new ExportLeads { Format = (ExportFormat)9 }), "format");
    }

    private static async Task<List<string[]>> Read(ExportedFile file) => await Table(await Bytes(file), file.FileName);

    private static async Task<byte[]> Bytes(ExportedFile file)
    {
        await using var content = file.Content;
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy);
        return copy.ToArray();
    }

    private static Task<List<string[]>> Table(byte[] bytes, string name)
    {
        using var sheet = Sheet.Open(new MemoryStream(bytes), name);
        return Task.FromResult(sheet.Rows().Select(r => r.Cells.ToArray()).Prepend([.. sheet.Headers]).ToList());
    }

    private static byte[] Samples(List<string[]> cells, string format)
    {
        using var stream = new MemoryStream();
        if (format == "Xlsx") XlsxSheet.Write(stream, cells, "again");
        else CsvSheet.WriteAsync(stream, cells, CancellationToken.None).GetAwaiter().GetResult();
        return stream.ToArray();
    }

    /// <summary>The reader's language for as long as it lasts.</summary>
    private sealed class Reading : IDisposable
    {
        private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

        public Reading(string language) => CultureInfo.CurrentUICulture = new CultureInfo(language);

        public void Dispose() => CultureInfo.CurrentUICulture = _before;
    }
}
