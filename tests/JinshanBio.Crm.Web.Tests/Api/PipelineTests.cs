using System.Globalization;
using System.Text.Json;
using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

public sealed class PipelineTests(Hosts hosts)
{
    private static readonly string[] Figures = ["leads", "projects", "investment", "weighted", "signed", "landed", "inProduction", "outputAtCapacity"];

    [OnEveryDatabase]
    public async Task The_pipeline_has_a_row_per_field_and_a_total_that_adds_up(string provider)
    {
        var leader = await (await hosts.On(provider)).Client("leader");
        var report = await leader.GetAsync("/api/v1/reports/pipeline?by=field").Answers(200);

        report.Has("asOf", "by", "rows", "total");
        var rows = report.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(["AGR", "CMN", "ENE", "MAT", "MED"], rows.Select(r => r.Text("key")).Order(StringComparer.Ordinal));
        Assert.All(rows, row => row.Has(["key", "name", .. Figures]));
        Assert.All(Figures, figure => Assert.Equal(rows.Sum(r => r.Number(figure)), report.GetProperty("total").Number(figure)));
        Assert.True(report.GetProperty("total").Number("signed") > 0);
    }

    [OnEveryDatabase]
    public async Task It_holds_as_of_the_moment_that_is_asked_for(string provider)
    {
        var world = await hosts.On(provider);
        var (officer2, leader) = (await world.Client("officer2"), await world.Client("leader"));
        async Task<JsonElement> At(string? moment) => await officer2.GetAsync("/api/v1/reports/pipeline?by=field" + (moment is null ? "" : "&asOf=" + Uri.EscapeDataString(moment))).Answers(200);
        var before = await At(null);
        await officer2.LeadAsync(("field", "AGR"), ("links", Array.Empty<string>()));
        var after = await At(null);

        static decimal Leads(JsonElement report) => report.GetProperty("rows").EnumerateArray().Single(r => r.Text("key") == "AGR").Number("leads");
        Assert.True(Leads(after) > Leads(before));
        Assert.Equal(Leads(before), Leads(await At(before.Text("asOf"))));
        Assert.Equal(before.Text("asOf"), (await At(before.Text("asOf"))).Text("asOf"));
        Assert.Equal(0, (await leader.GetAsync("/api/v1/reports/pipeline?asOf=2001-01-01").Answers(200)).GetProperty("total").Number("leads"));
    }

    [Fact]
    public async Task An_axis_or_a_time_that_it_does_not_know_is_named()
    {
        var leader = await (await hosts.Any()).Client("leader");
        await leader.GetAsync("/api/v1/reports/pipeline?by=colour").IsMalformed("by");
        await leader.GetAsync("/api/v1/reports/pipeline?asOf=yesterday").IsMalformed("asOf");
        await leader.GetAsync("/api/v1/reports/pipeline?asOf=1899-12-31").IsMalformed("asOf");
        await leader.GetAsync("/api/v1/reports/pipeline?colour=red").IsRefused(400, "unknown-field");
        await (await (await hosts.Any()).Client("manager.park")).GetAsync("/api/v1/reports/pipeline").IsRefused(403, "not-permitted");
    }
}
