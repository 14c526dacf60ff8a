using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>From the departments' opinions to a signed project, each person on the own page.</summary>
[Collection<BrowserCollection>]
public sealed class DealJourneyTests(Browsing browsing)
{
    [Fact]
    public async Task Opinions_are_asked_and_given_a_leader_concludes_and_the_officer_signs()
    {
        var client = await browsing.World.Client("officer");
        var project = await client.ProjectAsync();
        await client.FillFormAsync(project.Id());
        var (path, title) = ($"/projects/{project.Id()}", project.Text("name"));
        await using var officer = await browsing.OpenAsync("officer");
        await using var reviewer = await browsing.OpenAsync("reviewer");
        await using var leader = await browsing.OpenAsync("leader");

        await officer.GoAsync(path + "/review");
        await officer.Page.Locator("summary", new() { HasText = "发起评审" }).ClickAsync();
        var opening = officer.Page.Locator("details[open] form");
        await opening.Locator("[name=committedOutput]").FillAsync("达产年产值 9000 万元");
        foreach (var unit in (string[])["DEP-GHZY", "DEP-YJJ", "DEP-SJ"]) await opening.Locator($"input[value={unit}]").UncheckAsync();
        await opening.Locator("button.primary").ClickAsync();
        await Expect(officer.Page.Locator("#opinions")).ToContainTextAsync("区生态环境局");

        await reviewer.GoAsync("/reviews");
        var asked = reviewer.Page.Locator("section.panel", new() { HasText = title });
        await Expect(asked).ToContainTextAsync("达产年产值 9000 万元");
        await asked.Locator("[name=verdict]").SelectOptionAsync("AgreeWithConditions");
        await asked.Locator("button.primary").ClickAsync();
        await Expect(reviewer.Page.Locator("section.panel", new() { HasText = title }).Locator(".error")).ToBeVisibleAsync();
        await reviewer.Page.Locator("section.panel", new() { HasText = title }).Locator("[name=conditions]").FillAsync("废水接入园区管网");
        await reviewer.Page.Locator("section.panel", new() { HasText = title }).Locator("button.primary").ClickAsync();
        await Expect(reviewer.Page.Locator(".alert.good")).ToBeVisibleAsync();
        await Expect(reviewer.Page.Locator("section.panel", new() { HasText = title })).ToHaveCountAsync(0);

        await leader.GoAsync(path + "/review");
        await Expect(leader.Page.Locator("#opinions")).ToContainTextAsync("废水接入园区管网");
        await leader.Page.Locator("[name=result]").SelectOptionAsync("PassedWithConditions");
        await leader.Page.Locator("[name=minutesDay]").FillAsync("2026-01-05");
        await leader.Page.Locator("[name=minutesNumber]").FillAsync("专题会议纪要 12 号");
        await leader.Page.Locator("[name=minutes]").FillAsync("会议同意准入");
        await leader.Page.Locator("#conclusion [name=conditions]").FillAsync("废水接入园区管网");
        await leader.Button("作出结论").ClickAsync();
        await Expect(leader.Page.Locator("#conclusion")).ToContainTextAsync("有条件通过");

        await officer.GoAsync(path + "/move?to=S50");
        await officer.Button("推进到“准入评审”").ClickAsync();
        await Expect(officer.Page.Locator(".alert.good")).ToBeVisibleAsync();
        await SignAsync(officer, path);
        await Expect(officer.Page.Locator("h1")).ToContainTextAsync(title);
        await officer.GoAsync(path);
        await Expect(officer.Page.Locator(".track [aria-current]")).ToContainTextAsync("签约");
        foreach (var visit in (Visit[])[officer, reviewer, leader]) visit.IsQuiet();
    }

    private static async Task SignAsync(Visit officer, string path)
    {
        await officer.GoAsync(path + "/agreement");
        await officer.Page.Locator("summary", new() { HasText = "登记审查结论" }).ClickAsync();
        var fair = officer.Page.Locator("#fair details[open]");
        await fair.Locator("[name=state]").SelectOptionAsync("Compliant");
        await fair.Locator("[name=documentNumber]").FillAsync("公竞审 3 号");
        await fair.Locator("[name=day]").FillAsync("2026-01-06");
        await fair.Locator("[name=reviewedBy]").FillAsync("审查小组");
        await fair.Locator("button.btn").ClickAsync();
        await Expect(officer.Page.Locator("#fair")).ToContainTextAsync("公竞审 3 号");

        await officer.Page.Locator("summary", new() { HasText = "登记协议" }).ClickAsync();
        var form = officer.Page.Locator("details[open] form", new() { Has = officer.Page.Locator("[name=kind]") });
        await form.Locator("[name=ourParty]").FillAsync("金山区投资促进办");
        await form.Locator("[name=amount]").FillAsync("6000");
        await form.Locator("[name=investorCode]").FillAsync(Samples.CreditCode());
        await form.Locator("button.primary").ClickAsync();
        // The draft says what it lacks, and where it is filled in.
        var draft = officer.Page.Locator("section[id^=agreement-]");
        await Expect(draft.Locator(".checklist .missing")).ToContainTextAsync("编号");
        await draft.Locator("summary", new() { HasText = "修改" }).ClickAsync();
        await draft.Locator("details[open] [name=number]").FillAsync("合同 " + Guid.NewGuid().ToString("N")[..8]);
        await draft.Locator("details[open] button.primary").ClickAsync();
        await Expect(draft.Locator(".checklist .ok")).ToBeVisibleAsync();
        await draft.Locator("summary", new() { HasText = "签约" }).ClickAsync();
        await draft.Locator("details[open] button.primary").ClickAsync();
        await Expect(draft).ToContainTextAsync("已签");
        await officer.Link("推进到签约阶段").ClickAsync();
        await officer.Button("推进到“签约”").ClickAsync();
        await Expect(officer.Page.Locator(".alert.good")).ToBeVisibleAsync();
    }
}
