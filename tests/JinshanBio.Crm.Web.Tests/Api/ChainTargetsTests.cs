using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

/// <summary>Whom to attract, and the links that enterprises seem to work in, over HTTP.</summary>
public sealed class ChainTargetsTests(Hosts hosts)
{
    [OnEveryDatabase]
    public async Task Suggestions_are_told_opened_and_acted_on(string provider)
    {
        var world = await hosts.On(provider);
        var officer = await world.Client("officer");
        var list = await officer.GetAsync("/api/v1/chain/suggestions?field=MAT&size=5").Answers(200);
        list.Has("items", "total", "page", "size", "candidates", "gap", "closes");
        Assert.All(list.Items(), row => row.Has("rank", "enterpriseId", "name", "closes", "alone", "closing", "supplies", "buys", "parks", "output"));
        Assert.All(list.Items().SelectMany(row => row.GetProperty("closing").EnumerateArray()), c => c.Has("link", "name", "confidence", "supply", "before", "after", "closes"));
        await officer.GetAsync("/api/v1/chain/suggestions?field=XXX").IsRefused(400, "unknown-field-code");
        await officer.GetAsync("/api/v1/chain/suggestions?secret=1").IsRefused(400, "unknown-field");
        await (await world.Client("manager.park")).GetAsync("/api/v1/chain/suggestions").IsRefused(403, "not-permitted");
        await world.Anonymous().GetAsync("/api/v1/chain/suggestions").IsRefused(401, "sign-in-required");

        var id = (await officer.Post("/api/v1/enterprises", new { name = "青浦接口某某生物有限公司", links = new[] { "MED-12" } }).Answers(201)).Id();
        await officer.Post($"/api/v1/chain/suggestions/{id}/dismissal", new { reason = "规模太小", until = "2099-01-01" }).Answers(204);
        Assert.Contains((await officer.GetAsync("/api/v1/chain/suggestions/dismissed").Answers(200)).Items(), row => row.Id("enterpriseId") == id);
        await officer.DeleteAsync($"/api/v1/chain/suggestions/{id}/dismissal").Answers(204);
        var lead = await officer.Post($"/api/v1/chain/suggestions/{id}/lead", new { source = "Visit" }).Answers(201);
        Assert.Equal(("visit", "MED"), (lead.Text("source"), lead.Text("field")));
        Assert.Contains("MED-12", lead.Text("note"), StringComparison.Ordinal);
        await officer.Post($"/api/v1/chain/suggestions/{id}/lead", new { }).IsRefused(409, "target-in-contact");
    }

    [OnEveryDatabase]
    public async Task Proposed_links_are_run_confirmed_rejected_and_reopened(string provider)
    {
        var world = await hosts.On(provider);
        var officer = await world.Client("officer");
        var id = (await officer.Post("/api/v1/enterprises", new { name = "青浦接口某某黄酒有限公司", industryCode = "1514", scope = "黄酒生产" }).Answers(201)).Id();
        var run = await officer.Post("/api/v1/chain/link-proposals/run", new { ids = new[] { id } }).Answers(200);
        run.Has("enterprises", "proposals", "without", "left");
        var proposal = (await officer.GetAsync($"/api/v1/chain/link-proposals?enterprise={id}&link=AGR-16&minConfidence=70").Answers(200)).Items().Single();
        proposal.Has("id", "enterpriseId", "name", "link", "confidence", "clues", "status", "links");
        await officer.Post("/api/v1/chain/link-proposals/rejection", new { ids = new[] { proposal.Id() } }).Answers(200);
        await officer.Post("/api/v1/chain/link-proposals/confirmation", new { ids = new[] { proposal.Id() } }).IsRefused(409, "proposal-decided");
        await officer.Post("/api/v1/chain/link-proposals/reopening", new { ids = new[] { proposal.Id() } }).Answers(200);
        var done = await officer.Post("/api/v1/chain/link-proposals/confirmation", new { ids = new[] { proposal.Id() } }).Answers(200);
        Assert.Equal((1, 0), ((int)done.Number("done"), (int)done.Number("otherwise")));
        await officer.Post("/api/v1/chain/link-proposals/confirmation", new { ids = Array.Empty<string>() }).IsRefused(400, "invalid");
        await (await world.Client("leader")).Post("/api/v1/chain/link-proposals/confirmation", new { ids = new[] { proposal.Id() } }).IsRefused(403, "not-permitted");
    }
}
