using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

public sealed class ReviewsTests(Hosts hosts)
{
    [OnEveryDatabase]
    public async Task A_review_runs_from_asking_to_its_conclusion_and_opens_the_gate(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, reviewer, leader) = (await world.Client("officer"), await world.Client("reviewer"), await world.Client("leader"));
        var project = (await officer.ProjectAsync()).Id();
        var path = $"/api/v1/projects/{project}/review";
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await officer.GetAsync(path).Answers(200)).GetProperty("last").ValueKind);
        using var opened = await officer.Post(path, new { committedOutput = "年产值 9000 万元", units = new[] { "DEP-STHJ", "DEP-GHZY" }, dueOn = DateTime.UtcNow.AddDays(9).ToString("yyyy-MM-dd") });
        var review = await Task.FromResult(opened).Answers(201);
        Assert.Equal($"/api/v1/reviews/{review.Id()}", opened.Headers.Location!.ToString());
        Assert.NotNull(opened.Headers.ETag);
        review.Has("number", "status", "opinions", "marks", "against", "score", "most", "minutes", "conditions", "sheetDocument");
        await officer.Post(path).IsRefused(409, "review-open");

        var asked = (await reviewer.GetAsync("/api/v1/reviews/opinions?waiting=true&size=200").Answers(200)).Items().Single(o => o.Id("reviewId") == review.Id());
        Assert.Equal(("DEP-STHJ", "waiting"), (asked.Text("unit"), asked.Text("status")));
        Assert.DoesNotContain(asked.EnumerateObject(), p => p.Name is "projectId" or "enterpriseName" or "owner");
        var one = $"/api/v1/reviews/{review.Id()}";
        await reviewer.Post(one + "/opinions/own", new { verdict = "agreeWithConditions" }).IsMalformed("conditions");
        await reviewer.Post(one + "/opinions/own", new { verdict = "agreeWithConditions", conditions = "接管网", documentNumber = "环函 1" }).Answers(204);
        await reviewer.GetAsync(one).IsRefused(403, "not-permitted");
        await reviewer.GetAsync($"/api/v1/projects/{project}").IsRefused(403, "not-permitted");

        await officer.Post($"/api/v1/projects/{project}/stage", new { to = "S50", evidence = Samples.ReviewEvidence() }).IsRefused(409, "review-open");
        var outstanding = await leader.Post(one + "/conclusion", Conclusion()).IsRefused(409, "opinions-outstanding");
        Assert.Equal("opinions.DEP-GHZY", outstanding.GetProperty("missing")[0].GetString());
        await officer.Post(one + "/conclusion", Conclusion()).IsRefused(403, "not-permitted");
        await officer.Post(one + "/opinions/DEP-GHZY", new { verdict = "agree", documentNumber = "规资函 2" }).Answers(200);
        await officer.Post(one + "/opinions/DEP-GHZY", new { verdict = "agree", documentNumber = "规资函 3" }).IsRefused(409, "opinion-given");
        await officer.Post(one + "/preparation", new { minutes = "草稿" }).Answers(200);
        Assert.Equal("passed", (await leader.Post(one + "/conclusion", Conclusion()).Answers(200)).Text("status"));
        Assert.Equal("S50", (await officer.Post($"/api/v1/projects/{project}/stage", new { to = "S50", evidence = Samples.Form() }).Answers(200)).Text("stage"));
        Assert.Contains((await officer.GetAsync("/api/v1/reviews?status=passed&sort=-openedAt&size=200").Answers(200)).Items(), r => r.Id() == review.Id());
        await officer.GetAsync("/api/v1/reviews?colour=red").IsRefused(400, "unknown-field");
        await world.Anonymous().GetAsync(one).IsRefused(401, "sign-in-required");
    }

    [OnEveryDatabase]
    public async Task Scoring_sheets_are_parameters_of_the_administrator(string provider)
    {
        var world = await hosts.On(provider);
        var (admin, officer) = (await world.Client("admin"), await world.Client("officer"));
        // Of a year long gone, so that no other test meets it.
        var body = new { title = "试行表", document = "文号 1", field = "ENE", validFrom = "2001-01-01", validUntil = "2001-12-31", items = new object[] { new { nameZh = "产出", most = 60, least = 30 }, new { isVeto = true, nameZh = "环保" } } };
        await officer.Post("/api/v1/parameters/reviews", body).IsRefused(403, "not-permitted");
        using var created = await admin.Post("/api/v1/parameters/reviews", body);
        var sheet = await Task.FromResult(created).Answers(201);
        Assert.Equal((true, 2), (sheet.GetProperty("isExpired").GetBoolean(), sheet.GetProperty("items").GetArrayLength()));
        await admin.Post("/api/v1/parameters/reviews", body).IsRefused(409, "review-sheet-overlaps");
        await admin.Put($"/api/v1/parameters/reviews/{sheet.Id()}", body, null).IsRefused(428, "version-required");
        await admin.Put($"/api/v1/parameters/reviews/{sheet.Id()}", body, "\"99\"").IsRefused(412, "stale-version");
        await admin.Put($"/api/v1/parameters/reviews/{sheet.Id()}", body, $"\"{sheet.Int("version")}\"").Answers(200);
        await admin.Send(HttpMethod.Delete, $"/api/v1/parameters/reviews/{sheet.Id()}", null, null).Answers(204);
        (await officer.GetAsync("/api/v1/parameters/review-terms").Answers(200)).Has("opinionWorkdays", "escalateWorkdays", "departments");
        await officer.Put("/api/v1/parameters/review-terms", new { opinionWorkdays = 1 }, null).IsRefused(403, "not-permitted");
        await admin.Put("/api/v1/parameters/review-terms", new { opinionWorkdays = 0, escalateWorkdays = 2 }, null).IsMalformed("opinionWorkdays");
    }

    private static object Conclusion() => new { result = "passed", minutes = "同意", minutesNumber = "纪要 1", minutesDay = DateTime.UtcNow.AddDays(-1).ToString("yyyy-MM-dd") };
}
