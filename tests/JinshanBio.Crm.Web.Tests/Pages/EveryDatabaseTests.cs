using System.Net;
using JinshanBio.Crm.Tests;
using Xunit;

namespace JinshanBio.Crm.Web.Tests.Pages;

/// <summary>A database server answers later, where SQLite answers at once: every page waits for what it shows.</summary>
public sealed class EveryDatabaseTests(Hosts hosts)
{
    [OnEveryDatabase]
    public async Task Every_page_opens(string provider)
    {
        var world = await hosts.On(provider);
        foreach (var (userName, paths) in EveryPage.Of)
        {
            using var visitor = await Visitor.SignedInAsync(world, userName);
            foreach (var path in paths.Where(p => p != "/nowhere"))
            {
                foreach (var address in await EveryPage.ResolveAsync(world, userName, path, one: true))
                {
                    using var answer = await visitor.Http.GetAsync(address);
                    Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{userName} {address}: {(int)answer.StatusCode}");
                }
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
