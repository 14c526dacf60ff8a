using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Exports;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Tests.Imports;
using JinshanBio.Crm.Tests.Spreadsheets;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Enterprises;

public sealed class EnterpriseTradeTests
{
    [OnEveryDatabase]
    public async Task An_enterprise_says_its_industry_class_and_scope(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.As("officer").Send(new AddEnterprise { Name = "青浦某某生物有限公司", IndustryCode = "C2761", Scope = "  抗体药物的研发\n生产 " });
        var record = await world.As("leader").Send(new GetEnterprise(id));
        Assert.Equal(("2761", "抗体药物的研发\n生产"), (record.IndustryCode, record.Scope));
        await world.As("officer").Send(new EditEnterprise { Id = id, Name = record.Name, Version = record.Version, IndustryCode = "276", Scope = "" });
        record = await world.As("leader").Send(new GetEnterprise(id));
        Assert.Equal(("276", null), (record.IndustryCode, record.Scope));
        await world.Malformed(() => world.As("officer").Send(new AddEnterprise { Name = "青浦某某贸易有限公司", IndustryCode = "27611" }), "industryCode");
        await world.Malformed(() => world.As("officer").Send(new AddEnterprise { Name = "青浦某某贸易有限公司", Scope = new string('药', IndustryClass.ScopeLength + 1) }), "scope");
    }

    [OnEveryDatabase]
    public async Task An_import_brings_class_and_scope_under_the_headings_people_use_and_takes_them_back(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var import = await world.UploadAndRun("officer", "公司名称,行业小类,主营产品\n青浦甲有限公司,C2761 生物药品制造,抗体\n青浦乙有限公司,生物药品制造,疫苗\n青浦丙有限公司,服务业,\n青浦丁有限公司,２７６,酶\n");
        Assert.Equal(["name", "industryCode", "scope"], import.Columns.Select(c => c.Field));
        Assert.Equal((ImportStatus.Finished, 4, 0), (import.Status, import.Created, import.Refused));
        var rows = await world.Db(db => db.Enterprises.Where(e => e.ImportId == import.Id).OrderBy(e => e.Scope).ToDictionaryAsync(e => e.Name, e => (e.IndustryCode, e.Scope)));
        Assert.Equal(("2761", "抗体"), rows["青浦甲有限公司"]);
        Assert.Equal(("2761", "疫苗"), rows["青浦乙有限公司"]);
        Assert.Equal((null, null), rows["青浦丙有限公司"]);
        Assert.Equal(("276", "酶"), rows["青浦丁有限公司"]);

        // An empty cell erases nothing, a new value changes, and undo turns it back.
        var second = await world.UploadAndRun("officer", "公司名称,行业小类,主营产品\n青浦甲有限公司,,单克隆抗体\n青浦乙有限公司,2761,疫苗\n");
        Assert.Equal((1, 1), (second.Updated, second.Skipped));
        var id = await world.EnterpriseAsync("青浦甲有限公司");
        Assert.Equal(("2761", "单克隆抗体"), await world.Db(async db => await db.Enterprises.SingleAsync(e => e.Id == id) is var e ? (e.IndustryCode, e.Scope) : default));
        await world.As("officer").Send(new UndoImport(second.Id));
        Assert.Equal(("2761", "抗体"), await world.Db(async db => await db.Enterprises.SingleAsync(e => e.Id == id) is var e ? (e.IndustryCode, e.Scope) : default));
    }

    [OnEveryDatabase]
    public async Task The_export_carries_them_and_imports_again_without_news(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var file = await world.As("officer").Send(new ExportEnterprises { Q = "禾沐", Format = ExportFormat.Csv });
        using var content = new MemoryStream();
        await using (file.Content) await file.Content.CopyToAsync(content);
        using var sheet = Samples.Open(content.ToArray());
        var (heads, row) = (sheet.Headers.ToList(), sheet.Cells()[0]);
        Assert.Equal(("2831", true), (row[heads.IndexOf("国民经济行业")], row[heads.IndexOf("经营范围")].StartsWith("PTT", StringComparison.Ordinal)));
        var again = await world.Run("officer", await world.As("officer").Upload(content.ToArray()));
        Assert.Equal((0, 0, 1, 0), (again.Created, again.Updated, again.Skipped, again.Refused));
    }
}
