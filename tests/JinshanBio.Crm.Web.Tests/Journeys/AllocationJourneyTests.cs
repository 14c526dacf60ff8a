using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>A leader plans the places of all projects, asks what a closed park would cost, and sends a placement as a proposal; without script too.</summary>
[Collection<BrowserCollection>]
public sealed class AllocationJourneyTests(Browsing browsing)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_leader_plans_asks_what_if_and_sends_proposals(bool script)
    {
        await using var leader = await browsing.OpenAsync("leader", script: script);
        await leader.GoAsync("/allocations");
        var make = leader.Page.Locator("form:has([name=gapPoints])");
        if (!await make.IsVisibleAsync()) await leader.Page.Locator("details.panel > summary").ClickAsync();
        await make.Locator("[name=name]").FillAsync(script ? "年末统筹" : "年末统筹（无脚本）");
        await make.Locator("button.primary").ClickAsync();
        await Expect(leader.Page.Locator("h1")).ToContainTextAsync("年末统筹");
        await Expect(leader.Page.Locator(".kpis")).ToContainTextAsync("亿元");
        await Expect(leader.Main).ToContainTextAsync("安排到哪里");

        await leader.Page.Locator("summary", new() { HasText = "停用空间或楼栋" }).ClickAsync();
        var close = leader.Page.Locator("form:has([name=_what])");
        await close.Locator("[name=_what]").SelectOptionAsync(new Microsoft.Playwright.SelectOptionValue { Index = 1 });
        await close.Locator("button.primary").ClickAsync();
        await Expect(leader.Page.Locator("#comparison")).ToContainTextAsync("年末统筹");
        await Expect(leader.Page.Locator("h1")).ToContainTextAsync("停用");

        await leader.Page.Locator("a", new() { HasText = "基于" }).ClickAsync();
        var open = leader.Page.Locator("[name=projectIds]");
        if (await open.CountAsync() > 0)
        {
            await open.First.CheckAsync();
            await leader.Button("送出申请").First.ClickAsync();
            if (script) await leader.Page.Locator("#confirm button[value=ok]").ClickAsync();
            // It goes through, or the line says why not: other visitors work with the same projects.
            await Expect(leader.Page.Locator(".step-outcome")).ToBeVisibleAsync();
        }
        leader.IsQuiet();
    }
}
