using System.Net.Http.Headers;
using System.Text;
using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

/// <summary>Keeping the map over HTTP.</summary>
public sealed class ChainKeepTests(Hosts hosts)
{
    private static object Link(string name, string field = "ENE") => new { field, tier = "downstream", nameZh = name, products = new[] { "1,3-丙二醇" }, industryCodes = new[] { "2761" }, source = "2026 年调研", reason = "新增环节" };

    [OnEveryDatabase]
    public async Task A_link_is_added_changed_retired_and_restored(string provider)
    {
        var world = await hosts.On(provider);
        var (expert, officer) = (await world.Client("expert"), await world.Client("officer"));
        using var response = await expert.Post("/api/v1/chain/links", Link("接口环节"));
        var added = await Task.FromResult(response).Answers(201);
        added.Has("code", "version", "isOnMap", "terms", "use", "edges", "history");
        var (code, path) = (added.Text("code"), $"/api/v1/chain/links/{added.Text("code")}");
        Assert.Equal((path + "/history", "\"1\""), (response.Headers.Location?.ToString(), response.Headers.ETag?.ToString()));
        Assert.Equal("1,3-丙二醇", added.GetProperty("terms").GetProperty("products")[0].GetString());

        await expert.Put(path, Link("改名"), null).IsRefused(428, "version-required");
        var changed = await expert.Put(path, Link("改名"), "\"1\"").Answers(200);
        Assert.Equal(2, changed.Int("version"));
        var entry = changed.GetProperty("history")[0];
        entry.Has("act", "version", "at", "by", "source", "reason", "changes");
        Assert.Equal(("changed", "方绍文", "nameZh", "接口环节", "改名"), (entry.Text("act"), entry.Text("by"), entry.GetProperty("changes")[0].Text("field"), entry.GetProperty("changes")[0].Text("old"), entry.GetProperty("changes")[0].Text("new")));
        var stale = await expert.Put(path, Link("又改名"), "\"1\"").IsRefused(412, "stale-version");
        Assert.Equal("改名", stale.GetProperty("changes")[0].Text("to"));
        await expert.Put(path, new { field = "ENE", tier = "downstream", nameZh = "无来源" }, "\"2\"").IsMalformed("source", "reason");
        await expert.Put("/api/v1/chain/links/XXX-99", Link("无"), "\"1\"").IsRefused(404, "not-found");
        await officer.Put(path, Link("越权"), "\"2\"").IsRefused(403, "not-permitted");
        await officer.GetAsync(path + "/history").IsRefused(403, "not-permitted");
        await world.Anonymous().GetAsync(path + "/history").IsRefused(401, "sign-in-required");
        await expert.Post("/api/v1/chain/links", new { code, field = "ENE", tier = "upstream", nameZh = "重号", source = "调研", reason = "重号" }).IsRefused(409, "link-code-taken");

        var edge = new { supplier = "CMN-06", buyer = code, kind = "service", suppliesZh = "检测", needPercent = 12.5, source = "调研", reason = "新增" };
        var relation = await expert.Post("/api/v1/chain/edges", edge).Answers(201);
        Assert.Equal(12.5m, relation.GetProperty("edge").GetProperty("terms").Number("needPercent"));
        await expert.Post("/api/v1/chain/edges", edge).IsRefused(409, "edge-exists");
        var edgePath = $"/api/v1/chain/edges/CMN-06/{code}/service";
        Assert.Equal(2, (await expert.Put(edgePath, new { suppliesZh = "检测", isCritical = true, source = "调研", reason = "离不开" }, "\"1\"").Answers(200)).Int("version"));
        await expert.Put(edgePath, new { suppliesZh = "检测", source = "调研", reason = "离不开" }, "\"1\"").IsRefused(412, "stale-version");
        await expert.GetAsync($"/api/v1/chain/edges/CMN-06/{code}/magic/history").IsRefused(404, "not-found");

        Assert.False((await expert.Post(path + "/retirement", new { source = "调研", reason = "并入" }).Answers(200)).GetProperty("isOnMap").GetBoolean());
        var problems = await expert.GetAsync("/api/v1/chain/problems").Answers(200);
        problems.Has("count", "items");
        var dangling = problems.Items().Single(p => p.Text("kind") == "dangling" && p.GetProperty("links").EnumerateArray().Any(l => l.GetString() == code));
        Assert.Contains("改名", dangling.Text("text"), StringComparison.Ordinal);
        await expert.Post(path + "/retirement", new { source = "调研", reason = "并入" }).IsRefused(409, "link-taken-off");
        await expert.Post(edgePath + "/removal", new { source = "调研", reason = "随环节" }).Answers(200);
        Assert.True((await expert.Post(path + "/restoration", new { source = "调研", reason = "撤错" }).Answers(200)).GetProperty("isOnMap").GetBoolean());
        await expert.Post(path + "/retirement", new { source = "调研", reason = "测试结束" }).Answers(200);
    }

