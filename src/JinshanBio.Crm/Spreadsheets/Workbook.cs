using System.Globalization;
using System.IO.Compression;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace JinshanBio.Crm.Spreadsheets;

/// <summary>The rows of an Excel workbook (工作簿), xlsx or the older xls, as text.</summary>
internal sealed class Workbook : IDisposable
{
    private const long MaxUnpacked = 500L * 1024 * 1024;
    // The table of texts is the one part that has to be in memory at once.
    private const long MaxTexts = 200L * 1024 * 1024;

    // Kept open, because it has to pass over the whole sheet once to know its width.
    private readonly IExcelDataReader reader;
    private readonly int sheet;

    static Workbook() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private Workbook(IExcelDataReader reader, string? wanted)
    {
        this.reader = reader;
        var visible = Guarded(VisibleWithData);
        var chosen = wanted is null ? visible[0] : visible.Find(s => s.Name == wanted.Trim());
        if (chosen.Name is null) throw new SheetException(SheetFault.NoSuchSheet);
        (sheet, Name) = chosen;
        Others = [.. visible.Where(s => s.Index != chosen.Index).Select(s => s.Name)];
    }

    public string Name { get; }
    public IReadOnlyList<string> Others { get; }

    public static Workbook Open(Stream file, string format, string? sheetName)
    {
        file.Position = 0;
        var opened = Guarded(() => ExcelReaderFactory.CreateReader(file, new ExcelReaderConfiguration { LeaveOpen = true }),
            format == "xls" ? SheetFault.NotAWorkbook : SheetFault.Damaged);
        try
        {
            return new Workbook(opened, sheetName);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <returns>"xlsx" or "xls" by content, null when it is neither.</returns>
    public static string? FormatOf(Stream file)
    {
        Span<byte> magic = stackalloc byte[8];
        file.Position = 0;
        var read = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        if (magic[..read].StartsWith("PK"u8) && read > 3 && magic[2] < 9)
        {
            CheckParts(file);
            return "xlsx";
        }
        ReadOnlySpan<byte> compoundFile = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        return magic.SequenceEqual(compoundFile) ? "xls" : null;
    }

    public IEnumerable<SheetRow> Rows()
    {
        Guarded(() =>
        {
            reader.Reset();
            for (var i = 0; i < sheet; i++) reader.NextResult();
            return true;
        });
        while (Guarded(reader.Read))
        {
            yield return Guarded(() =>
            {
                var cells = new string[reader.FieldCount];
                for (var i = 0; i < cells.Length; i++) cells[i] = Text(i);
                return new SheetRow(reader.Depth + 1, cells);
            });
        }
    }

    public void Dispose() => reader.Dispose();

    private List<(int Index, string Name)> VisibleWithData()
    {
        // Also where the file is a strict OOXML one, whose sheets this reader does not see.
        if (reader.ResultsCount < 1) throw new SheetException(SheetFault.NotAWorkbook);
        var found = new List<(int, string)>();
        for (var index = 0; index < reader.ResultsCount; index++, reader.NextResult())
            if (reader.VisibleState == "visible" && HasContent()) found.Add((index, reader.Name.Trim()));
        return found.Count > 0 ? found : throw new SheetException(SheetFault.Empty);
    }

    private bool HasContent()
    {
        while (reader.Read())
            for (var i = 0; i < reader.FieldCount; i++)
                if (Text(i).Length > 0) return true;
        return false;
    }

    private static void CheckParts(Stream file)
    {
        file.Position = 0;
        var parts = Guarded(() =>
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            return zip.Entries.Select(entry => (Name: entry.FullName.Replace('\\', '/'), entry.Length)).ToList();
        });
        if (!parts.Any(part => part.Name.Equals("xl/workbook.xml", StringComparison.OrdinalIgnoreCase)))
            throw new SheetException(SheetFault.NotAWorkbook);
        if (parts.Sum(part => part.Length) > MaxUnpacked
            || parts.Exists(part => part.Length > MaxTexts && part.Name.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase)))
            throw new SheetException(SheetFault.TooLarge);
    }

    private string Text(int column) => reader.GetValue(column) switch
    {
        null => "",
        string text => Sheet.Clean(text),
        double number and >= 1 and < 2_958_466 when IsChineseDate(reader.GetNumberFormatIndex(column)) => Date(DateTime.FromOADate(number)),
        double number => Number(number, reader.GetNumberFormatString(column)),
        DateTime date => Date(date),
        bool truth => truth ? "TRUE" : "FALSE",
        var other => Sheet.Clean(Convert.ToString(other, CultureInfo.InvariantCulture)),
    };

    // Numbers of built-in date formats of Chinese Excel (yyyy年m月d日 is 31), for which the file carries no pattern.
    private static bool IsChineseDate(int format) => format is (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58;

    // A time of day alone is stored as one of the day before the calendar begins.
    private static string Date(DateTime date) => date.ToString(
        date.Year < 1900 ? "HH:mm:ss" : date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Number(double number, string? format)
    {
        format ??= "";
        // 12 % is stored as 0.12 and must arrive as people see it.
        if (format.Contains('%', StringComparison.Ordinal)) return Plain(number * 100) + "%";
        var text = Plain(number);
        // A postal code or a number with leading zeros is kept in the format, not in the value.
        return format.Length > 1 && format.All(c => c == '0') && text.All(char.IsAsciiDigit) ? text.PadLeft(format.Length, '0') : text;
    }

    // Decimal rounds to the 15 digits that Excel shows and never writes an exponent.
    private static string Plain(double number)
    {
        if (Math.Abs(number) < 1L << 53 && Math.Floor(number) == number) return ((long)number).ToString(CultureInfo.InvariantCulture);
        return Math.Abs(number) < 7e28
            ? ((decimal)number).ToString(CultureInfo.InvariantCulture)
            : number.ToString("F0", CultureInfo.InvariantCulture);
    }

    // A broken workbook surfaces as whatever the parts of the reader stumble over.
    private static T Guarded<T>(Func<T> read, SheetFault fault = SheetFault.Damaged)
    {
        try
        {
            return read();
        }
        catch (InvalidPasswordException e)
        {
            throw new SheetException(SheetFault.Protected, e);
        }
        catch (Exception e) when (e is not (SheetException or OutOfMemoryException or ObjectDisposedException))
        {
            throw new SheetException(fault, e);
        }
    }
}
