using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using JinshanBio.Crm.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace JinshanBio.Crm.Tests;

/// <summary>Runs the test once per database that the product supports and this build can run; one that is not configured shows as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnEveryDatabaseAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
    : TheoryAttribute(file, line), IDataAttribute
{
    private static readonly string? NoPostgres = TestDatabase.Postgres is null ? "PostgreSQL: CRM_TEST_POSTGRES is not set" : null;

    bool? IDataAttribute.Explicit => null;
    string? IDataAttribute.Label => null;
    string? IDataAttribute.Skip => null;
    Type? IDataAttribute.SkipType => null;
    string? IDataAttribute.SkipUnless => null;
    string? IDataAttribute.SkipWhen => null;
    string? IDataAttribute.TestDisplayName => null;
    int? IDataAttribute.Timeout => null;
    string[]? IDataAttribute.Traits => null;

    public ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
        => new([new TheoryDataRow<string>(CrmDatabase.Sqlite), new TheoryDataRow<string>(CrmDatabase.PostgreSql) { Skip = NoPostgres }]);

    public bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>One database on one of the servers.</summary>
public sealed class TestDatabase
{
    /// <summary>Npgsql connection string without a database, from the environment.</summary>
    public static readonly string? Postgres = Environment.GetEnvironmentVariable("CRM_TEST_POSTGRES") is { Length: > 0 } set ? set : null;

    private static readonly string Run = Guid.NewGuid().ToString("N")[..8];
    private static readonly DirectoryInfo Folder = Directory.CreateTempSubdirectory("crm-tests-");
    private static int _count;

    private readonly string _provider;
    private readonly string _name;

    static TestDatabase() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        SqliteConnection.ClearAllPools();
        Folder.Delete(recursive: true);
    };

    private TestDatabase(string provider)
    {
        (_provider, _name) = (provider, $"crm_test_{Run}_{Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture)}");
        ConnectionString = provider == CrmDatabase.Sqlite
            ? new SqliteConnectionStringBuilder { DataSource = FileOf(_name) }.ConnectionString
            : new NpgsqlConnectionStringBuilder(Postgres) { Database = _name, MaxPoolSize = 20 }.ConnectionString;
    }

    public string ConnectionString { get; }

    /// <summary>Folder of the documents that its rows name.</summary>
    public string Documents => Path.Combine(Folder.FullName, _name + "-documents");

    public static async Task<TestDatabase> CreateAsync(string provider)
    {
        var database = new TestDatabase(provider);
        if (provider == CrmDatabase.PostgreSql) await ExecuteAsync($"create database {database._name}");
        return database;
    }

    public async Task<TestDatabase> CopyAsync()
    {
        var copy = new TestDatabase(_provider);
        if (_provider == CrmDatabase.Sqlite) File.Copy(FileOf(_name), FileOf(copy._name));
        else await ExecuteAsync($"create database {copy._name} template {_name}");
        if (Directory.Exists(Documents)) CopyFolder(Documents, copy.Documents);
        return copy;
    }

    /// <summary>Closes all connections, so that the database can be copied.</summary>
    public void Close()
    {
        // The last connection that closes takes the write-ahead log into the file.
        if (_provider == CrmDatabase.Sqlite) SqliteConnection.ClearPool(new SqliteConnection(ConnectionString));
        else NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));
    }

    public async Task DropAsync()
    {
        Close();
        if (Directory.Exists(Documents)) Directory.Delete(Documents, recursive: true);
        if (_provider == CrmDatabase.Sqlite) File.Delete(FileOf(_name));
        else await ExecuteAsync($"drop database if exists {_name} with (force)");
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static string FileOf(string name) => Path.Combine(Folder.FullName, name + ".db");

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Postgres) { Database = "postgres" }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>The databases that every test starts from: migrated and filled once per run, copied per test.</summary>
internal static class Templates
{
    private static readonly ConcurrentDictionary<(string Provider, bool People), Lazy<Task<(TestDatabase Database, Catalogue Catalogue)>>> Made = new();

    static Templates() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        // SQLite's go with their folder.
        foreach (var ((provider, _), template) in Made)
            if (provider == CrmDatabase.PostgreSql && template.IsValueCreated && template.Value.IsCompletedSuccessfully) template.Value.Result.Database.DropAsync().Wait();
    };

    public static async Task<(TestDatabase Database, Catalogue Catalogue)> CopyAsync(string provider, bool people)
    {
        var (database, catalogue) = await Of(provider, people);
        return (await database.CopyAsync(), catalogue);
    }

    private static Task<(TestDatabase Database, Catalogue Catalogue)> Of(string provider, bool people)
        => Made.GetOrAdd((provider, people), _ => new(() => people ? WithPeopleAsync(provider) : EmptyAsync(provider))).Value;

    private static async Task<(TestDatabase Database, Catalogue Catalogue)> EmptyAsync(string provider)
    {
        var database = await TestDatabase.CreateAsync(provider);
        var clock = new TestClock();
        clock.Advance(TimeSpan.FromDays(-365));
        await using var services = World.Build(provider, database.ConnectionString, clock, database.Documents);
        await CrmStart.MigrateAsync(services, World.Seeds, CancellationToken.None);
        await CrmStart.LoadCatalogueAsync(services, CancellationToken.None);
        database.Close();
        return (database, services.GetRequiredService<Catalogue>());
    }

    private static async Task<(TestDatabase Database, Catalogue Catalogue)> WithPeopleAsync(string provider)
    {
        var (empty, _) = await Of(provider, people: false);
        var database = await empty.CopyAsync();
        await using var services = World.Build(provider, database.ConnectionString, new TestClock(), database.Documents);
        await DemoWorld.LoadAsync(services, World.Seeds, CancellationToken.None);
        database.Close();
        return (database, services.GetRequiredService<Catalogue>());
    }
}
