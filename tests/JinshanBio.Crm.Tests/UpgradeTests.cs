using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Parks;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace JinshanBio.Crm.Tests;

/// <summary>A database of an earlier version is taken along with what it holds.</summary>
public sealed class UpgradeTests
{
    private static readonly DateTime Proposed = new(2026, 3, 1, 2, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly Opening = new(2026, 1, 1), Accepted = new(2026, 4, 1), MovedIn = new(2026, 5, 2);

    [OnEveryDatabase]
    public async Task What_was_held_and_occupied_stands_from_its_day_on(string provider)
    {
        var database = await TestDatabase.CreateAsync(provider);
        await using (var services = World.Build(provider, database.ConnectionString, new TestClock(), database.Documents))
        {
            var (hall, lab) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            await using (var before = services.CreateAsyncScope()) await FillAsync(before.ServiceProvider.GetRequiredService<CrmDb>(), provider, hall, lab);
            await CrmStart.MigrateAsync(services, World.Seeds, CancellationToken.None);

            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
            var space = await db.Spaces.AsNoTracking().Include(s => s.Spans).SingleAsync(s => s.Id == hall);
            Assert.Equal((SpaceKind.Unit, 1000m), (space.Kind, space.AreaM2));
            (decimal, decimal, decimal) On(DateOnly day) => space.On(day) is { } span ? (span.AreaM2, span.HeldM2, span.OccupiedM2) : default;
            Assert.Equal([default, (1000m, 0m, 0m), (1000m, 200.5m, 0m), (1000m, 200.5m, 300m)], new[] { Opening.AddDays(-1), Opening, Accepted, MovedIn }.Select(On));
            Assert.Equal((500m, 0m), (await db.Spaces.AsNoTracking().Include(s => s.Spans).SingleAsync(s => s.Id == lab)).On(Opening) is { } empty ? (empty.AreaM2, empty.TakenM2) : default);
            // Accepted on 2026-03-20 for 2026-04-01; moved in at one in the morning of 2026-05-02, Shanghai.
            var bookings = await db.Bookings.AsNoTracking().OrderBy(b => b.From).ToListAsync();
            Assert.Equal([(BookingKind.Held, Accepted, 200.5m), (BookingKind.Occupied, MovedIn, 300m)], bookings.Select(b => (b.Kind, b.From, b.AreaM2)));
            // Links that were recorded before they had periods count from the day on which their record was made.
            Assert.Equal([("MED-06", Proposed, ChainMap.Open)], (await db.LinkPeriods.AsNoTracking().ToListAsync()).Select(p => (p.Link, p.From, p.To)));
            Assert.Equal(90, await db.LinkEditions.CountAsync(l => l.From == ChainMap.Always && l.To == ChainMap.Open));
            Assert.Equal([300m, 200.5m, 100m], (await db.Assignments.AsNoTracking().ToListAsync()).Select(a => a.WantedM2).OrderDescending());
        }
        if (provider == CrmDatabase.Sqlite) Assert.True(File.Exists(CopyOf(database)), "the database as it was is kept beside it");
        await database.DropAsync();
    }

    private static string CopyOf(TestDatabase database)
        => Directory.EnumerateFiles(Path.GetDirectoryName(FileOf(database))!, Path.GetFileName(FileOf(database)) + ".*_ProjectsToCapacity").SingleOrDefault() ?? "";

    private static string FileOf(TestDatabase database) => new SqliteConnectionStringBuilder(database.ConnectionString).DataSource;

    /// <summary>Two spaces; in the first one tenant, one reservation, and a proposal that holds nothing.</summary>
    private static async Task FillAsync(CrmDb db, string provider, Guid hall, Guid lab)
    {
        await db.Database.GetService<IMigrator>().MigrateAsync("ProjectsToCapacity");
        await db.Database.OpenConnectionAsync();
        // Of the rest of the story nothing is needed here.
        await db.Database.ExecuteSqlRawAsync(provider == CrmDatabase.Sqlite ? "PRAGMA foreign_keys = OFF" : "SET session_replication_role = replica");
        object Area(decimal area) => provider == CrmDatabase.Sqlite ? (long)(area * 100) : area;
        var (park, person) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        async Task SpaceAsync(Guid id, string name, decimal area, decimal held, decimal occupied) => await db.Database.ExecuteSqlRawAsync(
            """INSERT INTO "Spaces" ("Id", "ParkId", "Name", "AreaM2", "HeldM2", "OccupiedM2", "AvailableFrom", "Version") VALUES ({0}, {1}, {2}, {3}, {4}, {5}, {6}, 1)""",
            id, park, name, Area(area), Area(held), Area(occupied), Opening);
        async Task PlaceAsync(string status, decimal area, DateTime? decided, DateTime? movedIn) => await db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO "Assignments" ("Id", "ProjectId", "ParkId", "SpaceId", "AreaM2", "From", "Status", "ProposedAt", "ProposedById", "DecidedAt", "MovedInAt", "Version")
            VALUES ({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}, {9}, {10}, 1)
            """, Guid.CreateVersion7(), Guid.CreateVersion7(), park, hall, Area(area), Accepted, status, Proposed, person, decided!, movedIn!);

        await db.Database.ExecuteSqlRawAsync("""INSERT INTO "Parks" ("Id", "Code", "NameZh", "NameEn", "Roles", "Fields", "Version") VALUES ({0}, 'OLD-1', '旧园区', 'Old park', 'Accelerator', 'MED', 1)""", park);
        var enterprise = Guid.CreateVersion7();
        await db.Database.ExecuteSqlRawAsync(
            """INSERT INTO "Enterprises" ("Id", "Name", "CoreName", "Country", "IsChainLeader", "LeaderFields", "CreatedAt", "CreatedById", "Version") VALUES ({0}, '旧企业', '旧企业', 'CN', {1}, '', {2}, {3}, 1)""",
            enterprise, false, Proposed, person);
        await db.Database.ExecuteSqlRawAsync("""INSERT INTO "EnterpriseLink" ("EnterpriseId", "Code") VALUES ({0}, 'MED-06')""", enterprise);
        await SpaceAsync(hall, "1号楼", 1000, 200.5m, 300);
        await SpaceAsync(lab, "2号楼", 500, 0, 0);
        await PlaceAsync("MovedIn", 300, Proposed.AddDays(3), new DateTime(2026, 5, 1, 17, 0, 0, DateTimeKind.Utc));
        await PlaceAsync("Accepted", 200.5m, new DateTime(2026, 3, 20, 2, 0, 0, DateTimeKind.Utc), null);
        await PlaceAsync("Proposed", 100, null, null);
        await db.Database.CloseConnectionAsync();
    }
}
