using System.Net;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Pages;

/// <summary>What holds for every page, whatever it shows.</summary>
public sealed class PageDoorTests(Hosts hosts)
{
    [Fact]
    public async Task A_script_in_a_note_is_kept_as_it_was_typed_and_shown_as_text()
    {
        var world = await hosts.Any();
        var officer = await world.Client("officer");
        const string note = "<script>alert('注')</script><img src=x onerror=alert(1)>";
        var name = "<b>" + Samples.Name();
        var lead = await officer.LeadAsync(("note", note), ("enterprise", new { name }));
        Assert.Equal((note, name), (lead.Text("note"), lead.Text("enterpriseName")));

        using var visitor = await Visitor.SignedInAsync(world, "officer");
        foreach (var path in (string[])[$"/leads/{lead.Id()}", $"/leads/{lead.Id()}/edit", $"/leads?q={Uri.EscapeDataString(name)}", $"/leads?q={Uri.EscapeDataString(note)}"])
        {
            var page = await visitor.ReadAsync(path);
            Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>样本", page, StringComparison.Ordinal);
            Assert.Contains(path.Contains('?', StringComparison.Ordinal) ? "&lt;" : "&lt;script&gt;alert(", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_api_does_not_listen_to_the_cookie_of_the_pages()
    {
        using var visitor = await Visitor.SignedInAsync(await hosts.Any(), "officer");
        Assert.Contains("XS-", await visitor.ReadAsync("/leads"), StringComparison.Ordinal);
        await visitor.Http.GetAsync("/api/v1/leads").IsRefused(401, "sign-in-required");
        await visitor.Http.Post("/api/v1/leads", Samples.LeadBody()).IsRefused(401, "sign-in-required");
    }

    [Fact]
    public async Task A_page_does_not_listen_to_a_token_of_the_api()
    {
        using var client = await (await hosts.Any()).Client("officer");
        using var answer = await client.GetAsync("/leads");
        Assert.Equal((HttpStatusCode.Redirect, "/sign-in?back=%2Fleads"), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    [Theory]
    [InlineData("/leads/new", "lead")]
    [InlineData("/sign-out", "")]
    public async Task A_form_that_was_posted_from_elsewhere_is_turned_away(string path, string form)
    {
        using var visitor = await Visitor.SignedInAsync(await hosts.Any(), "officer");
        (string, string)[] values = [("_handler", form), ("enterprise.name", "不该存在"), ("field", "MED"), ("source", "Visit"), ("expectedInvestment", "1")];
        using var without = await visitor.PostAsync(path, values);
        using var made = await visitor.PostAsync(path, [.. values, ("__RequestVerificationToken", "CfDJ8made-up")]);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (without.StatusCode, made.StatusCode));
        Assert.DoesNotContain("不该存在", await visitor.ReadAsync("/leads"), StringComparison.Ordinal);
        Assert.Contains("XS-", await visitor.ReadAsync("/leads"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/leads?field=MED", "/leads?field=MED")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("", "/")]
    public async Task Choosing_a_language_leads_back_and_never_elsewhere(string back, string there)
    {
        var world = await hosts.Any();
        using var visitor = new Visitor(world);
        using var answer = await visitor.Http.GetAsync("/language?to=en&back=" + Uri.EscapeDataString(back));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(new Uri(world.Address, there), new Uri(world.Address, answer.Headers.Location!));
        Assert.Contains("lang=\"en\"", await visitor.ReadAsync("/sign-in"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/leads?field=MED", "/leads?field=MED")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    public async Task Signing_in_leads_back_and_never_elsewhere(string back, string there)
    {
        var world = await hosts.Any();
        using var visitor = new Visitor(world);
        using var answer = await visitor.PostFormAsync("/sign-in?back=" + Uri.EscapeDataString(back), "sign-in", ("userName", "leader"), ("password", WebWorld.Password));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(new Uri(world.Address, there), new Uri(world.Address, answer.Headers.Location!));
    }

    [Fact]
    public async Task The_language_is_that_of_the_browser_until_the_person_chooses_one()
    {
        var world = await hosts.Any();
        using var visitor = new Visitor(world);
        Assert.Contains("<html lang=\"zh-CN\"", await visitor.ReadAsync("/sign-in"), StringComparison.Ordinal);
        visitor.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en-GB,en;q=0.8");
        Assert.Contains("<html lang=\"en\"", await visitor.ReadAsync("/sign-in"), StringComparison.Ordinal);
        using var _ = await visitor.Http.GetAsync("/language?to=zh-CN");
        Assert.Contains("<html lang=\"zh-CN\"", await visitor.ReadAsync("/sign-in"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_not_there_or_not_permitted_says_so_in_its_status_too()
    {
        var world = await hosts.Any();
        using var leader = await Visitor.SignedInAsync(world, "leader");
        async Task<int> Status(string path)
        {
            using var answer = await leader.Http.GetAsync(path);
            Assert.Contains("<h1>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            return (int)answer.StatusCode;
        }
        Assert.Equal(404, await Status("/nowhere"));
        Assert.Equal(404, await Status($"/leads/{Guid.NewGuid()}"));
        Assert.Equal(403, await Status("/leads/new"));
        Assert.Equal(400, await Status("/leads?colour=red"));
    }

    [Fact]
    public async Task Signing_out_ends_it()
    {
        using var visitor = await Visitor.SignedInAsync(await hosts.Any(), "leader");
        using var answer = await visitor.PostAsync("/sign-out", ("__RequestVerificationToken", await TokenAsync(visitor)));
        Assert.Equal("/sign-in", answer.Headers.Location?.ToString());
        using var after = await visitor.Http.GetAsync("/leads");
        Assert.StartsWith("/sign-in", after.Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> TokenAsync(Visitor visitor)
    {
        var page = await visitor.ReadAsync("/leads");
        var from = page.IndexOf("value=\"", page.IndexOf("__RequestVerificationToken", StringComparison.Ordinal), StringComparison.Ordinal) + 7;
        return page[from..page.IndexOf('"', from)];
    }
}
