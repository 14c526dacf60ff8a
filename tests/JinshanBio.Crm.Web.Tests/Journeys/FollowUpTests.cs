using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>An officer's evening: the list is finished on the phone, and what is left goes to a colleague.</summary>
[Collection<BrowserCollection>]
public sealed class FollowUpTests(Browsing browsing)
{
    [Fact]
    public async Task A_call_is_recorded_from_the_day_with_its_next_step_in_three_taps_on_a_phone()
    {
        var name = Samples.Name("收工");
        var client = await browsing.World.Client("officer");
        var lead = await client.LeadAsync(("enterprise", new { name }));
        await client.Post("/api/v1/follow-ups", new { leadId = lead.Id(), dueAt = DateTime.UtcNow.AddDays(-2), kind = "call" }).Answers(201);
        await using var officer = await browsing.OpenAsync("officer", phone: true);
        await officer.GoAsync("/");
        var row = officer.Page.Locator("li", new() { HasText = name });
        await row.Locator("summary").ClickAsync();
        await row.Locator("label", new() { HasText = "有进展" }).ClickAsync();
        await row.Locator("button.primary").ClickAsync();
        await Expect(officer.Page.Locator(".alert.good")).ToContainTextAsync("已记录");

        var read = await client.GetAsync($"/api/v1/leads/{lead.Id()}").Answers(200);
        Assert.Equal(["done:progress", "open:"], read.GetProperty("followUps").EnumerateArray().Select(f => $"{f.Text("status")}:{f.Text("result")}").Order(StringComparer.Ordinal));
        officer.IsQuiet();
    }

    [Fact]
    public async Task A_lead_without_a_next_step_gets_one_from_the_day()
    {
        var name = Samples.Name("没下一步");
        var client = await browsing.World.Client("officer2");
        var lead = await client.LeadAsync(("enterprise", new { name }));
        await using var officer = await browsing.OpenAsync("officer2");
        await officer.GoAsync("/");
        var row = officer.Page.Locator("li", new() { HasText = name });
        await row.Locator("summary").ClickAsync();
        await row.Locator("[name=outcome]").FillAsync("电话聊了产能");
        await row.Locator("[name=next]").SelectOptionAsync("InAWeek");
        await row.Locator("button.primary").ClickAsync();
        await Expect(officer.Page.Locator(".alert.good")).ToContainTextAsync("已记录");
        Assert.NotNull((await client.GetAsync($"/api/v1/leads/{lead.Id()}").Answers(200)).Text("nextFollowUp"));
        officer.IsQuiet();
    }

    [Fact]
    public async Task Chosen_leads_are_handed_to_a_colleague_who_finds_them_with_their_history()
    {
        var name = Samples.Name("交接");
        var lead = await (await browsing.World.Client("officer")).LeadAsync(("enterprise", new { name }));
        await using var officer = await browsing.OpenAsync("officer");
        await officer.GoAsync("/follow-ups");
        await officer.Link("交接给同事").ClickAsync();
        await officer.Page.Locator("[name=to]").SelectOptionAsync(new Microsoft.Playwright.SelectOptionValue { Label = "顾晓岑" });
        await officer.Page.Locator("[name=reason]").FillAsync("按领域调整分工");
        await officer.Page.Locator("input[name=all][value=false]").CheckAsync();
        await officer.Page.Locator("li", new() { HasText = name }).Locator("input[type=checkbox]").CheckAsync();
        await officer.Page.Locator("form:has([name=to]) button.primary").ClickAsync();
        await Expect(officer.Page.Locator(".alert.good")).ToContainTextAsync("交接完成");

        await using var other = await browsing.OpenAsync("officer2");
        await other.GoAsync($"/leads/{lead.Id()}");
        await Expect(other.Main).ToContainTextAsync("陆知遥 → 顾晓岑");
        await Expect(other.Main).ToContainTextAsync("按领域调整分工");
        await other.GoAsync("/notices");
        await Expect(other.Main).ToContainTextAsync("按领域调整分工");
        officer.IsQuiet();
        other.IsQuiet();
    }

    [Fact]
    public async Task A_calendar_link_is_made_and_shown_once()
    {
        await using var officer = await browsing.OpenAsync("officer");
        await officer.GoAsync("/account/notices");
        await officer.Button("建立链接").ClickAsync();
        var link = await officer.Page.Locator("input[readonly]").InputValueAsync();
        Assert.EndsWith(".ics", link, StringComparison.Ordinal);
        using var nobody = browsing.World.Anonymous();
        Assert.StartsWith("BEGIN:VCALENDAR", await nobody.GetStringAsync(link), StringComparison.Ordinal);
        await officer.GoAsync("/account/notices");
        await Expect(officer.Page.Locator("input[readonly]")).ToHaveCountAsync(0);
        officer.IsQuiet();
    }
}
