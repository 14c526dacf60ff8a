using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

public sealed class AgreementsTests(Hosts hosts)
{
    [OnEveryDatabase]
    public async Task An_agreement_is_recorded_completed_signed_and_carries_the_project_over_the_line(string provider)
    {
        var world = await hosts.On(provider);
        var officer = await world.Client("officer");
        var project = (await officer.ReviewedProjectAsync()).Id();
        var path = $"/api/v1/projects/{project}/agreement";
        using var recorded = await officer.Post(path, new { kind = "formal", ourParty = "金山区", investorCode = Samples.CreditCode(), amount = 61_000_000 });
        var agreement = await Task.FromResult(recorded).Answers(201);
        var one = $"/api/v1/agreements/{agreement.Id()}";
        Assert.Equal(one, recorded.Headers.Location!.ToString());
        await officer.Post($"/api/v1/projects/{project}/stage", new { to = "S60" }).IsRefused(409, "agreement-unsigned");

        var change = new { number = "合同 " + Guid.NewGuid().ToString("N")[..10], ourParty = "金山区", investorCode = agreement.Text("investorCode"), amount = 61_000_000 };
        await officer.Put(one, change, null).IsRefused(428, "version-required");
        await officer.Put(one, change, $"\"{agreement.Int("version")}\"").Answers(200);
        var promised = await officer.Post(one + "/measures", new { kind = "PM-31", withoutAmount = true }).Answers(201);
        var measure = promised.GetProperty("measures")[0];
        var lacking = await officer.Post(one + "/signature").IsRefused(409, "agreement-incomplete");
        Assert.Contains(lacking.GetProperty("missing").EnumerateArray(), m => m.GetString() == "measures.PM-31.documentNumber");
        await officer.Put($"{one}/measures/{measure.Id()}", new { kind = "PM-31", documentNumber = "文号", documentTitle = "办法", documentDate = "2025-01-01", amount = 1_000_000, conditions = "达产", unit = "DEP-JXW" }, null).Answers(200);
        await officer.Post(one + "/signature").IsRefused(409, "fair-competition-open");
        await officer.Put($"/api/v1/projects/{project}/fair-competition", new { state = "compliant" }, null).IsMalformed("documentNumber", "day", "reviewedBy");
        await officer.Put($"/api/v1/projects/{project}/fair-competition", new { state = "compliant", documentNumber = "审 1", day = "2026-01-05", reviewedBy = "小组" }, null).Answers(200);
        Assert.Equal("signed", (await officer.Post(one + "/signature", new { signedOn = "2026-01-06" }).Answers(200)).Text("status"));
        await officer.Send(HttpMethod.Delete, $"{one}/measures/{measure.Id()}", null, null).IsRefused(409, "agreement-signed");

        Assert.Equal("S60", (await officer.Post($"/api/v1/projects/{project}/stage", new { to = "S60" }).Answers(200)).Text("stage"));
        await officer.Post(one + "/voiding", new { reason = "试试" }).IsRefused(409, "agreement-holds-stage");
        var increase = await officer.Post(path, new { kind = "supplement", number = "补 " + Guid.NewGuid().ToString("N")[..10], ourParty = "金山区", investorCode = agreement.Text("investorCode"), amount = 5_000_000 }).Answers(201);
        await officer.Post($"/api/v1/agreements/{increase.Id()}/signature").Answers(200);
        Assert.Equal(66_000_000m, (await officer.GetAsync(path).Answers(200)).Number("signedAmount"));
        await officer.Post(path, new { kind = "formal", amount = 1 }).IsRefused(409, "agreement-exists");
        await (await world.Client("leader")).Post(path, new { kind = "intent" }).IsRefused(403, "not-permitted");
        await world.Anonymous().GetAsync(path).IsRefused(401, "sign-in-required");
    }

    [OnEveryDatabase]
    public async Task A_client_that_only_types_evidence_signs_as_ever_and_finds_the_agreement(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var project = await officer.ReviewedProjectAsync();
        var number = "外部 " + Guid.NewGuid().ToString("N")[..10];
        var signing = new { agreementNumber = number, agreementType = "formal", creditCode = Samples.CreditCode(), fairCompetition = "notApplicable", eventCheck = "首次" };
        await officer.Post($"/api/v1/projects/{project.Id()}/stage", new { to = "S60", evidence = signing }).Answers(200);
        var deal = await officer.GetAsync($"/api/v1/projects/{project.Id()}/agreement").Answers(200);
        Assert.Equal((60_000_000m, "notApplicable"), (deal.Number("signedAmount"), deal.GetProperty("fairCompetition").Text("state")));
        var formal = deal.GetProperty("agreements")[0];
        Assert.Equal((number, "signed", true), (formal.Text("number"), formal.Text("status"), formal.GetProperty("isFromEvidence").GetBoolean()));
        var other = await officer.ReviewedProjectAsync();
        var taken = await officer.Post($"/api/v1/projects/{other.Id()}/stage", new { to = "S60", evidence = signing }).IsRefused(409, "agreement-number-taken");
        Assert.Contains("evidence.agreementNumber", taken.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }
}
