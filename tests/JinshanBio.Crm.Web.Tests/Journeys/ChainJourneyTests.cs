using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>From the map over a field and a link to a gap and its terms; without script, and on a phone in words.</summary>
[Collection<BrowserCollection>]
public sealed class ChainJourneyTests(Browsing browsing)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_leader_reads_the_map_opens_a_link_and_sees_what_a_gap_is_made_of(bool script)
    {
        await using var leader = await browsing.OpenAsync("leader", script: script);
        await leader.GoAsync("/chain");
        await Expect(leader.Page.Locator(".chain-map .node")).ToHaveCountAsync(90);
        await leader.Page.Locator(".chain-fields a", new() { HasText = "生物医药" }).ClickAsync();
        await Expect(leader.Page.Locator(".chain-map .node:not(.guest)")).ToHaveCountAsync(20);

        await leader.Page.Locator(".chain-map .node", new() { HasText = "MED-10" }).ClickAsync();
        await Expect(leader.Page.Locator(".chain-picked")).ToContainTextAsync("MED-10");
        await Expect(leader.Page.Locator(".chain-picked")).ToContainTextAsync("生物反应设备");
        await Expect(leader.Page.Locator(".chain-map .edge.Near").First).ToBeAttachedAsync();
        await leader.Page.Locator(".chain-picked a", new() { HasText = "打开环节" }).ClickAsync();
        await Expect(leader.Page.Locator("#supply")).ToContainTextAsync("青松计划");
        await Expect(leader.Page.Locator("#reckoned")).ToContainTextAsync("min(1,");

        await leader.GoAsync("/chain/gaps?field=MED");
        await leader.Page.Locator("table a.main-link").First.ClickAsync();
        await Expect(leader.Page.Locator("#need")).ToContainTextAsync("本环节规划");
        await Expect(leader.Page.Locator("#need tfoot")).ToContainTextAsync("需求合计");
        leader.IsQuiet();
    }

    [Fact]
    public async Task On_a_phone_the_map_is_a_list_in_words()
    {
        await using var officer = await browsing.OpenAsync("officer", phone: true);
        await officer.GoAsync("/chain?field=MED");
        await Expect(officer.Page.Locator(".chain-map")).ToBeHiddenAsync();
        var link = officer.Page.Locator(".chain-item:has(> summary:has-text('MED-10'))");
        await link.Locator("summary").ClickAsync();
        await Expect(link).ToContainTextAsync("由谁供应");
        await link.Locator("a.btn").ClickAsync();
        await Expect(officer.Page.Locator("h1")).ToContainTextAsync("MED-10");
        officer.IsQuiet();
    }

    [Fact]
    public async Task The_administrator_replaces_an_assumption_and_is_told_what_does_not_fit()
    {
        await using var admin = await browsing.OpenAsync("admin");
        await admin.GoAsync("/parameters/chain");
        await Expect(admin.Main).ToContainTextAsync("假设");
        await admin.Page.Locator("[name=criticalNeed]").FillAsync("2");
        await admin.Button("保存").ClickAsync();
        await Expect(admin.Page.Locator(".error")).ToContainTextAsync("关键供应的占比不能低于");
        await Expect(admin.Page.Locator("[name=criticalNeed]")).ToHaveValueAsync("2");
        await admin.Page.Locator("[name=criticalNeed]").FillAsync("8");
        await admin.Button("保存").ClickAsync();
        await Expect(admin.Main).ToContainTextAsync("没有填写文号");
    }
}
