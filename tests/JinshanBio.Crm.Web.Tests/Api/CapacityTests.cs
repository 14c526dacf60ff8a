using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

/// <summary>Space over time: month by month, and the whole district on a day.</summary>
public sealed class CapacityTests(Hosts hosts)
{
    [OnEveryDatabase]
    public async Task The_district_is_told_by_day_and_kind_to_those_who_see_all_parks(string provider)
    {
        var world = await hosts.On(provider);
        var leader = await world.Client("leader");
        var report = await leader.GetAsync("/api/v1/parks/capacity?on=2027-12-31&kind=clearHeight:6&quarters=4").Answers(200);
        report.Has("on", "kind", "parks", "total", "kinds", "shortages");
        Assert.Equal(("2027-12-31", "clearHeight:6"), (report.Text("on"), report.Text("kind")));
        report.GetProperty("total").Has("areaM2", "heldM2", "occupiedM2", "idleM2", "freeM2");
        Assert.All(report.GetProperty("kinds").EnumerateArray(), kind => kind.Has("kind", "name", "areas", "unknownM2"));
        Assert.All(report.GetProperty("shortages").EnumerateArray().SelectMany(s => s.GetProperty("quarters").EnumerateArray()),
            quarter => quarter.Has("quarter", "day", "wantedM2", "likelyM2", "freeM2", "unknownM2", "shortM2"));

        await leader.GetAsync("/api/v1/parks/capacity?kind=marble").IsRefused(400, "invalid");
        await leader.GetAsync("/api/v1/parks/capacity?on=tomorrow").IsRefused(400, "invalid");
        await (await world.Client("manager.park")).GetAsync("/api/v1/parks/capacity").IsRefused(403, "not-permitted");
        await world.Anonymous().GetAsync("/api/v1/parks/capacity").IsRefused(401, "sign-in-required");
    }

    [OnEveryDatabase]
    public async Task A_place_that_is_moved_into_counts_in_its_months_and_the_day_before_it_does_not(string provider)
    {
        var world = await hosts.On(provider);
        var manager = await world.Client("manager.park");
        var park = (await manager.ParkAsync("CAR-07")).Id();
        var months = await manager.GetAsync($"/api/v1/parks/months?park={park}&from=2031-01-01&months=3").Answers(200);
        months.Has("thisMonth", "months");
        Assert.Equal(["2031-01-01", "2031-02-01", "2031-03-01"], months.GetProperty("months").EnumerateArray().Select(m => m.Text("month")));
        var space = (await manager.SpaceAsync(park, 310)).Id();
        var officer = await world.Client("officer");
        var place = await officer.Post($"/api/v1/projects/{(await officer.ProjectAsync()).Id()}/assignments", new { parkId = park, spaceId = space, areaM2 = 310, from = "2031-02-15" }).Answers(201);
        await manager.Post($"/api/v1/assignments/{place.Id()}/acceptance").Answers(200);

        var then = await manager.GetAsync($"/api/v1/parks/months?park={park}&from=2031-01-01&months=3").Answers(200);
        decimal Held(System.Text.Json.JsonElement answer, int month) => answer.GetProperty("months")[month].Number("heldM2");
        Assert.Equal([0m, 155m, 310m], Enumerable.Range(0, 3).Select(m => Held(then, m) - Held(months, m)));
        await (await world.Client("manager.incubator")).GetAsync($"/api/v1/parks/months?park={park}").IsRefused(404, "not-found");
    }
}
