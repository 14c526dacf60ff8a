using System.Text.Json;
using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

public sealed class ProjectsTests(Hosts hosts)
{
    [OnEveryDatabase]
    public async Task A_lead_becomes_a_project_once(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var lead = await officer.LeadAsync();
        var conversion = $"/api/v1/leads/{lead.Id()}/conversion";
        using var response = await officer.Post(conversion, Samples.ProjectBody(("name", "重组蛋白中试线")));
        var project = await Task.FromResult(response).Answers(201);

        Assert.Equal($"/api/v1/projects/{project.Id()}", response.Headers.Location?.ToString());
        Assert.Matches(@"^XM-\d{4}-\d{5}$", project.Text("number"));
        project.Has("id", "number", "version", "title", "name", "enterpriseId", "enterpriseName", "leadId", "field", "links", "track", "investment", "outputAtCapacity",
            "areaM2", "ownerId", "ownerName", "stage", "stageSince", "status", "nextFollowUp", "createdAt", "history", "evidence", "assignments", "followUps", "stages", "nextStage");
        Assert.Equal(("S40", "active", "lease", 60_000_000m), (project.Text("stage"), project.Text("status"), project.Text("track"), project.Number("investment")));
        Assert.Equal(lead.Id(), project.Id("leadId"));

        var again = await officer.Post(conversion, Samples.ProjectBody()).IsRefused(409, "lead-already-converted");
        Assert.Contains(lead.Text("number"), again.Text("detail"), StringComparison.Ordinal);
        var after = await officer.GetAsync($"/api/v1/leads/{lead.Id()}").Answers(200);
        Assert.Equal((project.Id(), "converted"), (after.Id("projectId"), after.Text("status")));
    }

