using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Chain;

public sealed class LinkMatcherTests
{
    private static readonly Edit Shipped = new("test", null, ChainMap.Always, null);

    private static LinkEdition Link(string code, string zh, string en, string[] products, params string[] classes)
        => new(code, new LinkTerms(code[..3], ChainTier.Midstream, zh, en) { Products = products, IndustryCodes = classes }, Shipped);

    private static readonly LinkMatcher Matcher = new(
    [
        Link("CMN-05", "生物反应设备", "Bioreactors and fermentation equipment", ["不锈钢发酵罐", "一次性生物反应器"], "3544", "3521"),
        Link("CMN-06", "培养基", "Culture media", ["细胞培养基", "微生物培养基", "添加因子"], "2661", "2669"),
        Link("CMN-10", "检验检测服务", "Testing and inspection services", ["药品/食品/材料检测", "第三方验证"], "7452"),
        Link("CMN-14", "中试工艺验证与工程技术服务", "Pilot-scale validation and engineering services", ["中试发酵线"], "7320"),
        Link("MAT-07", "生物基可降解塑料", "Bio-based degradable plastics", ["PLA", "PHA"], "2832"),
        Link("MED-07", "抗体药物", "Antibody drugs", ["单克隆抗体", "双抗"], "2761"),
        Link("MED-10", "重组蛋白药物", "Recombinant protein drugs", ["注射用重组蛋白"], "2761"),
        Link("AGR-16", "黄酒等传统发酵食品", "Yellow rice wine", ["黄酒"], "1514"),
    ], [("2761", ["MED-07"]), ("1514", ["AGR-16", "ZZZ-99"])]);

    private static Dictionary<string, decimal> Match(string name, string? scope = null, string? code = null, string? kind = null)
        => Matcher.Match(name, kind, scope, code).ToDictionary(g => g.Link, g => g.Confidence);

    [Fact]
    public void A_class_that_one_link_names_is_strong_and_one_that_many_name_is_weak()
    {
        Assert.Equal(0.70m, Match("某公司", code: "1514")["AGR-16"]);
        var shared = Match("某公司", code: "2761");
        Assert.Equal((0.49m, 0.49m), (shared["MED-07"], shared["MED-10"]));
        // The reference set names a link of that class too, which changes nothing, and one that is not on the map.
        Assert.Equal(2, shared.Count);
    }

    [Fact]
    public void A_group_of_three_digits_is_weaker_than_its_class_and_a_division_says_nothing()
    {
        Assert.Equal(0.35m, Match("某公司", code: "2831")["MAT-07"]);
        Assert.Equal(0.35m, Match("某公司", code: "283")["MAT-07"]);
        Assert.Empty(Match("某公司", code: "28"));
        Assert.Empty(Match("某公司", code: "9999"));
    }

    [Fact]
    public void Longer_and_rarer_words_weigh_more_and_class_and_words_support_each_other()
    {
        var word = Match("某公司", "单克隆抗体的研发")["MED-07"];
        Assert.Equal(0.48m, word);
        Assert.True(Match("单克隆抗体公司")["MED-07"] > word);
        Assert.Equal(1 - (1 - 0.48m) * (1 - 0.49m), Match("某公司", "单克隆抗体的研发", "2761")["MED-07"], 2);
        Assert.DoesNotContain("MED-10", Match("某公司", "单克隆抗体的研发").Keys);
    }

    [Fact]
    public void The_end_of_a_product_is_found_and_says_less_than_the_whole()
    {
        var whole = Matcher.Match("某公司", null, "一次性生物反应器销售", null).Single(g => g.Link == "CMN-05");
        var end = Matcher.Match("生物反应器公司", null, "生物反应器制造", null).Single(g => g.Link == "CMN-05");
        Assert.Equal(("一次性生物反应器", "一次性生物反应器"), (whole.Clues[0].Said, whole.Clues[0].Term));
        Assert.Equal(("生物反应器", "一次性生物反应器", ClueKind.Name), (end.Clues[0].Said, end.Clues[0].Term, end.Clues[0].Kind));
        Assert.True(end.Clues[0].Strength < 0.6m);
        // The same words in the name and in the scope speak once.
        Assert.Single(end.Clues);
    }

