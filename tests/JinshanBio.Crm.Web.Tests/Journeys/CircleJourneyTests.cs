using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>From a chain leader to whom to invite; and what would be if: two scenarios side by side. Without script too.</summary>
[Collection<BrowserCollection>]
public sealed class CircleJourneyTests(Browsing browsing)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_officer_names_a_partner_of_a_leader_and_finds_it_on_the_invitation_list(bool script)
    {
        var brand = "滤芯" + Guid.NewGuid().ToString("N")[..6];
        await (await browsing.World.Client("officer")).Post("/api/v1/enterprises", new { name = $"苏州{brand}有限公司" }).Answers(201);
        await using var officer = await browsing.OpenAsync("officer", script: script);
        await officer.GoAsync("/chain/leaders");
        await officer.Page.Locator("a", new() { HasText = "上海金曙生物制药" }).ClickAsync();
        await Expect(officer.Page.Locator("h1")).ToContainTextAsync("配套圈");
        await Expect(officer.Main).ToContainTextAsync("上海延培培养基有限公司");
        await officer.Page.Locator("a", new() { HasText = "登记伙伴" }).ClickAsync();
        await officer.Page.Locator("main [name=q]").FillAsync(brand);
        await officer.Page.Locator("main [name=q]").PressAsync("Enter");
        await officer.Page.Locator("li", new() { HasText = brand }).Locator("a", new() { HasText = "选用" }).ClickAsync();
        await officer.Page.Locator("[name=link]").SelectOptionAsync("CMN-07");
        await officer.Page.Locator("[name=supply]").FillAsync("除菌滤芯");
        await officer.Page.Locator("[name=knownFrom]").FillAsync("走访采购部");
        await officer.Button("保存").ClickAsync();
        await Expect(officer.Main).ToContainTextAsync("除菌滤芯");
        await officer.Page.Locator("a", new() { HasText = "邀请名单" }).ClickAsync();
        var row = officer.Page.Locator("tr", new() { HasText = brand });
        await Expect(row).ToContainTextAsync("向其采购除菌滤芯");
        await row.Locator("a", new() { HasText = "转为线索" }).ClickAsync();
        await Expect(officer.Page.Locator("[name=note]")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("除菌滤芯"));
        await Expect(officer.Page.Locator("[name=source]")).ToHaveValueAsync("Tenant");
        await Expect(officer.Page.Locator("[name=links][value=CMN-07]")).ToBeCheckedAsync();
        await officer.Page.Locator("[name=expectedInvestment]").FillAsync("800");
        await officer.Button("保存").ClickAsync();
        await Expect(officer.Page.Locator("h1")).ToContainTextAsync(brand);
        officer.IsQuiet();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_leader_compares_what_two_projects_would_close(bool script)
    {
        await using var leader = await browsing.OpenAsync("leader", script: script);
        await leader.GoAsync("/chain/what-if?q=" + Uri.EscapeDataString("伴随诊断"));
        ILocator Choice(string name) => leader.Page.Locator("#pick li", new() { HasText = name });
        await Choice("伴随诊断试剂").Locator("a", new() { HasText = "加入 A" }).ClickAsync();
        await Expect(leader.Main).ToContainTextAsync("各领域覆盖度");
        await leader.Page.Locator("#pick [name=q]").FillAsync("一次性生物工艺");
        await leader.Page.Locator("#pick [name=q]").PressAsync("Enter");
        await Choice("一次性生物工艺耗材").Locator("a", new() { HasText = "加入 B" }).ClickAsync();
        await Expect(leader.Page.Locator("h2", new() { HasText = "方案 B" }).First).ToBeVisibleAsync();
        await Expect(leader.Main).ToContainTextAsync("收窄的缺口");

        // One that nobody knows yet, and another day for the first.
        await leader.Page.Locator("#pick a", new() { HasText = "企业新来" }).ClickAsync();
        await leader.Page.Locator("summary", new() { HasText = "设想一家企业库中没有的企业" }).ClickAsync();
        await leader.Page.Locator("#h-link").SelectOptionAsync("MED-02");
        await leader.Page.Locator("button[value=b]").ClickAsync();
        await Expect(leader.Main).ToContainTextAsync("一家中型企业");
        await leader.Page.Locator("summary", new() { HasText = "调整" }).First.ClickAsync();
        await leader.Page.Locator("#d-a0").FillAsync("2028-02-29");
        await leader.Page.Locator("form:has(#d-a0) button").ClickAsync();
        await Expect(leader.Main).ToContainTextAsync("2028 年第 1 季度");
        Assert.Contains("2028-02-29", leader.Page.Url, StringComparison.Ordinal);
        await leader.Page.Locator("a[title=去掉]").First.ClickAsync();
        await Expect(leader.Main).Not.ToContainTextAsync("2028 年第 1 季度");
        leader.IsQuiet();
    }
}
