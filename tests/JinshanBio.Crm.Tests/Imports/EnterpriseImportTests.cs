using System.Text;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Tests.Spreadsheets;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Imports;

public sealed class EnterpriseImportTests
{
    private const string Distributors = "enterprises/cn-medical-device-distributors-redacted.csv";

    [OnEveryDatabase]
    public async Task The_real_list_creates_141_enterprises_and_refuses_three_wrong_codes(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var before = await world.Db(db => db.Enterprises.CountAsync());
        var id = await world.As("officer").Upload(Samples.Real(Distributors));
        var ready = await world.As("officer").Send(new GetImport(id));

        Assert.Equal((ImportStatus.Ready, "utf-8", 144), (ready.Status, ready.Encoding, ready.Rows));
        Assert.Equal(["name", "creditCode", "address", "kind"], ready.Columns.Select(c => c.Field));
        Assert.Equal(new VerdictCounts(141, 0, 0, 0, 3), ready.Verdicts);
        Assert.Equal(before, await world.Db(db => db.Enterprises.CountAsync()));
        var refused = await world.As("officer").Rows(id, ImportVerdict.Refuse);
        Assert.Equal([ImportReason.CodeAlphabet, ImportReason.CodeAlphabet, ImportReason.CodeMeant], refused.Select(r => r.Reason));
        Assert.Contains(refused, r => r.Cells[0].StartsWith("南京普澳", StringComparison.Ordinal));

        var finished = await world.Run("officer", id);
        Assert.Equal((ImportStatus.Finished, 144, 141, 0, 0, 3), (finished.Status, finished.Done, finished.Created, finished.Updated, finished.Skipped, finished.Refused));
        Assert.Equal(before + 141, await world.Db(db => db.Enterprises.CountAsync()));
        var first = await world.Db(db => db.Enterprises.Include(e => e.Keys).SingleAsync(e => e.CreditCode == "91530100MA6L4WLBXJ"));
        Assert.Equal(("云南栢田医疗科技有限公司", "经销商", "CN", id), (first.Name, first.Kind, first.Country, first.ImportId));
        Assert.Contains(first.Keys, k => k.Key.StartsWith("baitian", StringComparison.Ordinal));
        Assert.Contains(first.Keys, k => k.Key.StartsWith("91530100MA6L4WLB".ToLowerInvariant(), StringComparison.Ordinal));
    }

    [OnEveryDatabase]
    public async Task The_second_import_of_the_same_list_changes_nothing(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.Run("officer", await world.As("officer").Upload(Samples.Real(Distributors)));
        var again = await world.As("officer2").Upload(Samples.Real(Distributors));

        Assert.All(await world.As("officer2").Rows(again, ImportVerdict.Skip), r => Assert.Equal(ImportReason.NothingNew, r.Reason));
        var finished = await world.Run("officer2", again);
        Assert.Equal((0, 0, 141, 3), (finished.Created, finished.Updated, finished.Skipped, finished.Refused));
        Assert.Equal(0, await world.Db(db => db.Enterprises.CountAsync(e => e.ImportId == again || (e.ImportId != null && e.Version > 1))));
    }

    [OnEveryDatabase]
    public async Task A_list_saved_in_GBK_gives_the_same_verdicts(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var gbk = Samples.In("gb18030", Encoding.UTF8.GetString(Samples.Real(Distributors)).TrimStart('\uFEFF'));
        var view = await world.As("officer").Send(new GetImport(await world.As("officer").Upload(gbk)));

        Assert.Equal("gb18030", view.Encoding);
        Assert.Equal(new VerdictCounts(141, 0, 0, 0, 3), view.Verdicts);
    }

