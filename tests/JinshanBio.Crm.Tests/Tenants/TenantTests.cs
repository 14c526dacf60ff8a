using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Tenants;
using JinshanBio.Crm.Exports;
using JinshanBio.Crm.Tenants;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Tenants;

public sealed class TenantTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [OnEveryDatabase]
    public async Task A_manager_reports_of_the_own_tenants_and_a_correction_keeps_what_it_corrects(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.PlaceAsync(TenantDesk.Pilot);
        var report = new ReportTenant { Id = id, AsOf = Today, Headcount = 21, Revenue = 5_200_000, Output = 4_000_000, Product = ProductStage.SmallBatch, AreaNeedM2 = 1600 };
        await world.NotPermitted(() => report, "officer2", "leader", "admin");
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.park").Send(report));
        await world.As("manager.incubator").Send(report);
        await world.Refused(RefusalCode.TenantReportExists, () => world.As("manager.incubator").Send(report with { Headcount = 22 }));
        await world.As("manager.incubator").Send(report with { Headcount = 22, Note = "社保口径核对" });

        var tenant = await world.As("manager.incubator").Send(new GetTenant(id));
        Assert.Equal((22, 5000m, Today, new DateOnly(2023, 5, 18)), (tenant.Tenant.Headcount!.Value, tenant.Tenant.OutputPerM2!.Value, tenant.Tenant.ReportedOn!.Value, tenant.Tenant.FoundedOn!.Value));
        Assert.Equal([(true, 22), (false, 21), (true, 18)], tenant.Reports.Select(r => (r.IsInForce, r.Headcount!.Value)));
        Assert.Equal(GraduationState.Met, tenant.Tenant.Graduation.State);
    }

    [OnEveryDatabase]
    public async Task What_cannot_be_so_is_refused_in_words(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var manager = world.As("manager.incubator");
        var report = new ReportTenant { Id = await world.PlaceAsync(TenantDesk.Pilot) };
        await world.Malformed(() => manager.Send(report with { Headcount = -1, Revenue = -1, Output = 2_000_000_000_000m, AreaNeedM2 = 0, FoundedOn = new(1899, 1, 1), AsOf = new(1999, 1, 1) }),
            "headcount", "revenue", "output", "areaNeedM2", "foundedOn", "asOf");
        await world.Malformed(() => manager.Send(report with { FoundedOn = Today.AddDays(1) }), "foundedOn");
        await world.Refused(RefusalCode.TenantReportEmpty, () => manager.Send(report));
        await world.Refused(RefusalCode.TenantReportEarly, () => manager.Send(report with { AsOf = Today.AddDays(1), Headcount = 3 }));
        Assert.Equal("revenue", (await world.Refused(RefusalCode.TenantReportFarOff, () => manager.Send(report with { Revenue = 420 }))).Field);
        var waiting = await world.Db(db => db.Assignments.Where(a => a.Status == AssignmentStatus.Proposed && a.Park!.Code == "CAR-03").Select(a => a.Id).SingleAsync());
        await world.Refused(RefusalCode.TenantNotIn, () => manager.Send(new ReportTenant { Id = waiting, Headcount = 3 }));
    }

    [OnEveryDatabase]
    public async Task Of_two_reports_of_one_day_at_the_same_moment_one_stands_and_the_other_must_say_why(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.PlaceAsync(TenantDesk.Pilot);
        await world.FindAsync("manager.incubator");
        var answers = await Task.WhenAll(Enumerable.Range(20, 4).Select(heads => Task.Run(async () =>
        {
            try { await world.As("manager.incubator").Send(new ReportTenant { Id = id, Headcount = heads }); return RefusalCode.Unexpected; }
            catch (Refusal refusal) { return refusal.Code; }
        })));
        Assert.Single(answers, RefusalCode.Unexpected);
        Assert.Equal(3, answers.Count(a => a == RefusalCode.TenantReportExists));
        Assert.Equal(1, await world.Db(db => db.TenantReports.CountAsync(r => r.AssignmentId == id && r.AsOf == Today)));
    }

    [OnEveryDatabase]
    public async Task A_report_is_never_changed(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await Assert.ThrowsAsync<NotSupportedException>(() => world.Db(async db =>
        {
            db.TenantReports.Remove(await db.TenantReports.FirstAsync());
            await db.SaveChangesAsync();
        }));
    }

    [OnEveryDatabase]
    public async Task The_tenants_of_a_park_stand_with_lease_figures_requests_and_graduation(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var park = await world.ParkAsync("CAR-06");
        var list = await world.As("manager.park").Send(new ListTenants { Park = park });
        var tenant = Assert.Single(list.Items);
        Assert.Equal((TenantDesk.Cells, ParkRole.Accelerator, 2200m, 118), (tenant.ProjectTitle, tenant.Role, tenant.AreaM2, tenant.Headcount!.Value));
        Assert.Equal(["2号楼2层GMP车间"], tenant.Spaces);
        Assert.Equal(decimal.Round(46_000_000m / 2200, 2), tenant.OutputPerM2);
        Assert.Equal(1, tenant.OpenRequests);
        Assert.InRange(tenant.LeaseDays!.Value, 60, 90);
        Assert.Equal((GraduationState.Met, true), (tenant.Graduation.State, tenant.Graduation.IsOverdue));
        Assert.Equal((1, 2200m, 118, 46_000_000m, 1, 1, 1, 1), (list.All.Tenants, list.All.AreaM2, list.All.Headcount, list.All.Output, list.All.Reported, list.All.LeasesIn90Days, list.All.Ready, list.All.Overdue));
    }

    [OnEveryDatabase]
    public async Task Leases_that_are_over_stand_first_and_can_be_looked_for_by_their_end(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var park = await world.ParkAsync("CAR-07");
        var ids = new List<Guid> { await world.PlaceAsync("一次性生物工艺耗材工厂") };
        for (var i = 1; i <= 3; i++) ids.Add(await world.MovedInAsync("CAR-07", $"在园企业 {i}", new DateTime(2026, 1, i, 1, 0, 0, DateTimeKind.Utc)));
        foreach (var (id, days) in ids.Zip([200, -3, 20, 80])) await world.Db(db => db.Assignments.Where(a => a.Id == id).ExecuteUpdateAsync(a => a.SetProperty(x => x.Until, Today.AddDays(days))));
        async Task<IEnumerable<int?>> Days(ListTenants request) => (await world.As("manager.park").Send(request with { Park = park })).Items.Select(t => t.LeaseDays);

        Assert.Equal([-3, 20, 80, 200], await Days(new()));
        Assert.Equal([-3], await Days(new() { LeaseWithin = 0 }));
        Assert.Equal([-3, 20], await Days(new() { LeaseWithin = 30 }));
        Assert.Equal([-3, 20, 80], await Days(new() { LeaseWithin = 90 }));
        Assert.Equal([200, 80, 20, -3], await Days(new() { Sort = "-leaseUntil" }));
        var page = await world.As("manager.park").Send(new ListTenants { Park = park, Size = 3, Page = 2 });
        Assert.Equal((1, 4, 1), (page.Items.Count, page.Total, page.All.LeasesOver));
        await world.Malformed(() => world.As("leader").Send(new ListTenants { Park = park, Sort = "name", LeaseWithin = -1, Size = 0 }), "sort", "leaseWithin", "size");
    }

    [OnEveryDatabase]
    public async Task Each_sees_the_tenants_that_each_may(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var park = await world.ParkAsync("CAR-06");
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.incubator").Send(new ListTenants { Park = park }));
        var id = await world.PlaceAsync(TenantDesk.Cells);
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.incubator").Send(new GetTenant(id)));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new GetTenant(id)));
        await world.NotPermitted(() => new ListTenants { Park = park }, "reviewer");
        Assert.Empty((await world.As("officer2").Send(new ListTenants { Park = park })).Items);
        foreach (var who in (string[])["officer", "leader", "admin"]) Assert.Single((await world.As(who).Send(new ListTenants { Park = park })).Items);
        var tenant = await world.As("leader").Send(new GetTenant(id));
        Assert.Equal((false, false), (tenant.MayReport, tenant.MayPropose));
    }

    [OnEveryDatabase]
    public async Task A_code_name_holds_among_the_tenants_and_the_notes_about_it_are_not_told(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Finding.CodeNamed);
        var place = await world.Db(db => db.Assignments.Where(a => a.ProjectId == project).Select(a => a.Id).SingleAsync());
        await world.As("manager.park").Send(new Crm.Assignments.AcceptAssignment { Id = place });
        await world.As("manager.park").Send(new Crm.Assignments.MoveInAssignment { Id = place });
        await world.As("manager.park").Send(new ReportTenant { Id = place, Headcount = 5, Note = "知禾蛋白来函" });
        var seen = await world.As("manager.park").Send(new GetTenant(place));
        Assert.Equal((Finding.CodeName, null, null), (seen.Tenant.ProjectTitle, seen.Reports.Single().Note, seen.Tenant.OpenRequests));
        Assert.Equal("知禾蛋白来函", (await world.As("leader").Send(new GetTenant(place))).Reports.Single().Note);
    }

    [OnEveryDatabase]
    public async Task The_list_is_a_file_for_those_who_may_take_lists_out(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var request = new ExportTenants { Park = await world.ParkAsync("CAR-06") };
        await world.NotPermitted(() => request, "manager.park");
        await using var content = (await world.As("leader").Send(request)).Content;
        using var reader = new StreamReader(content);
        var text = await reader.ReadToEndAsync();
        Assert.Contains(TenantDesk.Cells, text, StringComparison.Ordinal);
        Assert.Contains("20909.09", text, StringComparison.Ordinal);
    }
}