    [Theory]
    [InlineData("培养基的生产")]
    [InlineData("细胞培养基(不含药品)")]
    [InlineData("除医疗器械外，培养基销售")]
    [InlineData("除菌过滤的培养基")]
    public void What_is_meant_counts(string scope) => Assert.Contains("CMN-06", Match("某公司", scope).Keys);

    [Theory]
    [InlineData("化学试剂（不含培养基、药品）销售")]
    [InlineData("化学试剂（培养基除外）")]
    [InlineData("化学试剂、培养基除外；日用品")]
    [InlineData("除培养基外，化学试剂销售")]
    [InlineData("不得从事细胞培养基生产")]
    [InlineData("Reagents excluding culture media")]
    public void What_the_scope_takes_out_does_not_count(string scope) => Assert.DoesNotContain("CMN-06", Match("某公司", scope).Keys);

    [Fact]
    public void Words_that_stand_in_nearly_every_scope_say_nothing()
    {
        Assert.Empty(Match("上海某某技术服务有限公司", "技术开发、技术咨询、技术服务、技术转让；检测服务；货物进出口；专用设备销售"));
        // A longer word that contains one of them does.
        Assert.Contains("CMN-10", Match("某公司", "检验检测服务").Keys);
    }

    [Fact]
    public void Letters_count_as_words_and_in_any_width_or_case()
    {
        Assert.Empty(Match("Plant Planet", "plating"));
        Assert.Contains("MAT-07", Match("某公司", "ＰＬＡ改性料", "2832").Keys);
        Assert.Contains(Matcher.Match("某公司", null, "pla 粒子", "2832").Single(g => g.Link == "MAT-07").Clues, c => c is { Kind: ClueKind.Scope, Said: "pla" });
        Assert.Contains("CMN-06", Match("Northern Culture Media Ltd").Keys);
    }

    [Fact]
    public void The_confidence_opens_to_its_clues()
    {
        foreach (var guess in Matcher.Match("上海某抗体药物有限公司", "重组蛋白", "注射用重组蛋白、单克隆抗体、双抗的生产", "2761"))
        {
            Assert.Equal(LinkMatcher.Confidence(guess.Clues), guess.Confidence);
            Assert.InRange(guess.Confidence, LinkMatcher.Least, 1);
            Assert.InRange(guess.Clues.Count, 1, 4);
        }
    }

    [Fact]
    public void Texts_without_words_and_odd_ones_are_no_trouble()
    {
        foreach (var odd in (string[])["", "   ", "\uD83E", "除", "外", "除外", "（（（", "不含", new string('除', 2000), new string('培', 2000)])
            Assert.Empty(Match(odd, odd, odd));
    }

    [Fact]
    public void Another_map_is_another_dictionary()
    {
        var same = new LinkMatcher([Link("CMN-06", "培养基", "Culture media", [], "2661")], []);
        Assert.Equal(same.Dictionary, new LinkMatcher([Link("CMN-06", "培养基", "Culture media", [], "2661")], []).Dictionary);
        Assert.NotEqual(same.Dictionary, new LinkMatcher([Link("CMN-06", "培养基", "Culture media", [], "2662")], []).Dictionary);
        Assert.NotEqual(same.Dictionary, new LinkMatcher([Link("CMN-06", "细胞培养基", "Culture media", [], "2661")], []).Dictionary);
    }

    [Theory]
    [InlineData("2761", "2761")]
    [InlineData("C2761", "2761")]
    [InlineData(" c27 ", "27")]
    [InlineData("２７６", "276")]
    [InlineData("A", null)]
    [InlineData("27611", null)]
    [InlineData("X2761", null)]
    [InlineData("生物药品", null)]
    [InlineData("", null)]
    public void An_industry_code_has_two_to_four_digits(string given, string? code) => Assert.Equal(code, IndustryClass.Normalise(given));
}
