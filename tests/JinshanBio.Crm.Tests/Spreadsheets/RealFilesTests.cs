using System.Text;
using Xunit;

namespace JinshanBio.Crm.Tests.Spreadsheets;

public class RealFilesTests
{
    private const string Distributors = "enterprises/cn-medical-device-distributors-redacted.csv";

    [Fact]
    public void The_list_of_distributors_is_read_whole()
    {
        using var sheet = Samples.Open(Samples.Real(Distributors));
        Assert.Equal(("csv", "utf-8", ',', 1), (sheet.Format, sheet.Encoding, sheet.Delimiter, sheet.HeaderRow));
        Assert.Equal(["企业名称", "统一社会信用代码", "注册地址", "类型"], sheet.Headers);
        var rows = sheet.Cells();
        Assert.Equal(144, rows.Length);
        Assert.Equal(["云南栢田医疗科技有限公司", "91530100MA6L4WLBXJ", "云南省滇中新区大板桥街道办事处云水路1号A19栋三层A区", "经销商"], rows[0]);
        Assert.All(rows, row => Assert.Equal(4, row.Length));
    }

    [Fact]
    public void The_same_list_saved_by_Chinese_Excel_reads_the_same()
    {
        var file = Samples.Real(Distributors);
        var gbk = Samples.In("gb18030", Encoding.UTF8.GetString(file).TrimStart('\uFEFF'));
        using var utf8 = Samples.Open(file);
        using var sheet = Samples.Open(gbk);
        Assert.Equal("gb18030", sheet.Encoding);
        Assert.Equal(utf8.Cells(), sheet.Cells());
    }

    [Fact]
    public void An_export_with_quoted_line_breaks_and_a_few_accents_is_read_whole()
    {
        using var sheet = Samples.Open(Samples.Real("crm-exports/accountData.csv"));
        Assert.Equal("windows-1252", sheet.Encoding);
        Assert.Equal(38, sheet.Headers.Count);
        var rows = sheet.Rows().ToList();
        Assert.Equal(423, rows.Count);
        Assert.Equal(424, rows[^1].Number);
        Assert.All(rows, row => Assert.Equal(38, row.Cells.Count));
        Assert.Contains(rows, row => row.Cells.Contains("00045844 c/ San Romualdo, 26 5º"));
        Assert.Contains(rows, row => row.Cells.Contains("Crédito Inmobiliario Terras"));
    }

    [Fact]
    public void Opportunities_keep_their_weighted_total()
    {
        using var sheet = Samples.Open(Samples.Real("crm-exports/opportunityData.csv"));
        var (amount, probability) = (sheet.Headers.ToList().IndexOf("AMOUNT"), sheet.Headers.ToList().IndexOf("PROBABILITY"));
        var rows = sheet.Cells();
        Assert.Equal(38, rows.Length);
        Assert.Equal(4_858_000m, rows.Sum(row => row[amount].Length == 0 ? 0
            : decimal.Parse(row[amount], System.Globalization.CultureInfo.InvariantCulture) * decimal.Parse(row[probability], System.Globalization.CultureInfo.InvariantCulture) / 100));
    }

    [Theory]
    [InlineData("crm-exports/csvtext_BOM_UTF16LE.csv", "utf-16")]
    [InlineData("crm-exports/csvtext_BOM_UTF8.csv", "utf-8")]
    public void A_byte_order_mark_decides(string path, string encoding)
    {
        using var sheet = Samples.Open(Samples.Real(path));
        Assert.Equal(encoding, sheet.Encoding);
        Assert.Equal(["column1", "column2", "column3"], sheet.Headers);
        Assert.Equal([["row1-1", "row1-2", "row1-3"], ["row2-1", "row2-2", "row2-3"]], sheet.Cells());
    }

    [Fact]
    public void Escaped_quotes_become_quotes()
    {
        using var sheet = Samples.Open(Samples.Real("crm-exports/csvEscapedQuotes.csv"));
        Assert.Equal([["\"The Best\" Account", "bla"], ["The \"Best\" Account", "bla"]], sheet.Cells());
    }

    [Fact]
    public void A_staff_workbook_is_read()
    {
        using var sheet = Samples.Open(Samples.Real("workbooks/cordys-user1.xlsx"), "cordys-user1.xlsx");
        Assert.Equal("xlsx", sheet.Format);
        Assert.Equal(["工号", "姓名", "性别", "部门", "职位", "手机号", "邮箱", "直属上级", "工作城市", "员工类型"], sheet.Headers);
        var row = Assert.Single(sheet.Rows());
        Assert.Equal(2, row.Number);
        Assert.Equal(["123", "WEER", "男", "研发中心/测试"], row.Cells.Take(4));
    }

    [Fact]
    public void A_workbook_with_two_hundred_formatted_empty_rows_holds_only_its_firms()
    {
        using var sheet = Samples.Open(Samples.Real("workbooks/suzhou-biotech-list.xlsx"), "suzhou-biotech-list.xlsx");
        Assert.Equal(18, sheet.Headers.Count);
        Assert.Equal(["公司简称", "公司全名"], sheet.Headers.Take(2));
        Assert.All(sheet.Cells(), row => Assert.NotEqual("", row[1]));
        Assert.Contains(sheet.Cells(), row => row.Contains("抗体；ADC"));
        Assert.Contains(sheet.Cells(), row => row.Contains("再生医药") || row.Contains("再创生物医药（苏州）有限公司"));
    }

    [Fact]
    public void A_list_without_a_header_is_refused() =>
        Assert.Equal(JinshanBio.Crm.Spreadsheets.SheetFault.NoHeader, Samples.Fault(Samples.Real("enterprises/uscc-valid-200.txt")));
}
