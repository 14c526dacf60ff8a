using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace JinshanBio.Crm.Spreadsheets;

/// <summary>The rows of a separated text file (CSV).</summary>
internal sealed record CsvSource(Stream File, Encoding Encoding, char Delimiter, bool NamesDelimiter)
{
    private const string Delimiters = ",;\t|";
    private const int HeadChars = 64 * 1024;
    private const int SampleRecords = 20;
    // Far beyond what Excel holds in a cell: whoever gets there has lost a closing quotation mark.
    private const int MaxCell = 256 * 1024;

    public static CsvSource Open(Stream file, string? encoding)
    {
        var known = encoding is null ? TextEncoding.Of(file) : TextEncoding.Named(encoding);
        var head = Head(file, known);
        // Excel's own hint, which it reads and does not show as a row.
        var named = head.Length > 5 && head.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && head[5] is '\r' or '\n';
        return new CsvSource(file, known, named ? head[4] : Sniff(head), named);
    }

    public IEnumerable<SheetRow> Rows()
    {
        using var reader = Reader(File, Encoding);
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = Delimiter.ToString(),
            BadDataFound = null,
            IgnoreBlankLines = false,
            MaxFieldSize = MaxCell,
        });
        if (NamesDelimiter) Read(parser);
        for (var number = 1; Read(parser); number++)
        {
            var cells = new string[parser.Count];
            for (var i = 0; i < cells.Length; i++) cells[i] = Sheet.Clean(FormulaGuard.Off(parser[i]));
            yield return new SheetRow(number, cells);
        }
    }

    private static bool Read(CsvParser parser)
    {
        try
        {
            return parser.Read();
        }
        catch (CsvHelperException e)
        {
            throw new SheetException(SheetFault.Damaged, e);
        }
    }

    private static StreamReader Reader(Stream file, Encoding encoding)
    {
        file.Position = 0;
        return new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 64 * 1024, leaveOpen: true);
    }

    private static string Head(Stream file, Encoding encoding)
    {
        using var reader = Reader(file, encoding);
        var head = new char[HeadChars];
        return new string(head, 0, reader.ReadBlock(head)).TrimStart('\uFEFF');
    }

    /// <summary>The separator that stands equally often in most records; a title row has none of it and costs little.</summary>
    internal static char Sniff(string head)
    {
        var records = Count(head);
        var best = (Records: 0, Each: 0, Delimiter: ',');
        for (var d = 0; d < Delimiters.Length; d++)
        {
            foreach (var same in records.Select(record => record[d]).Where(n => n > 0).GroupBy(n => n))
            {
                var (count, each) = (same.Count(), same.Key);
                if (count > best.Records || (count == best.Records && each > best.Each)) best = (count, each, Delimiters[d]);
            }
        }
        return best.Delimiter;
    }

    // How often each candidate stands outside quotes, record by record.
    private static List<int[]> Count(string head)
    {
        List<int[]> records = [];
        var record = new int[Delimiters.Length];
        bool quoted = false, cellStarts = true, blank = true;
        foreach (var c in head)
        {
            if (quoted)
            {
                quoted = c != '"';
            }
            else if (c is '\r' or '\n')
            {
                if (!blank) records.Add(record);
                if (records.Count == SampleRecords) return records;
                (record, cellStarts, blank) = (new int[Delimiters.Length], true, true);
            }
            else if (c == '"' && cellStarts)
            {
                (quoted, cellStarts, blank) = (true, true, false);
            }
            else
            {
                var d = Delimiters.IndexOf(c);
                if (d >= 0) record[d]++;
                (cellStarts, blank) = (d >= 0, false);
            }
        }
        if (!blank && (records.Count == 0 || head.Length < HeadChars)) records.Add(record);
        return records;
    }
}
