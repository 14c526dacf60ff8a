using System.Globalization;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>An officer works through a list: narrows it down, keeps that as a view, and does one step on many rows.</summary>
[Collection<BrowserCollection>]
public sealed class ListJourneys(Browsing browsing)
{
    [Fact]
    public async Task A_narrowed_list_becomes_a_view_with_its_own_columns()
    {
        await using var officer = await browsing.OpenAsync("officer2");
        await officer.GoAsync("/leads");
        await officer.Page.GetByText("更多筛选").ClickAsync();
        await officer.Page.Locator("[name=expectedInvestmentFrom]").SelectOptionAsync("50000000");
        await officer.Page.WaitForURLAsync("**/leads?*expectedInvestmentFrom=50000000*", new() { WaitUntil = WaitUntilState.Commit });
        await officer.Page.Locator("summary", new() { HasText = "视图" }).ClickAsync();
        await officer.Page.GetByLabel("视图名称").FillAsync("五千万以上");
        await officer.Page.Locator("form:has([name=query])").GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Expect(officer.Page.Locator(".tabs [aria-current]")).ToHaveTextAsync("五千万以上");

        await officer.Page.Locator("summary", new() { HasText = "列" }).ClickAsync();
        await officer.Page.GetByLabel("来源渠道").Last.UncheckAsync();
        await officer.Page.GetByLabel("登记时间").Last.CheckAsync();
        await officer.Button("显示所选").ClickAsync();
        await Expect(officer.Page.Locator("thead")).ToContainTextAsync("登记时间");
        await Expect(officer.Page.Locator("thead")).Not.ToContainTextAsync("来源渠道");

        await officer.GoAsync("/leads");
        await Expect(officer.Page.Locator("thead")).ToContainTextAsync("登记时间");
        await officer.Link("五千万以上").ClickAsync();
        await officer.Page.Locator("summary", new() { HasText = "视图" }).ClickAsync();
        await officer.Button("删除视图").First.ClickAsync();
        await officer.Page.Locator("#confirm [value=ok]").ClickAsync();
        await Expect(officer.Page.Locator(".tabs")).ToHaveCountAsync(0);
        officer.IsQuiet();
    }

    [Fact]
    public async Task Rows_picked_on_the_keyboard_get_one_step_and_those_that_refuse_it_say_why()
    {
        var client = await browsing.World.Client("officer2");
        var (first, second) = (await client.LeadAsync(), await client.LeadAsync());
        await client.Post($"/api/v1/leads/{first.Id()}/screening", new { to = "S20" }).Answers(200);
        await using var officer = await browsing.OpenAsync("officer2");
        await officer.GoAsync("/leads");
        // The two newest stand on top: walk down to each and pick it.
        await officer.Page.Locator("h1").ClickAsync();
        foreach (var _ in (int[])[1, 2])
        {
            await officer.Page.Keyboard.PressAsync("j");
            await officer.Page.Keyboard.PressAsync("x");
        }
        await Expect(officer.Page.Locator("[data-picked]")).ToHaveTextAsync("已选 2 条");
        await officer.Page.Locator("[name=step]").SelectOptionAsync("Screen");
        await officer.Page.Locator("[data-group=Screen] [name=to]").SelectOptionAsync("S20");
        await officer.Button("执行").First.ClickAsync();
        await officer.Page.Locator("#confirm [value=ok]").ClickAsync();

        await Expect(officer.Main).ToContainTextAsync("完成 1 条，未完成 1 条");
        await Expect(officer.Page.Locator(".list .bad")).ToHaveCountAsync(1);
        await Expect(officer.Page.Locator("td.pick input:checked")).ToHaveCountAsync(1);
        var moved = await client.GetAsync($"/api/v1/leads/{second.Id()}").Answers(200);
        Assert.Equal("S20", moved.Text("stage"));
        officer.IsQuiet();
    }
}
