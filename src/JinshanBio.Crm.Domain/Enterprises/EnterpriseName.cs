using System.Text.RegularExpressions;
using JinshanBio.Crm.Domain.Searching;

namespace JinshanBio.Crm.Domain.Enterprises;

/// <summary>企业名称: what is left of an enterprise's name when region and company form (字号 and trade) no longer hide that two are the same.</summary>
public static partial class EnterpriseName
{
    private static readonly string[] ChineseForms = Words("""
        股份有限公司 有限责任公司 有限公司 股份公司 集团公司 总公司 公司 集团
        特殊普通合伙 普通合伙 有限合伙 合伙企业 个人独资企业
        """);

    private static readonly string[] LatinForms = Words("""
        incorporated corporation holdings company limited holding coltd group gmbh kgaa corp sarl inc llc llp ltd plc
        pte pty sas spa srl aps ag kg bv nv se sa ab as oy kk co lp l.l.c s.p.a s.r.l s.a b.v n.v a/s
        """);

    // The region is all that tells a 北京大学 from a 南京大学.
    private static readonly string[] KeptWithRegion = Words("大学 学院 学校 医院 研究所 研究院 中心 银行");

    // Nor do these words alone tell 上海医药 from 北京医药.
    private static readonly string[] Trades = Words("生物 医药 制药 药业 医疗 器械 科技 技术 材料 健康 食品 农业 能源 环保 石化 化工 电气 工程 贸易 商贸 投资 实业 发展");

    // Left out on purpose: cities whose name is a common brand as well (安康, 泰安, 金华, 宝山 …).
    private static readonly HashSet<string> Regions = [.. Words("""
        北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南
        陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门
        石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 长治 临汾 呼和浩特 包头 鄂尔多斯 赤峰
        沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 盘锦 长春 四平 通化 哈尔滨 齐齐哈尔 牡丹江 佳木斯 大庆
        南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 昆山 江阴 张家港 常熟 太仓 泰兴 宜兴
        杭州 宁波 温州 嘉兴 湖州 绍兴 衢州 舟山 台州 丽水 义乌 慈溪 余姚 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城
        福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 宜春 抚州 上饶
        济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 威海 日照 临沂 德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 安阳 新乡 焦作 濮阳 许昌 南阳 商丘 信阳
        武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底
        广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 南宁 柳州 桂林 北海 玉林 海口 三亚
        成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 贵阳 遵义 昆明 曲靖 玉溪 拉萨
        西安 宝鸡 咸阳 渭南 汉中 榆林 兰州 天水 西宁 银川 乌鲁木齐 克拉玛依
        """)];

    // Read as a region only where the name says that it is one.
    private static readonly HashSet<string> Districts = [.. Words("""
        金山区 黄浦区 徐汇区 长宁区 静安区 普陀区 虹口区 杨浦区 闵行区 宝山区 嘉定区 浦东新区 松江区 青浦区 奉贤区 崇明区 兴化市 宣威市 曲阜市
        """)];

    private static readonly string[] RegionSuffixes = Words("维吾尔自治区 壮族自治区 回族自治区 特别行政区 自治区 省 市");

    private static readonly Lazy<HashSet<string>> LatinRegions = new(() =>
        [.. Regions.Select(r => string.Concat(Pinyin.Syllables(r))), "china", "prc", "hongkong", "macau", "shaanxi", "taiwan", "tibet"]);

    /// <summary>The name for duplicate detection: normalised, without company form and without leading or bracketed region; empty only for a blank name.</summary>
    public static string Core(string name)
    {
        var text = Bracketed().Replace(SearchText.Fold(name), m => IsForm(m.Value) || IsRegion(m.Value) ? " " : m.Value);
        var core = SearchText.Normalise(WithoutForm(WithoutLatinRegion(text)));
        var withoutRegion = core[RegionLength(core)..];
        return FirstNotEmpty(IsTelling(withoutRegion) ? withoutRegion : core, SearchText.Normalise(name), name.Trim());
    }

    /// <summary>How the core of the name sounds; null where it has no Chinese characters or sounds too long to be told apart by it.</summary>
    public static string? CorePinyin(string name)
    {
        var core = Core(name);
        return core.Any(Pinyin.IsHan) && string.Concat(Pinyin.Syllables(core)) is { Length: <= LongestPinyin } sound ? sound : null;
    }

    private const int LongestPinyin = 200;

