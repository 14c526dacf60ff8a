using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using JinshanBio.Crm.Spreadsheets;
using Xunit;

namespace JinshanBio.Crm.Tests.Spreadsheets;

public class WritingTests
{
    private static readonly string[] Nasty =
    [
        "plain", "a \"quoted\" word", "\"", "comma, semicolon; tab\tpipe|", "two\r\nlines", "lone\nfeed", "=1+1", "=cmd|' /C calc'!A0",
        "+86 13800000000", "-x", "-", "@SUM(A1)", "＝1+1", "'quoted", "'=looks guarded", "''=twice", "-5", "-1,234.50", "12%", "😀🧬", "𠮷野家",
        "<script>alert(1)</script>", "&amp; <b>", "_x0041_", "上海（金山）", "0012", "91310116MA1J8XXX1A", "O'Neill", "a\tb", "' =x",
    ];

    [Fact]
    public async Task What_is_written_as_csv_is_read_back_equal()
    {
        var rows = Nasty.Select(cell => new[] { cell, "x", cell }).ToArray();
        using var sheet = Samples.Open(await Csv([["first", "second", "third"], .. rows]));
        Assert.Equal(rows, sheet.Cells());
        Assert.Equal(Enumerable.Range(2, rows.Length), sheet.Rows().Select(row => row.Number));
    }

    [Fact]
    public void What_is_written_as_xlsx_is_read_back_equal()
    {
        object?[][] rows = [.. Nasty.Select(cell => new object?[] { cell, "x" })];
        using var sheet = Samples.Open(Samples.Xlsx([["first", "second"], .. rows]), "x.xlsx");
        Assert.Equal(Nasty.Select(cell => cell.Replace("\r\n", "\n")), sheet.Cells().Select(row => row[0]));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+x", "'+x")]
    [InlineData("-x", "'-x")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData(" =x", "' =x")]
    [InlineData("-5", "-5")]
    [InlineData("+5.25", "+5.25")]
    [InlineData("-12%", "-12%")]
    [InlineData("a=b", "a=b")]
    [InlineData(null, "")]
    public async Task A_csv_cell_that_would_run_as_a_formula_is_disarmed(string? cell, string written) =>
        Assert.Equal($"\uFEFFh\r\n{written}\r\n", Encoding.UTF8.GetString(await Csv([["h"], [cell]])));

    [Fact]
    public async Task Csv_writing_stops_when_cancelled() => await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
        CsvSheet.WriteAsync(new MemoryStream(), [["a", "b"]], new CancellationToken(canceled: true)));

    [Fact]
    public void Xlsx_keeps_numbers_as_numbers_and_dates_as_dates()
    {
        var day = new DateOnly(2026, 11, 20);
        var file = Samples.Xlsx(
            ["name", "amount", "share", "day", "time", "yes", "code"],
            ["甲", 35_000_000.5m, 0.25, day, new DateTime(2026, 11, 20, 14, 30, 0, DateTimeKind.Utc), true, 915301020594791401L]);
        using var sheet = Samples.Open(file, "x.xlsx");
        Assert.Equal(["甲", "35000000.5", "0.25", "2026-11-20", "2026-11-20 14:30:00", "TRUE", "915301020594791401"], Assert.Single(sheet.Cells()));

        var xml = Part(file, "worksheets");
        Assert.Contains("<x:v>35000000.5</x:v>", xml, StringComparison.Ordinal);
        Assert.Contains("<x:c s=\"2\"><x:v>46346</x:v>", xml, StringComparison.Ordinal);
        Assert.Contains("state=\"frozen\"", xml, StringComparison.Ordinal);
        Assert.Contains("<x:b />", Part(file, "styles"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b:c*[d]?", "a b c  d")]
    [InlineData("", "Sheet1")]
    [InlineData("一个非常非常非常非常非常非常非常非常非常非常非常非常非常长的名字", "一个非常非常非常非常非常非常非常非常非常非常非常非常非常长的名")]
    public void Xlsx_is_valid_with_every_sheet_name(string wanted, string written)
    {
        using var file = new MemoryStream();
        XlsxSheet.Write(file, [["name", "control \u0001 and lone surrogate \uD83D"], ["x", null]], wanted);
        using var document = SpreadsheetDocument.Open(file, false);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(error => error.Description));
        var sheet = Assert.Single(document.WorkbookPart!.Workbook.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>());
        Assert.Equal(written, sheet.Name!.Value);
    }

    [Fact]
    public void Xlsx_text_beyond_what_a_cell_holds_ends_visibly()
    {
        using var sheet = Samples.Open(Samples.Xlsx(["a", "b"], ["x", new string('长', 40_000)]), "x.xlsx");
        Assert.Equal(new string('长', 32_766) + "…", sheet.Cells()[0][1]);
    }

    [Fact]
    public void Xlsx_beyond_what_a_sheet_holds_is_refused_not_cut()
    {
        var rows = Enumerable.Repeat<IReadOnlyList<object?>>([], XlsxSheet.MaxRows + 1);
        Assert.Equal(SheetFault.TooLarge, Assert.Throws<SheetException>(() => XlsxSheet.Write(new MemoryStream(), rows, "x")).Fault);
    }

    private static async Task<byte[]> Csv(IEnumerable<IReadOnlyList<string?>> rows)
    {
        using var file = new MemoryStream();
        await CsvSheet.WriteAsync(file, rows, TestContext.Current.CancellationToken);
        return file.ToArray();
    }

    private static string Part(byte[] file, string name)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        using var reader = new StreamReader(zip.Entries.Single(entry => entry.FullName.StartsWith("xl/", StringComparison.Ordinal)
            && entry.FullName.Contains(name, StringComparison.Ordinal) && !entry.FullName.Contains("_rels", StringComparison.Ordinal)).Open());
        return reader.ReadToEnd();
    }
}
