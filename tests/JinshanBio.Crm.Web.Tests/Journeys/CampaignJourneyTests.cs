using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>An officer plans a campaign at a gap, charges it, takes a lead from it, and the loop report counts the lead; without script too.</summary>
[Collection<BrowserCollection>]
public sealed class CampaignJourneyTests(Browsing browsing)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_campaign_is_planned_charged_and_brings_a_lead(bool script)
    {
        var name = "苏州生物试剂专场" + Guid.NewGuid().ToString("N")[..6];
        await using var officer = await browsing.OpenAsync("officer", script: script);
        await officer.GoAsync("/chain/campaigns/new?link=MED-06");
        var form = officer.Page.Locator("form:has([name=until])");
        await form.Locator("[name=name]").FillAsync(name);
        await form.Locator("[name=from]").FillAsync("2026-12-05");
        await form.Locator("[name=until]").FillAsync("2026-12-01");
        await form.Locator("[name=kind]").SelectOptionAsync("Roadshow");
        await form.Locator("button.primary").ClickAsync();
        // What was typed stays, and what is wrong is said beside it.
        await Expect(form.Locator(".error")).ToHaveCountAsync(1);
        await Expect(form.Locator("[name=name]")).ToHaveValueAsync(name);
        await form.Locator("[name=until]").FillAsync("2026-12-06");
        await form.Locator("button.primary").ClickAsync();
        await Expect(officer.Main.Locator("h1")).ToContainTextAsync(name);

        var cost = officer.Page.Locator("#costs form.form");
        await cost.Locator("[name=what]").FillAsync("会场");
        await cost.Locator("[name=amount]").FillAsync("3.5");
        await cost.Locator("button").ClickAsync();
        await Expect(officer.Page.Locator("#costs")).ToContainTextAsync("3.5 万元");

        await officer.Page.Locator("a.primary").ClickAsync();
        var lead = officer.Page.Locator("form:has([name=expectedInvestment])");
        await lead.Locator("[name='enterprise.name']").FillAsync($"{name}有限公司");
        await lead.Locator("[name=field]").SelectOptionAsync("MED");
        await lead.Locator("[name=source]").SelectOptionAsync("Event");
        await lead.Locator("[name=expectedInvestment]").FillAsync("500");
        await lead.Locator("button.primary").ClickAsync();
        await Expect(officer.Main).ToContainTextAsync(name);
        await officer.Main.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
        await Expect(officer.Main).ToContainTextAsync($"{name}有限公司");
        officer.IsQuiet();
    }
}
