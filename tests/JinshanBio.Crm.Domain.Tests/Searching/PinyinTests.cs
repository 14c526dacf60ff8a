using JinshanBio.Crm.Domain.Searching;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Searching;

public sealed class PinyinTests
{
    [Theory]
    [InlineData("上海康健", "shang hai kang jian")]
    [InlineData("绿谷", "lv gu")]
    [InlineData("石药集团", "shi yao ji tuan")]
    [InlineData("首都基地", "shou du ji di")]
    [InlineData("佛山", "fo shan")]
    public void Each_character_is_one_syllable(string text, string syllables) => Assert.Equal(syllables, Spoken(text));

    [Theory]
    [InlineData("3M中国", "3M zhong guo")]
    [InlineData("PD1单抗 (Phase2)", "PD1 dan kang Phase2")]
    [InlineData("BGI-华大", "BGI hua da")]
    [InlineData("🧬，。", "")]
    [InlineData("", "")]
    public void Runs_of_letters_and_digits_stay_as_they_are(string text, string syllables) => Assert.Equal(syllables, Spoken(text));

    [Theory]
    [InlineData("重庆", "chong qing")]
    [InlineData("厦门", "xia men")]
    [InlineData("长沙", "chang sha")]
    [InlineData("长春", "chang chun")]
    [InlineData("长江", "chang jiang")]
    [InlineData("长三角", "chang san jiao")]
    [InlineData("生长", "sheng zhang")]
    [InlineData("银行", "yin hang")]
    [InlineData("行业", "hang ye")]
    [InlineData("闵行", "min hang")]
    [InlineData("运行", "yun xing")]
    [InlineData("重组", "chong zu")]
    [InlineData("重工", "zhong gong")]
    [InlineData("成都", "cheng du")]
    [InlineData("会计", "kuai ji")]
    [InlineData("音乐", "yin yue")]
    [InlineData("蚌埠", "beng bu")]
    [InlineData("六安", "lu an")]
    [InlineData("番禺", "pan yu")]
    [InlineData("乐清", "yue qing")]
    [InlineData("台州", "tai zhou")]
    [InlineData("丽水", "li shui")]
    [InlineData("朝阳", "chao yang")]
    [InlineData("沈阳", "shen yang")]
    [InlineData("单抗", "dan kang")]
    [InlineData("血清", "xue qing")]
    [InlineData("大厦", "da sha")]
    [InlineData("畜牧", "xu mu")]
    [InlineData("西藏", "xi zang")]
    public void Names_that_are_read_one_way_are_read_that_way(string text, string syllables) =>
        Assert.Equal($"shang {syllables} bei", Spoken($"上{text}北"));

    [Theory]
    [InlineData("单晓明", "shan xiao ming")]
    [InlineData("曾强", "zeng qiang")]
    [InlineData("仇英", "qiu ying")]
    [InlineData("解缙", "xie jin")]
    [InlineData("区伟", "ou wei")]
    [InlineData("查良镛", "zha liang yong")]
    [InlineData("盖叫天", "ge jiao tian")]
    [InlineData("覃海", "qin hai")]
    [InlineData(" 任正", "ren zheng")]
    [InlineData("单于明", "chan yu ming")]
    [InlineData("尉迟恭", "yu chi gong")]
    [InlineData("李单", "li dan")]
    [InlineData("王查理", "wang cha li")]
    public void A_surname_has_its_own_reading_only_at_the_start_of_a_name(string name, string syllables) =>
        Assert.Equal(syllables, string.Join(' ', Pinyin.SyllablesOfPerson(name)));

    [Theory]
    [InlineData("单位", "dan wei")]
    [InlineData("区块", "qu kuai")]
    [InlineData("检查", "jian cha")]
    [InlineData("解决", "jie jue")]
    public void Elsewhere_the_surname_reading_is_not_used(string text, string syllables) => Assert.Equal(syllables, Spoken(text));

    [Fact]
    public void The_licence_of_the_readings_is_shipped_with_them()
    {
        using var reader = new StreamReader(typeof(Pinyin).Assembly.GetManifestResourceStream("pinyin.tsv")!);

        Assert.Contains("Unicode licence", reader.ReadLine(), StringComparison.Ordinal);
    }

    private static string Spoken(string text) => string.Join(' ', Pinyin.Syllables(text));
}
