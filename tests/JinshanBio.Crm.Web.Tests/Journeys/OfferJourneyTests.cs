using System.Globalization;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>An officer posts what an enterprise here needs, sees who may supply it, introduces the two, records the contract and finds it in the results; without script too.</summary>
[Collection<BrowserCollection>]
public sealed class OfferJourneyTests(Browsing browsing)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_demand_is_posted_matched_introduced_and_contracted(bool script)
    {
        // Each run has a product of its own, since both share one world.
        var product = script ? "一次性储液袋" : "一次性搅拌袋";
        await using var officer = await browsing.OpenAsync("officer", script: script);
        await officer.GoAsync("/chain/offers/new?q=金曙");
        await officer.Link("上海金曙生物制药股份有限公司").ClickAsync();
        var form = officer.Page.Locator("main form[method=post]");
        await form.Locator("[name=kind]").SelectOptionAsync("Demand");
        await form.Locator("[name=link]").SelectOptionAsync("CMN-05");
        await form.Locator("button.primary").ClickAsync();
        // What is missing is named beside it, and what was chosen stays.
        await Expect(form.Locator(".error")).ToHaveCountAsync(1);
        await Expect(form.Locator("[name=kind]")).ToHaveValueAsync("Demand");
        await form.Locator("[name=product]").FillAsync(product);
        await form.Locator("button.primary").ClickAsync();
        await Expect(officer.Page.Locator("h1")).ToHaveTextAsync(product);

        var match = officer.Page.Locator("#matches li", new() { HasText = "润泊" }).First;
        await match.Locator("summary", new() { HasText = "分" }).ClickAsync();
        await Expect(match).ToContainTextAsync("对方已发布");
        await match.Locator("summary.btn:not(.quiet)").ClickAsync();
        await match.Locator("[name=note]").FillAsync("先看样品");
        await match.Locator("button.primary").ClickAsync();
        var introduction = officer.Page.Locator("#introductions li").First;
        await Expect(introduction).ToContainTextAsync("先看样品");

        await introduction.Locator("summary.btn").ClickAsync();
        await introduction.Locator("[name=state]").SelectOptionAsync("Contract");
        await introduction.Locator("[name=contractOn]").FillAsync(DateTime.UtcNow.AddHours(8).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await introduction.Locator("button.primary").ClickAsync();
        await Expect(introduction.Locator(".error")).ToHaveCountAsync(1);
        await introduction.Locator("[name=amount]").FillAsync("120");
        await introduction.Locator("[name=closeOffer]").CheckAsync();
        await introduction.Locator("button.primary").ClickAsync();
        await Expect(officer.Page.Locator("#introductions")).ToContainTextAsync("120 万元");
        await Expect(officer.Main).ToContainTextAsync("已对接成功");

        await officer.GoAsync("/chain/offers?tab=results");
        await officer.Page.Locator("tbody tr").First.Locator("a").Last.ClickAsync();
        await Expect(officer.Main).ToContainTextAsync(product);
        officer.IsQuiet();
    }
}
