using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>A manager's morning: a proposal waits on the list, is accepted and gets its lease.</summary>
[Collection<BrowserCollection>]
public sealed class PlaceJourneyTests(Browsing browsing)
{
    [Fact]
    public async Task A_manager_puts_a_proposal_on_the_waiting_list_and_later_accepts_it_and_signs_the_lease()
    {
        var (client, keeper) = (await browsing.World.Client("officer"), await browsing.World.Client("manager.park"));
        var project = await client.ProjectAsync();
        var park = (await keeper.ParkAsync("CAR-07")).Id();
        var space = await keeper.SpaceAsync(park, 500);
        var place = $"/proposals/{(await client.ProposalAsync(project.Id(), park, space.Id(), 120)).Id()}";
        await using var manager = await browsing.OpenAsync("manager.park");

        await manager.GoAsync($"/proposals?park={park}");
        await manager.Page.Locator($"a[href^='{place}?step=wait']").ClickAsync();
        await manager.Page.Locator("#wait button.primary").ClickAsync();
        await Expect(manager.Page.Locator("h1 .chip")).ToHaveTextAsync("候补");
        await manager.GoAsync($"/proposals?park={park}");
        await manager.Page.Locator($"#waiting a.btn[href='{place}']").ClickAsync();
        await manager.Page.Locator("form:has([name=holdUntil]) button.primary").ClickAsync();
        await Expect(manager.Page.Locator("h1 .chip")).ToHaveTextAsync("已接收（预留）");

        await manager.Page.Locator("#agree > summary").ClickAsync();
        await manager.Page.Locator("#agree [name=leaseNumber]").FillAsync("租-2026-88");
        await manager.Page.Locator("#agree [name=until]").FillAsync("2040-12-31");
        await manager.Page.Locator("#agree button.primary").ClickAsync();
        await Expect(manager.Page.Locator("h1 .chip")).ToHaveTextAsync("已签租约");
        await Expect(manager.Main).ToContainTextAsync("租-2026-88");
        await manager.GoAsync($"/proposals?park={park}");
        await Expect(manager.Page.Locator("#agreed")).ToContainTextAsync(project.Text("name"));

        await using var officer = await browsing.OpenAsync("officer");
        await officer.GoAsync(place);
        await Expect(officer.Main).ToContainTextAsync("2040年12月31日");
        foreach (var visit in (Visit[])[manager, officer]) visit.IsQuiet();
    }
}
