using JinshanBio.Crm.Domain.Enterprises;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Enterprises;

public sealed class EnterpriseNameTests
{
    [Theory]
    [InlineData("上海康健生物科技有限公司")]
    [InlineData("康健生物科技(上海)有限公司")]
    [InlineData("康健生物科技（上海）有限公司")]
    [InlineData("(上海)康健生物科技有限公司")]
    [InlineData("上海市康健生物科技股份有限公司")]
    [InlineData("康健生物科技（上海市金山区）有限责任公司")]
    [InlineData("上海市金山区康健生物科技")]
    [InlineData("江苏省苏州市康健生物科技（集团）有限公司")]
    [InlineData(" 康健 生物科技【中国】有限公司 ")]
    [InlineData("康健生物科技集团股份有限公司")]
    public void Region_and_company_form_do_not_make_another_enterprise(string name) =>
        Assert.Equal("康健生物科技", EnterpriseName.Core(name));

    [Theory]
    [InlineData("Kangjian Biotech Co., Ltd.")]
    [InlineData("KANGJIAN BIOTECH (Shanghai) Co.,Ltd")]
    [InlineData("Shanghai Kangjian Biotech Company Limited")]
    [InlineData("ＫＡＮＧＪＩＡＮ　Ｂｉｏｔｅｃｈ，Ｉｎｃ．")]
    [InlineData("Kangjian Biotech GmbH & Co. KG")]
    [InlineData("Kangjian Biotech L.L.C.")]
    [InlineData("Kangjian Biotech Corp.")]
    [InlineData("Kangjian Biotech (China) Holding Group")]
    public void Foreign_company_forms_are_left_out(string name) => Assert.Equal("kangjianbiotech", EnterpriseName.Core(name));

    [Theory]
    [InlineData("上海康健生物科技有限公司", "上海康健医药科技有限公司")]
    [InlineData("北京大学", "南京大学")]
    [InlineData("上海医药（集团）有限公司", "北京医药（集团）有限公司")]
    [InlineData("上海石化", "镇江石化")]
    [InlineData("上海生物科技有限公司", "江苏生物科技有限公司")]
    [InlineData("上海银行股份有限公司", "北京银行股份有限公司")]
    [InlineData("江西安康医疗器械有限公司", "江西医疗器械有限公司")]
    [InlineData("中优医药高科技股份有限公司昆明分公司", "中优医药高科技股份有限公司")]
    public void Different_enterprises_stay_different(string one, string other) =>
        Assert.NotEqual(EnterpriseName.Core(one), EnterpriseName.Core(other));

    [Theory]
    [InlineData("Cisco", "cisco")]
    [InlineData("Zymag", "zymag")]
    [InlineData("Visa", "visa")]
    public void A_word_that_only_ends_like_a_company_form_is_kept(string name, string core) => Assert.Equal(core, EnterpriseName.Core(name));

    [Theory]
    [InlineData("上海市政工程设计有限公司", "市政工程设计")]
    [InlineData("上海有限公司", "上海")]
    [InlineData("康健（原新华）医药有限公司", "康健原新华医药")]
    [InlineData("东方投资合伙企业（有限合伙）", "东方投资")]
    [InlineData("山东威高集团医用高分子制品股份有限公司", "威高集团医用高分子制品")]
    public void Only_what_is_region_or_form_is_left_out(string name, string core) => Assert.Equal(core, EnterpriseName.Core(name));

    [Theory]
    [InlineData("公司")]
    [InlineData("有限公司")]
    [InlineData("上海")]
    [InlineData("(上海)")]
    [InlineData("上海市")]
    [InlineData("Co., Ltd.")]
    [InlineData("!!!")]
    [InlineData("🧬")]
    [InlineData("\ud83e")]
    [InlineData("康")]
    [InlineData("((")]
    public void A_name_never_becomes_empty(string name) => Assert.NotEmpty(EnterpriseName.Core(name));

    [Fact]
    public void A_blank_name_has_no_core() => Assert.Empty(EnterpriseName.Core("  "));
}
