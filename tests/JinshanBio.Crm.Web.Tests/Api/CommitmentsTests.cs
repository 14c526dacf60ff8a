using System.Text.Json;
using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

/// <summary>Promises over the wire: both sides of a project, their ledger, and the probabilities of the stages.</summary>
public sealed class CommitmentsTests(Hosts hosts)
{
    [OnEveryDatabase]
    public async Task A_promise_is_added_reported_verified_and_postponed(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, leader) = (await world.Client("officer"), await world.Client("leader"));
        var project = (await officer.ProjectAsync()).Id();
        using var response = await officer.Post($"/api/v1/projects/{project}/commitments",
            new { kind = "investmentInPlace", amount = 80_000_000, since = Day(-30), dueDay = Day(300), unit = "DEP-TZCJ", agreementNumber = "正 001", conditions = "分两期" });
        var added = await Task.FromResult(response).Answers(201);
        var path = $"/api/v1/commitments/{added.Id()}";
        Assert.Equal((path, "\"1\""), (response.Headers.Location?.ToString(), response.Headers.ETag?.ToString()));
        added.Has("id", "projectId", "version", "side", "kind", "measure", "target", "since", "dueDay", "firstDueDay", "status", "reached", "reported", "isWaiting", "light", "ledger", "postponements", "share");
        Assert.Equal(("investor", "yuan", 80_000_000m, "grey"), (added.Text("side"), added.Text("measure"), added.Number("target"), added.GetProperty("light").Text("colour")));
        Assert.NotEmpty(added.GetProperty("light").Text("words"));

        var reported = await officer.Post(path + "/fulfilments", new { amount = 50_000_000, day = Day(-1), text = "银行回单 8 张" }).Answers(201);
        var line = reported.GetProperty("ledger")[0].Id();
        Assert.Equal((true, JsonValueKind.Null), (reported.GetProperty("isWaiting").GetBoolean(), reported.GetProperty("reached").ValueKind));
        await officer.Post(path + "/verification", new { fulfilmentId = line, confirmed = true }).IsRefused(403, "not-permitted");
        await leader.Send(HttpMethod.Post, path + "/verification", new { fulfilmentId = line, confirmed = true }, "\"1\"").IsRefused(412, "stale-version");
        var verified = await leader.Send(HttpMethod.Post, path + "/verification", new { fulfilmentId = line, confirmed = true }, "\"2\"").Answers(200);
        Assert.Equal((50_000_000m, "green", 3), (verified.Number("reached"), verified.GetProperty("light").Text("colour"), verified.Int("version")));
        await leader.Post(path + "/verification", new { fulfilmentId = line, confirmed = true }).IsRefused(409, "fulfilment-settled");
        await officer.Post(path + "/withdrawal", new { fulfilmentId = line, reason = "写错了" }).IsRefused(409, "fulfilment-settled");

