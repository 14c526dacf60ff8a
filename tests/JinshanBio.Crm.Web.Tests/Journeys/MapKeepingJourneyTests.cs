using System.Text;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>An expert changes a link and says why, sees the history, and accepts what a file proposes.</summary>
[Collection<BrowserCollection>]
public sealed class MapKeepingJourneyTests(Browsing browsing)
{
    [Theory]
    [InlineData(true, "MED-16")]
    [InlineData(false, "MED-17")]
    public async Task From_an_edit_with_its_source_to_a_proposal_that_is_accepted(bool script, string code)
    {
        await using var expert = await browsing.OpenAsync("expert", script: script);
        await expert.GoAsync($"/chain/keep?q={code}");
        await expert.Page.Locator("#links a.main-link").ClickAsync();
        var form = expert.Page.Locator("form:has([name=nameZh])");
        await form.Locator("[name=products]").FillAsync("1,3-丙二醇\n乳酸");
        await form.Locator("button.primary").ClickAsync();
        // Nothing typed is lost where source and reason lack.
        await Expect(form.Locator(".error")).ToHaveCountAsync(2);
        await Expect(form.Locator("[name=products]")).ToHaveValueAsync("1,3-丙二醇\n乳酸");
        await form.Locator("[name=source]").FillAsync("2026 年产业链调研报告");
        await form.Locator("[name=reason]").FillAsync("企业访谈补充");
        await form.Locator("button.primary").ClickAsync();
        await Expect(expert.Page.Locator(".alert.good")).ToBeVisibleAsync();
        var first = expert.Page.Locator("#history .timeline > li").First;
        await Expect(first).ToContainTextAsync("方绍文");
        await Expect(first).ToContainTextAsync("企业访谈补充");
        await Expect(first.Locator("ins").First).ToHaveTextAsync("1,3-丙二醇");

        await expert.GoAsync("/chain/keep/proposals");
        await expert.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "提案.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes($"代码,英文名,来源\n{code},A better name,专家评审会\n坏代码,x,\n") });
        await expert.Button("上传并对照").ClickAsync();
        await Expect(expert.Page.Locator("tr.bad-row")).ToContainTextAsync("坏代码");
        await expert.Page.Locator("input[name=rows]").CheckAsync();
        await expert.Button("采纳所选").ClickAsync();
        await Expect(expert.Page.Locator(".alert.good")).ToBeVisibleAsync();
        await expert.Page.Locator("table a").First.ClickAsync();
        await Expect(expert.Page.Locator("#history .timeline > li").First).ToContainTextAsync("专家评审会");
        if (script) expert.IsQuiet();
    }

    [Fact]
    public async Task Of_two_who_change_a_link_the_second_sees_both_values_and_chooses()
    {
        var admin = await browsing.World.Client("admin");
        await using var expert = await browsing.OpenAsync("expert");
        await expert.GoAsync("/chain/keep/links/MED-18");
        var before = await admin.GetAsync("/api/v1/chain/links/MED-18/history").Answers(200);
        var terms = before.GetProperty("terms");
        await admin.Put("/api/v1/chain/links/MED-18", new { field = terms.Text("field"), tier = terms.Text("tier"), nameZh = "管理员的叫法", products = new[] { "甲" }, source = "会议", reason = "统一叫法" }, $"\"{before.Int("version")}\"").Answers(200);
        var form = expert.Page.Locator("form:has([name=nameZh])");
        await form.Locator("[name=nameZh]").FillAsync("专家的叫法");
        await form.Locator("[name=source]").FillAsync("调研报告");
        await form.Locator("[name=reason]").FillAsync("更准确");
        await form.Locator("button.primary").ClickAsync();
        await Expect(expert.Page.Locator(".conflict").First).ToContainTextAsync("管理员的叫法");
        await expert.Page.Locator("[name='_choose.nameZh'][value=theirs]").CheckAsync();
        await form.Locator("button.primary").ClickAsync();
        await Expect(expert.Page.Locator(".alert.good")).ToBeVisibleAsync();
        Assert.Equal("管理员的叫法", (await admin.GetAsync("/api/v1/chain/links/MED-18/history").Answers(200)).GetProperty("terms").Text("nameZh"));
    }
}
