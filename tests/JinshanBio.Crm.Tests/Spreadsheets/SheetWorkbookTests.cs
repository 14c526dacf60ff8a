using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using JinshanBio.Crm.Spreadsheets;
using Xunit;
using static JinshanBio.Crm.Tests.Spreadsheets.Samples;

namespace JinshanBio.Crm.Tests.Spreadsheets;

public class SheetWorkbookTests
{
    private static readonly object?[][] Firms = [["企业名称", "信用代码"], ["上海石化", "91310116MA1J8XXX1A"]];

    [Theory]
    [InlineData("list.xlsx")]
    [InlineData("list.csv")]
    [InlineData("list")]
    public void A_workbook_is_known_by_its_content(string name)
    {
        using var sheet = Open(Xlsx(Firms), name);
        Assert.Equal("xlsx", sheet.Format);
        Assert.Null(sheet.Encoding);
        Assert.Null(sheet.Delimiter);
        Assert.Equal([["上海石化", "91310116MA1J8XXX1A"]], sheet.Cells());
    }

    [Fact]
    public void The_first_visible_sheet_with_data_is_read()
    {
        var file = Workbook([0],
            ("lists", true, Row(1, Text("A1", "hidden"), Text("B1", "x"))),
            ("cover", false, ""),
            ("data", false, Row(1, Text("A1", "name"), Text("B1", "city")) + Row(2, Text("A2", "Acme"), Text("B2", "Berlin"))),
            ("more", false, Row(1, Text("A1", "other"), Text("B1", "table"))));
        using var sheet = Open(file, "x.xlsx");
        Assert.Equal(["name", "city"], sheet.Headers);
        Assert.Equal([["Acme", "Berlin"]], sheet.Cells());
    }

    [Fact]
    public void Rows_keep_their_numbers_over_titles_and_gaps()
    {
        var file = Workbook([0], ("data", false,
            Row(2, Text("A2", "2026年重点企业名单")) +
            Row(5, Text("A5", "名称"), Text("B5", "地址"), Text("D5", "电话")) +
            Row(6, Text("A6", "甲"), Number("D6", "13800000000")) +
            Row(9, Text("B9", "乙"))));
        using var sheet = Open(file, "x.xlsx");
        Assert.Equal(5, sheet.HeaderRow);
        Assert.Equal(["名称", "地址", "", "电话"], sheet.Headers);
        Assert.Equal([6, 9], sheet.Rows().Select(row => row.Number));
        Assert.Equal([["甲", "", "", "13800000000"], ["", "乙", "", ""]], sheet.Cells());
    }

    [Fact]
    public void Rows_can_be_read_again_also_after_stopping_early()
    {
        using var sheet = Open(Xlsx([["a", "b"], .. Enumerable.Range(1, 50).Select(n => new object?[] { "x", n })]), "x.xlsx");
        Assert.Equal(["x", "1"], sheet.Rows().First().Cells);
        Assert.Equal(50, sheet.Rows().Count());
        Assert.Equal(50, sheet.Rows().Count());
    }

