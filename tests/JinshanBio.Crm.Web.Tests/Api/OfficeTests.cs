using System.Text.Json;
using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

/// <summary>The signed-in person, notices, jobs, people and the audit trail.</summary>
public sealed class OfficeTests(Hosts hosts)
{
    [OnEveryDatabase]
    public async Task Me_says_who_is_signed_in_and_what_that_person_may_do(string provider)
    {
        var world = await hosts.On(provider);
        var me = await (await world.Client("manager.park")).GetAsync("/api/v1/me").Answers(200);
        me.Has("userName", "displayName", "roles", "permissions", "parks");
        Assert.Equal(("manager.park", "沈砚青", "park-manager"), (me.Text("userName"), me.Text("displayName"), me.GetProperty("roles")[0].GetString()));
        Assert.Contains("assignmentsDecide", me.GetProperty("permissions").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal(2, me.GetProperty("parks").GetArrayLength());
        await world.Anonymous().GetAsync("/api/v1/me").IsRefused(401, "sign-in-required");
    }

    [OnEveryDatabase]
    public async Task A_due_follow_up_is_told_once_however_often_the_job_runs(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, admin) = (await world.Client("officer"), await world.Client("admin"));
        var code = "提醒" + Guid.NewGuid().ToString("N")[..8];
        var lead = await officer.LeadAsync(("codeName", code), ("nextFollowUp", DateTime.UtcNow.AddHours(-1).ToString("O")));
        await officer.LeadAsync(("codeName", code + "后"), ("nextFollowUp", DateTime.UtcNow.AddHours(5).ToString("O")));

        for (var run = 0; run < 2; run++) await admin.PostAsync("/api/v1/jobs/reminders/run", null).Answers(202);
        var notices = await officer.GetAsync("/api/v1/notices?size=200").Answers(200);
        var told = Assert.Single(notices.Items(), n => n.Text("message").Contains(code, StringComparison.Ordinal));
        told.Has("id", "kind", "message", "path", "createdAt", "readAt");
        Assert.Equal(("followUpDue", $"/leads/{lead.Id()}", JsonValueKind.Null), (told.Text("kind"), told.Text("path"), told.GetProperty("readAt").ValueKind));
        Assert.DoesNotContain(code, (await (await world.Client("officer2")).GetAsync("/api/v1/notices?size=200").Answers(200)).ToString(), StringComparison.Ordinal);

        Assert.Equal(1, (await officer.Post("/api/v1/notices/read", new { ids = new[] { told.Id() } }).Answers(200)).Int("read"));
        Assert.Equal(0, (await officer.Post("/api/v1/notices/read", new { ids = new[] { told.Id() } }).Answers(200)).Int("read"));
    }

    [OnEveryDatabase]
    public async Task Jobs_are_seen_and_started_by_administrators_only(string provider)
    {
        var world = await hosts.On(provider);
        var admin = await world.Client("admin");
        var started = await admin.PostAsync("/api/v1/jobs/pipeline-roll-up/run", null).Answers(202);
        Assert.Equal("pipeline-roll-up", started.Text("name"));
        await admin.PostAsync("/api/v1/jobs/tidy-the-desk/run", null).IsRefused(404, "unknown-job");

        var jobs = (await admin.GetAsync("/api/v1/jobs").Answers(200)).Items().ToList();
        Assert.Superset(new HashSet<string> { "reminders", "pipeline-roll-up" }, jobs.Select(j => j.Text("name")).ToHashSet());
        var job = jobs.Single(j => j.Text("name") == "pipeline-roll-up");
        job.Has("name", "schedule", "lastRun", "outcome", "durationMs");
        Assert.Equal("succeeded", job.Text("outcome"));

        foreach (var other in (string[])["officer", "leader", "manager.park"])
        {
            var client = await world.Client(other);
            await client.PostAsync("/api/v1/jobs/reminders/run", null).IsRefused(403, "not-permitted");
            await client.GetAsync("/api/v1/jobs").IsRefused(403, "not-permitted");
            await client.GetAsync("/api/v1/people").IsRefused(403, "not-permitted");
            await client.GetAsync("/api/v1/audit").IsRefused(403, "not-permitted");
        }
    }

    [OnEveryDatabase]
    public async Task A_new_person_must_change_the_one_time_password_before_anything_else(string provider)
    {
        var world = await hosts.On(provider);
        var admin = await world.Client("admin");
        var userName = "new." + Guid.NewGuid().ToString("N")[..8];
        var added = await admin.Post("/api/v1/people", new { userName, displayName = "新同事", roles = new[] { "officer" }, parks = Array.Empty<Guid>() }).Answers(201);
        var oneTime = added.Text("oneTimePassword");
        await admin.Post("/api/v1/people", new { userName, displayName = "重名", roles = new[] { "officer" }, parks = Array.Empty<Guid>() }).IsRefused(409, "user-name-taken");

        var person = await world.Client(userName, oneTime);
        Assert.True((await person.GetAsync("/api/v1/me").Answers(200)).GetProperty("mustChangePassword").GetBoolean());
        await person.GetAsync("/api/v1/leads").IsRefused(403, "password-change-required");
        await person.Post("/api/v1/me/password", new { current = oneTime, @new = "short" }).IsRefused(400, "password-too-weak");
        var renewed = await person.Post("/api/v1/me/password", new { current = oneTime, @new = "Longer-2026-pass" }).Answers(200);
        await person.GetAsync("/api/v1/leads").IsRefused(401, "sign-in-required");
        person.DefaultRequestHeaders.Authorization = new("Bearer", renewed.Text("accessToken"));
        await person.GetAsync("/api/v1/leads").Answers(200);
    }

    [OnEveryDatabase]
    public async Task A_change_leaves_its_trace_in_the_audit_trail(string provider)
    {
        var world = await hosts.On(provider);
        var (officer, admin) = (await world.Client("officer"), await world.Client("admin"));
        var lead = await officer.LeadAsync();
        await officer.Put($"/api/v1/leads/{lead.Id()}", Samples.LeadChange(("note", "留痕")), $"\"{lead.Int("version")}\"").Answers(200);
        var trail = (await admin.GetAsync("/api/v1/audit?size=50").Answers(200)).ToString();
        Assert.Contains("留痕", trail, StringComparison.Ordinal);
        Assert.Contains(lead.Id().ToString(), trail, StringComparison.Ordinal);
    }
}
