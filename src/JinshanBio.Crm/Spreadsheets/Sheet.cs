namespace JinshanBio.Crm.Spreadsheets;

/// <summary>Why a file cannot be imported; the key of the text a person sees.</summary>
public enum SheetFault
{
    /// <summary>No byte, no sheet or no row with content.</summary>
    Empty,
    /// <summary>Named or looking like a workbook, but none: a renamed file, a .docx, an HTML page saved as .xls.</summary>
    NotAWorkbook,
    /// <summary>A text file in none of the encodings that can be told apart, or an encoding nobody knows.</summary>
    EncodingUnknown,
    /// <summary>None of the first rows looks like column names.</summary>
    NoHeader,
    /// <summary>More than <see cref="Sheet.MaxColumns"/> columns.</summary>
    TooManyColumns,
    /// <summary>Over <see cref="Sheet.MaxBytes"/>, or unpacking to far more than that.</summary>
    TooLarge,
    /// <summary>Broken inside: cut off, or a quotation mark that is never closed.</summary>
    Damaged,
    /// <summary>Opens only with a password.</summary>
    Protected,
    /// <summary>The workbook has no visible sheet of the wished name.</summary>
    NoSuchSheet,
}

/// <summary>The refusal of an import file (导入文件) as a whole; a bad row is the caller's to judge.</summary>
public sealed class SheetException(SheetFault fault, Exception? cause = null) : Exception(fault.ToString(), cause)
{
    public SheetFault Fault { get; } = fault;
}

/// <summary>One row (行) that has content.</summary>
/// <param name="Number">1-based, as Excel numbers it: a quoted line break starts no new row, an empty row counts.</param>
/// <param name="Cells">Trimmed, never null, at least as many as the headers. More means the row runs past the header: usually an unquoted separator.</param>
public sealed record SheetRow(int Number, IReadOnlyList<string> Cells);

/// <summary>
/// An import file (导入文件), CSV or Excel alike: finds encoding, separator and header by itself and streams the rows below.
/// A byte that the encoding does not know arrives as U+FFFD in its cell, so that the row can be refused.
/// </summary>
public sealed class Sheet : IDisposable
{
    public const long MaxBytes = 100 * 1024 * 1024;
    public const int MaxColumns = 200;

    private const int HeaderWithin = 10;
    private const int SampleRows = 20;

    private readonly Func<IEnumerable<SheetRow>> source;
    private IDisposable[] open = [];

    private Sheet(string format, Func<IEnumerable<SheetRow>> source, Func<string, bool>? isHeading)
    {
        (Format, this.source) = (format, source);
        var sample = Content().Take(SampleRows).ToList();
        if (sample.Count == 0) throw new SheetException(SheetFault.Empty);
        var header = FindHeader(sample) ?? FindOnlyHeading(sample, isHeading) ?? throw new SheetException(SheetFault.NoHeader);
        (HeaderRow, Headers) = (header.Number, header.Cells);
    }

    /// <summary>"csv", "xlsx" or "xls": what the content is, whatever the name says.</summary>
    public string Format { get; }
    /// <summary>"utf-8", "utf-16", "utf-16BE", "gb18030", "windows-1252", or what was asked for; null for a workbook.</summary>
    public string? Encoding { get; private init; }
    public char? Delimiter { get; private init; }
    /// <summary>Name of the sheet that is read; null for a CSV.</summary>
    public string? Name { get; private init; }
    /// <summary>The other visible sheets with content.</summary>
    public IReadOnlyList<string> Others { get; private init; } = [];
    public int HeaderRow { get; }
    /// <summary>As written, up to the last one that is not empty; may hold empty and equal names.</summary>
    public IReadOnlyList<string> Headers { get; }

    /// <summary>Opens and judges a file. The sheet takes over the stream; when this throws, the stream stays the caller's.</summary>
    /// <param name="fileName">Only its ending counts, to refuse what calls itself a workbook and is none.</param>
    /// <param name="encoding">A person's choice; overrules every guess.</param>
    /// <param name="sheetName">A person's choice among the sheets of a workbook; the first visible one with content when left out.</param>
    /// <param name="isHeading">Tells whether a single word is a known column name: a list of one column has no other mark.</param>
    /// <exception cref="SheetException"/>
    public static Sheet Open(Stream seekable, string fileName, string? encoding = null, string? sheetName = null, Func<string, bool>? isHeading = null)
    {
        if (seekable.Length == 0) throw new SheetException(SheetFault.Empty);
        if (seekable.Length > MaxBytes) throw new SheetException(SheetFault.TooLarge);

        if (Workbook.FormatOf(seekable) is { } format)
        {
            var workbook = Workbook.Open(seekable, format, sheetName);
            try
            {
                return new Sheet(format, workbook.Rows, isHeading) { open = [workbook, seekable], Name = workbook.Name, Others = workbook.Others };
            }
            catch
            {
                workbook.Dispose();
                throw;
            }
        }
        if (Path.GetExtension(fileName).StartsWith(".xls", StringComparison.OrdinalIgnoreCase))
            throw new SheetException(SheetFault.NotAWorkbook);

        var csv = CsvSource.Open(seekable, encoding);
        return new Sheet("csv", csv.Rows, isHeading) { open = [seekable], Encoding = csv.Encoding.WebName, Delimiter = csv.Delimiter };
    }

    /// <summary>The rows below the header that have content. Each call starts again; one enumeration at a time.</summary>
    /// <exception cref="SheetException">Damaged or TooManyColumns, at the row where it shows.</exception>
    public IEnumerable<SheetRow> Rows()
    {
        foreach (var row in Content())
        {
            if (row.Number <= HeaderRow) continue;
            yield return row.Cells.Count >= Headers.Count ? row : row with { Cells = Padded(row.Cells, Headers.Count) };
        }
    }

    public void Dispose() => Array.ForEach(open, part => part.Dispose());

    private IEnumerable<SheetRow> Content()
    {
        foreach (var (number, cells) in source())
        {
            var filled = cells.Count;
            while (filled > 0 && cells[filled - 1].Length == 0) filled--;
            if (filled == 0) continue;
            if (filled > MaxColumns) throw new SheetException(SheetFault.TooManyColumns);
            yield return new SheetRow(number, filled == cells.Count ? cells : [.. cells.Take(filled)]);
        }
    }

    // Titles over the table are one text, perhaps repeated by unmerging, so they are narrow when counted distinct.
    private static SheetRow? FindHeader(List<SheetRow> sample)
    {
        var widest = sample.Max(row => row.Cells.Count(cell => cell.Length > 0));
        return sample.Take(HeaderWithin).FirstOrDefault(row =>
        {
            var texts = row.Cells.Where(cell => cell.Any(char.IsLetter)).Distinct().Count();
            return texts >= 2 && texts >= 0.6 * widest;
        });
    }

    // A list of names and nothing else: its one heading must be known, or a name would be taken for it.
    private static SheetRow? FindOnlyHeading(List<SheetRow> sample, Func<string, bool>? isHeading)
        => isHeading is null || sample.Exists(row => row.Cells.Skip(1).Any(cell => cell.Length > 0)) ? null
            : sample.Take(HeaderWithin).FirstOrDefault(row => isHeading(row.Cells[0]));

    private static string[] Padded(IReadOnlyList<string> cells, int count)
    {
        var padded = new string[count];
        for (var i = 0; i < count; i++) padded[i] = i < cells.Count ? cells[i] : "";
        return padded;
    }

    internal static string Clean(string? text) =>
        text is null ? "" : text.Replace("\0", "", StringComparison.Ordinal).Trim('\uFEFF').Trim();
}
