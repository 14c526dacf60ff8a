using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Leads;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Imports;

public sealed class LeadImportTests
{
    private const string Header = "企业名称,信用代码,领域,产业链环节,来源,拟投资（万元）,代号,备注,下次跟进\n";
    // From the demo world.
    private const string KnownName = "上海澄屿生物医药有限公司", KnownCode = "91310115MA0DEM013U";

    [OnEveryDatabase]
    public async Task A_row_becomes_a_lead_of_whoever_imported_it(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = await world.FindAsync("officer");
        var finished = await world.UploadAndRun("officer",
            $"{Header}青禾微晶有限公司,{ImportDesk.Code(1)},生物医药,抗体药物；医疗器械、美容器械与 POCT 设备、CMN-05,展会论坛,3500,青鸟,\"第一行\n第二行\",2026-12-01\n", ImportKind.Leads);

        Assert.Equal((1, 0), (finished.Created, finished.Refused));
        var lead = await world.Db(db => db.Leads.Include(l => l.Links).Include(l => l.Enterprise).Include(l => l.History).SingleAsync(l => l.ImportId == finished.Id));
        Assert.Equal((officer.Id, "MED", LeadSource.Event, 35_000_000m, "青鸟", "S10"), (lead.OwnerId, lead.Field, lead.Source, lead.ExpectedInvestment, lead.CodeName, lead.Stage));
        Assert.Equal(["CMN-05", "MED-07", "MED-15"], lead.Links.Select(l => l.Code).Order(StringComparer.Ordinal));
        Assert.Equal(("青禾微晶有限公司", ImportDesk.Code(1), finished.Id), (lead.Enterprise!.Name, lead.Enterprise.CreditCode, lead.Enterprise.ImportId));
        Assert.Equal(2, lead.Note!.Split('\n').Length);
        Assert.Single(lead.History);
        var due = new DateTime(2026, 12, 1, 1, 0, 0, DateTimeKind.Utc);
        Assert.Equal(due, lead.NextFollowUpAt);
        var followUp = await world.Db(db => db.FollowUps.SingleAsync(f => f.LeadId == lead.Id));
        Assert.Equal((due, FollowUpKind.Call, officer.Id), (followUp.DueAt, followUp.Kind, followUp.OwnerId));
        Assert.Equal(1, await world.Db(db => db.PipelinePeriods.CountAsync(p => p.SubjectId == lead.Id)));
    }

    [OnEveryDatabase]
    public async Task Leads_find_their_enterprise_by_code_and_by_name_and_create_it_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var enterprises = await world.Db(db => db.Enterprises.CountAsync());
        var id = await world.As("officer2").Upload(
            $"""
            {Header}另一个写法,{KnownCode},生物材料,,主动拜访,,,,
            澄屿生物医药（上海）有限公司,,生物农业,,主动拜访,,,,
            青禾微晶有限公司,{ImportDesk.Code(1)},MED,,Visit,1.2亿,,,
            青禾微晶有限公司,,ENE,,visit,,,,
            青禾微晶有限公司,{ImportDesk.Code(1)},MED,,Visit,,,,
            """, ImportKind.Leads);
        Assert.Equal([ImportReason.OnExisting, ImportReason.OnExisting, null, null, ImportReason.SameAsRow], (await world.As("officer2").Rows(id)).Select(r => r.Reason));

        var finished = await world.Run("officer2", id);
        Assert.Equal((4, 1), (finished.Created, finished.Skipped));
        Assert.Equal(enterprises + 1, await world.Db(db => db.Enterprises.CountAsync()));
        var leads = await world.Db(db => db.Leads.Include(l => l.Enterprise).Where(l => l.ImportId == id).ToListAsync());
        Assert.Equal(2, leads.Count(l => l.Enterprise!.Name == KnownName));
        Assert.Equal(4, leads.Select(l => l.Number).Distinct().Count());
        Assert.Contains(leads, l => l.ExpectedInvestment == 120_000_000m);