    [OnEveryDatabase]
    public async Task The_Suzhou_workbook_is_read_by_full_name_address_and_nature(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.As("officer").Upload(Samples.Real("workbooks/suzhou-biotech-list.xlsx"), fileName: "suzhou-biotech-list.xlsx");
        var view = await world.As("officer").Send(new GetImport(id));

        Assert.Null(view.Encoding);
        Assert.Equal([("公司全名", "name"), ("具体地址", "address"), ("公司性质", "kind")],
            view.Columns.Where(c => c.Field is not null).Select(c => (c.Header, c.Field!)).OrderBy(c => c.Item2 switch { "name" => 0, "address" => 1, _ => 2 }));
        Assert.Equal(0, view.Verdicts.Refuse);
        var finished = await world.Run("officer", id);
        Assert.Equal(view.Verdicts.Create, finished.Created);
        Assert.Equal(view.Rows, finished.Created + finished.Skipped);
        Assert.True(await world.Db(db => db.Enterprises.AnyAsync(e => e.Name == "智享生物(苏州)有限公司" && e.Address == "苏州市相城区黄埭镇安民路6号")));
    }

    [OnEveryDatabase]
    public async Task A_foreign_export_is_recognised_by_its_English_headers(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.As("officer").Upload(Samples.Real("crm-exports/accountData.csv"));
        var view = await world.As("officer").Send(new GetImport(id));

        Assert.Equal([("NAME", "name"), ("TYPE", "kind"), ("BILLINGSTREET", "address"), ("BILLINGCOUNTRY", "country")],
            view.Columns.Where(c => c.Field is not null).Select(c => (c.Header, c.Field!)));
        var refused = await world.As("officer").Rows(id, ImportVerdict.Refuse);
        Assert.Equal(5, refused.Count);
        Assert.All(refused, r => Assert.Equal(ImportReason.NameNeedsLetters, r.Reason));
        await world.Run("officer", id);
        var countries = await world.Db(db => db.Enterprises.Where(e => e.ImportId == id).Select(e => e.Country).Distinct().ToListAsync());
        Assert.Contains("US", countries);
        Assert.DoesNotContain("UN", countries);
    }

    [OnEveryDatabase]
    public async Task Every_wrong_row_is_refused_with_its_own_reason_and_the_right_ones_go_in(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (good, other) = (ImportDesk.Code(1), ImportDesk.Code(2));
        var id = await world.As("officer").Upload(
            $"""
            企业名称,信用代码,地址,国家
            ,{good},甲路,
            ！！！,,乙路,
            长度一,9131,丙路,
            字母二,{good[..16]}!{good[17]},丁路,
            校验三,{good[..17]}{(good[17] == '1' ? '2' : '1')},戊路,
            先来甲科技,{other},己路,
            后到乙科技,{other},庚路,
            国名丙科技,,辛路,亚特兰蒂斯
            {new string('长', 201)},,壬路,
            控制{'\u0007'}丁科技,,癸路,
            多格戊科技,,子,CN,丑
            损坏{'\uFFFD'}己科技,,寅路,
            <script>alert(1)</script> 庚科技,,卯路,
            🧬辛基因科技,,辰路,
            """);

        var rows = await world.As("officer").Rows(id);
        Assert.Equal(
            [
                (2, ImportReason.NameMissing), (3, ImportReason.NameNeedsLetters), (4, ImportReason.CodeLength), (5, ImportReason.CodeAlphabet), (6, ImportReason.CodeCheckDigit),
                (7, null), (8, ImportReason.CodeTwice), (9, ImportReason.CountryUnknown), (10, ImportReason.TooLong), (11, ImportReason.ControlCharacters),
                (12, ImportReason.TooManyCells), (13, ImportReason.Undecodable), (14, null), (15, null),
            ], rows.Select(r => (r.Number, r.Reason)));
        Assert.Contains("7", rows[6].ReasonText, StringComparison.Ordinal);

        var finished = await world.Run("officer", id);
        Assert.Equal((3, 11), (finished.Created, finished.Refused));
        Assert.Equal(["<script>alert(1)</script> 庚科技", "先来甲科技", "🧬辛基因科技"],
            (await world.Db(db => db.Enterprises.Where(e => e.ImportId == id).Select(e => e.Name).ToListAsync())).Order(StringComparer.Ordinal));
    }

    [OnEveryDatabase]
    public async Task A_code_with_a_letter_that_none_contains_is_refused_with_the_one_probably_meant(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var code = Enumerable.Range(0, 100).Select(ImportDesk.Code).First(c => c.Contains('0'));
        var id = await world.As("officer").Upload($"{ImportDesk.EnterpriseHeader}字母一生物,{code.Replace('0', 'O')},,\n");
        var row = Assert.Single(await world.As("officer").Rows(id));

        Assert.Equal(ImportReason.CodeMeant, row.Reason);
        Assert.Contains(code, row.ReasonText, StringComparison.Ordinal);
    }

