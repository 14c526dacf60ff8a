using System.Text;
using JinshanBio.Crm.Spreadsheets;
using Xunit;

namespace JinshanBio.Crm.Tests.Spreadsheets;

public class SheetCsvTests
{
    private const string Firms = "企业名称,注册地址\r\n上海石化,金山区\r\n金山生物医药,亭林镇\r\n";

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("gb18030", false)]
    public void Chinese_text_is_read_in_whatever_encoding_it_comes(string encoding, bool bom)
    {
        var text = Encoding.GetEncoding(encoding).GetBytes(Firms);
        using var sheet = Samples.Open(bom ? [.. Encoding.GetEncoding(encoding).GetPreamble(), .. text] : text);
        Assert.Equal(encoding, sheet.Encoding);
        Assert.Equal(["企业名称", "注册地址"], sheet.Headers);
        Assert.Equal([["上海石化", "金山区"], ["金山生物医药", "亭林镇"]], sheet.Cells());
    }

    [Fact]
    public void Utf16_without_a_byte_order_mark_is_recognised_by_its_zero_bytes()
    {
        using var sheet = Samples.Open(Samples.In("utf-16", "name,city\r\nAcme,Berlin\r\n"));
        Assert.Equal([["Acme", "Berlin"]], sheet.Cells());
    }

    [Theory]
    [InlineData("Name,Ort\nMüller,Köln\nGröße,Zürich\n")]
    [InlineData("Nome,Cidade\nPRODUÇÃO,São Paulo\n")]
    [InlineData("Name,Note\nO’Neill,“fine” – really\n")]
    public void Accented_letters_among_latin_text_are_windows_1252(string text)
    {
        using var sheet = Samples.Open(Samples.In("windows-1252", text));
        Assert.Equal("windows-1252", sheet.Encoding);
        Assert.Equal(text.Split('\n')[1].Split(','), sheet.Cells()[0]);
    }

    [Fact]
    public void A_rare_character_in_gb18030_survives()
    {
        using var sheet = Samples.Open(Samples.In("gb18030", "企业名称,法定代表人\n云南栢田医疗科技有限公司,朱镕基\n𠮷野家（上海）,㐂\n"));
        Assert.Equal([["云南栢田医疗科技有限公司", "朱镕基"], ["𠮷野家（上海）", "㐂"]], sheet.Cells());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_character_cut_at_the_end_of_the_sample_does_not_spoil_utf8(int shift)
    {
        var text = "名称,备注\n" + new string('x', shift) + "," + string.Concat(Enumerable.Repeat("生物医药\n", 9000));
        using var sheet = Samples.Open(Encoding.UTF8.GetBytes(text));
        Assert.Equal("utf-8", sheet.Encoding);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("gb18030")]
    public void Chinese_after_many_pages_of_ascii_still_decides_the_encoding(string encoding)
    {
        var text = "name,city\n" + string.Concat(Enumerable.Repeat("Acme Limited,Berlin\n", 20_000)) + "上海石化,金山\n";
        using var sheet = Samples.Open(Samples.In(encoding, text));
        Assert.Equal(["上海石化", "金山"], sheet.Cells()[^1]);
    }

    [Fact]
    public void One_broken_byte_is_marked_in_its_cell_and_leaves_the_rest_readable()
    {
        var file = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Firms, 10)));
        file[Encoding.UTF8.GetByteCount("企业名称,注册地址\r\n上")] = 0xFF;
        using var sheet = Samples.Open(file);
        Assert.Equal("utf-8", sheet.Encoding);
        Assert.Contains('\uFFFD', sheet.Cells()[0][0]);
        Assert.Equal("金山生物医药", sheet.Cells()[1][0]);
    }

    [Fact]
    public void A_chosen_encoding_overrules_the_guess()
    {
        using var sheet = Samples.Open(Samples.In("big5", "公司,地址\n台灣積體電路,新竹\n"), encoding: "big5");
        Assert.Equal("big5", sheet.Encoding);
        Assert.Equal([["台灣積體電路", "新竹"]], sheet.Cells());
    }

    [Fact]
    public void Gbk_is_read_as_gb18030() => Assert.Equal("gb18030", Samples.Open(Samples.In("gb18030", Firms), encoding: "GBK").Encoding);

    [Theory]
    [InlineData("big5", "公司名稱,註冊地址,聯絡電話\n台灣積體電路製造股份有限公司,新竹科學園區力行六路八號\n鴻海精密工業股份有限公司,新北市土城區\n")]
    [InlineData("windows-1251", "Название,Город\nОбщество с ограниченной ответственностью,Москва\n")]
    public void An_encoding_that_cannot_be_told_is_refused_rather_than_guessed(string encoding, string text) =>
        Assert.Equal(SheetFault.EncodingUnknown, Samples.Fault(Samples.In(encoding, text)));

    [Fact]
    public void An_encoding_nobody_knows_is_refused() =>
        Assert.Equal(SheetFault.EncodingUnknown, Samples.Fault(Samples.In("utf-8", Firms), encoding: "klingon"));

    [Fact]
    public void Binary_named_csv_is_refused()
    {
        var garbage = new byte[5000];
        new Random(7).NextBytes(garbage);
        Assert.Equal(SheetFault.EncodingUnknown, Samples.Fault(garbage));
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void The_separator_is_found(char separator)
    {
        using var sheet = Samples.Open("名称,金额,备注\n甲,1,x\n乙,2,y\n".Replace(',', separator));
        Assert.Equal(separator, sheet.Delimiter);
        Assert.Equal(["甲", "1", "x"], sheet.Cells()[0]);
    }

    [Fact]
    public void Decimal_commas_in_a_semicolon_file_are_not_separators()
    {
        using var sheet = Samples.Open("Name;Betrag\nA;1,5\nB;2,5\nC;3,5\n");
        Assert.Equal(';', sheet.Delimiter);
        Assert.Equal(["A", "1,5"], sheet.Cells()[0]);
    }

    [Fact]
    public void Separators_inside_quotes_do_not_count()
    {
        using var sheet = Samples.Open("name,tags\nA,\"x;y;z\"\nB,\"x;y;z\"\nC,\"p;q;\n r\"\n");
        Assert.Equal(',', sheet.Delimiter);
    }

    [Fact]
    public void Excels_own_separator_line_is_obeyed_and_is_no_row()
    {
        using var sheet = Samples.Open("sep=;\r\nname;city\r\nA, B;C\r\n");
        Assert.Equal(1, sheet.HeaderRow);
        Assert.Equal(["A, B", "C"], Assert.Single(sheet.Cells()));
    }

    [Fact]
    public void Title_rows_above_the_table_are_passed_over()
    {
        using var sheet = Samples.Open("2026年招商企业名单,,,\n填报单位：金山区投促办,,,2026-11-20\n\n企业名称,信用代码,地址,电话\n甲,91310116MA1J8XXX1A,亭林,1\n");
        Assert.Equal(4, sheet.HeaderRow);
        Assert.Equal(["企业名称", "信用代码", "地址", "电话"], sheet.Headers);
        Assert.Equal(5, Assert.Single(sheet.Rows()).Number);
    }

    [Fact]
    public void A_title_repeated_over_every_column_is_no_header()
    {
        using var sheet = Samples.Open("企业名单,企业名单,企业名单\n名称,地址,电话\n甲,乙,1\n");
        Assert.Equal(2, sheet.HeaderRow);
    }

    [Theory]
    [InlineData("1,2,3\n4,5,6\n")]
    [InlineData("just a text\nwithout a table\n")]
    public void Rows_without_column_names_are_refused(string text) =>
        Assert.Equal(SheetFault.NoHeader, Samples.Fault(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_header_below_the_first_ten_rows_is_not_searched() =>
        Assert.Equal(SheetFault.NoHeader, Samples.Fault(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("1,2\n", 10)) + "a,b\nc,d\n")));

    [Fact]
    public void Rows_keep_the_numbers_that_Excel_shows()
    {
        using var sheet = Samples.Open("name,note\n\nA,\"two\nlines\"\n,\n\nB,x\n");
        Assert.Equal([3, 6], sheet.Rows().Select(row => row.Number));
        Assert.Equal("two\nlines", sheet.Cells()[0][1]);
    }

    [Fact]
    public void Cells_are_trimmed_freed_of_nul_and_padded_to_the_header()
    {
        using var sheet = Samples.Open("name, city ,note\n\u3000A\0cme\u00A0 \n");
        Assert.Equal(["name", "city", "note"], sheet.Headers);
        Assert.Equal(["Acme", "", ""], Assert.Single(sheet.Cells()));
    }

    [Fact]
    public void A_row_that_runs_past_the_header_keeps_all_its_cells()
    {
        using var sheet = Samples.Open("name,address\nA,Road 1, Berlin\nB,Road 2,\n");
        Assert.Equal([3, 2], sheet.Rows().Select(row => row.Cells.Count));
    }

    [Fact]
    public void A_quotation_mark_inside_an_unquoted_cell_is_text()
    {
        using var sheet = Samples.Open("name,size\ntube,12\" wide\nrod,3\"\n");
        Assert.Equal([["tube", "12\" wide"], ["rod", "3\""]], sheet.Cells());
    }

    [Fact]
    public void Rows_can_be_read_again_from_the_start()
    {
        using var sheet = Samples.Open(Firms);
        Assert.Equal("上海石化", sheet.Rows().First().Cells[0]);
        Assert.Equal(2, sheet.Rows().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\r\n , ,\r\n\r\n")]
    public void A_file_without_content_is_empty(string text) =>
        Assert.Equal(SheetFault.Empty, Samples.Fault(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_header_alone_is_a_sheet_without_rows()
    {
        using var sheet = Samples.Open("name,city");
        Assert.Empty(sheet.Rows());
    }

    [Fact]
    public void A_quotation_mark_that_is_never_closed_is_damage() =>
        Assert.Equal(SheetFault.Damaged, Samples.Fault(Encoding.UTF8.GetBytes("a,b\n1,2\n\"3,4\n" + string.Concat(Enumerable.Repeat("5,6\n", 200_000)))));

    [Fact]
    public void Two_hundred_columns_are_read_and_one_more_is_refused()
    {
        static byte[] Columns(int count) => Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(1, count).Select(n => $"c{n}")) + "\nx\n");
        using var sheet = Samples.Open(Columns(200));
        Assert.Equal(200, sheet.Headers.Count);
        Assert.Equal(SheetFault.TooManyColumns, Samples.Fault(Columns(201)));
    }

    [Fact]
    public void A_row_of_too_many_columns_further_down_is_refused_too() =>
        Assert.Equal(SheetFault.TooManyColumns, Samples.Fault(Encoding.UTF8.GetBytes(
            "a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", 30)) + string.Join(',', Enumerable.Repeat("x", 300)))));

    [Fact]
    public void A_file_over_the_limit_is_refused_unread()
    {
        var path = Path.GetTempFileName();
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.DeleteOnClose);
        file.SetLength(Sheet.MaxBytes + 1);
        Assert.Equal(SheetFault.TooLarge, Assert.Throws<SheetException>(() => Sheet.Open(file, "big.csv")).Fault);
        Assert.Equal(0, file.Position);
    }
}
