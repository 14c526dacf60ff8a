using System.Collections.Frozen;

namespace JinshanBio.Crm.Domain.Searching;

/// <summary>拼音: how Chinese names are read, so that they are found by typing Latin letters.</summary>
public static class Pinyin
{
    private const char First = '\u4E00';
    private const char Last = '\u9FFF';

    // Characters that names really use with both readings; the others keep their commonest.
    private const string ReadBothWays = "乐长重行朝曾柏茜隽单藏莘翟缪尉解查盖种调参泊拓弹畜模厦";

    // Where the commonest reading in running text is not the one names have.
    private static readonly Reading[] Preferred = Parse("""
        长 chang; 地 di; 都 du; 佛 fo; 埔 pu; 薄 bo; 什 shi; 似 si; 拓 tuo; 泊 bo; 琢 zhuo; 炔 que; 翟 zhai; 缪 miao; 曾 zeng; 陂 pi; 轧 zha; 溃 kui
        """);

    private static readonly FrozenDictionary<char, Reading[]> Phrases = ByFirst(Parse("""
        重庆 chong qing; 重组 chong zu; 重启 chong qi; 重塑 chong su; 重构 chong gou; 厦门 xia men; 大厦 da sha; 长沙 chang sha; 长春 chang chun
        长江 chang jiang; 长三角 chang san jiao; 长宁 chang ning; 长兴 chang xing; 长城 chang cheng; 成长 cheng zhang; 增长 zeng zhang
        生长 sheng zhang; 院长 yuan zhang; 银行 yin hang; 行业 hang ye; 商行 shang hang; 分行 fen hang; 支行 zhi hang; 央行 yang hang
        总行 zong hang; 闵行 min hang; 太行 tai hang; 成都 cheng du; 首都 shou du; 会计 kuai ji; 会稽 kuai ji; 音乐 yin yue; 乐清 yue qing
        乐器 yue qi; 器乐 qi yue; 快乐 kuai le; 乐山 le shan; 蚌埠 beng bu; 六安 lu an; 六合 lu he; 番禺 pan yu; 台州 tai zhou; 丽水 li shui
        朝阳 chao yang; 沈阳 shen yang; 单抗 dan kang; 双抗 shuang kang; 单克隆 dan ke long; 单细胞 dan xi bao; 单位 dan wei; 血清 xue qing
        西藏 xi zang; 藏药 zang yao; 藏医 zang yi; 莘庄 xin zhuang; 莘县 shen xian; 珲春 hun chun; 牟平 mu ping; 中牟 zhong mu; 铅山 yan shan
        泌阳 bi yang; 阿胶 e jiao; 东阿 dong e; 洪洞 hong tong; 什邡 shi fang; 大夫 dai fu; 句容 ju rong; 歙县 she xian; 浚县 xun xian
        涡阳 guo yang; 枞阳 zong yang; 人参 ren shen; 丹参 dan shen; 党参 dang shen; 西洋参 xi yang shen; 海参 hai shen; 参茸 shen rong
        空调 kong tiao; 调味 tiao wei; 调节 tiao jie; 调理 tiao li; 调控 tiao kong; 畜牧 xu mu; 畜禽 chu qin; 模具 mu ju; 弹性 tan xing
        校准 jiao zhun; 种子 zhong zi; 种业 zhong ye; 种植 zhong zhi; 重工 zhong gong; 重型 zhong xing; 运行 yun xing; 调查 diao cha
        查验 cha yan; 解决 jie jue; 降解 jiang jie; 溶解 rong jie; 模型 mo xing; 检查 jian cha; 覆盖 fu gai; 参考 can kao; 乐普 le pu
        """));

    private static readonly FrozenDictionary<char, Reading[]> Surnames = ByFirst(Parse("""
        单 shan; 曾 zeng; 仇 qiu; 解 xie; 区 ou; 查 zha; 盖 ge; 覃 qin; 任 ren; 朴 piao; 翟 zhai; 缪 miao; 柏 bai; 召 shao; 员 yun; 祭 zhai
        繁 po; 乐 yue; 折 she; 种 chong; 洗 xian; 牟 mu; 隗 wei; 秘 bi; 莘 shen; 冯 feng; 贾 jia; 沈 shen; 褚 chu; 石 shi; 葛 ge
        尉迟 yu chi; 万俟 mo qi; 长孙 zhang sun; 单于 chan yu; 令狐 ling hu
        """));