        await officer.Post(path + "/postponement", new { newDueDay = Day(200), reason = "双方同意", documentNumber = "补 1" }).IsRefused(409, "postpone-not-later");
        var postponed = await officer.Post(path + "/postponement", new { newDueDay = Day(400), reason = "双方同意", documentNumber = "补 1" }).Answers(200);
        Assert.Equal((Day(300), Day(400)), (postponed.GetProperty("postponements")[0].Text("from"), postponed.Text("dueDay")));
        await officer.Put(path, new { amount = 80_000_000, dueDay = Day(400), conditions = "一次到位" }, null).IsRefused(428, "version-required");
        await officer.Put(path, new { amount = 90_000_000, dueDay = Day(400) }, "\"4\"").IsRefused(409, "commitment-fixed");
        Assert.Equal("一次到位", (await officer.Put(path, new { amount = 80_000_000, dueDay = Day(400), conditions = "一次到位" }, "\"4\"").Answers(200)).Text("conditions"));
        Assert.Equal("released", (await officer.Post(path + "/release", new { reason = "登记重复" }).Answers(200)).Text("status"));
        await officer.Post(path + "/fulfilments", new { amount = 1, text = "再报" }).IsRefused(409, "commitment-released");
    }

    [OnEveryDatabase]
    public async Task Both_sides_of_a_project_and_the_list_of_all_with_its_totals(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, leader, other) = (await world.Client("officer"), await world.Client("leader"), await world.Client("officer2"));
        var project = (await officer.ProjectAsync()).Id();
        var path = $"/api/v1/projects/{project}/commitments";
        await officer.Post(path, new { kind = "permits", dueDay = Day(-5), what = "环评批复" }).Answers(201);
        await officer.Post(path, new { kind = "annualTax", amount = 9_000_000, dueDay = Day(600) }).Answers(201);
        var sides = await leader.GetAsync(path).Answers(200);
        sides.Has("projectId", "today", "landMu", "landBasis", "perMu", "counts", "investor", "district");
        Assert.Equal((1, 1, 1), (sides.GetProperty("investor").GetArrayLength(), sides.GetProperty("district").GetArrayLength(), sides.GetProperty("counts").Int("red")));
        Assert.Equal(9_000_000m, sides.GetProperty("perMu").EnumerateArray().Single(f => f.Text("kind") == "annualTax").Number("promised"));

        var rows = (await leader.GetAsync($"/api/v1/commitments?project={project}").Answers(200)).Items().ToList();
        Assert.Equal(["permits", "annualTax"], rows.Select(r => r.Text("kind")));
        Assert.Single((await leader.GetAsync($"/api/v1/commitments?project={project}&light=red&side=district").Answers(200)).Items());
        var lights = await leader.GetAsync($"/api/v1/commitments/lights?project={project}").Answers(200);
        Assert.Equal((1, 0, 0, 1, 2), (lights.Int("red"), lights.Int("amber"), lights.Int("green"), lights.Int("grey"), lights.Int("total")));

        using var file = await leader.GetAsync($"/api/v1/commitments/export?project={project}");
        Assert.Equal("2", file.Headers.GetValues("X-Row-Count").Single());

        await other.GetAsync(path).IsRefused(404, "not-found");
        await leader.Post(path, new { kind = "start", dueDay = Day(9) }).IsRefused(403, "not-permitted");
        await officer.Post(path, new { kind = "jobs", dueDay = Day(9) }).IsRefused(409, "commitment-target");
        await officer.Post(path, new { kind = "measureDelivered", dueDay = Day(9) }).IsRefused(409, "document-required");
        await officer.Post(path, new { what = "没有事项" }).IsMalformed("kind", "dueDay");
        await leader.GetAsync("/api/v1/commitments?colour=red").IsRefused(400, "unknown-field");
        await world.Anonymous().GetAsync("/api/v1/commitments").IsRefused(401, "sign-in-required");
    }

    [OnEveryDatabase]
    public async Task Parameters_and_probabilities_are_read_and_set_by_those_who_may(string provider)
    {
        var world = await hosts.On(provider);
        var (admin, leader, officer) = (await world.Client("admin"), await world.Client("leader"), await world.Client("officer"));
        (await leader.GetAsync("/api/v1/parameters/commitments").Answers(200)).Has("soonDays", "escalateWorkdays", "enoughDecided");
        await leader.Put("/api/v1/parameters/commitments", new { soonDays = 9, escalateWorkdays = 9, enoughDecided = 9 }, null).IsRefused(403, "not-permitted");
        await admin.Put("/api/v1/parameters/commitments", new { soonDays = 0, escalateWorkdays = 9, enoughDecided = 30 }, null).IsMalformed("soonDays");

        var report = await leader.GetAsync("/api/v1/reports/probabilities").Answers(200);
        report.Has("asOf", "enoughDecided", "rows", "byTrack");
        report.GetProperty("rows")[0].Has("stage", "name", "value", "source", "factory", "own", "low", "high", "toSigning", "reached", "decided", "since");
        await officer.GetAsync("/api/v1/reports/probabilities").IsRefused(403, "not-permitted");
        await leader.Post("/api/v1/reports/probabilities/S90/pin", new { reason = "样本太少" }).IsRefused(403, "not-permitted");
        JsonElement Row(JsonElement from) => from.GetProperty("rows").EnumerateArray().Single(r => r.Text("stage") == "S90");
        Assert.Equal(("pinned", "样本太少"), Row(await admin.Post("/api/v1/reports/probabilities/S90/pin", new { reason = "样本太少" }).Answers(200)) is var pinned ? (pinned.Text("source"), pinned.Text("reason")) : default);
        Assert.Equal("factory", Row(await admin.Post("/api/v1/reports/probabilities/S90/pin", new { pinned = false, reason = "恢复" }).Answers(200)).Text("source"));
        await admin.Post("/api/v1/reports/probabilities/S10/pin", new { reason = "不存在" }).IsRefused(404, "not-found");

        var pipeline = await leader.GetAsync("/api/v1/reports/pipeline").Answers(200);
        Assert.Equal(["S40", "S50", "S60", "S65", "S70", "S80", "S90", "S100"], pipeline.GetProperty("probabilities").EnumerateArray().Select(p => p.Text("stage")));
        pipeline.GetProperty("total").Has("signed", "landed", "inProduction", "fundsInPlace", "annualOutput");
    }

    private static string Day(int offset) => DateTime.UtcNow.AddHours(8).AddDays(offset).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
