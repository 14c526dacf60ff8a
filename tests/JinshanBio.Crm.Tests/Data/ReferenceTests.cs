using System.Text.Json.Nodes;
using JinshanBio.Crm.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace JinshanBio.Crm.Tests.Data;

public sealed class ReferenceTests
{
    private static readonly string Shipped = Path.Combine(World.Seeds, "reference");

    [OnEveryDatabase]
    public async Task Loading_the_same_edition_twice_changes_nothing(string provider)
    {
        await using var world = await World.OpenAsync(provider, people: false);
        var before = await AllAsync(world);
        Assert.Equal(0, await world.Db(db => ReferenceLoader.LoadAsync(db, Shipped, CancellationToken.None)));

        Assert.Equal(before, await AllAsync(world));
        Assert.True(before.Count > 300);
    }

    [OnEveryDatabase]
    public async Task A_newer_edition_refreshes_what_nobody_edited_and_keeps_what_somebody_did(string provider)
    {
        await using var world = await World.OpenAsync(provider, people: false);
        await world.Db(async db =>
        {
            var edited = await db.ReferenceRecords.SingleAsync(r => r.Set == "fields" && r.Code == "MED");
            edited.Data = edited.Data.Replace("生物医药", "生命健康", StringComparison.Ordinal);
            edited.EditedAt = world.Clock.Now;
            await db.SaveChangesAsync();
        });
        var newer = Directory.CreateTempSubdirectory("crm-seeds-");
        try
        {
            foreach (var file in Directory.EnumerateFiles(Shipped)) File.Copy(file, Path.Combine(newer.FullName, Path.GetFileName(file)));
            var path = Path.Combine(newer.FullName, "fields.json");
            var root = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
            foreach (var field in root["fields"]!.AsArray()) field!["name_en"] = field["code"] + " renamed";
            root["fields"]!.AsArray().RemoveAt(1);
            await File.WriteAllTextAsync(path, root.ToJsonString());

            Assert.Equal(root["fields"]!.AsArray().Count - 1, await world.Db(db => ReferenceLoader.LoadAsync(db, newer.FullName, CancellationToken.None)));
        }
        finally
        {
            newer.Delete(recursive: true);
        }
        var catalogue = await world.Db(db => Catalogue.LoadAsync(db, CancellationToken.None));
        Assert.Equal(("生命健康", "Biomedicine"), (catalogue.Field("MED")!.NameZh, catalogue.Field("MED")!.NameEn));
        Assert.Equal("AGR renamed", catalogue.Field("AGR")!.NameEn);
        Assert.NotNull(catalogue.Field("MAT"));
    }

    [OnEveryDatabase]
    public async Task Parks_are_the_carriers_with_rooms_to_let(string provider)
    {
        await using var world = await World.OpenAsync(provider, people: false);
        var parks = await world.Db(db => db.Parks.Select(p => p.Code).OrderBy(c => c).ToListAsync());

        Assert.Equal(["CAR-02", "CAR-03", "CAR-05", "CAR-06", "CAR-07", "CAR-08", "CAR-09"], parks);
    }

    [OnEveryDatabase]
    public async Task Workdays_follow_the_calendar_of_the_State_Council(string provider)
    {
        await using var world = await World.OpenAsync(provider, people: false);
        var workdays = world.Services.GetRequiredService<Catalogue>().Workdays;

        Assert.False(workdays.IsWorkday(new DateOnly(2026, 10, 1)));
        Assert.False(workdays.IsWorkday(new DateOnly(2026, 11, 21)));
        Assert.True(workdays.IsWorkday(new DateOnly(2026, 11, 20)));
        Assert.True(workdays.IsWorkday(new DateOnly(2026, 2, 14)));
        Assert.Equal(new DateOnly(2026, 10, 8), workdays.Add(new DateOnly(2026, 9, 30), 1));
        Assert.True(workdays.Knows(2026));
        Assert.False(workdays.Knows(2027));
    }

    [OnEveryDatabase]
    public async Task The_catalogue_holds_fields_links_stages_and_roles(string provider)
    {
        await using var world = await World.OpenAsync(provider, people: false);
        var catalogue = world.Services.GetRequiredService<Catalogue>();

        Assert.Equal(["MED", "MAT", "AGR", "ENE"], catalogue.Fields.Select(f => f.Code).Where(c => c != "CMN"));
        Assert.Equal(90, catalogue.Links.Count);
        Assert.Equal(["S40", "S50", "S60", "S65", "S80", "S90", "S100", "S110", "S120"], catalogue.Stages.Of(Domain.Stages.Track.Lease).Select(s => s.Code));
        Assert.Equal(6, catalogue.Roles.Count);
    }

    private static async Task<List<string>> AllAsync(World world)
        => await world.Db(db => db.ReferenceRecords.OrderBy(r => r.Set).ThenBy(r => r.Code).Select(r => r.Set + r.Code + r.SeedHash + r.Data).ToListAsync());
}