        var again = await world.As("officer2").Upload($"{Header}青禾微晶有限公司,{ImportDesk.Code(1)},MED,,Visit,,,,\n", ImportKind.Leads);
        Assert.Equal(ImportReason.LeadExists, Assert.Single(await world.As("officer2").Rows(again)).Reason);
        var colleague = await world.As("officer").Upload($"{Header}青禾微晶有限公司,{ImportDesk.Code(1)},MED,,Visit,,,,\n", ImportKind.Leads);
        Assert.Equal(ImportVerdict.Create, Assert.Single(await world.As("officer").Rows(colleague)).Verdict);
    }

    [Theory]
    [InlineData(",,主动拜访,,", ImportReason.FieldMissing)]
    [InlineData("生物,,主动拜访,,", ImportReason.FieldUnknown)]
    [InlineData("MED,不存在的环节,主动拜访,,", ImportReason.LinkUnknown)]
    [InlineData("MED,,,,", ImportReason.SourceMissing)]
    [InlineData("MED,,道听途说,,", ImportReason.SourceUnknown)]
    [InlineData("MED,,主动拜访,约三亿,", ImportReason.MoneyUnreadable)]
    [InlineData("MED,,主动拜访,-5,", ImportReason.MoneyRange)]
    [InlineData("MED,,主动拜访,,下周", ImportReason.DateUnreadable)]
    [InlineData("MED,,主动拜访,,1899-12-31", ImportReason.DateUnreadable)]
    [InlineData("MED,,主动拜访,,1999-12-31", ImportReason.DateImplausible)]
    public async Task What_a_lead_cannot_be_made_of_is_refused(string cells, string reason)
    {
        await using var world = await World.OpenAsync(CrmDatabase.Sqlite);
        var id = await world.As("officer").Upload($"名称,领域,环节,来源,拟投资,下次跟进\n青禾微晶,{cells}\n", ImportKind.Leads);
        var row = Assert.Single(await world.As("officer").Rows(id));
        Assert.Equal((ImportVerdict.Refuse, reason), (row.Verdict, row.Reason));
    }

    [OnEveryDatabase]
    public async Task Undo_takes_back_untouched_leads_with_their_new_enterprises(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var before = await world.Db(Count);
        var id = (await world.UploadAndRun("officer",
            $"""
            {Header}青禾一号有限公司,,MED,MED-07,主动拜访,1,,,2026-12-01
            青禾二号有限公司,,MED,,主动拜访,1,,,2026-12-01
            青禾三号有限公司,,MED,,主动拜访,1,,,
            {KnownName},{KnownCode},ENE,,主动拜访,1,,,
            """, ImportKind.Leads)).Id;
        var touched = await world.Db(db => db.Leads.SingleAsync(l => l.Enterprise!.Name == "青禾二号有限公司"));
        await world.As("officer").Send(new PlanFollowUp { LeadId = touched.Id, DueAt = new DateTime(2026, 12, 20), Kind = FollowUpKind.Visit });
        var dropped = await world.Db(db => db.Leads.SingleAsync(l => l.Enterprise!.Name == "青禾三号有限公司"));
        await world.As("officer").Send(new DropLead { Id = dropped.Id, Reason = "不再投资" });

        // Gone: the leads of the first and of the known enterprise, and the first enterprise with its lead.
        Assert.Equal(new UndoneImport(ImportStatus.Undone, 3, 2), await world.As("officer").Send(new UndoImport(id)));
        Assert.Equal((before.Enterprises + 2, before.Leads + 2), await world.Db(Count));
        Assert.True(await world.Db(db => db.Enterprises.AnyAsync(e => e.CreditCode == KnownCode)));
        Assert.Equal(0, await world.Db(db => db.StageChanges.CountAsync(c => c.LeadId == null && c.ProjectId == null)));
        Assert.Equal(0, await world.Db(db => db.FollowUps.CountAsync(f => f.LeadId == null && f.ProjectId == null)));
    }

    private static async Task<(int Enterprises, int Leads)> Count(CrmDb db) => (await db.Enterprises.CountAsync(), await db.Leads.CountAsync());
}
