using System.Globalization;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>An officer enters a promise and reports on it, the leader verifies it, and both see the same light; without script too.</summary>
[Collection<BrowserCollection>]
public sealed class PromiseJourneyTests(Browsing browsing)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_promise_is_entered_reported_and_verified(bool script)
    {
        var project = (await (await browsing.World.Client("officer")).ProjectAsync()).Id();
        await using var officer = await browsing.OpenAsync("officer", script: script);
        await officer.GoAsync($"/projects/{project}/promises?kind=InvestmentInPlace");
        var form = officer.Page.Locator("#add form[method=post]");
        await form.Locator("[name=amount]").FillAsync("6000");
        await form.Locator("[name=dueDay]").FillAsync(Day(300));
        await form.Locator("[name=since]").FillAsync(Day(-100));
        await form.Locator("button.primary").ClickAsync();
        await Expect(officer.Page.Locator(".promise")).ToContainTextAsync("6,000 万元");
        await Expect(officer.Page.Locator(".promise")).ToContainTextAsync("进度落后");

        await officer.Page.Locator(".promise > details > summary").ClickAsync();
        await officer.Page.Locator(".promise summary", new() { HasText = "填报履约" }).ClickAsync();
        var record = officer.Page.Locator(".promise .steps details[open] form");
        await record.Locator("[name=amount]").FillAsync("5000");
        await record.Locator("button.primary").ClickAsync();
        // What was typed stays, and the missing part is named.
        await Expect(record.Locator(".error")).ToHaveCountAsync(1);
        await Expect(record.Locator("[name=amount]")).ToHaveValueAsync("5000");
        await record.Locator("[name=text]").FillAsync("银行回单 12 张");
        await record.Locator("button.primary").ClickAsync();
        await Expect(officer.Page.Locator(".promise")).ToContainTextAsync("待核实");

        await using var leader = await browsing.OpenAsync("leader", script: script);
        await leader.GoAsync("/promises?waiting=true");
        await Expect(leader.Main).ToContainTextAsync("到位资金");
        await leader.GoAsync($"/projects/{project}/promises");
        await leader.Page.Locator(".promise > details > summary").ClickAsync();
        await leader.Page.Locator(".promise .timeline summary", new() { HasText = "核实" }).ClickAsync();
        await leader.Button("属实").ClickAsync();
        await Expect(leader.Page.Locator(".promise")).ToContainTextAsync("进度正常");
        await Expect(leader.Page.Locator(".promise")).ToContainTextAsync("已核实 5,000 万元");
        await Expect(leader.Page.Locator("svg.chart a")).ToHaveCountAsync(1);
        foreach (var visit in (Visit[])[officer, leader]) visit.IsQuiet();
    }

    private static string Day(int offset) => DateTime.UtcNow.AddHours(8).AddDays(offset).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