    [OnEveryDatabase]
    public async Task Changes_are_listed_and_compared_and_the_map_is_taken_out(string provider)
    {
        var world = await hosts.On(provider);
        var expert = await world.Client("expert");
        var changes = await expert.GetAsync("/api/v1/chain/changes?from=2020-01-01").Answers(200);
        changes.Has("from", "to", "links", "edges", "items");
        var demo = changes.Items().Single(i => i.Text("act") == "changed" && i.GetProperty("code").GetString() == "CMN-05");
        demo.Has("name", "changes", "at", "by", "source", "reason");
        await expert.GetAsync("/api/v1/chain/changes").IsMalformed("from");
        await expert.GetAsync("/api/v1/chain/changes?from=2026-02-30").IsMalformed("from");
        Assert.NotEmpty((await expert.GetAsync("/api/v1/chain/edits?size=5").Answers(200)).EnumerateArray());
        Assert.Contains((await expert.GetAsync("/api/v1/chain/kept-links?q=反应").Answers(200)).EnumerateArray(), l => l.Text("code") == "CMN-05");
        using var file = await expert.GetAsync("/api/v1/chain/keep/links/export?format=csv");
        Assert.StartsWith("代码,领域,兼属领域,层级,中文名称", await file.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await (await world.Client("leader")).GetAsync("/api/v1/chain/keep/edges/export").IsRefused(403, "not-permitted");
    }

    [OnEveryDatabase]
    public async Task A_file_proposes_and_its_rows_are_judged(string provider)
    {
        var world = await hosts.On(provider);
        var expert = await world.Client("expert");
        var proposal = await expert.PostAsync("/api/v1/chain/proposals", Upload("代码,英文名,联系人\nMED-15,A better name,甲\nMED01,x,乙\n", "改名.csv")).Answers(201);
        var line = proposal.GetProperty("proposal");
        line.Has("id", "fileName", "format", "createdAt", "by", "open", "accepted", "refused", "unreadable", "unchanged", "ignoredColumns");
        Assert.Equal((1, 1), (line.Int("open"), line.Int("unreadable")));
        var row = proposal.GetProperty("rows").Items().First();
        row.Has("id", "isEdge", "number", "act", "subject", "name", "changes", "verdict", "isMoved", "isStale", "fault");
        var path = $"/api/v1/chain/proposals/{line.Id()}";
        await expert.Post(path + "/verdicts", new { rows = new[] { row.Id() }, verdict = "refused" }).IsMalformed("why");
        await expert.Post(path + "/verdicts", new { rows = Array.Empty<Guid>(), verdict = "accepted" }).IsMalformed("rows");
        var judged = await expert.Post(path + "/verdicts", new { rows = new[] { row.Id() }, verdict = "accepted" }).Answers(200);
        Assert.Equal((1, 0, 0, 0), (judged.Int("accepted"), judged.Int("refused"), judged.Int("moved"), judged.Int("failed")));
        await expert.Post(path + "/verdicts", new { rows = new[] { row.Id() }, verdict = "accepted" }).IsRefused(409, "proposal-row-closed");
        Assert.Equal("accepted", (await expert.GetAsync(path + "?verdict=accepted").Answers(200)).GetProperty("rows").Items().Single().Text("verdict"));
        Assert.Equal("改名.csv", (await expert.GetAsync("/api/v1/chain/links/MED-15/history").Answers(200)).GetProperty("history")[0].Text("source"));
        await expert.PostAsync("/api/v1/chain/proposals", Upload("企业,电话\n甲,1\n", "x.csv")).IsRefused(400, "column-missing");
        await (await world.Client("officer")).PostAsync("/api/v1/chain/proposals", Upload("代码,英文名\nMED-15,x\n", "x.csv")).IsRefused(403, "not-permitted");
        await expert.GetAsync($"/api/v1/chain/proposals/{Guid.NewGuid()}").IsRefused(404, "not-found");
    }

    private static MultipartFormDataContent Upload(string text, string name)
    {
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        return new MultipartFormDataContent { { file, "file", name } };
    }
}