    [Theory]
    [InlineData("915301020594791", "915301020594791")]
    [InlineData("1E+15", "1000000000000000")]
    [InlineData("1.2E+21", "1200000000000000000000")]
    [InlineData("0.00000012", "0.00000012")]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("-3500.5", "-3500.5")]
    [InlineData("3500", "3500")]
    public void Numbers_are_written_out(string stored, string shown) => Assert.Equal(shown, Only(Number("A2", stored)));

    [Theory]
    [InlineData(14u, "46346", "2026-11-20")]
    [InlineData(31u, "46346", "2026-11-20")]
    [InlineData(58u, "46346", "2026-11-20")]
    [InlineData(22u, "46346.5", "2026-11-20 12:00:00")]
    [InlineData(20u, "0.0652777777777778", "01:34:00")]
    [InlineData(9u, "0.6", "60%")]
    [InlineData(10u, "0.125", "12.5%")]
    [InlineData(170u, "1234", "001234")]
    [InlineData(31u, "99999999", "99999999")]
    public void Numbers_appear_as_their_format_shows_them(uint format, string stored, string shown) =>
        Assert.Equal(shown, Only(Number("A2", stored, 1), format));

    [Theory]
    [InlineData("""<x:c r="A2" t="b"><x:v>1</x:v></x:c>""", "TRUE")]
    [InlineData("""<x:c r="A2" t="str"><x:f>A1</x:f><x:v>computed</x:v></x:c>""", "computed")]
    public void Truths_and_formulas_arrive_as_Excel_shows_them(string cell, string shown) => Assert.Equal(shown, Only(cell));

    [Theory]
    [InlineData("list.xlsx")]
    [InlineData("list.xls")]
    [InlineData("list.XLSM")]
    public void A_text_named_as_a_workbook_is_refused(string name) =>
        Assert.Equal(SheetFault.NotAWorkbook, Fault(Encoding.UTF8.GetBytes("a,b\n1,2\n"), name));

    [Fact]
    public void Binary_garbage_named_as_a_workbook_is_refused()
    {
        var garbage = new byte[5000];
        new Random(7).NextBytes(garbage);
        Assert.Equal(SheetFault.NotAWorkbook, Fault(garbage, "list.xlsx"));
        Assert.Equal(SheetFault.NotAWorkbook, Fault([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. garbage], "list.xls"));
    }

    [Fact]
    public void A_document_or_archive_renamed_to_xlsx_is_refused()
    {
        using var document = new MemoryStream();
        using (var word = WordprocessingDocument.Create(document, WordprocessingDocumentType.Document))
            word.AddMainDocumentPart().Document = new DocumentFormat.OpenXml.Wordprocessing.Document(new DocumentFormat.OpenXml.Wordprocessing.Body());
        Assert.Equal(SheetFault.NotAWorkbook, Fault(document.ToArray(), "list.xlsx"));
        Assert.Equal(SheetFault.NotAWorkbook, Fault(Zip(("list.csv", 10)), "list.xlsx"));
    }

    [Fact]
    public void A_workbook_cut_off_is_damaged()
    {
        var file = Xlsx(Firms);
        Assert.Equal(SheetFault.Damaged, Fault(file[..(file.Length / 2)], "list.xlsx"));
    }

    [Fact]
    public void A_workbook_with_a_broken_part_is_damaged()
    {
        var file = Workbook([0], ("data", false, Row(1, Text("A1", "name"), Text("B1", "city"))));
        using var stream = new MemoryStream();
        stream.Write(file);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            var part = zip.Entries.First(entry => entry.FullName.Contains("worksheets", StringComparison.Ordinal));
            var name = part.FullName;
            part.Delete();
            using var broken = zip.CreateEntry(name).Open();
            broken.Write("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c"u8);
        }
        Assert.Equal(SheetFault.Damaged, Fault(stream.ToArray(), "list.xlsx"));
    }

    [Fact]
    public void A_workbook_of_the_strict_kind_is_refused_rather_than_called_empty() => Assert.Equal(SheetFault.NotAWorkbook, Fault(Parts(
        ("xl/workbook.xml", """<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheets><sheet name="a" sheetId="1"/></sheets></workbook>""")), "x.xlsx"));

    [Fact]
    public void A_workbook_that_would_unpack_beyond_measure_is_refused()
    {
        var bomb = Zip(("xl/workbook.xml", 10), ("xl/worksheets/sheet1.xml", 501 * 1024 * 1024));
        Assert.True(bomb.Length < Sheet.MaxBytes);
        Assert.Equal(SheetFault.TooLarge, Fault(bomb, "list.xlsx"));
    }

    [Fact]
    public void A_workbook_without_content_is_empty()
    {
        Assert.Equal(SheetFault.Empty, Fault(Workbook([0], ("a", false, ""), ("b", false, Row(1, Text("A1", "  ")))), "x.xlsx"));
        Assert.Equal(SheetFault.Empty, Fault(Workbook([0], ("a", true, Row(1, Text("A1", "name"), Text("B1", "city")))), "x.xlsx"));
        Assert.Equal(SheetFault.Empty, Fault([], "x.xlsx"));
    }

    [Fact]
    public void Formatted_but_empty_columns_far_to_the_right_are_no_columns()
    {
        using var sheet = Open(Workbook([0], ("data", false,
            Row(1, Text("A1", "name"), Text("B1", "city"), """<x:c r="XFD1" s="0"/>""") + Row(2, Text("A2", "Acme")))), "x.xlsx");
        Assert.Equal(["name", "city"], sheet.Headers);
        Assert.Equal([["Acme", ""]], sheet.Cells());
    }

    [Fact]
    public void Two_hundred_columns_are_read_and_one_more_is_refused()
    {
        static object?[] Columns(int count) => [.. Enumerable.Range(1, count).Select(n => $"c{n}")];
        Assert.Equal(200, Open(Xlsx(Columns(200), ["x"]), "x.xlsx").Headers.Count);
        Assert.Equal(SheetFault.TooManyColumns, Fault(Xlsx(Columns(201), ["x"]), "x.xlsx"));
    }

    private static string Only(string cell, uint format = 0)
    {
        using var sheet = Open(Workbook([0, format], ("data", false, Row(1, Text("A1", "name"), Text("B1", "city")) + Row(2, cell))), "x.xlsx");
        return Assert.Single(sheet.Rows()).Cells[0];
    }

    private static byte[] Parts(params (string Name, string Xml)[] parts)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, xml) in parts)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(xml));
            }
        }
        return file.ToArray();
    }

    private static byte[] Zip(params (string Name, int Bytes)[] entries)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            var zeros = new byte[1024 * 1024];
            foreach (var (name, bytes) in entries)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
                for (var left = bytes; left > 0; left -= zeros.Length) entry.Write(zeros, 0, Math.Min(left, zeros.Length));
            }
        }
        return file.ToArray();
    }
}
