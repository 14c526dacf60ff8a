using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using JinshanBio.Crm.Spreadsheets;
using Xunit;
using Sheet = JinshanBio.Crm.Spreadsheets.Sheet;

namespace JinshanBio.Crm.Tests.Spreadsheets;

internal static class Samples
{
    static Samples() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>A real file that lies beside the repository; skips the test where it does not.</summary>
    public static byte[] Real(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "JinshanBio.Crm.sln"))) folder = folder.Parent;
        var file = Path.Combine(folder?.FullName ?? ".", "..", "shared", "data", path);
        if (!File.Exists(file)) Assert.Skip($"The sample data is not here: ../shared/data/{path}");
        return File.ReadAllBytes(file);
    }

    public static byte[] In(string encoding, string text) => Encoding.GetEncoding(encoding).GetBytes(text);

    public static Sheet Open(byte[] file, string name = "list.csv", string? encoding = null) =>
        Sheet.Open(new MemoryStream(file), name, encoding);

    public static Sheet Open(string text) => Open(Encoding.UTF8.GetBytes(text));

    public static SheetFault Fault(byte[] file, string name = "list.csv", string? encoding = null) => Assert.Throws<SheetException>(() =>
    {
        using var sheet = Open(file, name, encoding);
        Assert.NotEmpty(sheet.Rows().ToList());
    }).Fault;

    public static string[][] Cells(this Sheet sheet) => [.. sheet.Rows().Select(row => row.Cells.ToArray())];

    public static byte[] Xlsx(params object?[][] rows)
    {
        using var file = new MemoryStream();
        XlsxSheet.Write(file, rows, "Sheet1");
        return file.ToArray();
    }

    /// <summary>A workbook with what <see cref="XlsxSheet"/> never writes: hidden sheets, gaps, formats, merged cells. The style of a cell is the position of its format.</summary>
    public static byte[] Workbook(uint[] formats, params (string Name, bool Hidden, string Rows)[] sheets)
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook(new Sheets());
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = new Stylesheet(
                new NumberingFormats(new NumberingFormat { NumberFormatId = 170, FormatCode = "000000" }),
                new Fonts(new Font()), new Fills(new Fill()), new Borders(new Border()), new CellStyleFormats(new CellFormat()),
                new CellFormats(formats.Select(format => new CellFormat { NumberFormatId = format, ApplyNumberFormat = true })));
            foreach (var (name, hidden, rows) in sheets)
            {
                var part = workbook.AddNewPart<WorksheetPart>();
                part.Worksheet = new Worksheet($"""<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>{rows}</x:sheetData></x:worksheet>""");
                workbook.Workbook.Sheets!.AppendChild(new DocumentFormat.OpenXml.Spreadsheet.Sheet
                {
                    Name = name,
                    SheetId = (uint)workbook.Workbook.Sheets.ChildElements.Count + 1,
                    Id = workbook.GetIdOfPart(part),
                    State = hidden ? SheetStateValues.Hidden : SheetStateValues.Visible,
                });
            }
        }
        return file.ToArray();
    }

    public static string Row(int number, params string[] cells) => $"""<x:row r="{number}">{string.Concat(cells)}</x:row>""";

    public static string Text(string at, string text) => $"""<x:c r="{at}" t="inlineStr"><x:is><x:t>{text}</x:t></x:is></x:c>""";

    public static string Number(string at, string number, int style = 0) => $"""<x:c r="{at}" s="{style}"><x:v>{number}</x:v></x:c>""";
}
