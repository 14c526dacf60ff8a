using System.Text.Json;
using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

/// <summary>Which space fits a project, and what it takes to use one that does not.</summary>
public sealed class FitTests(Hosts hosts)
{
    private const string Park = "CAR-07";

    [OnEveryDatabase]
    public async Task Every_space_is_judged_with_reasons_and_points_that_can_be_read(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, manager) = (await world.Client("officer"), await world.Client("manager.park"));
        var (project, space) = await NeedyAsync(officer, manager);
        var answer = await officer.GetAsync($"/api/v1/parks/matches?project={project}&size=200").Answers(200);

        answer.Has("items", "total", "page", "size", "areaM2", "from", "until", "counts", "needs", "hints");
        answer.GetProperty("counts").Has("fits", "unknown", "doesNotFit");
        var low = answer.Items().Single(i => i.Id("spaceId") == space);
        low.Has("spaceName", "parkId", "parkName", "kind", "areaM2", "freeM2", "availableFrom", "rent", "isHeld", "verdict", "score", "reasons", "points");
        Assert.Equal("doesNotFit", low.Text("verdict"));
        var reason = low.GetProperty("reasons").EnumerateArray().Single(r => r.Text("key") == "clearHeight");
        Assert.Equal(("doesNotFit", "净高只有 3 m，需要 4.8 m，差 1.8 m", false), (reason.Text("verdict"), reason.Text("text"), reason.GetProperty("isFirm").GetBoolean()));
        Assert.Equal(6, low.GetProperty("points").GetArrayLength());
        Assert.Contains(answer.GetProperty("needs").EnumerateArray(), n => n.Text("key") == "clearHeight" && n.Text("value") == "4.8 m" && n.Text("question") == "clear_height");

        var failing = await officer.GetAsync($"/api/v1/parks/matches?project={project}&verdict=doesNotFit&park={low.Id("parkId")}&areaM2=10&from=2027-01-01&until=2029-12-31").Answers(200);
        Assert.All(failing.Items(), i => Assert.Equal("doesNotFit", i.Text("verdict")));
        Assert.Equal(("2027-01-01", "2029-12-31", 10m), (failing.Text("from"), failing.Text("until"), failing.Number("areaM2")));
        await officer.GetAsync("/api/v1/parks/matches").IsMalformed("project");
        await officer.GetAsync($"/api/v1/parks/matches?project={project}&colour=red").IsRefused(400, "unknown-field");
        await (await world.Client("officer2")).GetAsync($"/api/v1/parks/matches?project={project}").IsRefused(404, "not-found");
        await world.Anonymous().GetAsync($"/api/v1/parks/matches?project={project}").IsRefused(401, "sign-in-required");
    }

    [OnEveryDatabase]
    public async Task A_space_that_does_not_fit_is_taken_only_with_a_reason_by_a_manager_of_its_park(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, manager) = (await world.Client("officer"), await world.Client("manager.park"));
        var (project, space) = await NeedyAsync(officer, manager);
        var park = (await manager.ParkAsync(Park)).Id();
        await officer.Post($"/api/v1/projects/{project}/assignments", new { parkId = park, spaceId = space, areaM2 = 40 }).IsRefused(409, "space-does-not-fit");
        await officer.Post($"/api/v1/projects/{project}/assignments", new { parkId = park, spaceId = space, areaM2 = 40, @override = "自行改造" }).IsRefused(403, "not-permitted");
        var path = $"/api/v1/assignments/{(await officer.ProposalAsync(project, park, null, 40)).Id()}";

        using var response = await manager.Post(path + "/acceptance", new { spaceId = space });
        Assert.Equal(409, (int)response.StatusCode);
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(("space-does-not-fit", "clearHeight"), (problem.Text("code"), problem.GetProperty("details")[0].Text("key")));
        var fit = await manager.GetAsync(path + "/fit").Answers(200);
        Assert.Equal(JsonValueKind.Null, fit.GetProperty("named").ValueKind);
        Assert.NotEmpty(fit.GetProperty("others").EnumerateArray());

        var accepted = await manager.Post(path + "/acceptance", new { spaceId = space, @override = "企业接受降低层高" }).Answers(200);
        Assert.Equal(("accepted", "企业接受降低层高", "沈砚青"), (accepted.Text("status"), accepted.Text("overrideReason"), accepted.Text("overriddenBy")));
        Assert.Contains(accepted.GetProperty("overriddenLimits").EnumerateArray(), l => l.GetString() == "clearHeight");
    }

    [OnEveryDatabase]
    public async Task Weights_are_read_by_all_and_set_by_an_administrator(string provider)
    {
        var world = await hosts.On(provider);
        var weights = await (await world.Client("officer")).GetAsync("/api/v1/parameters/fit").Answers(200);
        weights.Has("field", "links", "growth", "date", "price", "role", "linksForAll", "growthShare", "readyDays", "idleDays", "rentTolerance", "incubatorM2", "acceleratorM2");
        var admin = await world.Client("admin");
        await (await world.Client("officer")).Put("/api/v1/parameters/fit", new { field = 25 }, null).IsRefused(403, "not-permitted");
        await admin.Put("/api/v1/parameters/fit", new { field = weights.Int("field") + 1 }, null).IsRefused(409, "weights-must-add-up");
        Assert.Equal(weights.Int("field"), (await admin.Put("/api/v1/parameters/fit", new { field = weights.Int("field") }, null).Answers(200)).Int("field"));
    }

    /// <summary>A project with its form filled, which wants 4.8 m, and a space of 3 m.</summary>
    private static async Task<(Guid Project, Guid Space)> NeedyAsync(HttpClient officer, HttpClient manager)
    {
        var project = (await officer.ProjectAsync()).Id();
        await officer.FillFormAsync(project);
        var park = (await manager.ParkAsync(Park)).Id();
        var space = await manager.Post($"/api/v1/parks/{park}/spaces", new { name = "低层高 " + Guid.NewGuid().ToString("N")[..8], areaM2 = 100, availableFrom = "2025-01-01", clearHeightM = 3 }).Answers(201);
        return (project, space.Id());
    }
}