    [OnEveryDatabase]
    public async Task Of_conversions_at_the_same_moment_one_is_done(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var lead = await officer.LeadAsync();
        var name = "同时" + Guid.NewGuid().ToString("N")[..8];
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => officer.Post($"/api/v1/leads/{lead.Id()}/conversion", Samples.ProjectBody(("name", name)))));

        Assert.Equal([201, 409, 409, 409, 409], answers.Select(a => (int)a.StatusCode).Order());
        Assert.Equal(1, (await officer.GetAsync($"/api/v1/projects?q={name}").Answers(200)).Int("total"));
    }

    [Fact]
    public async Task A_conversion_with_impossible_figures_is_malformed_and_converts_nothing()
    {
        var officer = await (await hosts.Any()).Client("officer");
        var lead = await officer.LeadAsync();
        var conversion = $"/api/v1/leads/{lead.Id()}/conversion";
        await officer.Post(conversion, Samples.ProjectBody(("areaM2", -5))).IsMalformed("areaM2");
        await officer.Post(conversion, Samples.ProjectBody(("investment", 0), ("outputAtCapacity", -1))).IsMalformed("investment", "outputAtCapacity");
        await officer.Post(conversion, Samples.ProjectBody(("name", ""), ("track", null))).IsMalformed("name", "track");
        await officer.Post(conversion, Samples.ProjectBody(("track", "boat"))).IsRefused(400, "invalid");
        Assert.Equal("open", (await officer.GetAsync($"/api/v1/leads/{lead.Id()}").Answers(200)).Text("status"));
    }

    [OnEveryDatabase]
    public async Task A_move_that_lacks_evidence_says_what_is_missing_and_changes_nothing(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var project = await officer.ProjectAsync();
        var path = $"/api/v1/projects/{project.Id()}";
        var refused = await officer.Post(path + "/stage", new { to = "S50", evidence = Samples.Form().Append(KeyValuePair.Create("reviewForm", (object?)"90 分")).Where(f => f.Key is not ("jobs" or "gmo")).ToDictionary() }).IsRefused(409, "evidence-missing");

        Assert.Equal(["committedOutput", "departmentOpinions", "gmo", "jobs", "vetoCheck"], refused.GetProperty("missing").EnumerateArray().Select(m => m.GetString()).Order(StringComparer.Ordinal));
        var after = await officer.GetAsync(path).Answers(200);
        Assert.Equal(("S40", project.Int("version")), (after.Text("stage"), after.Int("version")));
        Assert.Empty(after.GetProperty("evidence").EnumerateArray());
    }

    [OnEveryDatabase]
    public async Task A_move_with_its_evidence_stands_in_the_history_with_who_made_it(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var project = await officer.ReviewedProjectAsync();

        Assert.Equal("S50", project.Text("stage"));
        var move = project.GetProperty("history").EnumerateArray().Last();
        move.Has("from", "to", "at", "by", "evidence");
        Assert.Equal(("S40", "S50", "陆知遥"), (move.Text("from"), move.Text("to"), move.Text("by")));
        Assert.Equal("均同意", move.GetProperty("evidence").Text("departmentOpinions"));
        Assert.Equal("S60", project.GetProperty("nextStage").Text("code"));
    }

    [OnEveryDatabase]
    public async Task A_move_that_the_stages_do_not_have_is_refused_by_its_reason(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var project = await officer.ReviewedProjectAsync();
        var stage = $"/api/v1/projects/{project.Id()}/stage";

        await officer.Post(stage, new { to = "S80" }).IsRefused(409, "stage-not-next");
        await officer.Post(stage, new { to = "S99" }).IsRefused(409, "stage-not-on-track");
        await officer.Post(stage, new { to = "S50" }).IsRefused(409, "stage-unchanged");
        await officer.Post(stage, new { to = "S40" }).IsRefused(409, "reason-required");
        await officer.Post(stage, new { to = "" }).IsMalformed("to");
        await officer.Post(stage, new { to = "S60", evidence = new { colour = "red" } }).IsRefused(400, "unknown-field");
        var signing = new Dictionary<string, string> { ["agreementNumber"] = "金投协 1", ["agreementType"] = "intent", ["creditCode"] = Samples.CreditCode(), ["fairCompetition"] = "compliant", ["eventCheck"] = "首次" };
        await officer.Post(stage, new { to = "S60", evidence = signing }).IsRefused(409, "agreement-not-formal");
        signing["agreementType"] = "formal";
        Assert.Equal("S60", (await officer.Post(stage, new { to = "S60", evidence = signing }).Answers(200)).Text("stage"));
        Assert.Equal("S50", (await officer.Post(stage, new { to = "S50", reason = "协议撤回重谈" }).Answers(200)).Text("stage"));
    }

    [OnEveryDatabase]
    public async Task A_move_or_change_of_an_old_version_is_stale(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var project = await officer.ProjectAsync();
        var (path, read) = ($"/api/v1/projects/{project.Id()}", $"\"{project.Int("version")}\"");
        var change = Samples.ProjectBody(("investment", 70_000_000));

        await officer.Put(path, change, null).IsRefused(428, "version-required");
        using var changed = await officer.Put(path, change, read);
        Assert.Equal(70_000_000m, (await Task.FromResult(changed).Answers(200)).Number("investment"));
        Assert.NotEqual(read, changed.Headers.ETag?.ToString());
        var stale = await officer.Put(path, change, read).IsRefused(412, "stale-version");
        Assert.Contains(stale.GetProperty("changes").EnumerateArray(), c => c.Text("field") == "Investment" && c.Text("by") == "陆知遥");
        await officer.Send(HttpMethod.Post, path + "/stage", new { to = "S50", evidence = Samples.Review() }, read).IsRefused(412, "stale-version");
    }

    [OnEveryDatabase]
    public async Task The_list_answers_a_page_and_refuses_what_it_does_not_know(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var project = await officer.ProjectAsync();
        var page = await officer.GetAsync($"/api/v1/projects?q={project.Text("name")}&field=MED&stage=S40&status=active&sort=-investment&page=1&size=5").Answers(200);
        Assert.Equal((1, 1, 5), (page.Int("total"), page.Int("page"), page.Int("size")));
        Assert.Equal(project.Id(), page.Items().Single().Id());

        await officer.GetAsync("/api/v1/projects?colour=red").IsRefused(400, "unknown-field");
        await officer.GetAsync("/api/v1/projects?sort=colour").IsMalformed("sort");
        await officer.GetAsync("/api/v1/projects?size=10000").IsMalformed("size");
        await officer.GetAsync("/api/v1/projects?status=asleep").IsMalformed("status");
        await officer.GetAsync("/api/v1/projects?park=here").IsMalformed("park");
    }

    [OnEveryDatabase]
    public async Task A_park_manager_sees_a_project_from_its_proposal_on_and_never_the_name_behind_the_code(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, manager) = (await world.Client("officer"), await world.Client("manager.park"));
        var project = await officer.ProjectAsync(("codeName", "白鹭" + Guid.NewGuid().ToString("N")[..4]));
        var path = $"/api/v1/projects/{project.Id()}";
        await manager.GetAsync(path).IsRefused(404, "not-found");
        await (await world.Client("officer2")).GetAsync(path).IsRefused(404, "not-found");

        await officer.ProposalAsync(project.Id(), (await manager.ParkAsync("CAR-07")).Id(), null, 30);
        var seen = (await manager.GetAsync(path).Answers(200)).ToString();
        Assert.DoesNotContain(project.Text("enterpriseName"), seen, StringComparison.Ordinal);
        Assert.DoesNotContain(project.Text("name"), seen, StringComparison.Ordinal);
        Assert.Contains(project.Text("codeName"), seen, StringComparison.Ordinal);
        await manager.Post(path + "/stage", new { to = "S50", evidence = Samples.Review() }).IsRefused(403, "not-permitted");
    }

    [OnEveryDatabase]
    public async Task The_pipeline_changes_with_the_stage(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        async Task<(decimal Projects, decimal Weighted)> Medicine()
        {
            var row = (await officer.GetAsync("/api/v1/reports/pipeline?by=field").Answers(200)).GetProperty("rows").EnumerateArray().Single(r => r.Text("key") == "MED");
            return (row.Number("projects"), row.Number("weighted"));
        }
        var project = await officer.ProjectAsync(("investment", 900_000_000_000m));
        var (projects, weighted) = await Medicine();
        await officer.Post($"/api/v1/projects/{project.Id()}/stage", new { to = "S50", evidence = Samples.Review() }).Answers(200);
        var after = await Medicine();
        Assert.True(after.Weighted > weighted && after.Projects >= projects, $"{(projects, weighted)} → {after}");
        await officer.Post($"/api/v1/projects/{project.Id()}/status", new { status = "lost", reason = "试验用", details = new { lostReason = "other", wentTo = "无", lostOn = "2026-11-01" } });
    }
}
