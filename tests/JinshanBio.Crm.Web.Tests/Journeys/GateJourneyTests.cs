using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>An officer is stopped at a gate, sees what lacks, fills it in and moves on.</summary>
[Collection<BrowserCollection>]
public sealed class GateJourneyTests(Browsing browsing)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task From_a_refused_move_to_the_form_and_through_the_gate(bool script)
    {
        var client = await browsing.World.Client("officer");
        var project = await client.ProjectAsync();
        await using var officer = await browsing.OpenAsync("officer", script: script);
        await officer.GoAsync($"/projects/{project.Id()}/move?to=S50");
        foreach (var (key, value) in Samples.ReviewEvidence()) await officer.Page.Locator($"[name='evidence.{key}']").FillAsync((string)value!);
        await officer.Page.Locator("form:has([name='evidence.reviewForm']) button.primary").ClickAsync();
        await Expect(officer.Page.Locator(".alert.bad")).ToContainTextAsync("信息表");
        // What was typed stays while the form is filled elsewhere.
        await Expect(officer.Page.Locator("[name='evidence.reviewForm']")).ToHaveValueAsync("综合得分 90");

        await officer.Page.Locator(".alert.warn a").ClickAsync();
        await Expect(officer.Page.Locator("h1")).ToHaveTextAsync(project.Text("name"));
        await Expect(officer.Page.Locator("[name='values.registered_capital']")).ToHaveCountAsync(0);
        await FillAsync(officer, ("tax", "0.06亿"), ("jobs", "很多"), ("gb4754", "2761"));
        await officer.Button("保存信息表").ClickAsync();
        await Expect(officer.Page.Locator(".error")).ToHaveCountAsync(1);
        await Expect(officer.Page.Locator("[name='values.tax']")).ToHaveValueAsync("0.06亿");
        await FillAsync(officer, ("jobs", "60 人"));
        await officer.Button("保存信息表").ClickAsync();
        await Expect(officer.Page.Locator(".alert.good")).ToBeVisibleAsync();
        var kept = (await client.GetAsync($"/api/v1/projects/{project.Id()}/form").Answers(200)).GetProperty("values");
        Assert.Equal(("6000000", "60", "2761"), (kept.Text("tax"), kept.Text("jobs"), kept.Text("gb4754")));
        await Expect(officer.Page.Locator("[name='values.jobs']")).ToHaveCountAsync(0);

        // The rest but two fields, by whoever knows them; these two are asked for in place.
        var version = (await client.GetAsync($"/api/v1/projects/{project.Id()}/form").Answers(200)).Int("version");
        var rest = Samples.Form().Where(f => f.Key is not ("tax" or "jobs" or "gb4754" or "gmo" or "revenue")).ToDictionary();
        await client.Put($"/api/v1/projects/{project.Id()}/form", new { values = rest }, $"\"{version}\"").Answers(200);
        await officer.GoAsync($"/projects/{project.Id()}/move?to=S50");
        foreach (var (key, value) in Samples.ReviewEvidence()) await officer.Page.Locator($"[name='evidence.{key}']").FillAsync((string)value!);
        await officer.Page.Locator("[name='evidence.revenue']").FillAsync("8800");
        await officer.Page.Locator("[name='evidence.gmo']").SelectOptionAsync("false");
        await officer.Page.Locator("form:has([name='evidence.reviewForm']) button.primary").ClickAsync();
        await officer.Page.WaitForURLAsync(url => url.EndsWith(project.Id().ToString(), StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
        var moved = await client.GetAsync($"/api/v1/projects/{project.Id()}").Answers(200);
        Assert.Equal("S50", moved.Text("stage"));
        Assert.Equal("88000000", (await client.GetAsync($"/api/v1/projects/{project.Id()}/form").Answers(200)).GetProperty("values").Text("revenue"));
        if (script) officer.IsQuiet();
    }

    [Fact]
    public async Task In_a_conflict_about_the_form_an_amount_is_chosen_and_means_the_same()
    {
        var client = await browsing.World.Client("officer");
        var project = await client.ProjectAsync();
        await client.FillFormAsync(project.Id());
        await using var officer = await browsing.OpenAsync("officer");
        await officer.GoAsync($"/projects/{project.Id()}/form");
        var path = $"/api/v1/projects/{project.Id()}/form";
        var version = (await client.GetAsync(path).Answers(200)).Int("version");
        await (await browsing.World.Client("admin")).Put(path, new { values = new { tax = 7_000_000, jobs = 70 } }, $"\"{version}\"").Answers(200);

        await FillAsync(officer, ("tax", "650"), ("revenue", "9000"));
        await officer.Button("保存信息表").ClickAsync();
        var choice = officer.Page.Locator("[name='_choose.values.tax']");
        await Expect(choice).ToHaveCountAsync(2);
        // Left as it was: the other's number stands there now.
        await Expect(officer.Page.Locator("[name='values.jobs']")).ToHaveValueAsync("70");
        await Expect(officer.Page.Locator(".conflict")).ToContainTextAsync("650 万元");
        await officer.Page.Locator("[name='_choose.values.tax'][value=theirs]").CheckAsync();
        await officer.Page.Locator("form:has([name='values.tax']) button.primary").ClickAsync();
        await Expect(officer.Page.Locator(".alert.good")).ToBeVisibleAsync();
        var kept = (await client.GetAsync(path).Answers(200)).GetProperty("values");
        Assert.Equal(("7000000", "70", "90000000"), (kept.Text("tax"), kept.Text("jobs"), kept.Text("revenue")));
    }

    [Fact]
    public async Task A_status_asks_for_what_it_needs_and_an_entry_is_corrected_from_the_history()
    {
        var client = await browsing.World.Client("officer");
        var project = await client.ProjectAsync();
        await using var officer = await browsing.OpenAsync("officer");
        await officer.GoAsync($"/projects/{project.Id()}");
        var correct = officer.Page.Locator("form:has([name=enteredOn])");
        await officer.Page.Locator("#path > details > summary").ClickAsync();
        await officer.Page.Locator(".timeline details:has([name=enteredOn]) summary").ClickAsync();
        await correct.Locator("[name=enteredOn]").FillAsync("2026-01-05");
        await correct.Locator("[name=reason]").FillAsync("立项纪要日期");
        await correct.Locator("button").ClickAsync();
        await Expect(officer.Page.Locator(".timeline .chip.warn")).ToContainTextAsync("2026年1月5日");

        await officer.Page.Locator("details:has([name='details.resumeOn']) summary").ClickAsync();
        var hold = officer.Page.Locator("form:has([name='details.resumeOn'])");
        await hold.Locator("[name=reason]").FillAsync("等待设备到港");
        await hold.Locator("button").ClickAsync();
        await Expect(hold.Locator(".error")).ToHaveCountAsync(1);
        await hold.Locator("[name='details.resumeOn']").FillAsync("2031-01-10");
        await hold.Locator("button").ClickAsync();
        await Expect(officer.Page.Locator(".alert.good")).ToBeVisibleAsync();
        await Expect(officer.Main).ToContainTextAsync("2031-01-10");
        officer.IsQuiet();
    }

    private static async Task FillAsync(Visit officer, params (string Key, string Value)[] answers)
    {
        foreach (var (key, value) in answers)
        {
            var input = officer.Page.Locator($"[name='values.{key}']");
            if (await input.EvaluateAsync<bool>("e => e.tagName === 'SELECT'")) await input.SelectOptionAsync(value);
            else await input.FillAsync(value);
        }
    }
}
