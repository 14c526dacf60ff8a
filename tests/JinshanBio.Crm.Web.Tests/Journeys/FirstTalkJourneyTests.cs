using System.Globalization;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>One unit registers its first talk, another one is refused and learns whose it is, and the past is replayed.</summary>
[Collection<BrowserCollection>]
public sealed class FirstTalkJourneyTests(Browsing browsing)
{
    [Fact]
    public async Task An_officer_registers_a_first_talk_another_unit_is_refused_and_yesterday_is_replayed()
    {
        var first = await (await browsing.World.Client("officer")).LeadAsync();
        var second = (await (await browsing.World.Client("officer2")).LeadAsync(("enterprise", null), ("enterpriseId", first.Id("enterpriseId")))).Id();
        await using var officer = await browsing.OpenAsync("officer");
        await using var other = await browsing.OpenAsync("officer2");

        // Both have the form open; the second one to send it is late.
        await officer.GoAsync($"/leads/{first.Id()}");
        await other.GoAsync($"/leads/{second}");
        await FillAsync(officer, "登记首谈");
        await Expect(officer.Page.Locator("#first-talk")).ToContainTextAsync("区投资促进办");
        await Expect(officer.Page.Locator("#first-talk")).ToContainTextAsync("保护中");
        await FillAsync(other, "登记首谈");
        await Expect(other.Page.Locator("#first-talk .alert.bad")).ToContainTextAsync("区投资促进办");
        await Expect(other.Page.Locator("#first-talk [name=with]").First).ToHaveValueAsync("研发副总");

        await other.GoAsync($"/leads/{second}");
        await Expect(other.Page.Locator("#first-talk")).ToContainTextAsync("区投资促进办");
        await Expect(other.Page.Locator("#first-talk")).Not.ToContainTextAsync("纪要 118");
        await officer.GoAsync("/notices");
        await Expect(officer.Main).ToContainTextAsync("区经委也申请登记");

        await officer.GoAsync($"/leads/{first.Id()}");
        await officer.Link("台账与回看").ClickAsync();
        await Expect(officer.Main).ToContainTextAsync("逐条校验无误");
        await officer.Page.Locator("[name=asOf]").FillAsync(DateTime.UtcNow.AddDays(-2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await officer.Button("查看").ClickAsync();
        await Expect(officer.Main).ToContainTextAsync("那天还没有单位登记首谈");
        foreach (var visit in (Visit[])[officer, other]) visit.IsQuiet();
    }

    [Fact]
    public async Task A_dispute_is_opened_and_decided_on_the_pages()
    {
        var first = await (await browsing.World.Client("officer")).LeadAsync();
        var second = (await (await browsing.World.Client("officer2")).LeadAsync(("enterprise", null), ("enterpriseId", first.Id("enterpriseId")))).Id();
        await (await browsing.World.Client("officer")).Post($"/api/v1/leads/{first.Id()}/first-talk", new { evidence = "oneSided", text = "单方会谈记录", with = "经理", talkedAt = DateTime.UtcNow.AddHours(-2) }).Answers(201);
        await using var other = await browsing.OpenAsync("officer2");
        await other.GoAsync($"/leads/{second}");
        await FillAsync(other, "提出争议", "ConfirmedByBoth");
        await Expect(other.Page.Locator("#first-talk")).ToContainTextAsync("争议中");

        await using var leader = await browsing.OpenAsync("leader");
        await leader.GoAsync($"/first-talks/{first.Id()}");
        await leader.Page.Locator("[name=forUnit]").SelectOptionAsync("DEP-JXW");
        await leader.Page.Locator("[name=basis]").SelectOptionAsync("Evidence");
        await leader.Page.Locator("#ruling [name=reason]").FillAsync("双方签字的确认函效力高于单方记录");
        await leader.Button("裁定").ClickAsync();
        await Expect(leader.Page.Locator(".alert.good").First).ToBeVisibleAsync();
        await Expect(leader.Main).ToContainTextAsync("区经委");
        await other.GoAsync($"/leads/{second}");
        await Expect(other.Page.Locator("#first-talk")).ToContainTextAsync("保护中");
        foreach (var visit in (Visit[])[leader, other]) visit.IsQuiet();
    }

    private static async Task FillAsync(Visit visit, string step, string evidence = "Minutes")
    {
        await visit.Page.Locator("#first-talk summary", new() { HasText = step }).ClickAsync();
        var form = visit.Page.Locator("#first-talk details[open]");
        await form.Locator("[name=evidence]").SelectOptionAsync(evidence);
        await form.Locator("[name=talkedAt]").FillAsync(DateTime.UtcNow.AddHours(5).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture));
        await form.Locator("[name=with]").FillAsync("研发副总");
        await form.Locator("[name=text]").FillAsync("会谈纪要 118 号");
        await form.Locator("button.btn").ClickAsync();
    }
}
