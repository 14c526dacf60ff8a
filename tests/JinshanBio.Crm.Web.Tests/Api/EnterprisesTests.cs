using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

public sealed class EnterprisesTests(Hosts hosts)
{
    [Fact]
    public async Task An_enterprise_is_changed_only_at_the_version_that_was_read()
    {
        var officer = await (await hosts.Any()).Client("officer");
        var name = Samples.Name();
        var added = await officer.Post("/api/v1/enterprises", new { name }).Answers(201);
        var path = $"/api/v1/enterprises/{added.Id()}";
        using var read = await officer.GetAsync(path);
        var tag = read.Headers.ETag!.ToString();
        var change = new { name, address = "金山大道 1 号" };

        await officer.Put(path, change, ifMatch: null).IsRefused(428, "version-required");
        Assert.Equal("金山大道 1 号", (await officer.Put(path, change, tag).Answers(200)).Text("address"));
        await officer.Put(path, change with { address = "金山大道 2 号" }, tag).IsRefused(412, "stale-version");
        Assert.Equal("金山大道 1 号", (await officer.GetAsync(path).Answers(200)).Text("address"));
    }

    [Fact]
    public async Task A_park_manager_has_no_register()
    {
        var manager = await (await hosts.Any()).Client("manager.park");
        await manager.GetAsync("/api/v1/enterprises").IsRefused(403, "not-permitted");
        await manager.Post("/api/v1/enterprises", new { name = Samples.Name() }).IsRefused(403, "not-permitted");
    }

    [Fact]
    public async Task A_suspected_duplicate_is_refused_with_candidates_and_taken_with_a_reason()
    {
        var officer = await (await hosts.Any()).Client("officer");
        var name = Samples.Name();
        var first = await officer.Post("/api/v1/enterprises", new { name }).Answers(201);
        var problem = await officer.Post("/api/v1/enterprises", new { name }).IsRefused(409, "duplicate-suspected");
        var candidate = problem.GetProperty("details").GetProperty("candidates")[0];
        Assert.Equal((first.Id(), "sameName"), (candidate.Id(), candidate.GetProperty("reasons")[0].GetString()));
        candidate.Has("name", "score", "explanations", "blocks", "owners", "since", "matchedName");
        await officer.Post("/api/v1/leads", Samples.LeadBody(("enterprise", new { name }))).IsRefused(409, "duplicate-suspected");

        var asked = await officer.Post("/api/v1/enterprises/duplicates", new { name }).Answers(200);
        Assert.Equal(first.Id(), asked[0].Id());
        var second = await officer.Post("/api/v1/enterprises", new { name, duplicateReason = "同名的另一家" }).Answers(201);
        Assert.Equal("同名的另一家", second.Text("duplicateReason"));
        await (await (await hosts.Any()).Client("leader")).Post("/api/v1/enterprises/duplicates", new { name }).IsRefused(403, "not-permitted");
    }

