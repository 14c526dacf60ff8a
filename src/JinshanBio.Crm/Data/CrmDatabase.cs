using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace JinshanBio.Crm.Data;

/// <summary>The three databases: how each is configured, and what its errors mean.</summary>
public static class CrmDatabase
{
    public const string Sqlite = "Sqlite", PostgreSql = "PostgreSql", SqlServer = "SqlServer";

    /// <param name="provider">Sqlite, PostgreSql or SqlServer.</param>
    /// <exception cref="InvalidOperationException">For another provider, or SQL Server in the ordinary build at run time.</exception>
    public static void Configure(DbContextOptionsBuilder options, string provider, string connectionString)
    {
        switch (provider)
        {
            case Sqlite:
                options.UseSqlite(connectionString, o => o.MigrationsAssembly("JinshanBio.Crm.Migrations.Sqlite"))
                    // A rebuilt table is taken care of by the copy that CrmStart keeps.
                    .ConfigureWarnings(w => w.Ignore(RelationalEventId.NonTransactionalMigrationOperationWarning, SqliteEventId.TableRebuildPendingWarning))
                    .AddInterceptors(SqliteTuning.Instance);
                break;
            case PostgreSql:
                options.UseNpgsql(connectionString, o => o.MigrationsAssembly("JinshanBio.Crm.Migrations.PostgreSql"));
                break;
            case SqlServer:
                options.UseSqlServer(connectionString, o => o.MigrationsAssembly("JinshanBio.Crm.Migrations.SqlServer"));
                break;
            default:
                throw new InvalidOperationException($"Database:Provider is '{provider}'; it must be Sqlite, PostgreSql or SqlServer.");
        }
    }

    /// <summary>True when the save failed because a unique index already holds the value. By error number, never by text.</summary>
    public static bool IsDuplicate(DbUpdateException exception) => exception.InnerException switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is 2067 or 1555,
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.UniqueViolation,
        DbException sqlServer => sqlServer.GetType().Name == "SqlException" && SqlServerNumber(sqlServer) is 2601 or 2627,
        _ => false,
    };

    /// <summary>
    /// True when what the save rests on is no longer so: another save was faster, added the same, waits for this one, or changed a part that was read after the rest,
    /// so that the sums no longer agree and a check constraint refused them. On the fresh records the request gets its true answer.
    /// </summary>
    public static bool IsConflict(Exception exception) => exception switch
    {
        DbUpdateConcurrencyException => true,
        DbUpdateException update => IsDuplicate(update) || IsBeaten(update.InnerException),
        // What may pass by itself, EF Core wraps once more.
        InvalidOperationException { InnerException: DbUpdateException update } => IsBeaten(update.InnerException),
        _ => false,
    };

    private static bool IsBeaten(Exception? exception) => exception switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode == 275,
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.CheckViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
        DbException sqlServer => sqlServer.GetType().Name == "SqlException" && SqlServerNumber(sqlServer) is 547 or 1205,
        _ => false,
    };

    private static int SqlServerNumber(DbException exception) => (int?)exception.GetType().GetProperty("Number")?.GetValue(exception) ?? 0;

    /// <summary>Write-ahead logging lets readers and the one writer work side by side; waiting is left to SQLite, which waits in small steps.</summary>
    private sealed class SqliteTuning : DbConnectionInterceptor
    {
        public static readonly SqliteTuning Instance = new();

        // EF opens a connection for each query; from the pool it comes with what was set on it before.
        private static readonly ConditionalWeakTable<object, object> Tuned = [];
        private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=10000; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=8000;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            if (!Tuned.TryAdd(((SqliteConnection)connection).Handle!, Instance)) return;
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
        }

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}
