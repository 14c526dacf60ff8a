using System.Text.Json;
using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

/// <summary>First talks over the wire: who holds the right on an intent, and the steps on it; also a lead's score and reserve.</summary>
public sealed class FirstTalksTests(Hosts hosts)
{
    [OnEveryDatabase]
    public async Task A_right_is_registered_kept_alive_extended_and_replayed(string provider)
    {
        var world = await hosts.On(provider);
        var officer = await world.Client("officer");
        var lead = (await officer.LeadAsync()).Id();
        var path = $"/api/v1/leads/{lead}/first-talk";
        Assert.Equal(JsonValueKind.Null, (await officer.GetAsync(path).Answers(200)).GetProperty("status").ValueKind);

        using var response = await officer.Post(path, Talk());
        var talk = await Task.FromResult(response).Answers(201);
        Assert.Equal((path, true), (response.Headers.Location?.ToString(), response.Headers.ETag is not null));
        talk.Has("leadId", "title", "field", "asOf", "version", "status", "unit", "unitName", "since", "until", "heartbeatDue", "lastDay", "daysLeft", "terms", "shares", "ledger", "isIntact");
        Assert.Equal(("held", "DEP-TZCJ"), (talk.Text("status"), talk.Text("unit")));

        await officer.Post(path + "/heartbeats", new { kind = "visit", text = "不是可核实的推进" }).IsRefused(400, "invalid");
        var beat = await officer.Post(path + "/heartbeats", new { kind = "review", text = "专家评审会纪要" }).Answers(200);
        Assert.Equal(2, beat.Int("version"));
        await officer.Send(HttpMethod.Post, path + "/extension", new { reason = "等待环评" }, "\"1\"").IsRefused(412, "stale-version");
        await officer.Post(path + "/extension", new { reason = "等待环评" }).Answers(200);
        await officer.Post(path + "/extension", new { reason = "再等等" }).IsRefused(409, "first-talk-extended");
        var yesterday = DateTime.UtcNow.AddDays(-2).ToString("yyyy-MM-dd");
        Assert.Equal(JsonValueKind.Null, (await officer.GetAsync($"{path}?asOf={yesterday}").Answers(200)).GetProperty("status").ValueKind);
        Assert.Contains((await officer.GetAsync("/api/v1/first-talks?mine=true&size=200").Answers(200)).Items(), t => t.Id("leadId") == lead);
        Assert.Equal("ended", (await officer.Post(path + "/release", new { reason = "企业改投外地" }).Answers(200)).Text("status"));
        await officer.GetAsync("/api/v1/first-talks?colour=red").IsRefused(400, "unknown-field");
    }

    [OnEveryDatabase]
    public async Task Another_unit_gets_a_409_that_says_who_holds_it_may_dispute_and_the_office_rules(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, other, leader) = (await world.Client("officer"), await world.Client("officer2"), await world.Client("leader"));
        var first = await officer.LeadAsync();
        var second = (await other.LeadAsync(("enterprise", null), ("enterpriseId", first.Id("enterpriseId")))).Id();
        var (ours, theirs) = ($"/api/v1/leads/{first.Id()}/first-talk", $"/api/v1/leads/{second}/first-talk");
        await officer.Post(ours, Talk()).Answers(201);

        var refused = await other.Post(theirs, Talk("confirmedByBoth")).IsRefused(409, "first-talk-held");
        Assert.Equal(("DEP-TZCJ", true), (refused.GetProperty("details").Text("unit"), refused.GetProperty("details").GetProperty("mayDispute").GetBoolean()));
        Assert.Equal(["unit", "unitName", "since", "mayDispute"], refused.GetProperty("details").EnumerateObject().Select(p => p.Name));
        await other.GetAsync(ours).IsRefused(404, "not-found");
        Assert.True((await other.GetAsync(theirs).Answers(200)).GetProperty("isMasked").GetBoolean());

