using System.Buffers;
using System.Text;

namespace JinshanBio.Crm.Spreadsheets;

/// <summary>Writes a CSV (导出) that Excel opens as it is: UTF-8 with BOM, CRLF, quoted after RFC 4180, formulas disarmed.</summary>
public static class CsvSheet
{
    // Beyond RFC 4180 also what other locales take for a separator, so that no cell falls apart there.
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\t|\r\n");

    /// <param name="rowsIncludingHeader">Null cells are written empty. <see cref="Sheet"/> reads back the same cells, trimmed.</param>
    public static async Task WriteAsync(
        Stream stream, IEnumerable<IReadOnlyList<string?>> rowsIncludingHeader, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 16 * 1024, leaveOpen: true);
        var line = new StringBuilder();
        foreach (var row in rowsIncludingHeader)
        {
            for (var i = 0; i < row.Count; i++) Append(i == 0 ? line.Clear() : line.Append(','), row[i]);
            await writer.WriteAsync(line.Append("\r\n"), cancellationToken);
        }
        await writer.FlushAsync(cancellationToken);
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
