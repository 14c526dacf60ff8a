using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

/// <summary>Chain leaders, their circles and scenarios over the API; what is in them depends on what other tests have entered meanwhile.</summary>
public sealed class CirclesTests(Hosts hosts)
{
    private const string Path = "/api/v1/chain/leaders", WhatIf = "/api/v1/chain/what-if";

    [OnEveryDatabase]
    public async Task An_officer_reads_a_circle_and_keeps_its_partners(string provider)
    {
        var world = await hosts.On(provider);
        var officer = await world.Client("officer");
        var row = (await officer.GetAsync($"{Path}?size=200").Answers(200)).Items().First(l => l.Text("name").Contains("金曙", StringComparison.Ordinal));
        row.Has("id", "name", "fields", "links", "standing", "suppliers", "customers", "partners", "partnersHere");
        row.GetProperty("suppliers").Has("links", "here", "coming", "missing");
        var circle = await officer.GetAsync($"{Path}/{row.Id()}").Answers(200);
        circle.Has("id", "name", "standing", "output", "asOf", "links", "suppliers", "customers", "partners");
        circle.GetProperty("suppliers").GetProperty("rows").EnumerateArray().First().Has("link", "name", "state", "isCritical", "gap", "what", "here", "hereMore", "coming", "comingMore", "leads");

        var firm = await officer.Post("/api/v1/enterprises", new { name = $"上海伙伴{Guid.NewGuid().ToString("N")[..8]}有限公司" }).Answers(201);
        var body = new { partnerId = firm.Id(), relation = "supplier", link = "CMN-07", supply = "滤芯", knownFrom = "走访" };
        var partner = (await officer.Post($"{Path}/{row.Id()}/partners", body).Answers(201)).Id();
        await officer.Post($"{Path}/{row.Id()}/partners", body).IsRefused(409, "partner-known");
        await officer.Post($"{Path}/{row.Id()}/partners", new { partnerId = firm.Id(), relation = "customer" }).IsMalformed("supply", "knownFrom");
        await officer.Post($"{Path}/{Guid.NewGuid()}/partners", body).IsRefused(404, "not-found");
        var invitations = await officer.GetAsync($"{Path}/{row.Id()}/invitations").Answers(200);
        var invited = invitations.GetProperty("rows").EnumerateArray().First(r => r.Id("enterpriseId") == firm.Id());
        invited.Has("name", "isNamed", "relation", "link", "state", "reason", "leads", "followedBy", "leadField", "leadLinks");
        Assert.True(invited.GetProperty("isNamed").GetBoolean());
        using var file = await officer.GetAsync($"/api/v1/chain/invitations/export?leader={row.Id()}&format=xlsx");
        Assert.Equal(200, (int)file.StatusCode);
        Assert.True(int.Parse(file.Headers.GetValues("X-Row-Count").Single(), System.Globalization.CultureInfo.InvariantCulture) > 0);
        await officer.DeleteAsync($"{Path}/{row.Id()}/partners/{partner}").Answers(204);
        await officer.DeleteAsync($"{Path}/{row.Id()}/partners/{partner}").IsRefused(404, "not-found");

        await officer.GetAsync($"{Path}?nonsense=1").IsRefused(400, "unknown-field");
        await officer.GetAsync($"{Path}/{firm.Id()}").IsRefused(404, "not-found");
        var leader = await world.Client("leader");
        await leader.GetAsync($"{Path}/{row.Id()}").Answers(200);
        await leader.Post($"{Path}/{row.Id()}/partners", body).IsRefused(403, "not-permitted");
        foreach (var other in new[] { "manager.park", "reviewer" })
        {
            var client = await world.Client(other);
            await client.GetAsync(Path).IsRefused(403, "not-permitted");
            await client.GetAsync($"{Path}/{row.Id()}").IsRefused(403, "not-permitted");
            await client.GetAsync($"{Path}/{row.Id()}/invitations").IsRefused(403, "not-permitted");
            await client.Post(WhatIf).IsRefused(403, "not-permitted");
        }
        await world.Anonymous().GetAsync(Path).IsRefused(401, "sign-in-required");
    }

    [OnEveryDatabase]
    public async Task Two_scenarios_are_compared(string provider)
    {
        var world = await hosts.On(provider);
        var officer = await world.Client("officer");
        var choice = (await officer.GetAsync($"{WhatIf}/choices?kind=lands").Answers(200)).EnumerateArray().First();
        choice.Has("assumption", "id", "name", "number", "stage", "output", "links");
        var compared = await officer.Post(WhatIf, new { a = new object[] { new { kind = "lands", id = choice.Id(), by = "2027-06-30" } }, b = new object[] { new { kind = "comes", size = "large", links = new[] { "MED-03" } } } }).Answers(200);
        compared.Has("asOf", "fields", "a", "b");
        compared.GetProperty("fields").EnumerateArray().First().Has("field", "name", "today", "a", "b");
        var result = compared.GetProperty("a");
        result.Has("assumptions", "net", "closed", "opened", "quarters");
        Assert.Equal("given", result.GetProperty("assumptions")[0].Text("source"));
        compared.GetProperty("b").GetProperty("closed")[0].Has("link", "name", "field", "before", "after", "gapBefore", "gapAfter", "change", "by");

        var problem = await officer.Post(WhatIf, new { b = new object[] { new { kind = "lost", id = Guid.NewGuid() } } }).IsRefused(400, "assumption-unknown");
        Assert.True(problem.GetProperty("errors").TryGetProperty("b", out _));
        await officer.Post(WhatIf, new { a = new object[] { new { kind = "lands" } } }).IsRefused(400, "invalid");
        await officer.Post(WhatIf, new { a = new object[] { new { kind = "lands", id = choice.Id() }, new { kind = "lost", id = choice.Id() } } }).IsRefused(409, "assumptions-clash");
        await officer.GetAsync($"{WhatIf}/choices?kind=flies").IsRefused(400, "invalid");
    }

    [OnEveryDatabase]
    public async Task An_address_of_a_scenario_that_cannot_be_read_says_so_and_offers_the_way_on(string provider)
    {
        var world = await hosts.On(provider);
        using var officer = await Pages.Visitor.SignedInAsync(world, "officer");
        foreach (var wrong in new[] { $"lands:{Guid.NewGuid()}", "nonsense", "comes:Large:XXX-99", $"leaves:{Guid.NewGuid()}::x", "lands:%3Cscript%3E" })
        {
            using var page = await officer.Http.GetAsync($"/chain/what-if?a={wrong}&b=comes:Large:MED-03");
            Assert.Equal(400, (int)page.StatusCode);
            Assert.Contains("去掉这条设想", System.Net.WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }
    }
}