    [OnEveryDatabase]
    public async Task A_known_code_brings_what_is_new_but_never_another_name(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var code = ImportDesk.Code(1);
        await world.UploadAndRun("officer", $"{ImportDesk.EnterpriseHeader}青禾微晶生物有限公司,{code},旧址,经销商\n");
        var id = await world.As("officer").Upload($"{ImportDesk.EnterpriseHeader}青禾微晶集团有限公司,{code},新址,\n");
        var row = Assert.Single(await world.As("officer").Rows(id));
        Assert.Equal((ImportVerdict.Update, ImportReason.NameKept), (row.Verdict, row.Reason));

        var finished = await world.Run("officer", id);
        Assert.Equal((0, 1), (finished.Created, finished.Updated));
        var enterprise = await world.Db(db => db.Enterprises.SingleAsync(e => e.CreditCode == code));
        Assert.Equal(("青禾微晶生物有限公司", "新址", "经销商", 2), (enterprise.Name, enterprise.Address, enterprise.Kind, enterprise.Version));
    }

    [OnEveryDatabase]
    public async Task Without_a_code_an_enterprise_of_the_same_name_is_not_courted_twice(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.UploadAndRun("officer", $"{ImportDesk.EnterpriseHeader}上海青禾微晶科技有限公司,,一号,\n");
        var id = await world.As("officer").Upload($"{ImportDesk.EnterpriseHeader}青禾微晶科技（上海）有限公司,,二号,\n另一家远山酶业,,,\n另一家远山酶业有限公司,,,\n");

        Assert.Equal([ImportReason.ProbablySame, null, ImportReason.SameAsRow], (await world.As("officer").Rows(id)).Select(r => r.Reason));
        var finished = await world.Run("officer", id);
        Assert.Equal((1, 2), (finished.Created, finished.Skipped));
    }

    [OnEveryDatabase]
    public async Task A_code_is_added_to_the_enterprise_of_that_very_name(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var code = ImportDesk.Code(1);
        await world.UploadAndRun("officer", $"{ImportDesk.EnterpriseHeader}上海青禾微晶科技有限公司,,一号,\n");
        var finished = await world.UploadAndRun("officer", $"{ImportDesk.EnterpriseHeader}上海青禾微晶科技有限公司,{code},,\n苏州青禾微晶科技有限公司,{ImportDesk.Code(2)},,\n");

        Assert.Equal((1, 1), (finished.Created, finished.Updated));
        var enterprise = await world.Db(db => db.Enterprises.Include(e => e.Keys).SingleAsync(e => e.CreditCode == code));
        Assert.Equal(("上海青禾微晶科技有限公司", "一号"), (enterprise.Name, enterprise.Address));
        Assert.Contains(enterprise.Keys, k => code.ToLowerInvariant().StartsWith(k.Key, StringComparison.Ordinal));
    }

    [OnEveryDatabase]
    public async Task Who_imported_stands_in_the_audit_trail_and_is_told_once_when_it_is_done(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = await world.FindAsync("officer");
        var finished = await world.UploadAndRun("officer", $"{ImportDesk.EnterpriseHeader}青禾微晶科技,,,\n！！,,,\n");
        await world.Work();

        var enterprise = await world.Db(db => db.Enterprises.SingleAsync(e => e.ImportId == finished.Id));
        Assert.Equal(officer.Id, enterprise.CreatedById);
        Assert.Equal(officer.Id, (await world.Db(db => db.AuditRecords.SingleAsync(r => r.SubjectId == enterprise.Id))).ActorId);
        var notice = await world.Db(db => db.Notices.SingleAsync(n => n.Kind == NoticeKind.ImportFinished));
        Assert.Equal((officer.Id, $"/imports/{finished.Id}"), (notice.PersonId, notice.Path));
        Assert.Equal(["list.csv", "1", "0", "1"], notice.Args);
    }
}