    /// <summary>What tells a core name from others in its trade (字号), and the trade.</summary>
    internal static (string Brand, string Trade) Parts(string core)
    {
        var end = core.Length;
        while (Trades.FirstOrDefault(word => core.AsSpan(0, end).EndsWith(word, StringComparison.Ordinal)) is { } trade) end -= trade.Length;
        // A word of the trade may stand in the middle as well: 康健生物制药集团.
        var first = Trades.Select(word => core.IndexOf(word, 1, StringComparison.Ordinal)).Where(at => at > 0).DefaultIfEmpty(end).Min();
        end = Math.Min(end, Math.Max(first, 0));
        return end <= 0 ? (core, "") : (core[..end], core[end..]);
    }

    /// <summary>A folded name up to where its company form begins; unchanged when it consists of nothing else.</summary>
    internal static string WithoutForm(string folded)
    {
        var rest = folded;
        while (true)
        {
            var end = folded.AsSpan(0, rest.Length).TrimEnd(" .,;、&-()[]【】〔〕").Length;
            var name = folded[..end];
            // A branch is an enterprise of its own.
            if (name.EndsWith("分公司", StringComparison.Ordinal) || FormLength(name) is not (> 0 and var form) || !name.AsSpan(0, end - form).ContainsAnyLetter())
            {
                return rest;
            }

            rest = name[..^form];
        }
    }

    private static bool IsTelling(string core)
    {
        if (KeptWithRegion.Any(word => core.EndsWith(word, StringComparison.Ordinal)))
        {
            return false;
        }

        var rest = core;
        while (Trades.FirstOrDefault(word => rest.StartsWith(word, StringComparison.Ordinal)) is { } trade)
        {
            rest = rest[trade.Length..];
        }

        return rest.Length > 0 && core.Length > 1;
    }

    private static int FormLength(string name) =>
        ChineseForms.FirstOrDefault(f => name.EndsWith(f, StringComparison.Ordinal))?.Length
        ?? LatinForms.FirstOrDefault(f => name.EndsWith(f, StringComparison.Ordinal) && !EndsInLatin(name.AsSpan(0, name.Length - f.Length)))?.Length
        ?? 0;

    private static bool IsForm(string bracketed) =>
        SearchText.Normalise(bracketed) is var text && (ChineseForms.Contains(text) || LatinForms.Contains(text));

    private static bool IsRegion(string bracketed) =>
        SearchText.Normalise(bracketed) is { Length: > 0 } text
        && (text == "中国" || RegionLength(text) == text.Length || LatinRegions.Value.Contains(text));

    private static string WithoutLatinRegion(string folded)
    {
        var space = folded.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && char.IsAsciiLetter(folded[0]) && LatinRegions.Value.Contains(folded[..space]) ? folded[(space + 1)..] : folded;
    }

    private static int RegionLength(string text)
    {
        var length = NamedRegion(text, suffixNeeded: false);
        while (length > 0 && NamedRegion(text[length..], suffixNeeded: true) is > 0 and var more)
        {
            length += more;
        }

        return length;
    }

    // After the first region only a full 苏州市 is read as one more: in 江西安康医疗 the second word is the firm's own.
    private static int NamedRegion(string text, bool suffixNeeded)
    {
        for (var length = Math.Min(4, text.Length); length >= 2; length--)
        {
            if (Districts.Contains(text[..length]))
            {
                return length;
            }

            if (Regions.Contains(text[..length]))
            {
                var suffix = SuffixLength(text[length..]);
                return suffixNeeded && suffix == 0 ? 0 : length + suffix;
            }
        }

        return 0;
    }

    private static int SuffixLength(string text)
    {
        // 市政, 市场, 市民 are words of their own.
        var isWord = text.Length > 1 && text[0] == '市' && "政场民".Contains(text[1]);
        return isWord ? 0 : RegionSuffixes.FirstOrDefault(s => text.StartsWith(s, StringComparison.Ordinal))?.Length ?? 0;
    }

    private static bool EndsInLatin(ReadOnlySpan<char> text) => text.Length > 0 && char.IsAsciiLetterOrDigit(text[^1]);

    private static bool ContainsAnyLetter(this ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (SearchText.IsKept(c))
            {
                return true;
            }
        }

        return false;
    }

    private static string FirstNotEmpty(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (text.Length > 0)
            {
                return text;
            }
        }

        return "";
    }

    private static string[] Words(string list) => list.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bracketed();
}
