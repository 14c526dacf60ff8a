using System.Globalization;
using System.Text.Json;
using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

public sealed class LeadsTests(Hosts hosts)
{
    [OnEveryDatabase]
    public async Task A_captured_lead_is_answered_as_it_stands_with_its_address(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var name = Samples.Name();
        var due = DateTime.UtcNow.AddDays(3).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        using var response = await officer.Post("/api/v1/leads", Samples.LeadBody(
            ("enterprise", new { name, creditCode = (string?)null, country = "CN" }), ("codeName", "青松"), ("note", "看过厂房"), ("nextFollowUp", due)));
        var lead = await Task.FromResult(response).Answers(201);

        Assert.Equal($"/api/v1/leads/{lead.Id()}", response.Headers.Location?.ToString());
        lead.Has("id", "number", "version", "enterpriseId", "enterpriseName", "codeName", "field", "links", "source", "expectedInvestment", "note",
            "ownerId", "ownerName", "stage", "status", "nextFollowUp", "projectId", "createdAt", "history", "followUps", "title");
        Assert.Matches(@"^XS-\d{4}-\d{5}$", lead.Text("number"));
        Assert.Equal(("S10", "open", "visit", "MED", "青松", name), (lead.Text("stage"), lead.Text("status"), lead.Text("source"), lead.Text("field"), lead.Text("title"), lead.Text("enterpriseName")));
        Assert.Equal(52_000_000.50m, lead.Number("expectedInvestment"));
        Assert.Equal(due, lead.Text("nextFollowUp"));
        Assert.Equal("MED-07", lead.GetProperty("links")[0].GetString());
        Assert.Single(lead.GetProperty("history").EnumerateArray(), move => move.Text("to") == "S10" && move.GetProperty("from").ValueKind == JsonValueKind.Null);

        using var one = await officer.GetAsync(response.Headers.Location);
        Assert.Equal($"\"{lead.Int("version")}\"", one.Headers.ETag?.ToString());
    }

    [OnEveryDatabase]
    public async Task A_lead_of_an_enterprise_in_the_register_needs_only_its_id(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var first = await officer.LeadAsync();
        var second = await officer.LeadAsync(("enterprise", null), ("enterpriseId", first.Id("enterpriseId")));
        Assert.Equal(first.Text("enterpriseName"), second.Text("enterpriseName"));
        Assert.NotEqual(first.Text("number"), second.Text("number"));
    }

    [OnEveryDatabase]
    public async Task The_list_answers_a_page_filtered_and_sorted(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var code = "代号" + Guid.NewGuid().ToString("N")[..8];
        foreach (var investment in (int[])[3_000_000, 9_000_000, 6_000_000])
            await officer.LeadAsync(("codeName", code), ("expectedInvestment", investment), ("field", "ENE"), ("links", Array.Empty<string>()));

        var page = await officer.GetAsync($"/api/v1/leads?q={code}&field=ENE&stage=S10&source=visit&sort=-expectedInvestment&page=1&size=2").Answers(200);
        Assert.Equal((3, 1, 2), (page.Int("total"), page.Int("page"), page.Int("size")));
        Assert.Equal([9_000_000, 6_000_000], page.Items().Select(l => l.Number("expectedInvestment")));
        page.Items().First().Has("id", "number", "title", "field", "stage", "status", "source", "expectedInvestment", "ownerId", "ownerName", "nextFollowUp", "createdAt", "version");

        var rest = await officer.GetAsync($"/api/v1/leads?q={code}&sort=-expectedInvestment&page=2&size=2").Answers(200);
        Assert.Equal([3_000_000], rest.Items().Select(l => l.Number("expectedInvestment")));
        Assert.Empty((await officer.GetAsync($"/api/v1/leads?q={code}&field=AGR").Answers(200)).Items());
        Assert.Empty((await officer.GetAsync($"/api/v1/leads?q={code}&owner={Guid.NewGuid()}").Answers(200)).Items());
    }

    [Theory]
    [InlineData("colour=red", "colour")]
    [InlineData("fields=MED", "fields")]
    public async Task A_filter_that_the_list_does_not_know_is_refused_not_ignored(string query, string named)
    {
        var officer = await (await hosts.Any()).Client("officer");
        var problem = await officer.GetAsync("/api/v1/leads?" + query).IsRefused(400, "unknown-field");
        Assert.True(problem.GetProperty("errors").TryGetProperty(named, out _), problem.ToString());
    }

    [Theory]
    [InlineData("sort=colour", "sort")]
    [InlineData("sort=-expectedInvestment,colour", "sort")]
    [InlineData("sort=--expectedInvestment", "sort")]
    [InlineData("size=10000", "size")]
    [InlineData("size=0", "size")]
    [InlineData("page=0", "page")]
    [InlineData("page=first", "page")]
    [InlineData("source=hearsay", "source")]
    [InlineData("source=1", "source")]
    [InlineData("owner=me", "owner")]
    public async Task A_value_that_the_list_cannot_use_is_named(string query, string field)
    {
        var officer = await (await hosts.Any()).Client("officer");
        await officer.GetAsync("/api/v1/leads?" + query).IsMalformed(field);
    }

