using System.Globalization;
using JinshanBio.Crm.Spreadsheets;
using Xunit;

namespace JinshanBio.Crm.Tests.Spreadsheets;

public class CellTests
{
    [Theory]
    [InlineData("1.2亿", 1, "120000000")]
    [InlineData("3,500万元", 1, "35000000")]
    [InlineData("3500", 1, "3500")]
    [InlineData("3500", 10000, "35000000")]
    [InlineData("0.35", 100000000, "35000000")]
    [InlineData("3500元", 10000, "3500")]
    [InlineData("3500万", 10000, "35000000")]
    [InlineData("1亿2000万", 1, "120000000")]
    [InlineData("1亿2000万元", 10000, "120000000")]
    [InlineData("3千万", 1, "30000000")]
    [InlineData("2百亿", 1, "20000000000")]
    [InlineData("￥3,500.50", 1, "3500.50")]
    [InlineData("人民币 5000 万元整", 1, "50000000")]
    [InlineData("500万元人民币", 1, "5000000")]
    [InlineData("１．２亿元", 1, "120000000")]
    [InlineData("RMB 1,000,000", 1, "1000000")]
    [InlineData("-200万", 1, "-2000000")]
    [InlineData("0", 10000, "0")]
    public void Money_is_read_in_yuan(string text, int unit, string yuan)
    {
        Assert.True(Cell.TryMoney(text, unit, out var read));
        Assert.Equal(decimal.Parse(yuan, CultureInfo.InvariantCulture), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("元")]
    [InlineData("-")]
    [InlineData("待定")]
    [InlineData("500万美元")]
    [InlineData("$500")]
    [InlineData("3000-5000万")]
    [InlineData("约1.2亿")]
    [InlineData("5000万以上")]
    [InlineData("1,20")]
    [InlineData("1.234,50")]
    [InlineData("1.2.3")]
    [InlineData("1亿2000")]
    [InlineData("2000万1亿")]
    [InlineData("1e5")]
    [InlineData("#N/A")]
    [InlineData("1234567890123456")]
    public void Money_that_could_mean_something_else_is_refused(string text) => Assert.False(Cell.TryMoney(text, 1, out _));

    [Fact]
    public void A_very_long_row_of_digits_is_refused_at_once()
    {
        Assert.False(Cell.TryMoney(new string('1', 100_000) + "x", 1, out _));
        Assert.False(Cell.TryArea(new string('1', 100_000) + "x", out _));
    }

    [Theory]
    [InlineData("投资额（万元）", 10_000)]
    [InlineData("总投资(亿元)", 100_000_000)]
    [InlineData("总投资/亿元", 100_000_000)]
    [InlineData("投资总额（单位：万元人民币）", 10_000)]
    [InlineData("注册资本（元）", 1)]
    [InlineData("年产值万元", 10_000)]
    [InlineData("投资额(万)", 10_000)]
    public void A_header_names_its_unit(string header, int unit)
    {
        Assert.True(Cell.TryUnit(header, out var read));
        Assert.Equal(unit, read);
    }

    [Theory]
    [InlineData("投资额")]
    [InlineData("投资额（万美元）")]
    [InlineData("单价（元/平方米）")]
    [InlineData("单元")]
    [InlineData("亿")]
    public void A_header_without_a_unit_of_yuan_has_none(string header) => Assert.False(Cell.TryUnit(header, out _));

    [Theory]
    [InlineData("60%", "60")]
    [InlineData("12.5 %", "12.5")]
    [InlineData("６０％", "60")]
    [InlineData("60", "60")]
    [InlineData("0", "0")]
    [InlineData("0.6%", "0.6")]
    [InlineData("-3%", "-3")]
    public void A_percentage_is_read_in_points(string text, string points)
    {
        Assert.True(Cell.TryPercent(text, out var read));
        Assert.Equal(decimal.Parse(points, CultureInfo.InvariantCulture), read);
    }

    [Theory]
    [InlineData("0.6")]
    [InlineData("1")]
    [InlineData("%")]
    [InlineData("六成")]
    [InlineData("10%-20%")]
    public void A_number_that_may_be_a_share_is_no_percentage(string text) => Assert.False(Cell.TryPercent(text, out _));

    [Theory]
    [InlineData("2026-11-20")]
    [InlineData("2026/11/20")]
    [InlineData("2026.11.20")]
    [InlineData("2026年11月20日")]
    [InlineData("2026 年 11 月 20 日")]
    [InlineData("２０２６－１１－２０")]
    [InlineData("20261120")]
    [InlineData("46346")]
    [InlineData("46346.75")]
    [InlineData("2026-11-20 14:30:00")]
    [InlineData("2026-11-20T14:30")]
    [InlineData("2026年11月20日 9:05")]
    public void A_day_is_read_however_it_is_written(string text)
    {
        Assert.True(Cell.TryDate(text, out var day));
        Assert.Equal(new DateOnly(2026, 11, 20), day);
    }

    [Fact]
    public void A_day_may_leave_out_leading_zeros()
    {
        Assert.True(Cell.TryDate("2026/3/5", out var day));
        Assert.Equal(new DateOnly(2026, 3, 5), day);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-30")]
    [InlineData("1899-12-31")]
    [InlineData("2101-01-01")]
    [InlineData("02026-11-20")]
    [InlineData("99999")]
    [InlineData("11/20/2026")]
    [InlineData("26-11-20")]
    [InlineData("2026年11月")]
    [InlineData("2026")]
    [InlineData("5")]
    [InlineData("2026-11-20T18:00:00Z")]
    [InlineData("明年")]
    [InlineData("٤٦٣٤٦")]
    public void A_day_that_is_none_or_not_certain_is_refused(string text) => Assert.False(Cell.TryDate(text, out _));

    [Theory]
    [InlineData("1,200㎡", "1200")]
    [InlineData("1200", "1200")]
    [InlineData("1200 m²", "1200")]
    [InlineData("1200平方米", "1200")]
    [InlineData("1.5万平方米", "15000")]
    [InlineData("2 亩", "1333.34")]
    [InlineData("3公顷", "30000")]
    [InlineData("0.5平方公里", "500000")]
    public void An_area_is_read_in_square_metres(string text, string squareMetres)
    {
        Assert.True(Cell.TryArea(text, out var read));
        Assert.Equal(decimal.Parse(squareMetres, CultureInfo.InvariantCulture), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("三间")]
    [InlineData("1200-1500㎡")]
    [InlineData("-5㎡")]
    [InlineData("1200 sq ft")]
    [InlineData("999999999999999万平方公里")]
    public void An_area_that_is_none_is_refused(string text) => Assert.False(Cell.TryArea(text, out _));

    [Fact]
    public void Many_values_are_split_each_once_in_their_order()
    {
        Assert.Equal(["抗体", "ADC", "细胞", "基因", "CDMO", "酶", "培养基"], Cell.Many("抗体； ADC、细胞，基因,CDMO;酶/培养基\r\n抗体\n"));
        Assert.Empty(Cell.Many(" ；, "));
    }
}