    [Fact]
    public async Task The_holder_of_a_credit_code_is_named_but_not_its_contacts()
    {
        var officer = await (await hosts.Any()).Client("officer");
        var creditCode = Samples.CreditCode();
        var name = Samples.Name();
        await officer.Post("/api/v1/enterprises", new { name, creditCode, contact = new { name = "王隐名", phone = "13900001111" } }).Answers(201);
        var problem = await (await (await hosts.Any()).Client("officer2")).Post("/api/v1/enterprises", new { name = Samples.Name(), creditCode }).IsRefused(409, "enterprise-exists");
        Assert.Equal(name, problem.GetProperty("details").Text("name"));
        Assert.DoesNotContain("王隐名", problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("1111", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contact_is_added_changed_exported_and_erased_and_masked_for_a_leader()
    {
        var world = await hosts.Any();
        var (officer, leader) = (await world.Client("officer"), await world.Client("leader"));
        var enterprise = await officer.Post("/api/v1/enterprises", new { name = Samples.Name() }).Answers(201);
        var path = $"/api/v1/enterprises/{enterprise.Id()}/contacts";
        var contact = await officer.Post(path, new { name = "周慎言", title = "=1+1", phone = "13900002222", email = "zhou@far.example" }).Answers(201);
        var masked = (await leader.GetAsync($"/api/v1/enterprises/{enterprise.Id()}").Answers(200)).GetProperty("contacts")[0];
        Assert.Equal(("周*", "139****2222", "z***@far.example"), (masked.Text("name"), masked.Text("phone"), masked.Text("email")));

        await officer.Put($"{path}/{contact.Id()}", new { name = "周慎言" }, ifMatch: null).IsRefused(428, "version-required");
        Assert.Equal(2, (await officer.Put($"{path}/{contact.Id()}", new { name = "周慎言", title = "=1+1" }, "\"1\"").Answers(200)).Int("version"));
        await officer.Put($"{path}/{contact.Id()}", new { name = "周慎言" }, "\"1\"").IsRefused(412, "stale-version");
        Assert.Equal("周慎言", (await officer.GetAsync($"{path}/{contact.Id()}/export").Answers(200)).Text("name"));
        var csv = await officer.GetStringAsync($"{path}/{contact.Id()}/export?format=csv");
        Assert.Contains("周慎言", csv, StringComparison.Ordinal);
        Assert.Contains("'=1+1", csv, StringComparison.Ordinal);
        await officer.GetAsync($"{path}/{contact.Id()}/export?format=pdf").IsRefused(400, "unknown-field");
        await leader.GetAsync($"{path}/{contact.Id()}/export").IsRefused(403, "not-permitted");
        await leader.Send(HttpMethod.Delete, $"{path}/{contact.Id()}", null, null).IsRefused(403, "not-permitted");
        await officer.Send(HttpMethod.Delete, $"{path}/{contact.Id()}", null, null).Answers(204);
        await officer.GetAsync($"{path}/{contact.Id()}/export").IsRefused(404, "not-found");
        var trail = await (await world.Client("admin")).GetAsync($"/api/v1/audit?subjectId={contact.Id()}").Answers(200);
        Assert.DoesNotContain("周慎言", trail.ToString(), StringComparison.Ordinal);
        Assert.Equal("deleted", trail.Items().First().Text("action"));
    }

    [Fact]
    public async Task Two_records_are_merged_and_taken_apart_again()
    {
        var officer = await (await hosts.Any()).Client("officer");
        var (a, b) = (await officer.Post("/api/v1/enterprises", new { name = Samples.Name() }).Answers(201), await officer.Post("/api/v1/enterprises", new { name = Samples.Name(), address = "金山大道" }).Answers(201));
        var path = $"/api/v1/enterprises/{a.Id()}";
        await officer.Post(path + "/merge", new { loserId = b.Id(), take = new { address = "theirs" } }).IsMalformed("take");
        await officer.Post(path + "/merge", new { loserId = b.Id(), version = 1, loserVersion = 9 }).IsRefused(412, "stale-version");
        var merged = await officer.Post(path + "/merge", new { loserId = b.Id(), take = new { address = "loser" }, version = 1, loserVersion = 1 }).Answers(200);
        Assert.Equal("金山大道", merged.Text("address"));
        Assert.Equal(a.Id(), (await officer.GetAsync($"/api/v1/enterprises/{b.Id()}").Answers(200)).Id("mergedInto"));
        await officer.Post(path + "/merge", new { loserId = b.Id() }).IsRefused(409, "enterprise-merged");
        await officer.Post(path + "/merge", new { loserId = a.Id() }).IsRefused(409, "merge-self");
        var undo = $"{path}/merges/{merged.GetProperty("merges")[0].Id()}";
        await officer.Send(HttpMethod.Delete, undo, null, null).Answers(200);
        Assert.Equal("金山大道", (await officer.GetAsync($"/api/v1/enterprises/{b.Id()}").Answers(200)).Text("address"));
        await officer.Send(HttpMethod.Delete, undo, null, null).IsRefused(409, "merge-undone");
    }

    [Fact]
    public async Task Notes_stand_on_the_timeline_which_is_read_page_by_page()
    {
        var officer = await (await hosts.Any()).Client("officer");
        var path = $"/api/v1/enterprises/{(await officer.Post("/api/v1/enterprises", new { name = Samples.Name() }).Answers(201)).Id()}";
        await officer.Post(path + "/notes", new { text = "" }).IsMalformed("text");
        await officer.Post(path + "/notes", new { text = "<b>甲</b>" }).Answers(201);
        var first = await officer.GetAsync(path + "/timeline?size=1").Answers(200);
        Assert.Equal(("noted", "<b>甲</b>"), (first.Items().Single().Text("kind"), first.Items().Single().Text("text")));
        var second = await officer.GetAsync($"{path}/timeline?size=1&before={Uri.EscapeDataString(first.Text("next"))}").Answers(200);
        Assert.Equal("registered", second.Items().Single().Text("kind"));
        await officer.GetAsync(path + "/timeline?colour=red").IsRefused(400, "unknown-field");
    }
}
