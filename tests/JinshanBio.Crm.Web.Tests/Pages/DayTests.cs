using System.Net;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Pages;

/// <summary>The day page and what leads on from it.</summary>
public sealed class DayTests(Hosts hosts)
{
    [Fact]
    public async Task A_due_follow_up_is_recorded_where_it_stands_and_leaves_the_day()
    {
        var world = await hosts.Any();
        var officer = await world.Client("officer");
        var name = Samples.Name();
        var lead = await officer.LeadAsync(("enterprise", new { name }));
        var planned = await officer.Post("/api/v1/follow-ups", new { leadId = lead.Id(), dueAt = DateTime.UtcNow.AddDays(-3), kind = "call" }).Answers(201);
        using var visitor = await Visitor.SignedInAsync(world, "officer");
        Assert.Contains(name, await visitor.ReadAsync("/"), StringComparison.Ordinal);

        var form = $"done-{planned.Id()}";
        using var empty = await visitor.PostFormAsync("/", form, ("outcome", ""), ("nextDueAt", ""));
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.Contains($"id=\"{form}-outcome-e\"", await empty.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var done = await visitor.PostFormAsync("/", form, ("outcome", "愿意再谈"), ("nextDueAt", ""));
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        var after = await visitor.ReadAsync("/");
        Assert.DoesNotContain(form, after, StringComparison.Ordinal);
        // Nothing is planned now: the lead stands among those without a next step.
        Assert.Contains($"log-{lead.Id()}", after, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("officer", "/leads/new", "/proposals")]
    [InlineData("manager.park", "/proposals", "/leads/new")]
    [InlineData("leader", "/pipeline", "/leads/new")]
    [InlineData("admin", "/jobs", "/proposals")]
    public async Task Everybody_finds_the_own_work_on_the_day_page(string userName, string there, string notInTheMiddle)
    {
        using var visitor = await Visitor.SignedInAsync(await hosts.Any(), userName);
        var page = await visitor.ReadAsync("/");
        var main = page[page.IndexOf("<main", StringComparison.Ordinal)..page.IndexOf("</main>", StringComparison.Ordinal)];
        Assert.Contains(there, main, StringComparison.Ordinal);
        Assert.DoesNotContain(notInTheMiddle, main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_palette_finds_only_what_the_person_may_see()
    {
        var world = await hosts.Any();
        var name = Samples.Name("捷径");
        await (await world.Client("officer")).LeadAsync(("enterprise", new { name }));
        using var officer = await Visitor.SignedInAsync(world, "officer");
        using var manager = await Visitor.SignedInAsync(world, "manager.park");
        using var nobody = new Visitor(world);
        var path = "/palette?q=" + Uri.EscapeDataString(name);

        Assert.Contains("/leads/", await officer.ReadAsync(path), StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/leads", await manager.ReadAsync(path), StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/enterprises", await manager.ReadAsync(path), StringComparison.Ordinal);
        using var answer = await nobody.Http.GetAsync(path);
        Assert.StartsWith("/sign-in", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_change_is_shown_before_mine_replaces_it()
    {
        var world = await hosts.Any();
        var client = await world.Client("officer");
        var name = Samples.Name();
        var added = await client.Post("/api/v1/enterprises", new { name }).Answers(201);
        await client.Put($"/api/v1/enterprises/{added.Id()}", new { name, address = "他人的地址" }, "\"1\"").Answers(200);
        using var visitor = await Visitor.SignedInAsync(world, "officer2");

        (string, string)[] mine = [("name", name), ("creditCode", ""), ("country", "CN"), ("kind", ""), ("address", "我的地址"), ("version", "1")];
        using var answer = await visitor.PostFormAsync($"/enterprises/{added.Id()}/edit", "enterprise", mine);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Assert.Contains("他人的地址", page, StringComparison.Ordinal);
        Assert.Contains("我的地址", page, StringComparison.Ordinal);
        Assert.Contains("name=\"version\" value=\"2\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example", "/notices")]
    [InlineData("https://evil.example/", "/notices")]
    [InlineData("/leads", "/leads")]
    public async Task Opening_a_notice_never_leads_elsewhere(string to, string there)
    {
        using var visitor = await Visitor.SignedInAsync(await hosts.Any(), "officer");
        using var answer = await visitor.Http.GetAsync($"/notices/open?id={Guid.NewGuid()}&to={Uri.EscapeDataString(to)}");
        Assert.Equal((HttpStatusCode.Redirect, there), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }
}
