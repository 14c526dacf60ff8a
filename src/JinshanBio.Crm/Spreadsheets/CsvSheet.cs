using System.Buffers;
using System.Text;

namespace JinshanBio.Crm.Spreadsheets;

/// <summary>Writes a CSV (导出) that Excel opens as it is: UTF-8 with BOM, CRLF, quoted after RFC 4180, formulas disarmed.</summary>
public static class CsvSheet
{
    // Beyond RFC 4180 also what other locales take for a separator, so that no cell falls apart there.
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\t|\r\n");

    public const string ContentType = "text/csv; charset=utf-8";

    /// <param name="rowsIncludingHeader">Null cells are written empty. <see cref="Sheet"/> reads back the same cells, trimmed.</param>
    /// <param name="encoding">Of the file that these rows came in; UTF-8 when left out. With its byte order mark, where it has one.</param>
    public static async Task WriteAsync(
        Stream stream, IEnumerable<IReadOnlyList<string?>> rowsIncludingHeader, CancellationToken cancellationToken, Encoding? encoding = null, char delimiter = ',')
    {
        await using var writer = Writer(stream, encoding);
        var line = new StringBuilder();
        foreach (var row in rowsIncludingHeader) await writer.WriteAsync(Line(line, row, delimiter), cancellationToken);
        await writer.FlushAsync(cancellationToken);
    }

    /// <summary>The same for rows that come little by little.</summary>
    public static async Task WriteAsync(Stream stream, IAsyncEnumerable<IReadOnlyList<string?>> rowsIncludingHeader, CancellationToken cancellationToken)
    {
        await using var writer = Writer(stream, null);
        var line = new StringBuilder();
        await foreach (var row in rowsIncludingHeader.WithCancellation(cancellationToken)) await writer.WriteAsync(Line(line, row, ','), cancellationToken);
        await writer.FlushAsync(cancellationToken);
    }

    private static StreamWriter Writer(Stream stream, Encoding? encoding)
        => new(stream, encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 16 * 1024, leaveOpen: true);

    private static StringBuilder Line(StringBuilder line, IReadOnlyList<string?> row, char delimiter)
    {
        line.Clear();
        for (var i = 0; i < row.Count; i++) Append(i == 0 ? line : line.Append(delimiter), row[i]);
        return line.Append("\r\n");
    }

    private static void Append(StringBuilder line, string? cell)
    {
        var text = FormulaGuard.On((cell ?? "").Replace("\0", "", StringComparison.Ordinal));
        if (text.AsSpan().ContainsAny(Quoted))
            line.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else
            line.Append(text);
    }
}
