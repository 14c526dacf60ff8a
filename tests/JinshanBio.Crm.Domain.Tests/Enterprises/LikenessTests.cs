using JinshanBio.Crm.Domain.Enterprises;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Enterprises;

public sealed class LikenessTests
{
    [Theory]
    [InlineData("上海康健生物科技有限公司", "上海康健生物科技有限公司", Resemblance.SameName)]
    [InlineData("康健生物科技", "上海康健生物科技有限公司", Resemblance.SameName)]
    [InlineData("康健（上海）生物科技有限公司", "康健生物科技股份有限公司", Resemblance.SameName)]
    [InlineData("ＮＯＶＯ nordisk", "Novo Nordisk A/S", Resemblance.SameName)]
    [InlineData("上海康建生物科技有限公司", "上海康健生物科技有限公司", Resemblance.SamePinyin)]
    [InlineData("上海康健生物有限公司", "上海康健生物科技有限公司", Resemblance.SimilarName)]
    [InlineData("康健", "上海康健生物科技有限公司", Resemblance.SimilarName)]
    [InlineData("Northlake Protein Inc.", "Northlake Proteins, Inc.", Resemblance.SimilarName)]
    public void A_spelling_of_a_name_is_suspected_and_says_why(string name, string registered, Resemblance reason)
    {
        var likeness = Compare(name, registered);
        Assert.NotNull(likeness);
        Assert.InRange(likeness.Score, Likeness.Suspect, 99);
        Assert.Equal([reason], likeness.Reasons);
    }

    [Theory]
    [InlineData("上海康健生物科技有限公司", "上海安泰生物科技有限公司")]
    [InlineData("样本1号生物有限公司", "样本2号生物有限公司")]
    [InlineData("Northfield Biotech A", "Northfield Biotech B")]
    [InlineData("样本生物工厂A有限公司", "样本生物工厂B有限公司")]
    [InlineData("试验甲生物有限公司", "试验乙生物有限公司")]
    [InlineData("上海康健医疗器械有限公司", "上海康健检测技术有限公司")]
    [InlineData("康健源制药有限公司", "康健泰制药有限公司")]
    [InlineData("Phone 1a2b3c4d Biologics Ltd", "Phone 9f8e7d6c Biologics Ltd")]
    public void Another_enterprise_is_not_suspected(string name, string registered)
        => Assert.False(Compare(name, registered)?.Score >= Likeness.Suspect);

    [Fact]
    public void The_credit_code_is_certain_and_two_codes_are_two_enterprises()
    {
        const string one = "91310115MA0DEM013U", other = "91320113MA0DEM056G";
        Assert.Equal(100, Compare("甲", "乙", code: one, knownCode: one)!.Score);
        Assert.InRange(Compare("康健生物", "康健生物", code: one, knownCode: other)!.Score, Likeness.Notable, Likeness.Suspect - 1);
        Assert.Equal(98, Compare("康健生物", "康健生物", code: one, knownCode: null)!.Score);
    }

    [Fact]
    public void Another_name_counts_as_well_and_is_named()
    {
        var likeness = Likeness.Of(Probe("澄屿药业"), new Known([new("上海远望生物有限公司"), new("上海澄屿药业有限公司")], null, "CN", false, false))!;
        Assert.Equal((Resemblance.SameAlias, "上海澄屿药业有限公司"), (likeness.Reasons[0], likeness.MatchedName));
        Assert.True(likeness.Score >= Likeness.Suspect);
    }

    [Fact]
    public void Reasons_add_up_but_never_to_certainty()
    {
        var phone = Likeness.Of(Probe("甲甲"), new Known([new("全然不同")], null, "CN", HasPhone: true, HasEmail: false))!;
        var both = Likeness.Of(Probe("甲甲"), new Known([new("全然不同")], null, "CN", HasPhone: true, HasEmail: true))!;
        Assert.Equal([Resemblance.SamePhone], phone.Reasons);
        Assert.Equal([Resemblance.SameEmail, Resemblance.SamePhone], both.Reasons);
        Assert.InRange(both.Score, phone.Score + 1, 99);
    }

    [Fact]
    public void The_same_short_name_abroad_is_worth_a_look_only()
        => Assert.InRange(Likeness.Of(Probe("Novartis (China)"), new Known([new("Novartis AG")], null, "CH", false, false))!.Score, Likeness.Notable, Likeness.Suspect - 1);

    private static Probe Probe(string name, string? code = null) => new([new(name)], code, "CN");

    private static Likeness? Compare(string name, string registered, string? code = null, string? knownCode = null)
        => Likeness.Of(Probe(name, code), new Known([new(registered)], knownCode, "CN", false, false));
}
