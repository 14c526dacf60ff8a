using System.Net;
using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Pages;

/// <summary>A database server answers later, where SQLite answers at once: every page waits for what it shows.</summary>
public sealed class EveryDatabaseTests(Hosts hosts)
{
    private static readonly Dictionary<string, string[]> Pages = new(StringComparer.Ordinal)
    {
        ["officer"] = ["/", "/leads", "/leads/new", "lead", "lead/edit", "lead/convert", "/projects", "/projects/board", "project", "project/edit", "project/form", "project/move", "project/promises", "project/promises?kind=Jobs", "/promises", "/parks", "/proposals", "/first-talks",
            "/enterprises", "/enterprises/new", "enterprise", "enterprise/edit", "enterprise/merge", "/follow-ups", "/hand-over", "/imports", "/pipeline", "/notices", "/account/notices", "/search?q=上海", "/password"],
        ["manager.park"] = ["/", "/projects", "/promises", "/parks", "/proposals", "/proposals?tab=held", "/notices"],
        ["leader"] = ["/", "/pipeline", "/pipeline/items?field=MED&measure=Projects", "/pipeline/items?measure=AnnualOutput", "/reports/probabilities", "/promises", "project/promises", "/leads", "lead", "/projects", "project", "/enterprises", "enterprise", "/follow-ups"],
        ["admin"] = ["/", "/people", "/people/new", "/parameters/gates", "/jobs", "/audit", "/deliveries", "/imports"],
    };

    [OnEveryDatabase]
    public async Task Every_page_opens(string provider)
    {
        var world = await hosts.On(provider);
        var client = await world.Client("officer");
        var lead = await client.LeadAsync();
        var enterprise = lead.GetProperty("enterpriseId").GetGuid();
        var project = (await client.ProjectAsync()).Id();
        foreach (var (userName, paths) in Pages)
        {
            using var visitor = await Visitor.SignedInAsync(world, userName);
            foreach (var path in paths)
            {
                var address = path.StartsWith("lead", StringComparison.Ordinal) ? $"/leads/{lead.Id()}{path[4..]}"
                    : path.StartsWith("project", StringComparison.Ordinal) ? $"/projects/{project}{path[7..]}"
                    : path.StartsWith("enterprise", StringComparison.Ordinal) ? $"/enterprises/{enterprise}{path[10..]}" : path;
                using var answer = await visitor.Http.GetAsync(address);
                Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{userName} {address}: {(int)answer.StatusCode}");
            }
        }
    }

    [OnEveryDatabase]
    public async Task A_form_that_is_refused_and_one_that_is_taken_are_answered(string provider)
    {
        var world = await hosts.On(provider);
        using var officer = await Visitor.SignedInAsync(world, "officer");
        using var refused = await officer.PostFormAsync("/enterprises/new", "enterprise", ("name", ""), ("country", "CN"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var taken = await officer.PostFormAsync("/enterprises/new", "enterprise", ("name", Samples.Name()), ("country", "CN"));
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        Assert.StartsWith("/enterprises/", taken.Headers.Location!.ToString().Replace(world.Address.ToString().TrimEnd('/'), "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