    [OnEveryDatabase]
    public async Task A_change_must_name_the_version_that_was_read(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var lead = await officer.LeadAsync();
        var path = $"/api/v1/leads/{lead.Id()}";

        await officer.Put(path, Samples.LeadChange(("note", "no version")), ifMatch: null).IsRefused(428, "version-required");
        await officer.Put(path, Samples.LeadChange(("note", "any version")), ifMatch: "*").IsRefused(428, "version-required");
        Assert.Equal(lead.Int("version"), (await officer.GetAsync(path).Answers(200)).Int("version"));
    }

    [OnEveryDatabase]
    public async Task A_change_of_the_present_version_is_kept_under_a_new_one(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var lead = await officer.LeadAsync();
        using var response = await officer.Put($"/api/v1/leads/{lead.Id()}", Samples.LeadChange(("note", "二次拜访"), ("expectedInvestment", 1)), $"\"{lead.Int("version")}\"");
        var changed = await Task.FromResult(response).Answers(200);

        Assert.Equal(("二次拜访", 1m), (changed.Text("note"), changed.Number("expectedInvestment")));
        Assert.True(changed.Int("version") > lead.Int("version"));
        Assert.Equal($"\"{changed.Int("version")}\"", response.Headers.ETag?.ToString());
    }

    [OnEveryDatabase]
    public async Task A_change_of_an_old_version_is_told_what_was_changed_meanwhile_and_by_whom(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, admin) = (await world.Client("officer"), await world.Client("admin"));
        var lead = await officer.LeadAsync();
        var (path, read) = ($"/api/v1/leads/{lead.Id()}", $"\"{lead.Int("version")}\"");
        await admin.Put(path, Samples.LeadChange(("note", "管理员改过")), read).Answers(200);

