using System.Text.RegularExpressions;
using JinshanBio.Crm.Tests;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>An officer matches the register to the chain, confirms a link, finds the enterprise among the targets and makes a lead that says why; without script too.</summary>
[Collection<BrowserCollection>]
public sealed class TargetJourneyTests(Browsing browsing)
{
    [Theory]
    [InlineData(true, "青浦甲黄酒有限公司")]
    [InlineData(false, "青浦乙黄酒有限公司")]
    public async Task A_matched_enterprise_becomes_a_target_and_a_lead_with_its_reason(bool script, string name)
    {
        var id = (await (await browsing.World.Client("officer")).Post("/api/v1/enterprises", new { name, industryCode = "1514", scope = "黄酒、发酵调味品的生产" }).Answers(201)).Id();
        await using var officer = await browsing.OpenAsync("officer", script: script);
        await officer.GoAsync("/chain/targets/matches");
        await officer.Button("匹配企业").ClickAsync();
        await Expect(officer.Main).ToContainTextAsync("匹配了");
        await officer.GoAsync($"/chain/targets/matches?enterprise={id}");
        var row = officer.Page.Locator("tbody tr", new() { HasText = "AGR-16" });
        await Expect(row.Locator("mark").First).ToContainTextAsync("黄酒");
        await row.Locator("input[type=checkbox]").CheckAsync();
        await officer.Button("确认所选").ClickAsync();
        await Expect(officer.Main).ToContainTextAsync("已处理 1 条");

        await officer.GoAsync("/chain/targets?link=AGR-16");
        var target = officer.Page.Locator(".target", new() { HasText = name });
        await Expect(target).ToContainTextAsync("已确认");
        await target.Locator("form:not(details form) button.primary").ClickAsync();
        await Expect(officer.Page).ToHaveURLAsync(new Regex("/leads/"));
        await Expect(officer.Main).ToContainTextAsync("招商理由");
        await Expect(officer.Main).ToContainTextAsync("补链 AGR-16");
        await officer.GoAsync("/chain/targets?link=AGR-16");
        await Expect(officer.Page.Locator(".target", new() { HasText = name })).ToContainTextAsync("已有联系");
        officer.IsQuiet();
    }
}
