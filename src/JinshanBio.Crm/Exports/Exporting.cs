using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Spreadsheets;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Exports;

public enum ExportFormat
{
    Csv,
    Xlsx,
}

/// <summary>A list as a file.</summary>
/// <param name="Content">At its beginning; whoever asked disposes it.</param>
/// <param name="Rows">Without the heading.</param>
public sealed record ExportedFile(string FileName, Stream Content, string ContentType, int Rows);

/// <param name="Key">Heading: the text "export.column.…".</param>
/// <param name="Value">Text, number, DateOnly, DateTime in UTC, or null.</param>
internal sealed record ExportColumn<TRow>(string Key, Func<TRow, object?> Value)
{
    public string Heading => Text.Of("export.column." + Key);
}

/// <summary>
/// 导出: how every list becomes a file. First which rows there are, in their order, in one statement; then the rows, some hundreds
/// at a time: as many as there are, in memory that does not grow with them. What is taken out leaves an audit record.
/// </summary>
internal static class Exporting
{
    private const int Chunk = 500;
    private static readonly string[] Unsaid = ["Sort", "Format"];
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="list">Name of the list: the text "export.list.…".</param>
    /// <param name="request">What was asked for; its filters go into the audit record.</param>
    /// <param name="load">Rows by their ids.</param>
    /// <exception cref="Refusal">TooManyForSheet: never a file cut short.</exception>
    public static async Task<ExportedFile> ExportAsync<TRow>(
        this CrmDb db, Actor actor, TimeProvider clock, string list, ExportFormat format, object request, IReadOnlyList<ExportColumn<TRow>> columns,
        IReadOnlyList<Guid> ids, Func<List<Guid>, Task<Dictionary<Guid, TRow>>> load, CancellationToken cancel)
    {
        if (format == ExportFormat.Xlsx && ids.Count >= XlsxSheet.MaxRows) throw new Refusal(RefusalCode.TooManyForSheet);
        var now = clock.GetUtcNow().UtcDateTime;
        var (name, written) = (Text.Of("export.list." + list), 0);
        var file = TemporaryFile.Create();
        try
        {
            if (format == ExportFormat.Csv) await CsvSheet.WriteAsync(file, Lines(), cancel);
            else XlsxSheet.Write(file, Cells().ToBlockingEnumerable(cancel), name, Text.Of("export.footer", actor.DisplayName, Said(now), name, ids.Count));
            file.Position = 0;
            await RecordAsync(db, actor, now, list, format, request, written, cancel);
            var day = ShanghaiTime.Day(now).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
            return format == ExportFormat.Csv ? new ExportedFile($"{name}-{day}.csv", file, CsvSheet.ContentType, written)
                : new ExportedFile($"{name}-{day}.xlsx", file, XlsxSheet.ContentType, written);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }

        async IAsyncEnumerable<IReadOnlyList<string?>> Lines()
        {
            await foreach (var row in Cells()) yield return [.. row.Select(Said)];
        }

        async IAsyncEnumerable<IReadOnlyList<object?>> Cells()
        {
            yield return [.. columns.Select(c => (object?)c.Heading)];
            foreach (var chunk in ids.Chunk(Chunk))
            {
                cancel.ThrowIfCancellationRequested();
                var rows = await load([.. chunk]);
                // A row that was deleted a moment ago is gone from the list as well.
                foreach (var id in chunk)
                {
                    if (!rows.TryGetValue(id, out var row)) continue;
                    written++;
                    yield return [.. columns.Select(c => c.Value(row) is DateTime utc ? ShanghaiTime.ToLocal(utc) : c.Value(row))];
                }
            }
        }
    }

    /// <summary>Yuan in the unit that the heading names.</summary>
    public static object? Money(string key, decimal yuan)
        => yuan == 0 ? null : Cell.TryUnit(Text.Of("export.column." + key), out var unit) && unit > 1 ? yuan / unit : yuan;

    private static string? Said(object? value) => value switch
    {
        null => null,
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime local => local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        decimal number => number.ToString("0.########", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    // A ledger of its own kind: no record has changed, so the trail that saving writes would hold nothing.
    private static async Task RecordAsync(CrmDb db, Actor actor, DateTime now, string list, ExportFormat format, object request, int rows, CancellationToken cancel)
    {
        var changes = new Dictionary<string, object?[]>(StringComparer.Ordinal)
        {
            ["List"] = [null, list],
            ["Filter"] = [null, Filter(request)],
            ["Rows"] = [null, rows],
            ["Format"] = [null, format.ToString()],
        };
        db.ChangeTracker.Clear();
        db.AuditRecords.Add(new AuditRecord
        {
            At = now,
            ActorId = actor.Id,
            Subject = "Export",
            SubjectId = Guid.CreateVersion7(),
            Action = AuditAction.Exported,
            Changes = JsonSerializer.Serialize(changes, Json),
        });
        await db.SaveChangesAsync(cancel);
    }

    private static string Filter(object request) => string.Join('&', request.GetType().GetProperties()
        .Where(p => p.SetMethod is { IsPublic: true } && !Unsaid.Contains(p.Name))
        .Select(p => (p.Name, Value: p.GetValue(request)))
        .Where(p => p.Value is not null and not "" and not ICollection { Count: 0 })
        .Select(p => $"{JsonNamingPolicy.CamelCase.ConvertName(p.Name)}={(p.Value is ICollection many ? string.Join(',', many.Cast<object>()) : Said(p.Value))}"));
}

internal static class ExportRules
{
    /// <summary>The order of the list: its own names, each with an optional leading minus.</summary>
    public static IRuleBuilderOptions<T, string?> SortedBy<T>(this IRuleBuilder<T, string?> rule, IEnumerable<string> names)
        => rule.Must(s => string.IsNullOrEmpty(s) || s.Split(',').All(part => names.Contains(part.TrimStart('-'))))
            .WithErrorCode("unknownSort").WithMessage(_ => Text.Of("validation.unknownSort", string.Join(", ", names)));
}
