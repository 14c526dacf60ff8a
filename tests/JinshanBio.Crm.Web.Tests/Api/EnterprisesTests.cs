using Xunit;

namespace JinshanBio.Crm.Web.Tests.Api;

public sealed class EnterprisesTests(Hosts hosts)
{
    [Fact]
    public async Task An_enterprise_is_changed_only_at_the_version_that_was_read()
    {
        var officer = await (await hosts.Any()).Client("officer");
        var name = Samples.Name();
        var added = await officer.Post("/api/v1/enterprises", new { name }).Answers(201);
        var path = $"/api/v1/enterprises/{added.Id()}";
        using var read = await officer.GetAsync(path);
        var tag = read.Headers.ETag!.ToString();
        var change = new { name, address = "金山大道 1 号" };

        await officer.Put(path, change, ifMatch: null).IsRefused(428, "version-required");
        Assert.Equal("金山大道 1 号", (await officer.Put(path, change, tag).Answers(200)).Text("address"));
        await officer.Put(path, change with { address = "金山大道 2 号" }, tag).IsRefused(412, "stale-version");
        Assert.Equal("金山大道 1 号", (await officer.GetAsync(path).Answers(200)).Text("address"));
    }

    [Fact]
    public async Task A_park_manager_has_no_register()
    {
        var manager = await (await hosts.Any()).Client("manager.park");
        await manager.GetAsync("/api/v1/enterprises").IsRefused(403, "not-permitted");
        await manager.Post("/api/v1/enterprises", new { name = Samples.Name() }).IsRefused(403, "not-permitted");
    }
}