        Assert.Equal("disputed", (await other.Post(theirs + "/dispute", Talk("confirmedByBoth")).Answers(200)).Text("status"));
        await officer.Post(ours + "/ruling", new { forUnit = "DEP-TZCJ", basis = "timeStamp", reason = "自己给自己裁定" }).IsRefused(403, "not-permitted");
        var ruled = await leader.Post(ours + "/ruling", new { forUnit = "DEP-JXW", basis = "evidence", reason = "双方确认的会谈效力更高" }).Answers(200);
        Assert.Equal("DEP-JXW", ruled.Text("unit"));
        await (await world.Client("manager.park")).GetAsync(ours).IsRefused(403, "not-permitted");
        await world.Anonymous().GetAsync(ours).IsRefused(401, "sign-in-required");
    }

    [OnEveryDatabase]
    public async Task A_transfer_is_offered_and_accepted_and_the_lead_changes_hands(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, other) = (await world.Client("officer"), await world.Client("officer2"));
        var lead = (await officer.LeadAsync()).Id();
        var path = $"/api/v1/leads/{lead}/first-talk";
        await officer.Post(path, Talk()).Answers(201);
        await officer.Post(path + "/transfer", new { toUnit = "DEP-JXW", keptPercent = 30, givenPercent = 30, reason = "载体在对方" }).IsRefused(409, "shares-must-add-up");
        await officer.Post(path + "/transfer", new { toUnit = "DEP-JXW", keptPercent = 30, givenPercent = 70, reason = "载体在对方" }).Answers(200);
        await other.Post(path + "/transfer/end", new { reason = "先补材料" }).Answers(204);
        await officer.Post(path + "/transfer", new { toUnit = "DEP-JXW", keptPercent = 30, givenPercent = 70, reason = "材料已补" }).Answers(200);
        Assert.Equal(70, (await other.Post(path + "/transfer/acceptance").Answers(200)).GetProperty("shares").Int("DEP-JXW"));
        await other.GetAsync($"/api/v1/leads/{lead}").Answers(200);
        await officer.GetAsync($"/api/v1/leads/{lead}").IsRefused(404, "not-found");
    }

    [OnEveryDatabase]
    public async Task A_lead_explains_its_score_and_rests_in_reserve(string provider)
    {
        var world = await hosts.On(provider);
        var officer = await world.Client("officer");
        var lead = await officer.LeadAsync(("event", "进博会"), ("confidentiality", "internal"));
        Assert.Equal(("进博会", "internal"), (lead.Text("event"), lead.Text("confidentiality")));
        await officer.Post("/api/v1/leads", Samples.LeadBody(("confidentiality", "confidential"))).IsRefused(409, "code-name-required");
        var score = await officer.GetAsync($"/api/v1/leads/{lead.Id()}/score").Answers(200);
        Assert.Equal(lead.Int("score"), score.Int("total"));
        Assert.Equal(score.Int("total"), score.GetProperty("parts").EnumerateArray().Sum(p => p.Int("points")));

        var path = $"/api/v1/leads/{lead.Id()}/reserve";
        await officer.Post(path, new { wakeOn = "2020-01-01", reason = "过去" }).IsMalformed("wakeOn");
        var reserved = await officer.Post(path, new { wakeOn = DateTime.UtcNow.AddDays(60).ToString("yyyy-MM-dd"), reason = "等待融资" }).Answers(200);
        Assert.Equal("reserved", reserved.Text("status"));
        Assert.Equal("open", (await officer.Send(HttpMethod.Delete, path, null, null).Answers(200)).Text("status"));

        var weights = await officer.GetAsync("/api/v1/parameters/lead-score").Answers(200);
        weights.Has("field", "hub", "gap", "investment", "done", "overdue", "stage", "creditCode", "nextStep", "steps");
        await officer.Put("/api/v1/parameters/lead-score", new { field = 100 }, null).IsRefused(403, "not-permitted");
        await (await world.Client("admin")).Put("/api/v1/parameters/lead-score", new { field = 90 }, null).IsRefused(409, "weights-must-add-up");
    }

    private static object Talk(string evidence = "minutes") => new { evidence, text = "会谈纪要 2026-118 号", with = "研发副总", talkedAt = DateTime.UtcNow.AddHours(-3) };
}
