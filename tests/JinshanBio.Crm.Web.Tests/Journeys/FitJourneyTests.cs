using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>From the needs of a project to a place in a space that almost fits.</summary>
[Collection<BrowserCollection>]
public sealed class FitJourneyTests(Browsing browsing)
{
    [Fact]
    public async Task An_officer_proposes_a_space_that_may_fit_and_the_manager_takes_another_with_a_reason()
    {
        var (client, keeper) = (await browsing.World.Client("officer"), await browsing.World.Client("manager.park"));
        var project = await client.ProjectAsync();
        await client.FillFormAsync(project.Id());
        var park = (await keeper.ParkAsync("CAR-07")).Id();
        var (high, low) = ("高单元" + Guid.NewGuid().ToString("N")[..6], "低单元" + Guid.NewGuid().ToString("N")[..6]);
        foreach (var (name, height) in new[] { (high, 6m), (low, 3m) })
            await keeper.Post($"/api/v1/parks/{park}/spaces", new { name, areaM2 = 60_000, availableFrom = "2025-01-01", clearHeightM = height, floorLoad = 10 }).Answers(201);
        var path = $"/projects/{project.Id()}";
        await using var officer = await browsing.OpenAsync("officer");
        await using var manager = await browsing.OpenAsync("manager.park");

        await officer.GoAsync($"{path}/fit?park={park}");
        var unsure = officer.Page.Locator("li.fit-space", new() { HasText = high });
        await Expect(unsure.Locator(".chip").First).ToHaveTextAsync("待核实");
        await Expect(officer.Page.Locator("li.fit-space", new() { HasText = low })).ToContainTextAsync("净高只有 3 m，需要 4.8 m");
        await Expect(officer.Page.Locator("li.fit-space", new() { HasText = low }).Locator("a.btn")).ToHaveCountAsync(0);
        await unsure.Locator("summary").ClickAsync();
        await Expect(unsure).ToContainTextAsync("扩展余地");

        await unsure.Locator("a.btn").ClickAsync();
        await Expect(officer.Page.Locator("[name=spaceId] option:checked")).ToContainTextAsync(high);
        await officer.Page.Locator("#places button.primary").ClickAsync();
        await Expect(officer.Page.Locator("#places")).ToContainTextAsync(high);

        await manager.GoAsync("/proposals");
        var panel = manager.Page.Locator("section.panel", new() { HasText = project.Text("name") });
        await Expect(panel).ToContainTextAsync("接收前请核实");
        ILocator Accepting() => manager.Page.Locator("section.panel", new() { HasText = project.Text("name") }).Locator("form[class=form]", new() { Has = manager.Page.Locator("[name=holdUntil]") });
        await Accepting().Locator("[name=spaceId]").SelectOptionAsync(new SelectOptionValue { Label = await Accepting().Locator("[name=spaceId] option", new() { HasText = low }).InnerTextAsync() });
        await Accepting().Locator("button.primary").ClickAsync();
        var refused = manager.Page.Locator("section.panel", new() { HasText = project.Text("name") });
        await Expect(refused).ToContainTextAsync("不满足项目需求");
        await Accepting().Locator("[name=override]").FillAsync("企业接受降低层高");
        await Accepting().Locator("button.primary").ClickAsync();
        await Expect(manager.Page.Locator(".alert.good")).ToBeVisibleAsync();

        await officer.GoAsync(path);
        await Expect(officer.Page.Locator("#places")).ToContainTextAsync("企业接受降低层高");
        await Expect(officer.Page.Locator("#places")).ToContainTextAsync("净高");
        officer.IsQuiet();
        manager.IsQuiet();
    }

    [Fact]
    public async Task A_need_that_is_missing_is_stated_where_the_page_says_and_without_script()
    {
        var client = await browsing.World.Client("officer");
        var project = await client.ProjectAsync();
        await using var officer = await browsing.OpenAsync("officer", script: false);
        await officer.GoAsync($"/projects/{project.Id()}/fit");
        var need = officer.Page.Locator(".facts > div", new() { HasText = "冷量需求" });
        await need.Locator("a").ClickAsync();
        await officer.Page.Locator("#f-cooling input").FillAsync("1200");
        await officer.Page.Locator(".form-save button.primary").ClickAsync();
        await officer.GoAsync($"/projects/{project.Id()}/fit");
        await Expect(officer.Page.Locator(".facts > div", new() { HasText = "冷量需求" })).ToContainTextAsync("1,200 kW");
    }
}