        var problem = await officer.Put(path, Samples.LeadChange(("note", "专员也改")), read).IsRefused(412, "stale-version");
        var change = Assert.Single(problem.GetProperty("changes").EnumerateArray(), c => c.Text("field") == "Note");
        Assert.Equal(("管理员改过", "吴静"), (change.Text("to"), change.Text("by")));
        change.Has("field", "from", "to", "by", "at");
        Assert.Equal("管理员改过", (await officer.GetAsync(path).Answers(200)).Text("note"));
    }

    [Theory]
    [InlineData("""{ "enterprise": { "name": "甲" }, "field": "MED", "source": "visit", "expectedInvestment": 1, "colour": "red" }""")]
    [InlineData("""{ "enterprise": { "name": "甲", "colour": "red" }, "field": "MED", "source": "visit", "expectedInvestment": 1 }""")]
    [InlineData("""{ "enterprise": { "name": "甲" }, "field": "MED", "source": "hearsay", "expectedInvestment": 1 }""")]
    [InlineData("""{ "enterprise": { "name": "甲" }, "field": "MED", "source": 3, "expectedInvestment": 1 }""")]
    [InlineData("""{ "enterprise": { "name": "甲" }, "field": "MED", "source": "visit", "expectedInvestment": "much" }""")]
    [InlineData("""{ "enterprise": { "name": "甲" }, "field": "MED", "source": "visit", "expectedInvestment": 1e40 }""")]
    [InlineData("""{ "enterprise": { "name": "甲" }, "field": "MED", "source": "visit", "expectedInvestment": 1, "nextFollowUp": "soon" }""")]
    [InlineData("""{ "enterprise": { "name": "甲" }, "field": "MED", "links": null, "source": "visit", "expectedInvestment": 1 }""")]
    [InlineData("""{ "enterprise": { "name": null }, "field": null, "source": null, "expectedInvestment": 1 }""")]
    [InlineData("""{ "field": "MED", """)]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    public async Task What_is_not_a_lead_is_malformed_and_leaves_nothing_behind(string body)
    {
        var officer = await (await hosts.Any()).Client("officer");
        var before = (await officer.GetAsync("/api/v1/leads?q=甲&size=1").Answers(200)).Int("total");
        await officer.PostText("/api/v1/leads", body).IsRefused(400, "invalid");
        Assert.Equal(before, (await officer.GetAsync("/api/v1/leads?q=甲&size=1").Answers(200)).Int("total"));
    }

    [Fact]
    public async Task Values_that_cannot_be_meant_are_named()
    {
        var officer = await (await hosts.Any()).Client("officer");
        Task<HttpResponseMessage> Capture(params (string, object?)[] changes) => officer.Post("/api/v1/leads", Samples.LeadBody(changes));

        await Capture(("nextFollowUp", "1899-12-31T00:00:00Z")).IsMalformed("nextFollowUp");
        await Capture(("expectedInvestment", -1)).IsMalformed("expectedInvestment");
        await Capture(("expectedInvestment", 0.001)).IsMalformed("expectedInvestment");
        await Capture(("field", ""), ("source", null)).IsMalformed("field", "source");
        await Capture(("enterprise", new { name = "" })).IsMalformed("enterprise.name");
        await Capture(("enterprise", new { name = "🐟🐟" })).IsMalformed("enterprise.name");
        await Capture(("enterprise", new { name = new string('长', 201) })).IsMalformed("enterprise.name");
        await Capture(("enterprise", new { name = Samples.Name(), country = "China" })).IsMalformed("enterprise.country");
        await Capture(("enterprise", null)).IsMalformed("enterpriseId");
        await Capture(("codeName", "两\n行")).IsMalformed("codeName");
        await Capture(("note", new string('长', 4001))).IsMalformed("note");
    }

    [Fact]
    public async Task What_the_reference_data_does_not_know_is_refused_beside_its_field()
    {
        var officer = await (await hosts.Any()).Client("officer");
        var field = await officer.Post("/api/v1/leads", Samples.LeadBody(("field", "XYZ"))).IsRefused(400, "unknown-field-code");
        Assert.True(field.GetProperty("errors").TryGetProperty("field", out _));
        var link = await officer.Post("/api/v1/leads", Samples.LeadBody(("links", new[] { "MED-99" }))).IsRefused(400, "unknown-link");
        Assert.True(link.GetProperty("errors").TryGetProperty("links", out _));
        var code = await officer.Post("/api/v1/leads", Samples.LeadBody(("enterprise", new { name = Samples.Name(), creditCode = "91310115MA0DEM0130" }))).IsRefused(400, "credit-code-wrong");
        Assert.NotEmpty(code.GetProperty("errors").EnumerateObject());
        await officer.Post("/api/v1/leads", Samples.LeadBody(("enterprise", null), ("enterpriseId", Guid.NewGuid()))).IsRefused(404, "not-found");
    }

    [OnEveryDatabase]
    public async Task An_emoji_in_a_name_is_kept(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var name = "🧬" + Samples.Name("螺旋");
        var lead = await officer.LeadAsync(("enterprise", new { name }), ("codeName", "鱼🐟"));
        var read = await officer.GetAsync($"/api/v1/leads/{lead.Id()}").Answers(200);
        Assert.Equal((name, "鱼🐟"), (read.Text("enterpriseName"), read.Text("codeName")));
    }

    [OnEveryDatabase]
    public async Task A_lead_of_a_colleague_does_not_exist(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, officer2) = (await world.Client("officer"), await world.Client("officer2"));
        var lead = await officer2.LeadAsync();
        var path = $"/api/v1/leads/{lead.Id()}";

        await officer.GetAsync(path).IsRefused(404, "not-found");
        await officer.Put(path, Samples.LeadChange(), $"\"{lead.Int("version")}\"").IsRefused(404, "not-found");
        await officer.Post(path + "/drop", new { reason = "不是我的" }).IsRefused(404, "not-found");
        Assert.Equal(0, (await officer.GetAsync($"/api/v1/leads?q={lead.Text("number")}").Answers(200)).Int("total"));
        await officer.GetAsync($"/api/v1/leads/{Guid.NewGuid()}").IsRefused(404, "not-found");
    }

    [OnEveryDatabase]
    public async Task The_leader_reads_everybodys_leads_and_writes_none(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, leader) = (await world.Client("officer"), await world.Client("leader"));
        var lead = await officer.LeadAsync();
        var path = $"/api/v1/leads/{lead.Id()}";

        Assert.Equal(lead.Text("number"), (await leader.GetAsync(path).Answers(200)).Text("number"));
        await leader.Post("/api/v1/leads", Samples.LeadBody()).IsRefused(403, "not-permitted");
        await leader.Put(path, Samples.LeadChange(), $"\"{lead.Int("version")}\"").IsRefused(403, "not-permitted");
        await (await world.Client("manager.park")).GetAsync("/api/v1/leads").IsRefused(403, "not-permitted");
    }

    [OnEveryDatabase]
    public async Task A_lead_is_screened_dropped_and_reopened(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var path = $"/api/v1/leads/{(await officer.LeadAsync()).Id()}";

        Assert.Equal("S20", (await officer.Post(path + "/screening", new { to = "S20" }).Answers(200)).Text("stage"));
        await officer.Post(path + "/screening", new { to = "S20" }).IsRefused(409, "stage-unchanged");
        await officer.Post(path + "/drop", new { }).IsMalformed("reason");
        Assert.Equal("dropped", (await officer.Post(path + "/drop", new { reason = "企业放弃" }).Answers(200)).Text("status"));
        await officer.Post(path + "/screening", new { to = "S30" }).IsRefused(409, "lead-dropped");
        Assert.Equal("open", (await officer.DeleteAsync(path + "/drop").Answers(200)).Text("status"));
    }

    [OnEveryDatabase]
    public async Task A_step_of_a_lead_honours_the_version_when_one_is_named(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var lead = await officer.LeadAsync();
        var path = $"/api/v1/leads/{lead.Id()}/screening";
        await officer.Send(HttpMethod.Post, path, new { to = "S20" }, $"\"{lead.Int("version")}\"").Answers(200);
        await officer.Send(HttpMethod.Post, path, new { to = "S30" }, $"\"{lead.Int("version")}\"").IsRefused(412, "stale-version");
        await officer.Send(HttpMethod.Post, path, new { to = "S30" }, "\"not-ours\"").IsRefused(412, "stale-version");
    }
}