    // One shared array per distinct set of readings: 21,000 references to some 700 arrays.
    private static readonly Lazy<string[]?[]> Readings = new(Load);

    /// <summary>One syllable without tone per Chinese character (ü as v); runs of other letters and digits stay as they are, all else is left out.</summary>
    public static IReadOnlyList<string> Syllables(string text) => Read(text, []).ConvertAll(s => s.Sound);

    /// <summary>The same for a person's name, whose first character may be a surname with a reading of its own (单 shan, 曾 zeng).</summary>
    public static IReadOnlyList<string> SyllablesOfPerson(string name) => ReadPerson(name).ConvertAll(s => s.Sound);

    internal static bool IsHan(char c) => c is >= First and <= Last;

    internal static List<Syllable> Read(string text) => Read(text, []);

    internal static List<Syllable> ReadPerson(string name)
    {
        name = name.Trim();
        return Find(Surnames, name, 0) is { } surname ? Read(name[surname.Text.Length..], surname.Syllables) : Read(name, []);
    }

    private static List<Syllable> Read(string text, Syllable[] before)
    {
        var syllables = new List<Syllable>(before.Length + text.Length);
        syllables.AddRange(before);
        var i = 0;
        while (i < text.Length)
        {
            if (Find(Phrases, text, i) is { } phrase)
            {
                syllables.AddRange(phrase.Syllables);
                i += phrase.Text.Length;
            }
            else if (ReadingsOf(text[i]) is { } readings)
            {
                syllables.Add(new(readings[0], 1, ReadBothWays.Contains(text[i]) ? readings.ElementAtOrDefault(1) : null));
                i++;
            }
            else
            {
                var end = i;
                while (end < text.Length && SearchText.IsKept(text[end]) && ReadingsOf(text[end]) is null)
                {
                    end++;
                }

                if (end > i)
                {
                    syllables.Add(new(text[i..end], end - i, Other: null, IsRun: true));
                }

                i = Math.Max(end, i + 1);
            }
        }

        return syllables;
    }

    private static string[]? ReadingsOf(char c) => c is >= First and <= Last ? Readings.Value[c - First] : null;

    private static Reading? Find(FrozenDictionary<char, Reading[]> table, string text, int at)
    {
        if (at < text.Length && table.TryGetValue(text[at], out var candidates))
        {
            foreach (var candidate in candidates)
            {
                if (text.AsSpan(at).StartsWith(candidate.Text))
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    private static Reading[] Parse(string table) =>
    [
        .. table.Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split(' '))
            .Select(words => new Reading(words[0], [.. words.Skip(1).Select(sound => new Syllable(sound, 1, Other: null))])),
    ];

    private static FrozenDictionary<char, Reading[]> ByFirst(Reading[] readings) => readings
        .GroupBy(r => r.Text[0])
        .ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(r => r.Text.Length).ToArray());

    private static string[]?[] Load()
    {
        var table = new string[]?[Last - First + 1];
        var shared = new Dictionary<string, string[]>();
        using var reader = new StreamReader(typeof(Pinyin).Assembly.GetManifestResourceStream("pinyin.tsv")!);
        while (reader.ReadLine() is { } line)
        {
            if (line[0] is >= First and <= Last)
            {
                var sounds = line[2..];
                if (!shared.TryGetValue(sounds, out var readings))
                {
                    shared[sounds] = readings = [.. sounds.Split(' ').Select(string.Intern)];
                }

                table[line[0] - First] = readings;
            }
        }

        foreach (var preferred in Preferred)
        {
            var sound = preferred.Syllables[0].Sound;
            ref var readings = ref table[preferred.Text[0] - First];
            readings = [sound, .. (readings ?? []).Where(r => r != sound)];
        }

        return table;
    }

    /// <summary>One spoken part of a text: how it sounds, how many characters it covers, and its second reading where names use both.</summary>
    internal readonly record struct Syllable(string Sound, int Length, string? Other, bool IsRun = false);

    private sealed record Reading(string Text, Syllable[] Syllables);
}
