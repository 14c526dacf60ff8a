using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>Cards are carried between stages with the mouse, the keyboard and a finger; what the stage asks for is asked in place.</summary>
[Collection<BrowserCollection>]
public sealed class BoardJourneys(Browsing browsing)
{
    [Fact]
    public async Task A_card_carried_back_is_asked_for_the_reason_in_place_and_carried_forward_again_is_moved_at_once()
    {
        var client = await browsing.World.Client("officer");
        var project = await client.ReviewedProjectAsync();
        await using var officer = await browsing.OpenAsync("officer");
        await officer.GoAsync("/projects/board?q=" + project.Text("name"));
        var (talks, review, dialog) = (Lane(officer, "S40"), Lane(officer, "S50"), officer.Page.Locator("dialog[data-board-dialog]"));

        await CarryAsync(officer, review.Locator(".card"), talks);
        await Expect(dialog).ToBeVisibleAsync();
        await dialog.Locator("[data-cancel]").ClickAsync();
        await Expect(review.Locator(".card")).ToHaveCountAsync(1);
        await Expect(dialog).ToBeHiddenAsync();

        await CarryAsync(officer, review.Locator(".card"), talks);
        await dialog.Locator("[name=reason]").FillAsync("数据有误，重新评审");
        await dialog.Locator("button.danger").ClickAsync();
        await Expect(talks.Locator(".lane-head .badge")).ToHaveTextAsync("1");
        await Expect(talks.Locator(".card")).ToHaveCountAsync(1);
        await Expect(dialog).ToBeHiddenAsync();
        Assert.Equal("S40", (await client.GetAsync($"/api/v1/projects/{project.Id()}").Answers(200)).Text("stage"));

        // All that the review asks for is still on record: nothing is asked again.
        await talks.Locator(".card-title a").FocusAsync();
        foreach (var key in (string[])["Space", "ArrowRight", "Enter"]) await officer.Page.Keyboard.PressAsync(key);
        await Expect(review.Locator(".lane-head .badge")).ToHaveTextAsync("1");
        await Expect(review.Locator(".card-title a")).ToBeFocusedAsync();
        await Expect(dialog).ToBeHiddenAsync();
        Assert.Equal("S50", (await client.GetAsync($"/api/v1/projects/{project.Id()}").Answers(200)).Text("stage"));
        officer.IsQuiet();
    }

    [Fact]
    public async Task A_card_that_is_refused_springs_back_and_a_move_that_somebody_else_made_meanwhile_is_said()
    {
        var client = await browsing.World.Client("officer");
        var project = await client.ReviewedProjectAsync();
        await using var officer = await browsing.OpenAsync("officer");
        await officer.GoAsync("/projects/board?q=" + project.Text("name"));
        var (talks, review, dialog) = (Lane(officer, "S40"), Lane(officer, "S50"), officer.Page.Locator("dialog[data-board-dialog]"));

        // Landed comes after signing only.
        await CarryAsync(officer, review.Locator(".card"), Lane(officer, "S65"));
        await Expect(dialog.Locator("[role=alert]")).ToBeVisibleAsync();
        await officer.Page.Keyboard.PressAsync("Escape");
        await Expect(review.Locator(".card")).ToHaveCountAsync(1);

        await client.Post($"/api/v1/projects/{project.Id()}/stage", new { to = "S40", reason = "同事先退回" }).Answers(200);
        await CarryAsync(officer, review.Locator(".card"), talks);
        await Expect(dialog.Locator("[role=alert]")).ToBeVisibleAsync();
        Assert.Equal("S40", (await client.GetAsync($"/api/v1/projects/{project.Id()}").Answers(200)).Text("stage"));
    }

    [Fact]
    public async Task A_finger_held_on_a_card_carries_it()
    {
        var client = await browsing.World.Client("officer");
        var project = await client.ReviewedProjectAsync();
        await using var officer = await browsing.OpenAsync("officer", phone: true);
        await officer.GoAsync("/projects/board?q=" + project.Text("name"));
        var (card, talks) = (Lane(officer, "S50").Locator(".card"), Lane(officer, "S40"));
        await card.ScrollIntoViewIfNeededAsync();
        var box = (await card.BoundingBoxAsync())!;
        var touch = await officer.Page.Context.NewCDPSessionAsync(officer.Page);
        Task Finger(string what, double x, double y) => touch.SendAsync("Input.dispatchTouchEvent",
            new() { ["type"] = what, ["touchPoints"] = what == "touchEnd" ? Array.Empty<object>() : new object[] { new { x, y } } });

        await Finger("touchStart", box.X + 40, box.Y + 12);
        await Expect(officer.Page.Locator(".card.ghost")).ToHaveCountAsync(1);
        // Held at the edge, the lane beside comes in.
        await Finger("touchMove", 12, box.Y + 40);
        await Expect(talks).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("over"));
        await Finger("touchEnd", 12, box.Y + 40);

        var dialog = officer.Page.Locator("dialog[data-board-dialog]");
        await Expect(dialog.Locator("[name=reason]")).ToBeVisibleAsync();
        await dialog.Locator("[data-cancel]").ClickAsync();
        await Expect(Lane(officer, "S50").Locator(".card")).ToHaveCountAsync(1);
        officer.IsQuiet();
    }

    [Fact]
    public async Task A_board_in_rows_shows_further_cards_of_a_lane_in_place()
    {
        await using var leader = await browsing.OpenAsync("officer2");
        var client = await browsing.World.Client("officer2");
        for (var i = 0; i < 5; i++) await client.ProjectAsync();
        await leader.GoAsync("/projects/board");
        await leader.Page.Locator("[name=by]").SelectOptionAsync("Field");
        var row = leader.Page.Locator(".swim", new() { HasText = "生物医药" }).First;
        var lane = row.Locator(".lane[data-stage=S40]");
        await Expect(lane.Locator(".card")).ToHaveCountAsync(4);
        await lane.Locator("a.lane-more").ClickAsync();
        await Expect(lane.Locator(".card")).Not.ToHaveCountAsync(4);
        Assert.True(await lane.Locator(".card").CountAsync() >= 5);
        leader.IsQuiet();
    }

    /// <summary>With the mouse, as a hand does it: nothing goes on before the page has answered the step before.</summary>
    private static async Task CarryAsync(Visit visit, ILocator card, ILocator lane)
    {
        var mouse = visit.Page.Mouse;
        await Expect(card).ToHaveAttributeAsync("draggable", "true");
        await card.ScrollIntoViewIfNeededAsync();
        for (var tries = 0; await visit.Page.Locator(".card.dragged").CountAsync() == 0; tries++)
        {
            Assert.True(tries < 20, "the card is not picked up");
            await mouse.UpAsync();
            await card.HoverAsync();
            await mouse.DownAsync();
            var box = (await card.BoundingBoxAsync())!;
            await mouse.MoveAsync(box.X + box.Width / 2 + 8, box.Y + box.Height / 2 + 8, new() { Steps = 4 });
            await visit.Page.WaitForFunctionAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
        }
        var place = (await lane.Locator("h2").BoundingBoxAsync())!;
        await mouse.MoveAsync(place.X + 20, place.Y + 60, new() { Steps = 8 });
        await Expect(lane).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("over"));
        await mouse.UpAsync();
    }

    private static ILocator Lane(Visit visit, string stage) => visit.Page.Locator($".lane[data-stage={stage}]");
}
