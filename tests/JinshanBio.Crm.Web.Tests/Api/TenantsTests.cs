using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

/// <summary>Tenants, what they report, and their way from carrier to carrier.</summary>
public sealed class TenantsTests(Hosts hosts)
{
    [OnEveryDatabase]
    public async Task A_tenant_is_reported_of_and_goes_on_to_the_next_carrier(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, incubator, manager) = (await world.Client("officer"), await world.Client("manager.incubator"), await world.Client("manager.park"));
        var first = (await incubator.ParkAsync("CAR-02")).Id();
        var project = (await officer.ProjectAsync()).Id();
        var stay = (await officer.ProposalAsync(project, first, (await incubator.SpaceAsync(first, 60)).Id(), 60)).Id();
        await incubator.Post($"/api/v1/assignments/{stay}/acceptance").Answers(200);
        await incubator.Post($"/api/v1/tenants/{stay}/reports", new { headcount = 12 }).IsRefused(409, "tenant-not-in");
        await incubator.Post($"/api/v1/assignments/{stay}/move-in").Answers(200);

        var tenant = await incubator.Post($"/api/v1/tenants/{stay}/reports", new { headcount = 12, output = 600000, product = "Pilot", foundedOn = "2022-05-06" }).Answers(201);
        tenant.Has("tenant", "reports", "stays", "nextRole", "needM2", "nextParks", "mayReport", "mayPropose", "rules");
        Assert.Equal(10000m, tenant.GetProperty("tenant").Number("outputPerM2"));
        await incubator.Post($"/api/v1/tenants/{stay}/reports", new { headcount = 13 }).IsRefused(409, "tenant-report-exists");
        await incubator.Post($"/api/v1/tenants/{stay}/reports", new { headcount = -1 }).IsMalformed("headcount");
        await officer.Post($"/api/v1/tenants/{stay}/reports", new { headcount = 13 }).IsRefused(403, "not-permitted");
        await manager.GetAsync($"/api/v1/tenants/{stay}").IsRefused(404, "not-found");

        var second = (await manager.ParkAsync("CAR-06")).Id();
        var next = (await officer.Post($"/api/v1/projects/{project}/assignments", new { parkId = second, spaceId = (await manager.SpaceAsync(second, 90)).Id(), areaM2 = 90, previousId = stay }).Answers(201)).Id();
        await manager.Post($"/api/v1/assignments/{next}/acceptance").Answers(200);
        await manager.Post($"/api/v1/assignments/{next}/move-in").Answers(200);
        var stays = (await officer.GetAsync($"/api/v1/projects/{project}/stays").Answers(200)).EnumerateArray().ToList();
        Assert.Equal(["graduated", "movedIn"], stays.Select(s => s.Text("status")));
        Assert.Equal(["incubator", "accelerator"], stays.Select(s => s.Text("role")));
    }

    [OnEveryDatabase]
    public async Task The_tenants_of_a_park_are_a_list_with_totals(string provider)
    {
        var world = await hosts.On(provider);
        var manager = await world.Client("manager.park");
        var park = (await manager.ParkAsync("CAR-06")).Id();
        var list = await manager.GetAsync($"/api/v1/parks/{park}/tenants?leaseWithin=90&sort=-headcount&size=5").Answers(200);
        list.Has("items", "total", "page", "size", "totals", "all", "asOf");
        Assert.NotEmpty(list.Items());
        await manager.GetAsync($"/api/v1/parks/{park}/tenants?sort=colour").IsMalformed("sort");
        await manager.GetAsync($"/api/v1/parks/{park}/tenants?colour=red").IsRefused(400, "unknown-field");
        await (await world.Client("manager.incubator")).GetAsync($"/api/v1/parks/{park}/tenants").IsRefused(404, "not-found");
        await world.Anonymous().GetAsync($"/api/v1/parks/{park}/tenants").IsRefused(401, "sign-in-required");
    }

    [OnEveryDatabase]
    public async Task The_conversion_is_told_to_leaders_and_managers_and_opens_to_its_companies(string provider)
    {
        var world = await hosts.On(provider);
        var leader = await world.Client("leader");
        var report = await leader.GetAsync("/api/v1/reports/graduation?from=2020-01-01").Answers(200);
        report.Has("asOf", "roles", "cohorts", "rules");
        Assert.Equal(["incubator", "accelerator", "industrialPark"], report.GetProperty("roles").EnumerateArray().Select(r => r.Text("role")));
        Assert.NotEmpty((await leader.GetAsync("/api/v1/reports/graduation/items?role=Accelerator&outcome=StillIn").Answers(200)).Items());
        await (await world.Client("manager.park")).GetAsync("/api/v1/reports/graduation").Answers(200);
        await (await world.Client("officer")).GetAsync("/api/v1/reports/graduation").IsRefused(403, "not-permitted");
        await leader.GetAsync("/api/v1/reports/graduation?from=yesterday").IsRefused(400, "invalid");
    }

    [OnEveryDatabase]
    public async Task Conditions_are_set_by_administrators_only(string provider)
    {
        var world = await hosts.On(provider);
        var admin = await world.Client("admin");
        var rules = await admin.GetAsync("/api/v1/parameters/graduation").Answers(200);
        rules.Has("incubator", "accelerator", "document", "validUntil", "isExample");
        await (await world.Client("manager.park")).Send(HttpMethod.Put, "/api/v1/parameters/graduation", new { document = "A" }, null).IsRefused(403, "not-permitted");
        await admin.Send(HttpMethod.Put, "/api/v1/parameters/graduation", new { incubator = new { headcount = 3 } }, null).IsRefused(409, "graduation-needs-document");
    }
}
