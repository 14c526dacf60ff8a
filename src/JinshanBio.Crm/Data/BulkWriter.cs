using System.Data.Common;
using System.Globalization;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Reports;
using JinshanBio.Crm.Domain.Stages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace JinshanBio.Crm.Data;

/// <summary>
/// Inserts very many rows in the transaction under way: COPY on PostgreSQL, prepared statements elsewhere. For staged import
/// rows and search keys, which are not audited, and for what a large save is about to insert together with its audit trail.
/// </summary>
internal static class BulkWriter
{
    // What others refer to comes first.
    private static readonly Type[] InOrder =
        [typeof(Enterprise), typeof(Lead), typeof(LeadLink), typeof(StageChange), typeof(FollowUp), typeof(LinkPeriod), typeof(PipelinePeriod), typeof(PipelinePosting), typeof(AuditRecord)];

    // SQLite looks each parameter up by name among all of the statement: few at a time are faster than many. SQL Server takes 2,100.
    private const int OnSqlite = 24, OnSqlServer = 2000;

    /// <summary>Inserts what the change tracker holds as new, and leaves it there as saved; other changes are still to be saved.</summary>
    public static async Task InsertAddedAsync(CrmDb db, CancellationToken cancel)
    {
        var added = db.ChangeTracker.Entries().Where(e => e.State == EntityState.Added).ToLookup(e => e.Metadata.ClrType);
        // One open period to a subject: where one ends, the next can only follow it.
        var ends = db.ChangeTracker.Entries<PipelinePeriod>().Any(e => e.State is EntityState.Modified or EntityState.Deleted);
        foreach (var type in InOrder.Where(t => !ends || t != typeof(PipelinePeriod)))
        {
            var entries = added[type].ToList();
            await InsertAsync(db, type, entries.ConvertAll(e => e.Entity), cancel);
            foreach (var entry in entries) entry.State = EntityState.Unchanged;
        }
    }

    public static Task InsertAsync<T>(CrmDb db, IReadOnlyList<T> rows, CancellationToken cancel) where T : class => InsertAsync(db, typeof(T), rows, cancel);

    private static async Task InsertAsync(CrmDb db, Type type, IReadOnlyList<object> rows, CancellationToken cancel)
    {
        if (rows.Count == 0) return;
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("Rows are written in the transaction of what they belong to.");
        var table = new Columns(db, type);
        try
        {
            if (db.Database.GetDbConnection() is NpgsqlConnection postgres) await CopyAsync(postgres, table, rows, cancel);
            else Insert(db, table, rows, db.Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal) ? OnSqlite : OnSqlServer);
        }
        catch (DbException e)
        {
            throw new DbUpdateException(e.Message, e);
        }
    }

    private static async Task CopyAsync(NpgsqlConnection connection, Columns table, IReadOnlyList<object> rows, CancellationToken cancel)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {table.Name} ({table.List}) FROM STDIN (FORMAT BINARY)", cancel);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancel);
            for (var column = 0; column < table.Count; column++)
            {
                if (table.Read(column, row) is { } value) await copy.WriteAsync(value, cancel);
                else await copy.WriteNullAsync(cancel);
            }
        }
        await copy.CompleteAsync(cancel);
    }

    private static void Insert(CrmDb db, Columns table, IReadOnlyList<object> rows, int parameters)
    {
        var together = Math.Min(rows.Count, Math.Max(1, parameters / table.Count));
        using var many = Prepare(db, table, together);
        var at = 0;
        for (; at + together <= rows.Count; at += together) Run(many, table, rows, at, together);
        if (at == rows.Count) return;
        using var rest = Prepare(db, table, rows.Count - at);
        Run(rest, table, rows, at, rows.Count - at);
    }

    private static DbCommand Prepare(CrmDb db, Columns table, int rows)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        for (var i = 0; i < rows * table.Count; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{i}");
            command.Parameters.Add(parameter);
        }
        var values = Enumerable.Range(0, rows).Select(r => $"({string.Join(',', Enumerable.Range(r * table.Count, table.Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"@p{i}")))})");
#pragma warning disable CA2100 // Only names of the model and of parameters.
        command.CommandText = $"INSERT INTO {table.Name} ({table.List}) VALUES {string.Join(',', values)}";
#pragma warning restore CA2100
        return command;
    }

    private static void Run(DbCommand command, Columns table, IReadOnlyList<object> rows, int from, int count)
    {
        var parameter = 0;
        for (var row = from; row < from + count; row++)
            for (var column = 0; column < table.Count; column++)
                command.Parameters[parameter++].Value = table.Read(column, rows[row]) ?? DBNull.Value;
        command.ExecuteNonQuery();
    }

    /// <summary>A table as the model has it, and for each column the value that is stored.</summary>
    private sealed class Columns
    {
        private readonly (string Name, Func<object, object?> Read)[] _columns;

        public Columns(CrmDb db, Type type)
        {
            var quote = db.GetService<ISqlGenerationHelper>();
            var entity = db.Model.FindEntityType(type)!;
            Name = quote.DelimitIdentifier(entity.GetTableName()!);
            _columns = [.. entity.GetProperties().Select(p => (quote.DelimitIdentifier(p.GetColumnName()), Reader(p)))];
            List = string.Join(',', _columns.Select(c => c.Name));
        }

        public string Name { get; }
        public string List { get; }
        public int Count => _columns.Length;

        public object? Read(int column, object row) => _columns[column].Read(row);

        private static Func<object, object?> Reader(IProperty property)
        {
            var getter = property.GetGetter();
            return property.GetTypeMapping().Converter is { } converter
                ? row => getter.GetClrValue(row) is { } value ? converter.ConvertToProvider(value) : null
                : getter.GetClrValue;
        }
    }
}
