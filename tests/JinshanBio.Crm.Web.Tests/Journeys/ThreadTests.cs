using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>The whole thread as people walk it: from a list of enterprises to an accepted place and a changed pipeline.</summary>
[Collection<BrowserCollection>]
public sealed class ThreadTests(Browsing browsing)
{
    [Fact]
    public async Task An_officer_imports_a_list_and_gets_the_refused_rows_back()
    {
        var name = Samples.Name("浏览器导入");
        await using var officer = await browsing.OpenAsync("officer");
        await officer.GoAsync("/imports");
        await officer.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "企业名单.csv", MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes($"企业名称,统一社会信用代码\n{name},{Samples.CreditCode()}\n错误代码企业,91310115MA0DEM0130\n"),
        });
        await officer.Button("上传并预演").ClickAsync();

        await Expect(officer.Main).ToContainTextAsync(name);
        await Expect(officer.Page.Locator(".tally .good b")).ToHaveTextAsync("1");
        await Expect(officer.Page.Locator(".tally .bad b")).ToHaveTextAsync("1");
        await officer.Page.Locator("form[data-confirm] button, button[data-confirm].primary").First.ClickAsync();
        await officer.Page.Locator("dialog#confirm button[value=ok]").ClickAsync();
        await Expect(officer.Page.Locator(".alert.good, .head .chip.good").First).ToBeVisibleAsync(new() { Timeout = 20_000 });
        var download = await officer.Page.RunAndWaitForDownloadAsync(() => officer.Page.Locator("a[download]").ClickAsync());
        Assert.Contains("错误代码企业,91310115MA0DEM0130,", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);

        await officer.GoAsync("/enterprises?q=" + name);
        await Expect(officer.Main).ToContainTextAsync(name);
        officer.IsQuiet();
    }

    [Fact]
    public async Task An_officer_imports_a_real_list_of_enterprises()
    {
        var file = Repository.Real("enterprises/cn-medical-device-distributors-redacted.csv");
        await using var officer = await browsing.OpenAsync("officer2");
        await officer.GoAsync("/imports");
        await officer.Page.Locator("input[type=file]").SetInputFilesAsync(file);
        await officer.Button("上传并预演").ClickAsync();
        await Expect(officer.Page.Locator(".tally .good b")).Not.ToHaveTextAsync("0");
        await Expect(officer.Page.Locator("h1")).ToHaveTextAsync("cn-medical-device-distributors-redacted.csv");
        officer.IsQuiet();
    }

    [Fact]
    public async Task From_a_lead_to_an_accepted_place_and_a_changed_pipeline()
    {
        var name = Samples.Name("全程");
        await using var officer = await browsing.OpenAsync("officer");
        await using var leader = await browsing.OpenAsync("leader");
        var before = await PipelineAsync(leader, "MED");

        await CaptureAsync(officer, name);
        await officer.GoAsync("/");
        await Expect(officer.Main).ToContainTextAsync(name);

        await officer.Main.GetByRole(AriaRole.Link, new() { Name = name }).First.ClickAsync();
        await officer.Link("转为项目").ClickAsync();
        await officer.Page.Locator("[name=name]").FillAsync("抗体中试基地");
        await officer.Page.Locator("[name=track]").SelectOptionAsync("Lease");
        await officer.Page.Locator("[name=investment]").FillAsync("1.2亿");
        await officer.Page.Locator("[name=outputAtCapacity]").FillAsync("30000");
        await officer.Page.Locator("[name=areaM2]").FillAsync("120");
        await officer.Button("转为项目").ClickAsync();
        await officer.Page.WaitForURLAsync(IsProject, new() { WaitUntil = WaitUntilState.Commit });
        var project = new Uri(officer.Page.Url).PathAndQuery;
        await Expect(officer.Main).ToContainTextAsync("1.2 亿元");

        await (await browsing.World.Client("officer")).FillFormAsync(Guid.Parse(project[^36..]));
        await RefusedThenMovedAsync(officer, project);
        await ProposeAsync(officer, project);

        await using var manager = await browsing.OpenAsync("manager.park");
        await manager.GoAsync("/proposals");
        var panel = manager.Page.Locator("section.panel", new() { HasText = "抗体中试基地" }).Last;
        await panel.Locator("select[name=spaceId]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await panel.Locator("form:has([name=holdUntil]) button").ClickAsync();
        await Expect(manager.Page.Locator(".alert.good")).ToBeVisibleAsync();
        await manager.GoAsync("/proposals?tab=held");
        await Expect(manager.Main).ToContainTextAsync("抗体中试基地");

        await officer.GoAsync(project);
        await Expect(officer.Page.Locator("#places")).ToContainTextAsync("已接收");
        await officer.GoAsync("/notices");
        await Expect(officer.Main).ToContainTextAsync("抗体中试基地");

        var after = await PipelineAsync(leader, "MED");
        Assert.True(after.Projects > before.Projects && after.Weighted > before.Weighted, $"{before} → {after}");
        foreach (var visit in (Visit[])[officer, leader, manager]) visit.IsQuiet();
    }

    [Fact]
    public async Task On_a_phone_in_English_a_lead_is_captured_found_and_followed_up()
    {
        await using var officer = await browsing.OpenAsync("officer", "en", phone: true);
        var name = "Phone " + Guid.NewGuid().ToString("N")[..8] + " Biologics Ltd";
        await officer.GoAsync("/leads/new");
        await officer.Page.Locator("[name='enterprise.name']").FillAsync(name);
        await officer.Page.Locator("[name='enterprise.country']").SelectOptionAsync("DE");
        await officer.Page.Locator("[name=field]").SelectOptionAsync("AGR");
        await officer.Page.Locator("[name=source]").SelectOptionAsync("Event");
        await officer.Page.Locator("[name=expectedInvestment]").FillAsync("much");
        await officer.Button("Save").ClickAsync();
        await Expect(officer.Page.Locator("[name=expectedInvestment]")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(officer.Page.Locator("[name='enterprise.name']")).ToHaveValueAsync(name);

        await officer.Page.Locator("[name=expectedInvestment]").FillAsync("2500");
        await officer.Button("Save").ClickAsync();
        await Expect(officer.Page.Locator("h1")).ToHaveTextAsync(name);
        await Expect(officer.Main).ToContainTextAsync("CNY 25 m");

        await officer.Page.Locator("summary", new() { HasText = "Plan" }).ClickAsync();
        await officer.Page.Locator("[name=dueAt]").FillAsync("2027-01-15T10:00");
        await officer.Page.Locator("form:has([name=dueAt]) button").ClickAsync();
        await Expect(officer.Main).ToContainTextAsync("15 Jan 2027");
        await officer.GoAsync("/leads?q=" + Uri.EscapeDataString(name));
        await Expect(officer.Main).ToContainTextAsync(name);
        await officer.Page.Locator(".tabbar a[href='/projects']").ClickAsync();
        await Expect(officer.Page.Locator("h1")).ToHaveTextAsync("Projects");
        officer.IsQuiet();
    }

    [Fact]
    public async Task Without_JavaScript_a_lead_is_captured_and_a_project_moved()
    {
        await using var officer = await browsing.OpenAsync("officer", script: false);
        var name = Samples.Name("无脚本");
        await CaptureAsync(officer, name);
        await officer.GoAsync("/leads?q=" + name);
        await Expect(officer.Main).ToContainTextAsync(name);

        var client = await browsing.World.Client("officer");
        var project = await client.ProjectAsync();
        await client.FillFormAsync(project.Id());
        await officer.GoAsync("/projects/board?q=" + project.Text("name"));
        var card = officer.Page.Locator("article.card", new() { HasText = project.Text("name") });
        await card.Locator("summary").ClickAsync();
        await card.Locator("select[name=to]").SelectOptionAsync("S50");
        await card.Locator("form button").ClickAsync();
        foreach (var (key, value) in Samples.ReviewEvidence()) await officer.Page.Locator($"[name='evidence.{key}']").FillAsync((string)value!);
        await officer.Page.Locator("form:has([name='evidence.reviewForm']) button.primary").ClickAsync();
        await officer.Page.WaitForURLAsync(IsProject, new() { WaitUntil = WaitUntilState.Commit });
        Assert.Equal("S50", (await client.GetAsync($"/api/v1/projects/{project.Id()}").Answers(200)).Text("stage"));
    }

    [Fact]
    public async Task With_the_keyboard_alone_the_palette_opens_finds_and_leads_there()
    {
        var name = Samples.Name("键盘");
        var lead = await (await browsing.World.Client("officer")).LeadAsync(("enterprise", new { name }));
        await using var officer = await browsing.OpenAsync("officer");
        await officer.GoAsync("/");
        await officer.Page.Keyboard.PressAsync("Control+k");
        await Expect(officer.Page.Locator("#palette")).ToBeVisibleAsync();
        await officer.Page.Keyboard.TypeAsync(lead.Text("number"));
        await Expect(officer.Page.Locator("#palette-list a").First).ToContainTextAsync(name);
        await officer.Page.Keyboard.PressAsync("Enter");
        await Expect(officer.Page.Locator("h1")).ToHaveTextAsync(name);

        await officer.GoAsync("/leads");
        await officer.Page.Keyboard.PressAsync("Tab");
        await Expect(officer.Page.Locator(".skip")).ToBeFocusedAsync();
        await officer.Page.Keyboard.PressAsync("/");
        await officer.Page.Keyboard.TypeAsync(name);
        await officer.Page.Keyboard.PressAsync("Enter");
        await Expect(officer.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        officer.IsQuiet();
    }

    [Fact]
    public async Task Two_people_who_edit_the_same_lead_see_both_values()
    {
        var client = await browsing.World.Client("officer");
        var lead = await client.LeadAsync();
        await using var officer = await browsing.OpenAsync("officer");
        await officer.GoAsync($"/leads/{lead.Id()}/edit");
        var admin = await browsing.World.Client("admin");
        await admin.Put($"/api/v1/leads/{lead.Id()}", Samples.LeadChange(("codeName", "他人之见")), $"\"{lead.Int("version")}\"").Answers(200);

        await officer.Page.Locator("[name=codeName]").FillAsync("我之见");
        await officer.Button("保存").ClickAsync();
        var conflict = officer.Page.Locator("table.conflict");
        await Expect(conflict).ToContainTextAsync("他人之见");
        await Expect(conflict).ToContainTextAsync("我之见");
        await Expect(conflict).ToContainTextAsync("吴静");
        await Expect(officer.Page.Locator("[name=codeName]")).ToHaveValueAsync("我之见");
        await officer.Page.Locator("form:has([name=codeName]) button.primary").ClickAsync();
        await Expect(officer.Page.Locator("h1")).ToHaveTextAsync("我之见");
    }

    [Fact]
    public async Task In_a_conflict_each_field_is_chosen_and_what_only_the_other_changed_is_taken_over()
    {
        var client = await browsing.World.Client("officer");
        var lead = await client.LeadAsync();
        await using var officer = await browsing.OpenAsync("officer");
        await officer.GoAsync($"/leads/{lead.Id()}/edit");
        var admin = await browsing.World.Client("admin");
        await admin.Put($"/api/v1/leads/{lead.Id()}", Samples.LeadChange(("codeName", "他人之见"), ("expectedInvestment", 90_000_000m), ("note", "他人之注")), $"\"{lead.Int("version")}\"").Answers(200);

        await officer.Page.Locator("[name=codeName]").FillAsync("我之见");
        await officer.Page.Locator("[name=note]").FillAsync("我之注");
        await officer.Button("保存").ClickAsync();
        // Left as it was: the other's amount stands in the form now, and there is nothing to choose.
        await Expect(officer.Page.Locator("[name=expectedInvestment]")).ToHaveValueAsync("9000");
        await Expect(officer.Page.Locator("[name='_choose.expectedInvestment']")).ToHaveCountAsync(0);
        await officer.Page.Locator("[name='_choose.codeName'][value=theirs]").CheckAsync();
        await officer.Page.Locator("form:has([name=codeName]) button.primary").ClickAsync();

        await Expect(officer.Page.Locator("h1")).ToHaveTextAsync("他人之见");
        await Expect(officer.Main).ToContainTextAsync("我之注");
        await Expect(officer.Main).ToContainTextAsync("9,000 万元");
    }

    private static bool IsProject(string url) => url.Contains("/projects/", StringComparison.Ordinal) && Guid.TryParse(url[^36..], out _);

    private static async Task CaptureAsync(Visit officer, string name)
    {
        await officer.GoAsync("/leads/new");
        await officer.Page.Locator("[name='enterprise.name']").FillAsync(name);
        await officer.Page.Locator("[name=field]").SelectOptionAsync("MED");
        await officer.Page.Locator("[name=source]").SelectOptionAsync("Visit");
        await officer.Page.Locator("[name=expectedInvestment]").FillAsync("5000");
        await officer.Page.Locator("[name=nextFollowUp]").FillAsync(DateTime.UtcNow.AddHours(8).AddMinutes(-5).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture));
        await officer.Button("保存").ClickAsync();
        await Expect(officer.Page.Locator("h1")).ToHaveTextAsync(name);
        await Expect(officer.Main).ToContainTextAsync("5,000 万元");
    }

    private static async Task RefusedThenMovedAsync(Visit officer, string project)
    {
        await officer.GoAsync($"{project}/move?to=S50");
        // The browser's own check of required fields is switched off: the server must say what is missing.
        await officer.Page.EvaluateAsync("document.querySelectorAll('form').forEach(f => f.noValidate = true)");
        await officer.Page.Locator("[name='evidence.reviewForm']").FillAsync("综合得分 90");
        await officer.Page.Locator("form:has([name='evidence.reviewForm']) button.primary").ClickAsync();
        await Expect(officer.Page.Locator(".error")).ToHaveCountAsync(3);
        await Expect(officer.Page.Locator("[name='evidence.reviewForm']")).ToHaveValueAsync("综合得分 90");
        foreach (var key in (string[])["departmentOpinions", "vetoCheck", "committedOutput"]) await officer.Page.Locator($"[name='evidence.{key}']").FillAsync("齐备");
        await officer.Page.Locator("form:has([name='evidence.reviewForm']) button.primary").ClickAsync();
        await officer.Page.WaitForURLAsync("**" + project, new() { WaitUntil = WaitUntilState.Commit });
        await Expect(officer.Page.Locator(".timeline").Last).ToContainTextAsync("准入评审");
    }

    private static async Task ProposeAsync(Visit officer, string project)
    {
        await officer.GoAsync(project);
        await officer.Page.Locator("#places summary").ClickAsync();
        var park = await officer.Page.Locator("#park option", new() { HasText = "湾区生物医药港" }).First.GetAttributeAsync("value");
        await officer.Page.Locator("#park").SelectOptionAsync(park!);
        await officer.Page.WaitForURLAsync("**park=*", new() { WaitUntil = WaitUntilState.Commit });
        await officer.Page.Locator("form:has([name=parkId]) [name=areaM2]").FillAsync("120");
        await officer.Page.Locator("form:has([name=parkId]) button.primary").ClickAsync();
        await Expect(officer.Page.Locator("#places .list")).ToContainTextAsync("120 m²");
    }

    private static async Task<(decimal Projects, decimal Weighted)> PipelineAsync(Visit leader, string field)
    {
        await leader.GoAsync("/pipeline");
        var cells = await leader.Page.Locator("tbody tr", new() { Has = leader.Page.Locator($"a[href*='{field}']") }).First.Locator("td.num").AllInnerTextsAsync();
        var figures = cells.Select(c => decimal.Parse(c.Trim(), NumberStyles.Number, CultureInfo.InvariantCulture)).ToList();
        return (figures[1], figures[3]);
    }
}
