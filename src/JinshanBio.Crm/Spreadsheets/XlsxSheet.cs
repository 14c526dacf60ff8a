using System.Globalization;
using System.IO.Packaging;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace JinshanBio.Crm.Spreadsheets;

/// <summary>Writes an Excel workbook (导出) with one sheet, row by row: numbers stay numbers, dates dates, texts never become formulas.</summary>
public static partial class XlsxSheet
{
    public const int MaxRows = 1_048_576;
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    // Excel calls a workbook with a longer text damaged.
    private const int MaxText = 32_767;
    private const int MaxDigits = 15;
    private const int MaxName = 31;
    private const string Relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

    private enum Style : uint { Plain, Header, Date, DateTime }

    /// <param name="stream">Seekable (a file or memory), not a response body.</param>
    /// <param name="rows">The first one is the header. Cells: null, text, numbers, DateOnly, DateTime, bool; anything else by its ToString.</param>
    /// <param name="sheetName">Characters that Excel refuses become spaces, what is over 31 characters falls away.</param>
    /// <param name="footer">Stands at the foot of each printed page: who took the list out, and when.</param>
    /// <exception cref="SheetException">TooLarge beyond <see cref="MaxRows"/> rows: never a file silently cut short.</exception>
    public static void Write(Stream stream, IEnumerable<IReadOnlyList<object?>> rows, string sheetName, string? footer = null)
    {
        // A package opened for writing only streams; SpreadsheetDocument would hold the whole sheet in memory.
        using var package = Package.Open(stream, FileMode.Create, FileAccess.Write);
        var book = Part(package, "/xl/workbook.xml", "sheet.main", writer => writer.WriteElement(new DocumentFormat.OpenXml.Spreadsheet.Workbook(
            new Sheets(new DocumentFormat.OpenXml.Spreadsheet.Sheet { Name = Name(sheetName), SheetId = 1, Id = "sheet1" }))));
        var sheet = Part(package, "/xl/worksheets/sheet1.xml", "worksheet", writer => WriteSheet(writer, rows, footer));
        var styles = Part(package, "/xl/styles.xml", "styles", writer => writer.WriteElement(Styles()));
        package.CreateRelationship(book.Uri, TargetMode.Internal, Relationship + "officeDocument");
        book.CreateRelationship(sheet.Uri, TargetMode.Internal, Relationship + "worksheet", "sheet1");
        book.CreateRelationship(styles.Uri, TargetMode.Internal, Relationship + "styles");
    }

    private static PackagePart Part(Package package, string path, string kind, Action<OpenXmlWriter> write)
    {
        var part = package.CreatePart(new Uri(path, UriKind.Relative),
            $"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml", CompressionOption.Fast);
        using var content = part.GetStream(FileMode.Create, FileAccess.Write);
        using var writer = OpenXmlWriter.Create(content);
        writer.WriteStartDocument(standalone: true);
        write(writer);
        return part;
    }

    private static void WriteSheet(OpenXmlWriter writer, IEnumerable<IReadOnlyList<object?>> rows, string? footer)
    {
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetViews(new SheetView(
            new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen })
        { WorkbookViewId = 0 }));
        writer.WriteElement(new SheetFormatProperties { DefaultColumnWidth = 18, DefaultRowHeight = 15 });
        writer.WriteStartElement(new SheetData());
        var number = 0;
        foreach (var row in rows)
        {
            if (++number > MaxRows) throw new SheetException(SheetFault.TooLarge);
            writer.WriteStartElement(new Row());
            foreach (var value in row) WriteCell(writer, value, number == 1);
            writer.WriteEndElement();
        }
        writer.WriteEndElement();
        // An ampersand begins a code there.
        if (footer is not null) writer.WriteElement(new HeaderFooter(new OddFooter("&L" + Safe(footer).Replace("&", "&&", StringComparison.Ordinal) + "&R&P/&N")));
        writer.WriteEndElement();
    }

    private static void WriteCell(OpenXmlWriter writer, object? value, bool header)
    {
        var (type, text, style) = value switch
        {
            null or "" => (null, "", Style.Plain),
            bool truth => ("b", truth ? "1" : "0", Style.Plain),
            DateOnly day => Dated(day.ToDateTime(TimeOnly.MinValue), Style.Date),
            DateTime time => Dated(time, Style.DateTime),
            byte or short or int or long or decimal or double or float => Numeric((IFormattable)value),
            IFormattable other => ("inlineStr", other.ToString(null, CultureInfo.InvariantCulture), Style.Plain),
            _ => ("inlineStr", value.ToString() ?? "", Style.Plain),
        };
        List<OpenXmlAttribute> attributes = [];
        if (header) style = Style.Header;
        if (style != Style.Plain) attributes.Add(new OpenXmlAttribute("s", null!, ((uint)style).ToString(CultureInfo.InvariantCulture)));
        if (type is not null) attributes.Add(new OpenXmlAttribute("t", null!, type));
        writer.WriteStartElement(new DocumentFormat.OpenXml.Spreadsheet.Cell(), attributes);
        if (type == "inlineStr")
            writer.WriteElement(new InlineString(new Text(Safe(text)) { Space = SpaceProcessingModeValues.Preserve }));
        else if (text.Length > 0)
            writer.WriteElement(new CellValue(text));
        writer.WriteEndElement();
    }

    // Excel's calendar of days begins to be right with March 1900.
    private static (string?, string, Style) Dated(DateTime time, Style style) => time.Year < 1901
        ? ("inlineStr", time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Style.Plain)
        : (null, time.ToOADate().ToString(CultureInfo.InvariantCulture), style);

    // What Excel would round goes as text.
    private static (string?, string, Style) Numeric(IFormattable number)
    {
        var text = number.ToString(null, CultureInfo.InvariantCulture);
        var exact = number is double or float ? double.IsFinite(Convert.ToDouble(number, CultureInfo.InvariantCulture))
            : text.TrimStart('-', '0', '.').Count(char.IsAsciiDigit) <= MaxDigits;
        return (exact ? null : "inlineStr", text, Style.Plain);
    }

    // Characters XML cannot carry are dropped, and a text that looks like Excel's own escape for one is kept from being read as such.
    private static string Safe(string text)
    {
        var safe = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) safe.Append(text, i++, 2);
            else if (XmlConvert.IsXmlChar(text[i])) safe.Append(text[i]);
        }
        var escaped = LooksEscaped().Replace(safe.Replace("\r\n", "\n").ToString(), "_x005F_");
        return escaped.Length <= MaxText ? escaped : escaped[..(MaxText - 1)] + "…";
    }

    private static string Name(string name)
    {
        var valid = string.Concat(name.Select(c => c is '[' or ']' or ':' or '*' or '?' or '/' or '\\' || char.IsControl(c) ? ' ' : c)).Trim(' ', '\'');
        return valid.Length == 0 ? "Sheet1" : valid[..Math.Min(valid.Length, MaxName)].TrimEnd(' ', '\'');
    }

    private static Stylesheet Styles() => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = 164, FormatCode = "yyyy-mm-dd" },
            new NumberingFormat { NumberFormatId = 165, FormatCode = "yyyy-mm-dd hh:mm" }),
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(),
            new CellFormat { FontId = 1, ApplyFont = true },
            new CellFormat { NumberFormatId = 164, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 165, ApplyNumberFormat = true }));

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LooksEscaped();
}
