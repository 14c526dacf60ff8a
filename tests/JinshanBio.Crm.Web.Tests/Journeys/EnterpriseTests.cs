using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>No enterprise is courted twice by accident: what an officer sees before adding one, and how two records become one.</summary>
[Collection<BrowserCollection>]
public sealed class EnterpriseTests(Browsing browsing)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lead_for_a_near_duplicate_is_captured_on_the_enterprise_that_is_there(bool script)
    {
        var brand = "近似" + Guid.NewGuid().ToString("N")[..6];
        var client = await browsing.World.Client("officer2");
        var known = await client.Post("/api/v1/enterprises", new { name = $"上海{brand}生物医药有限公司" }).Answers(201);
        await using var officer = await browsing.OpenAsync("officer", script: script);
        await officer.GoAsync("/leads/new");
        await officer.Page.Locator("[name='enterprise.name']").PressSequentiallyAsync($"{brand}医药");
        if (script) await Expect(officer.Page.Locator("#duplicates")).ToContainTextAsync($"上海{brand}生物医药有限公司");
        await officer.Page.Locator("[name=field]").SelectOptionAsync("MED");
        await officer.Page.Locator("[name=source]").SelectOptionAsync("Visit");
        await officer.Page.Locator("[name=expectedInvestment]").FillAsync("5000");
        await officer.Button("保存").ClickAsync();
        await Expect(officer.Page.Locator("[name='enterprise.duplicateReason']")).ToBeVisibleAsync();
        await Expect(officer.Page.Locator("[name=expectedInvestment]")).ToHaveValueAsync("5000");
        await officer.Button("用这一家").ClickAsync();
        await Expect(officer.Page.Locator("h1")).ToHaveTextAsync($"上海{brand}生物医药有限公司");
        var leads = (await (await browsing.World.Client("officer")).GetAsync($"/api/v1/leads?enterprise={known.Id()}").Answers(200)).Items();
        Assert.Equal(50_000_000m, leads.Single().Number("expectedInvestment"));
        officer.IsQuiet();
    }

    [Fact]
    public async Task It_is_another_one_and_the_reason_is_kept()
    {
        var brand = "同名" + Guid.NewGuid().ToString("N")[..6];
        await (await browsing.World.Client("officer2")).Post("/api/v1/enterprises", new { name = $"上海{brand}生物有限公司" }).Answers(201);
        await using var officer = await browsing.OpenAsync("officer");
        await officer.GoAsync("/enterprises/new");
        await officer.Page.Locator("[name=name]").FillAsync($"苏州{brand}生物有限公司");
        await officer.Page.Locator("summary", new() { HasText = "别名与曾用名" }).ClickAsync();
        await officer.Page.Locator("[name=_aliasesFormer]").FillAsync("旧名" + brand + " 2019-05-01");
        await officer.Button("保存").ClickAsync();
        await officer.Page.Locator("[name=duplicateReason]").FillAsync("苏州的另一家企业");
        await officer.Button("保存").ClickAsync();
        await Expect(officer.Page.Locator("h1")).ToHaveTextAsync($"苏州{brand}生物有限公司");
        await Expect(officer.Main).ToContainTextAsync("苏州的另一家企业");
        await Expect(officer.Main).ToContainTextAsync("至 2019年5月1日");
    }

    [Fact]
    public async Task Two_records_are_compared_merged_and_the_merge_is_undone()
    {
        var client = await browsing.World.Client("officer");
        var (a, b) = (Samples.Name("合并甲"), Samples.Name("合并乙"));
        var winner = await client.Post("/api/v1/enterprises", new { name = a }).Answers(201);
        var loser = await client.Post("/api/v1/enterprises", new { name = b, address = "金山大道 9 号", contact = new { name = "钱多多" } }).Answers(201);
        await using var officer = await browsing.OpenAsync("officer");
        await officer.GoAsync($"/enterprises/{winner.Id()}");
        await officer.Link("合并").First.ClickAsync();
        await officer.Main.Locator("[name=q]").FillAsync(b);
        await officer.Main.Locator("[name=q]").PressAsync("Enter");
        await officer.Link("对照").ClickAsync();
        await Expect(officer.Page.Locator("[name='take.address'][value=loser]")).ToBeCheckedAsync();
        await officer.Button("合并企业").ClickAsync();
        await officer.Page.Locator("dialog#confirm button[value=ok]").ClickAsync();
        await Expect(officer.Main).ToContainTextAsync("金山大道 9 号");
        await Expect(officer.Page.Locator("#contacts")).ToContainTextAsync("钱多多");

        await officer.GoAsync($"/enterprises/{loser.Id()}");
        await Expect(officer.Page.Locator("h1")).ToHaveTextAsync(a);
        await officer.Button("撤销合并").First.ClickAsync();
        await officer.Page.Locator("dialog#confirm button[value=ok]").ClickAsync();
        await Expect(officer.Main).Not.ToContainTextAsync("钱多多");
        await officer.GoAsync($"/enterprises/{loser.Id()}");
        await Expect(officer.Page.Locator("h1")).ToHaveTextAsync(b);
        await Expect(officer.Page.Locator("#contacts")).ToContainTextAsync("钱多多");
        officer.IsQuiet();
    }

    [Fact]
    public async Task The_palette_shows_the_other_name_and_the_contact_and_escapes_both()
    {
        var mark = Guid.NewGuid().ToString("N")[..6];
        var client = await browsing.World.Client("officer");
        await client.Post("/api/v1/enterprises", new { name = Samples.Name(), aliases = new[] { new { kind = "short", name = $"<i>别名{mark}" } }, contact = new { name = $"<u>联系{mark}" } }).Answers(201);
        await using var officer = await browsing.OpenAsync("officer");
        await officer.GoAsync("/");
        await officer.Page.Keyboard.PressAsync("Control+k");
        await officer.Page.Keyboard.TypeAsync($"别名{mark}");
        await Expect(officer.Page.Locator("#palette-list")).ToContainTextAsync($"又名 <i>别名{mark}");
        await officer.Page.Locator("#palette input").FillAsync($"联系{mark}");
        await Expect(officer.Page.Locator("#palette-list")).ToContainTextAsync($"<u>联系{mark}");

        await using var leader = await browsing.OpenAsync("leader");
        await leader.GoAsync($"/search?q=联系{mark}");
        await Expect(leader.Main.Locator(".empty")).ToBeVisibleAsync();
    }
}
