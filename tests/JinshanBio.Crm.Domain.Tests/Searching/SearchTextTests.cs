using JinshanBio.Crm.Domain.Searching;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Searching;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("上海康健生物", "上海康健生物")]
    [InlineData(" 康健（上海）生物·科技 ", "康健上海生物科技")]
    [InlineData("ＡＢＣ　１２３", "abc123")]
    [InlineData("①㎡Ⅳ", "1m2iv")]
    [InlineData("PD-1/PD-L1 单抗\r\n\t", "pd1pdl1单抗")]
    [InlineData("康健🧬生物", "康健生物")]
    [InlineData("康健\ud83e", "康健")]
    [InlineData("康\u0000健\uffff\u200b", "康健")]
    [InlineData("Ünal e\u0301té", "ünalété")]
    [InlineData("二〇二六々", "二〇二六々")]
    [InlineData("【】《》“”！？，。—…￥", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Letters_digits_and_characters_are_kept_in_one_form(string? text, string normalised) =>
        Assert.Equal(normalised, SearchText.Normalise(text));

    [Theory]
    [InlineData("康健（上海）Bio-Tech ①")]
    [InlineData("ﬁne ℃ ½ ㈱")]
    public void Normalising_twice_changes_nothing(string text) =>
        Assert.Equal(SearchText.Normalise(text), SearchText.Normalise(SearchText.Normalise(text)));
}
