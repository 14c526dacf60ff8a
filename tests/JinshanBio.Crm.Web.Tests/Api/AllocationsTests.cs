using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

/// <summary>Plans of places over the API; what is in them depends on what other tests have entered meanwhile.</summary>
public sealed class AllocationsTests(Hosts hosts)
{
    private const string Path = "/api/v1/allocations";

    [OnEveryDatabase]
    public async Task A_leader_makes_a_plan_varies_it_and_compares_the_two(string provider)
    {
        var world = await hosts.On(provider);
        var leader = await world.Client("leader");
        using var response = await leader.Post(Path, new { name = "全区统筹", longestWait = 6 });
        var made = await Task.FromResult(response).Answers(201);
        var plan = made.GetProperty("plan");
        Assert.Equal($"{Path}/{plan.Id()}", response.Headers.Location?.ToString());
        made.Has("plan", "basedOn", "months", "isProved", "terms", "wantedOutput", "filledGaps", "placements", "leftOut", "refusedPins", "assumptions", "notConsidered", "weights", "timeline", "spaces");
        Assert.Equal(("全区统筹", 36, 6), (plan.Text("name"), made.Int("months"), made.GetProperty("weights").Int("longestWait")));
        Assert.True(plan.Number("value") <= plan.Number("bound"));
        Assert.Equal(plan.Id(), (await leader.GetAsync($"{Path}/{plan.Id()}").Answers(200)).GetProperty("plan").Id());
        Assert.Contains((await leader.GetAsync($"{Path}?sort=-madeAt&size=200").Answers(200)).Items(), p => p.Id() == plan.Id());

        var space = made.GetProperty("spaces").EnumerateArray().First();
        var variant = await leader.Post($"{Path}/{plan.Id()}/variants", new { change = "close", spaceId = space.Id(), day = "2026-11-01" }).Answers(201);
        Assert.Equal("全区统筹", variant.Text("basedOn"));
        Assert.DoesNotContain(variant.GetProperty("placements").EnumerateArray(), p => p.Id("spaceId") == space.Id());
        var comparison = await leader.GetAsync($"{Path}/compare?id={variant.GetProperty("plan").Id()}&with={plan.Id()}").Answers(200);
        comparison.Has("this", "other", "value", "output", "areaM2", "isSure", "in", "out", "moved");

        await leader.Post(Path, new { name = "" }).IsRefused(400, "invalid");
        await leader.Post($"{Path}/{plan.Id()}/variants", new { change = "pin" }).IsRefused(400, "invalid");
        await leader.Post($"{Path}/{plan.Id()}/proposals", new { projectIds = new[] { Guid.NewGuid() } }).IsRefused(404, "not-found");
        await leader.GetAsync($"{Path}?nonsense=1").IsRefused(400, "unknown-field");
    }

    [OnEveryDatabase]
    public async Task Officers_and_park_managers_have_no_plans(string provider)
    {
        var world = await hosts.On(provider);
        foreach (var other in new[] { "officer", "manager.park", "reviewer" })
        {
            var client = await world.Client(other);
            await client.GetAsync(Path).IsRefused(403, "not-permitted");
            await client.GetAsync($"{Path}/{Guid.NewGuid()}").IsRefused(403, "not-permitted");
            await client.Post(Path, new { name = "统筹" }).IsRefused(403, "not-permitted");
            await client.Post($"{Path}/{Guid.NewGuid()}/proposals", new { projectIds = new[] { Guid.NewGuid() } }).IsRefused(403, "not-permitted");
        }
        await world.Anonymous().GetAsync(Path).IsRefused(401, "sign-in-required");
        await (await world.Client("leader")).GetAsync($"{Path}/{Guid.NewGuid()}").IsRefused(404, "not-found");
    }
}
