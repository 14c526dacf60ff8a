using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>A manager moves the floor plan through time; with the slider, and without script by the button beside it.</summary>
[Collection<BrowserCollection>]
public sealed class FloorJourneyTests(Browsing browsing)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_floor_plan_shows_who_is_where_on_the_chosen_day(bool script)
    {
        var (officer, manager) = (await browsing.World.Client("officer"), await browsing.World.Client("manager.park"));
        var park = (await manager.ParkAsync("CAR-07")).Id();
        var space = await manager.SpaceAsync(park, 120);
        var today = Domain.Calendar.ShanghaiTime.Day(DateTime.UtcNow);
        var project = await officer.ProjectAsync();
        var place = await officer.Post($"/api/v1/projects/{project.Id()}/assignments", new { parkId = park, spaceId = space.Id(), areaM2 = 50, from = today.AddMonths(6).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) }).Answers(201);
        await manager.Post($"/api/v1/assignments/{place.Id()}/acceptance").Answers(200);

        await using var visit = await browsing.OpenAsync("manager.park", script: script);
        await visit.GoAsync($"/parks/{park}/floors");
        var rooms = visit.Page.Locator(".room", new() { HasText = space.Text("name") });
        await Expect(rooms).ToHaveCountAsync(1);
        await Expect(rooms.First).ToHaveAttributeAsync("data-state", "free");

        await visit.Page.Locator("[name=month]").FillAsync("12");
        if (!script) await visit.Page.Locator("form:has([name=month]) button").ClickAsync();
        await Expect(visit.Page.Locator(".room[data-state=held]", new() { HasText = space.Text("name") })).ToContainTextAsync("50 m²");
        await Expect(visit.Page.Locator(".room[data-state=free]", new() { HasText = space.Text("name") })).ToContainTextAsync("70 m²");
        visit.IsQuiet();
    }
}
