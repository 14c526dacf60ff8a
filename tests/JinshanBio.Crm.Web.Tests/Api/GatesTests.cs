using System.Text.Json;
using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

public sealed class GatesTests(Hosts hosts)
{
    [OnEveryDatabase]
    public async Task The_form_is_read_filled_and_kept_under_its_version(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var path = $"/api/v1/projects/{(await officer.ProjectAsync()).Id()}/form";
        using var read = await officer.GetAsync(path);
        var form = await Task.FromResult(read).Answers(200);
        form.Has("id", "version", "track", "stage", "nextStage", "fields", "values", "perMu");
        var etag = $"\"{form.Int("version")}\"";
        Assert.Equal(etag, read.Headers.ETag?.ToString());
        var tax = form.GetProperty("fields").EnumerateArray().Single(f => f.Text("key") == "tax");
        Assert.Equal(("decimal", "CNY", "S40"), (tax.Text("type"), tax.Text("unit"), tax.Text("requiredFrom")));
        Assert.True(tax.GetProperty("isMissing").GetBoolean());

        await officer.Put(path, new { values = new { tax = 1 } }, null).IsRefused(428, "version-required");
        var filled = await officer.Put(path, new { values = new { tax = 6_000_000.50m, jobs = 60, gmo = false, size = "small", far = "2.2", fixed_investment = 40_000_000 } }, etag).Answers(200);
        var values = filled.GetProperty("values");
        Assert.Equal(("6000000.5", "60", "false", "small"), (values.Text("tax"), values.Text("jobs"), values.Text("gmo"), values.Text("size")));
        Assert.True(filled.GetProperty("perMu").Number("tax") > 0);
        await officer.Put(path, new { values = new { jobs = 61 } }, etag).IsRefused(412, "stale-version");
        etag = $"\"{filled.Int("version")}\"";
        await officer.Put(path, new { values = new { jobs = (int?)null } }, etag).Answers(200);
        Assert.False((await officer.GetAsync(path).Answers(200)).GetProperty("values").TryGetProperty("jobs", out _));
    }

    [Fact]
    public async Task A_wrong_answer_is_a_400_that_names_its_field()
    {
        var officer = await (await hosts.Any()).Client("officer");
        var project = await officer.ProjectAsync();
        var path = $"/api/v1/projects/{project.Id()}";
        var etag = $"\"{project.Int("version")}\"";
        await officer.Put(path + "/form", new { values = new { jobs = "many", bsl = "bsl9", start_date = "soon", dual_power = "perhaps" } }, etag)
            .IsMalformed("values.bsl", "values.dual_power", "values.jobs", "values.start_date");
        await officer.Put(path + "/form", new { values = new { colour = "red" } }, etag).IsRefused(400, "unknown-field");
        await officer.Put(path + "/form", new { values = new { jobs = new { } } }, etag).IsRefused(400, "invalid");
        await officer.Post(path + "/stage", new { to = "S50", evidence = new { jobs = "many" } }).IsMalformed("evidence.jobs");
        await officer.Post(path + "/stage", new { to = "S50", evidence = new { land_area = 3 } }).IsRefused(400, "unknown-field");
    }

    [OnEveryDatabase]
    public async Task A_refused_move_lists_evidence_and_fields_and_the_next_stage_describes_both(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var path = $"/api/v1/projects/{(await officer.ProjectAsync()).Id()}";
        var missing = (await officer.Post(path + "/stage", new { to = "S50" }).IsRefused(409, "evidence-missing")).GetProperty("missing").EnumerateArray().Select(m => m.GetString()).ToList();
        Assert.Contains("reviewForm", missing);
        Assert.Contains("tax_local", missing);
        Assert.DoesNotContain("land_area", missing);
        Assert.DoesNotContain("registered_capital", missing);

        var next = (await officer.GetAsync(path).Answers(200)).GetProperty("nextStage");
        next.Has("code", "name", "evidence", "missing", "fields");
        var field = next.GetProperty("fields").EnumerateArray().Single(f => f.Text("key") == "bsl");
        field.Has("key", "name", "type", "unit", "options", "isMissing");
        Assert.Equal(("enum", "none"), (field.Text("type"), field.GetProperty("options")[0].Text("key")));

        // A client that answers exactly what was asked gets through.
        var answers = Samples.Review().Where(a => missing.Contains(a.Key)).ToDictionary();
        Assert.Equal(missing.Count, answers.Count);
        Assert.Equal("S50", (await officer.Post(path + "/stage", new { to = "S50", evidence = answers }).Answers(200)).Text("stage"));
    }

