using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

public sealed class FollowUpsTests(Hosts hosts)
{
    [OnEveryDatabase]
    public async Task A_planned_follow_up_is_the_next_one_of_its_lead_until_it_is_completed(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var lead = await officer.LeadAsync();
        var path = $"/api/v1/leads/{lead.Id()}";
        var planned = await officer.Post("/api/v1/follow-ups", new { leadId = lead.Id(), dueAt = "2026-12-01T02:00:00Z", kind = "siteVisit", note = "看厂房" }).Answers(201);
        Assert.Equal("2026-12-01T02:00:00Z", (await officer.GetAsync(path).Answers(200)).Text("nextFollowUp"));

        var done = $"/api/v1/follow-ups/{planned.Id()}/completion";
        await officer.Post(done).IsMalformed("outcome");
        await officer.Post(done, new { outcome = "愿意再谈", nextDueAt = "2026-12-20" }).Answers(204);
        await officer.Post(done, new { outcome = "再来一次" }).IsRefused(409, "follow-up-closed");

        var after = await officer.GetAsync(path).Answers(200);
        Assert.Equal("2026-12-20T01:00:00Z", after.Text("nextFollowUp"));
        Assert.Equal(["done", "open"], after.GetProperty("followUps").EnumerateArray().Select(f => f.Text("status")).Order(StringComparer.Ordinal));
    }

    [OnEveryDatabase]
    public async Task A_follow_up_belongs_to_one_lead_or_one_project_that_the_person_sees(string provider)
    {
        var world = await hosts.On(provider);
        var officer = await world.Client("officer");
        var foreign = await (await world.Client("officer2")).LeadAsync();
        Task<HttpResponseMessage> Plan(object body) => officer.Post("/api/v1/follow-ups", body);

        await Plan(new { dueAt = "2026-12-01", kind = "call" }).IsMalformed("leadId");
        await Plan(new { leadId = Guid.NewGuid(), projectId = Guid.NewGuid(), dueAt = "2026-12-01", kind = "call" }).IsMalformed("projectId");
        await Plan(new { leadId = foreign.Id(), kind = "call" }).IsMalformed("dueAt");
        await Plan(new { leadId = foreign.Id(), dueAt = "1899-12-31", kind = "call" }).IsMalformed("dueAt");
        await Plan(new { leadId = foreign.Id(), dueAt = "2026-12-01", kind = "telegram" }).IsRefused(400, "invalid");
        await Plan(new { leadId = foreign.Id(), dueAt = "2026-12-01", kind = "call" }).IsRefused(404, "not-found");
    }
}
