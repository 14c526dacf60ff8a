using System.Net;
using System.Text;
using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

public sealed class ExportsTests(Hosts hosts)
{
    [OnEveryDatabase]
    public async Task A_list_is_taken_out_with_its_filter_and_comes_in_again_without_a_change(string provider)
    {
        var officer = await (await hosts.On(provider)).Client("officer");
        var lead = await officer.LeadAsync(("enterprise", new { name = Samples.Name(), creditCode = Samples.CreditCode() }));
        using var answer = await officer.GetAsync($"/api/v1/leads/export?format=csv&q={lead.Text("number")}&sort=-expectedInvestment");
        Assert.Equal((HttpStatusCode.OK, "text/csv", "1"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.GetValues("X-Row-Count").Single()));
        Assert.EndsWith(".csv", answer.Content.Headers.ContentDisposition?.FileNameStar, StringComparison.Ordinal);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);

        var import = await officer.PostAsync("/api/v1/imports", ImportsTests.Upload(bytes, "again.csv", "leads")).Answers(201);
        Assert.Equal((0, 0, 1, 0), (import.GetProperty("verdicts").Int("create"), import.GetProperty("verdicts").Int("update"), import.GetProperty("verdicts").Int("skip"), import.GetProperty("verdicts").Int("refuse")));
    }

    [Theory]
    [InlineData("leads")]
    [InlineData("enterprises")]
    [InlineData("projects")]
    [InlineData("follow-ups")]
    [InlineData("people")]
    [InlineData("audit")]
    public async Task Every_list_has_its_file_and_refuses_what_it_does_not_know(string list)
    {
        var world = await hosts.Any();
        var admin = await world.Client("admin");
        using var workbook = await admin.GetAsync($"/api/v1/{list}/export?format=xlsx");
        Assert.Equal("PK", Encoding.ASCII.GetString((await workbook.Content.ReadAsByteArrayAsync())[..2]));
        await admin.GetAsync($"/api/v1/{list}/export?colour=red").IsRefused(400, "unknown-field");
        await (await world.Client("manager.park")).GetAsync($"/api/v1/{list}/export").IsRefused(403, "not-permitted");
        await world.Anonymous().GetAsync($"/api/v1/{list}/export").IsRefused(401, "sign-in-required");
    }
}