    [OnEveryDatabase]
    public async Task A_status_says_what_it_lacks_and_keeps_its_history(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var path = $"/api/v1/projects/{(await officer.ProjectAsync()).Id()}";
        var refused = await officer.Post(path + "/status", new { status = "transferred", reason = "更适合邻区", details = new { shareOfFirst = 40 } }).IsRefused(409, "status-details-missing");
        Assert.Equal(["confirmedByFirst", "confirmedByLanding", "shareOfLanding"], refused.GetProperty("missing").EnumerateArray().Select(m => m.GetString()).Order(StringComparer.Ordinal));
        await officer.Post(path + "/status", new { status = "transferred", reason = "更适合邻区", details = new { shareOfFirst = 40, shareOfLanding = 50, confirmedByFirst = "甲", confirmedByLanding = "乙" } }).IsRefused(409, "status-shares-wrong");
        await officer.Post(path + "/status", new { status = "abandoned", reason = "能耗不达标" }).Answers(200);
        var project = await officer.Post(path + "/status", new { status = "active" }).Answers(200);
        Assert.Equal(["active→abandoned", "abandoned→active"], project.GetProperty("statusHistory").EnumerateArray().Select(c => $"{c.Text("from")}→{c.Text("to")}"));
        project.Has("daysInStage", "stallDays", "turn", "statusDetails");
        project.GetProperty("turn").Has("of", "name", "since", "daysLeft");
    }

    [OnEveryDatabase]
    public async Task An_entry_is_corrected_and_a_park_manager_may_not(string provider)
    {
        var world = await hosts.On(provider);
        var officer = await world.Client("officer");
        var project = await officer.ProjectAsync();
        var change = project.GetProperty("history")[0].Id();
        var path = $"/api/v1/projects/{project.Id()}/history/{change}/correction";
        await officer.Post(path, new { enteredOn = "2031-01-01", reason = "将来" }).IsRefused(409, "correction-not-in-order");
        await officer.Post(path, new { enteredOn = "2026-01-05" }).IsMalformed("reason");
        await officer.Post($"/api/v1/projects/{project.Id()}/history/{Guid.NewGuid()}/correction", new { enteredOn = "2026-01-05", reason = "立项纪要" }).IsRefused(404, "not-found");
        await (await world.Client("manager.park")).Post(path, new { enteredOn = "2026-01-05", reason = "立项纪要" }).IsRefused(403, "not-permitted");
        var corrected = await officer.Post(path, new { enteredOn = "2026-01-05", reason = "立项纪要" }).Answers(200);
        var move = corrected.GetProperty("history")[0];
        Assert.Equal("立项纪要", move.GetProperty("corrections")[0].Text("reason"));
        Assert.Equal(move.Text("enteredAt"), corrected.Text("stageSince"));
    }

    [Fact]
    public async Task Gates_are_read_by_all_and_set_by_administrators_within_the_law()
    {
        var world = await hosts.Any();
        var (officer, admin) = (await world.Client("officer"), await world.Client("admin"));
        var gates = await officer.GetAsync("/api/v1/parameters/gates").Answers(200);
        gates.Has("evidence", "fields", "own");
        await officer.Put("/api/v1/parameters/gates", new { }, null).IsRefused(403, "not-permitted");
        var refused = await admin.Put("/api/v1/parameters/gates", new { evidence = new { environment = (string?)null } }, null).IsRefused(409, "gate-is-law");
        Assert.True(refused.GetProperty("errors").TryGetProperty("evidence.environment", out _));
        // What is only asked for at the end of every track disturbs no other test.
        var set = await admin.Put("/api/v1/parameters/gates", new { evidence = new { requests = "S120" }, own = new[] { new { stage = "S120", key = "thanks", nameZh = "感谢信", nameEn = "Letter of thanks" } } }, null).Answers(200);
        Assert.Equal("S120", set.GetProperty("evidence").EnumerateArray().Single(e => e.Text("key") == "requests").Text("from"));
        Assert.Equal("thanks", set.GetProperty("own")[0].Text("key"));
        await admin.Put("/api/v1/parameters/gates", new { }, null).Answers(200);
    }

    [OnEveryDatabase]
    public async Task The_list_filters_by_what_stands_too_long(string provider)
    {
        var leader = await (await hosts.On(provider)).Client("leader");
        var stalled = await leader.GetAsync("/api/v1/projects?stalled=true&size=200").Answers(200);
        Assert.All(stalled.Items(), p => Assert.True(p.GetProperty("isStalled").GetBoolean()));
        Assert.All((await leader.GetAsync("/api/v1/projects?stalled=false&size=200").Answers(200)).Items(), p => Assert.False(p.GetProperty("isStalled").GetBoolean()));
    }
}
