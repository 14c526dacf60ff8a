using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>A manager reports of a tenant, its officer proposes the next carrier in one step, and its way becomes one line.</summary>
[Collection<BrowserCollection>]
public sealed class GraduationJourneyTests(Browsing browsing)
{
    [Fact]
    public async Task From_the_incubator_to_the_accelerator_without_a_day_between()
    {
        var (officer, incubator, manager) = (await browsing.World.Client("officer"), await browsing.World.Client("manager.incubator"), await browsing.World.Client("manager.park"));
        var first = (await incubator.ParkAsync("CAR-02")).Id();
        var second = (await manager.ParkAsync("CAR-06")).Id();
        var space = (await manager.SpaceAsync(second, 80)).Id();
        var project = await officer.ProjectAsync();
        var stay = (await officer.ProposalAsync(project.Id(), first, (await incubator.SpaceAsync(first, 60)).Id(), 60)).Id();
        await incubator.Post($"/api/v1/assignments/{stay}/acceptance").Answers(200);
        await incubator.Post($"/api/v1/assignments/{stay}/move-in").Answers(200);

        await using (var visit = await browsing.OpenAsync("manager.incubator"))
        {
            await visit.GoAsync($"/parks/{first}/tenants");
            await visit.Main.GetByRole(AriaRole.Link, new() { Name = project.Text("title") }).First.ClickAsync();
            await visit.Page.Locator("[name=headcount]").FillAsync("26");
            await visit.Page.Locator("[name=revenue]").FillAsync("680");
            await visit.Page.Locator("[name=product]").SelectOptionAsync("SmallBatch");
            await visit.Page.Locator("[name=areaNeedM2]").FillAsync("80");
            await visit.Page.Locator("[name=foundedOn]").FillAsync("2022-03-01");
            await visit.Page.Locator("#report form button.primary").ClickAsync();
            await Expect(visit.Main).ToContainTextAsync("680 万元");
            await Expect(visit.Main.GetByText("已达毕业条件").First).ToBeVisibleAsync();
            visit.IsQuiet();
        }

        await using var asks = await browsing.OpenAsync("officer");
        await asks.GoAsync($"/parks/{first}/tenants/{stay}");
        await asks.Page.Locator("#next li", new() { HasText = "张江金山生物医药园" }).GetByRole(AriaRole.Button).ClickAsync();
        await asks.Page.Locator("dialog#confirm button[value=ok]").ClickAsync();
        await asks.Page.WaitForURLAsync($"**/projects/{project.Id()}**", new() { WaitUntil = WaitUntilState.Commit });
        var places = (await officer.GetAsync($"/api/v1/assignments?project={project.Id()}&status=Proposed").Answers(200)).Items().ToList();
        await manager.Post($"/api/v1/assignments/{Assert.Single(places).Id()}/acceptance", new { spaceId = space }).Answers(200);
        await manager.Post($"/api/v1/assignments/{places[0].Id()}/move-in").Answers(200);

        await asks.GoAsync($"/projects/{project.Id()}");
        await Expect(asks.Page.Locator("#places .track li")).ToHaveCountAsync(2);
        await Expect(asks.Page.Locator("#places .track li[data-state=done]")).ToContainTextAsync("孵化器");
        await Expect(asks.Page.Locator("#places .track li[aria-current]")).ToContainTextAsync("加速器");
        asks.IsQuiet();
    }
}
