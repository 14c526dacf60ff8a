using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

/// <summary>The contract of what became of follow-ups, hand-overs, channels and the calendar link.</summary>
public sealed class HandOversTests(Hosts hosts)
{
    [OnEveryDatabase]
    public async Task A_follow_up_is_read_edited_put_off_supervised_and_cancelled(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, leader) = (await world.Client("officer"), await world.Client("leader"));
        var lead = await officer.LeadAsync();
        var planned = await officer.Post("/api/v1/follow-ups", new { leadId = lead.Id(), dueAt = "2027-01-04T02:00:00Z", kind = "visit", participants = new[] { "顾晓岑", "王总" }, repeat = "week", repeatEvery = 2 }).Answers(201);
        var path = $"/api/v1/follow-ups/{planned.Id()}";
        var read = await officer.GetAsync(path).Answers(200);
        read.Has("item", "participants", "recurrence", "snoozes", "cancelReason", "supervisedBy");
        read.GetProperty("item").Has("id", "kind", "dueAt", "status", "result", "isSupervised", "snoozeCount", "repeats", "suggested", "version", "owner", "stage", "title", "path");

        var body = new { dueAt = "2027-01-05T02:00:00Z", kind = "call" };
        await officer.Put(path, body, null).IsRefused(428, "version-required");
        Assert.Equal("call", (await officer.Put(path, body, "\"1\"").Answers(200)).GetProperty("item").Text("kind"));
        await officer.Put(path, body, "\"1\"").IsRefused(412, "stale-version");
        await officer.Post(path + "/snooze", new { to = "2027-01-04T02:00:00Z", reason = "往前推" }).IsRefused(409, "snooze-not-later");
        Assert.Equal(1, (await officer.Post(path + "/snooze", new { to = "2027-01-08T02:00:00Z", reason = "对方出差" }).Answers(200)).GetProperty("item").Int("snoozeCount"));

        await officer.Post(path + "/supervision", new { note = "自己督办" }).IsRefused(403, "not-permitted");
        await leader.Post(path + "/supervision", new { note = "月内答复" }).Answers(200);
        await officer.Post(path + "/cancellation", new { reason = "不想做了" }).IsRefused(409, "follow-up-supervised");
        Assert.Contains((await leader.GetAsync("/api/v1/follow-ups?everybody=true&supervised=true").Answers(200)).Items(), f => f.Id() == planned.Id());
        await leader.DeleteAsync(path + "/supervision").Answers(204);
        await officer.Post(path + "/cancellation", new { reason = "企业改投外地" }).Answers(204);
        await officer.Post("/api/v1/follow-ups/log", new { leadId = lead.Id(), kind = "call", result = "notReached", next = "suggested" }).Answers(201);
        Assert.Equal("notReached", (await officer.GetAsync($"/api/v1/leads/{lead.Id()}").Answers(200)).GetProperty("followUps").EnumerateArray().Single(f => f.Text("status") == "done").Text("result"));
        await (await world.Client("officer2")).GetAsync(path).IsRefused(404, "not-found");
    }

    [OnEveryDatabase]
    public async Task A_lead_is_handed_to_a_colleague_with_its_history(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, other) = (await world.Client("officer"), await world.Client("officer2"));
        var lead = await officer.LeadAsync();
        var to = (await officer.GetAsync("/api/v1/hand-overs/colleagues").Answers(200)).EnumerateArray().Single(c => c.Text("name") == "顾晓岑").Id();
        await officer.Post("/api/v1/hand-overs", new { to, reason = "按领域调整" }).IsMalformed("leadIds");
        await officer.Post("/api/v1/hand-overs", new { to, leadIds = new[] { Guid.NewGuid() }, reason = "按领域调整" }).IsRefused(404, "not-found");
        var over = await officer.Post("/api/v1/hand-overs", new { to, leadIds = new[] { lead.Id() }, reason = "按领域调整" }).Answers(200);
        Assert.Equal((1, 0, 0), (over.Int("leads"), over.Int("projects"), over.Int("followUps")));
        await officer.GetAsync($"/api/v1/leads/{lead.Id()}").IsRefused(404, "not-found");
        var moved = await other.GetAsync($"/api/v1/leads/{lead.Id()}").Answers(200);
        Assert.Equal(lead.Text("stageSince"), moved.Text("stageSince"));
        Assert.Equal("按领域调整", moved.GetProperty("ownerMoves").EnumerateArray().Single().Text("reason"));
        await (await world.Client("manager.park")).Post("/api/v1/hand-overs", new { to, all = true, reason = "无权交接" }).IsRefused(403, "not-permitted");
    }

    [Fact]
    public async Task Channels_are_set_up_without_ever_showing_their_secrets()
    {
        var world = await hosts.Any();
        var client = await world.Client("manager.incubator");
        await client.Put("/api/v1/me/channels/dingTalk", new { address = "https://127.0.0.1/robot/send?access_token=1", overdue = true }, null).IsRefused(400, "channel-address");
        await client.Put("/api/v1/me/channels/email", new { address = "a@example.cn" }, null).IsRefused(409, "channel-not-offered");
        await client.Put("/api/v1/me/channels/dingTalk", new { address = "https://oapi.dingtalk.com/robot/send?access_token=abcdef123456", secret = "SECxyz", overdue = true }, null).Answers(200);
        var settings = await client.Put("/api/v1/me/notice-settings", new { remindBefore = 30, quietFrom = "22:00", quietTo = "07:30" }, null).Answers(200);
        Assert.DoesNotContain("abcdef", settings.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("SECxyz", settings.ToString(), StringComparison.Ordinal);
        Assert.Equal(["overdue"], settings.GetProperty("channels")[0].GetProperty("topics").EnumerateArray().Select(t => t.GetString()));
        await client.DeleteAsync("/api/v1/me/channels/dingTalk").Answers(204);
        await client.DeleteAsync("/api/v1/me/channels/dingTalk").IsRefused(404, "not-found");
        await client.GetAsync("/api/v1/deliveries").IsRefused(403, "not-permitted");
        await (await world.Client("admin")).GetAsync("/api/v1/deliveries?status=waiting").Answers(200);
    }

    [OnEveryDatabase]
    public async Task The_calendar_link_opens_without_signing_in_until_it_is_revoked(string provider)
    {
        var world = await hosts.On(provider);
        var officer = await world.Client("officer2");
        using var nobody = world.Anonymous();
        var path = (await officer.Post("/api/v1/me/calendar-link").Answers(200)).Text("path");
        using var first = await nobody.GetAsync(path);
        Assert.Equal((200, "text/calendar"), ((int)first.StatusCode, first.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.TryAddWithoutValidation("If-None-Match", first.Headers.ETag!.ToString());
        using var unchanged = await nobody.SendAsync(again);
        Assert.Equal(304, (int)unchanged.StatusCode);

        using var unknown = await nobody.GetAsync("/calendar/" + new string('0', 64) + ".ics");
        Assert.Equal(404, (int)unknown.StatusCode);
        var renewed = (await officer.Post("/api/v1/me/calendar-link").Answers(200)).Text("path");
        using var old = await nobody.GetAsync(path);
        Assert.Equal(404, (int)old.StatusCode);
        await officer.DeleteAsync("/api/v1/me/calendar-link").Answers(204);
        using var revoked = await nobody.GetAsync(renewed);
        Assert.Equal(404, (int)revoked.StatusCode);
    }
}
