using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

public sealed class CampaignsTests(Hosts hosts)
{
    [OnEveryDatabase]
    public async Task A_campaign_is_made_changed_charged_and_credited_with_a_lead(string provider)
    {
        var world = await hosts.On(provider);
        var officer = await world.Client("officer");
        using var response = await officer.Post("/api/v1/campaigns", new { name = "深圳路演", kind = "roadshow", from = "2026-12-01", until = "2026-12-02", budget = 90_000.5, links = new[] { "MED-06" } });
        var made = await Task.FromResult(response).Answers(201);
        Assert.Equal($"/api/v1/campaigns/{made.Id()}", response.Headers.Location?.ToString());
        made.Has("id", "version", "name", "kind", "from", "until", "place", "budget", "note", "ownerId", "ownerName", "cancelledAt", "cancelReason", "figures", "aims", "leads", "hidden", "costs", "mayEdit");
        made.GetProperty("aims")[0].Has("link", "name", "stateThen", "stateNow", "gapThen", "gapNow", "at", "outcome");
        made.GetProperty("figures").Has("leads", "dropped", "projects", "signed", "landed", "producing", "signedAmount", "cost", "aims", "closed", "costPerLead", "costPerLanded", "costPerClosed");

        await officer.Put($"/api/v1/campaigns/{made.Id()}", new { name = "x", kind = "roadshow", from = "2026-12-01" }, ifMatch: null).IsRefused(428, "version-required");
        var charged = await officer.Post($"/api/v1/campaigns/{made.Id()}/costs", new { on = "2026-11-20", amount = 1200.25, what = "场地" }).Answers(200);
        Assert.Equal(1200.25m, charged.GetProperty("figures").Number("cost"));
        await officer.Put($"/api/v1/campaigns/{made.Id()}", new { name = "x", kind = "roadshow", from = "2026-12-01" }, $"\"{made.Int("version")}\"").IsRefused(412, "stale-version");

        var lead = await officer.LeadAsync();
        await officer.Put($"/api/v1/leads/{lead.Id()}/campaign", new { campaignId = made.Id() }, $"\"{lead.Int("version")}\"").Answers(200);
        var row = (await officer.GetAsync("/api/v1/campaigns?kind=roadshow&year=2026&link=MED-06").Answers(200)).Items().Single(c => c.Id() == made.Id());
        Assert.Equal((1, 1200.25m), (row.GetProperty("figures").Int("leads"), row.GetProperty("figures").Number("costPerLead")));
        await officer.Put($"/api/v1/leads/{lead.Id()}/campaign", new { campaignId = Guid.NewGuid() }, $"\"{lead.Int("version") + 1}\"").IsRefused(409, "unknown-campaign");

        await (await world.Client("officer2")).Post($"/api/v1/campaigns/{made.Id()}/cancellation", new { reason = "改期" }).IsRefused(409, "campaign-of-others");
        Assert.Equal("改期", (await officer.Post($"/api/v1/campaigns/{made.Id()}/cancellation", new { reason = "改期" }).Answers(200)).Text("cancelReason"));
        await officer.GetAsync("/api/v1/campaigns?nonsense=1").IsRefused(400, "unknown-field");
        await officer.GetAsync($"/api/v1/campaigns/{Guid.NewGuid()}").IsRefused(404, "not-found");
        await (await world.Client("manager.park")).GetAsync("/api/v1/campaigns").IsRefused(403, "not-permitted");
    }

    [OnEveryDatabase]
    public async Task The_loop_answers_its_figures_and_whom_they_count(string provider)
    {
        var leader = await (await hosts.On(provider)).Client("leader");
        var loop = await leader.GetAsync("/api/v1/chain/loop?field=MED").Answers(200);
        loop.Has("from", "until", "asOf", "field", "gapThen", "gapNow", "coverageThen", "coverageNow", "missingThen", "missingNow", "filled", "total", "steps", "rows");
        loop.GetProperty("steps")[0].Has("cause", "closes", "opens", "change", "count");
        var items = await leader.GetAsync("/api/v1/chain/loop/items?figure=landed&field=MED").Answers(200);
        Assert.Equal(loop.GetProperty("total").Int("landed"), items.GetProperty("items").GetArrayLength() + items.Int("hidden"));
        await leader.GetAsync("/api/v1/chain/loop/items").IsRefused(400, "invalid");
        await leader.GetAsync("/api/v1/chain/loop?from=2026-02-01&until=2026-01-01").IsRefused(400, "invalid");

        var coverage = await leader.GetAsync("/api/v1/chain/coverage?field=MED&asOf=2026-11-01").Answers(200);
        coverage.Has("asOf", "field", "coverage", "gap", "rows", "weights");
        coverage.GetProperty("rows")[0].Has("link", "name", "field", "tier", "state", "need", "supply", "supplyHere", "coverage", "coverageHere", "gap", "weightedGap", "suppliers", "projects", "hangsOnOne");
        var gaps = await leader.GetAsync("/api/v1/chain/gaps?size=3").Answers(200);
        Assert.Equal(3, gaps.GetArrayLength());
    }
}
