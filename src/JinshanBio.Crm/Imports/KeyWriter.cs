using System.Data.Common;
using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace JinshanBio.Crm.Imports;

/// <summary>
/// Writes the search keys of many new enterprises (检索键) past the change tracker: some forty to an enterprise, they are
/// nine tenths of all rows that an import writes. Plain SQL that all three databases understand.
/// </summary>
internal static class KeyWriter
{
    // SQL Server takes 2,100 parameters.
    private const int RowsPerStatement = 200;

    /// <summary>Inserts the keys in the transaction under way. In the order of their index, which touches each of its pages once.</summary>
    public static async Task InsertAsync(CrmDb db, IEnumerable<EnterpriseKey> keys, CancellationToken cancel)
    {
        var sorted = keys.ToArray();
        Array.Sort(sorted, (a, b) => a.Kind.CompareTo(b.Kind) is not 0 and var order ? order : string.CompareOrdinal(a.Key, b.Key));
        DbCommand? whole = null;
        try
        {
            for (var at = 0; at < sorted.Length; at += RowsPerStatement)
            {
                var part = sorted.AsMemory(at, Math.Min(RowsPerStatement, sorted.Length - at));
                if (part.Length == RowsPerStatement) await FillAsync(whole ??= Command(db, RowsPerStatement), part, cancel);
                else
                {
                    await using var rest = Command(db, part.Length);
                    await FillAsync(rest, part, cancel);
                }
            }
        }
        finally
        {
            if (whole is not null) await whole.DisposeAsync();
        }
    }

    private static DbCommand Command(CrmDb db, int rows)
    {
        var quote = db.GetService<ISqlGenerationHelper>();
        var entity = db.Model.FindEntityType(typeof(EnterpriseKey))!;
        string Column(string property) => quote.DelimitIdentifier(entity.FindProperty(property)!.GetColumnName());
        var values = string.Join(',', Enumerable.Range(0, rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"(@n{i},@k{i},@e{i})")));
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
#pragma warning disable CA2100 // Only names of the model and of parameters.
        command.CommandText = $"INSERT INTO {quote.DelimitIdentifier(entity.GetTableName()!)} ({Column(nameof(EnterpriseKey.Kind))},{Column(nameof(EnterpriseKey.Key))},{Column(nameof(EnterpriseKey.EnterpriseId))}) VALUES {values}";
#pragma warning restore CA2100
        for (var i = 0; i < rows; i++)
        {
            foreach (var name in (string[])["n", "k", "e"])
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@{name}{i}");
                command.Parameters.Add(parameter);
            }
        }
        return command;
    }

    private static async Task FillAsync(DbCommand command, ReadOnlyMemory<EnterpriseKey> keys, CancellationToken cancel)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            command.Parameters[3 * i].Value = (short)keys.Span[i].Kind;
            command.Parameters[3 * i + 1].Value = keys.Span[i].Key;
            command.Parameters[3 * i + 2].Value = keys.Span[i].EnterpriseId;
        }
        await command.ExecuteNonQueryAsync(cancel);
    }
}
