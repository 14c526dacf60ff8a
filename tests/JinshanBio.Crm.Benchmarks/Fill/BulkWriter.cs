using System.Data.Common;
using JinshanBio.Crm.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace JinshanBio.Crm.Benchmarks.Fill;

/// <summary>Writes many rows fast: prepared inserts on SQLite, COPY on PostgreSQL. The stored forms are those of EF's model.</summary>
internal abstract class BulkWriter(CrmDb db) : IAsyncDisposable
{
    private readonly Dictionary<Type, Columns> _tables = [];

    public static async Task<BulkWriter> OpenAsync(CrmDb db, string connectionString)
    {
        if (!db.Database.IsSqlite())
        {
            var postgres = new NpgsqlConnection(connectionString);
            await postgres.OpenAsync();
            return new PostgresWriter(db, postgres);
        }
        var sqlite = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = false, Pooling = false }.ConnectionString);
        await sqlite.OpenAsync();
        await Execute(sqlite, "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-1500000; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=100000;");
        return new SqliteWriter(db, sqlite);
    }

    public Task WriteAsync<T>(IReadOnlyList<T> rows) where T : class
    {
        if (!_tables.TryGetValue(typeof(T), out var columns)) _tables[typeof(T)] = columns = new Columns(db, typeof(T));
        return WriteAsync(columns, rows);
    }

    protected abstract Task WriteAsync(Columns columns, IReadOnlyList<object> rows);

    /// <summary>Bytes of the whole database as it stands.</summary>
    public abstract Task<long> SizeAsync();

    /// <summary>Leaves the database as the running program would find it.</summary>
    public abstract Task FinishAsync();

    public abstract ValueTask DisposeAsync();

    private static async Task<object?> Execute(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    private sealed class SqliteWriter(CrmDb db, SqliteConnection connection) : BulkWriter(db)
    {
        // SQLite looks parameters up by name one after the other: few per statement are faster than many.
        private const int ParametersAtMost = 24;

        protected override Task WriteAsync(Columns columns, IReadOnlyList<object> rows)
        {
            using var transaction = connection.BeginTransaction();
            var together = Math.Max(1, ParametersAtMost / columns.Count);
            using var many = Prepare(columns, together, transaction);
            using var one = Prepare(columns, 1, transaction);
            var at = 0;
            for (; at + together <= rows.Count; at += together) Insert(many, columns, rows, at, together);
            for (; at < rows.Count; at++) Insert(one, columns, rows, at, 1);
            transaction.Commit();
            return Task.CompletedTask;
        }

        private SqliteCommand Prepare(Columns columns, int rows, SqliteTransaction transaction)
        {
            var command = connection.CreateCommand();
            command.Transaction = transaction;
            for (var i = 0; i < rows * columns.Count; i++) command.Parameters.Add(new SqliteParameter($"${i}", null));
            var values = Enumerable.Range(0, rows).Select(r => $"({string.Join(", ", Enumerable.Range(r * columns.Count, columns.Count).Select(i => $"${i}"))})");
            command.CommandText = $"INSERT INTO \"{columns.Table}\" ({columns.List}) VALUES {string.Join(", ", values)}";
            command.Prepare();
            return command;
        }

        private static void Insert(SqliteCommand command, Columns columns, IReadOnlyList<object> rows, int from, int count)
        {
            for (var row = 0; row < count; row++)
                for (var column = 0; column < columns.Count; column++)
                    command.Parameters[row * columns.Count + column].Value = columns.Read(column, rows[from + row]) ?? DBNull.Value;
            command.ExecuteNonQuery();
        }

        public override async Task<long> SizeAsync() => (long)(await Execute(connection, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"))!;

        public override Task FinishAsync() => Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");

        public override ValueTask DisposeAsync() => connection.DisposeAsync();
    }

    private sealed class PostgresWriter(CrmDb db, NpgsqlConnection connection) : BulkWriter(db)
    {
        protected override async Task WriteAsync(Columns columns, IReadOnlyList<object> rows)
        {
            await using var copy = await connection.BeginBinaryImportAsync($"COPY \"{columns.Table}\" ({columns.List}) FROM STDIN (FORMAT BINARY)");
            foreach (var row in rows)
            {
                await copy.StartRowAsync();
                for (var column = 0; column < columns.Count; column++)
                {
                    if (columns.Read(column, row) is { } value) await copy.WriteAsync(value);
                    else await copy.WriteNullAsync();
                }
            }
            await copy.CompleteAsync();
        }

        public override async Task<long> SizeAsync() => (long)(await Execute(connection, "SELECT pg_database_size(current_database())"))!;

        public override Task FinishAsync() => Execute(connection, "VACUUM ANALYZE");

        public override ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
