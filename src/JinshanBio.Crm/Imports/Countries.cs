using System.Collections.Frozen;
using JinshanBio.Crm.Domain.Searching;

namespace JinshanBio.Crm.Imports;

/// <summary>国家和地区: the ISO 3166-1 alpha-2 code for what lists write instead of it.</summary>
internal static class Countries
{
    private const string Names = """
        CN 中国|中国大陆|中华人民共和国|CHN|China|PRC|P.R. China|Mainland China|People's Republic of China
        HK 香港|中国香港|HKG|Hong Kong|Hong Kong SAR
        MO 澳门|中国澳门|MAC|Macau|Macao
        TW 台湾|中国台湾|TWN|Taiwan
        US 美国|USA|United States|United States of America|America
        GB 英国|GBR|UK|United Kingdom|Great Britain|England
        CA 加拿大|CAN|Canada
        MX 墨西哥|MEX|Mexico
        BR 巴西|BRA|Brazil
        AR 阿根廷|ARG|Argentina
        CL 智利|CHL|Chile
        DE 德国|DEU|Germany|Deutschland
        FR 法国|FRA|France
        IT 意大利|ITA|Italy
        ES 西班牙|ESP|Spain
        PT 葡萄牙|PRT|Portugal
        NL 荷兰|NLD|Netherlands|The Netherlands|Holland
        BE 比利时|BEL|Belgium
        LU 卢森堡|LUX|Luxembourg
        CH 瑞士|CHE|Switzerland
        AT 奥地利|AUT|Austria
        SE 瑞典|SWE|Sweden
        NO 挪威|NOR|Norway
        DK 丹麦|DNK|Denmark
        FI 芬兰|FIN|Finland
        IS 冰岛|ISL|Iceland
        IE 爱尔兰|IRL|Ireland
        PL 波兰|POL|Poland
        CZ 捷克|CZE|Czechia|Czech Republic
        HU 匈牙利|HUN|Hungary
        SI 斯洛文尼亚|SVN|Slovenia
        GR 希腊|GRC|Greece
        RU 俄罗斯|RUS|Russia|Russian Federation
        UA 乌克兰|UKR|Ukraine
        TR 土耳其|TUR|Turkey|Türkiye
        IL 以色列|ISR|Israel
        AE 阿联酋|ARE|UAE|United Arab Emirates
        SA 沙特阿拉伯|沙特|SAU|Saudi Arabia
        IN 印度|IND|India
        PK 巴基斯坦|PAK|Pakistan
        JP 日本|JPN|Japan
        KR 韩国|KOR|Korea|South Korea|Republic of Korea
        SG 新加坡|SGP|Singapore
        MY 马来西亚|MYS|Malaysia
        TH 泰国|THA|Thailand
        VN 越南|VNM|Vietnam
        ID 印度尼西亚|印尼|IDN|Indonesia
        PH 菲律宾|PHL|Philippines|The Philippines
        AU 澳大利亚|澳洲|AUS|Australia
        NZ 新西兰|NZL|New Zealand
        ZA 南非|ZAF|South Africa
        EG 埃及|EGY|Egypt
        """;

    // The first name is the Chinese one; the first after the code of three letters the English one.
    private static readonly FrozenDictionary<string, (string Zh, string En)> Shown = Names.Split('\n').Select(line => line.Trim())
        .ToFrozenDictionary(line => line[..2], line => line[3..].Split('|') is var names
            ? (names[0], names[Array.FindIndex(names, n => n.Length == 3 && n.All(char.IsAsciiLetterUpper)) + 1]) : default, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> ByName = Names.Split('\n')
        .SelectMany(line => line.Trim()[3..].Split('|').Select(name => (Name: SearchText.Normalise(name), Code: line.Trim()[..2])))
        .ToFrozenDictionary(n => n.Name, n => n.Code, StringComparer.Ordinal);

    /// <summary>The name in the reader's language, which <see cref="Find"/> understands; the code itself for a rare one.</summary>
    public static string Name(string code) => Shown.TryGetValue(code, out var names) ? Texts.Text.Pick(names.Zh, names.En) : code;

    /// <summary>Null when the text names none. Two letters are taken as a code, except UK.</summary>
    public static string? Find(string text)
    {
        var name = SearchText.Normalise(text);
        if (ByName.TryGetValue(name, out var code)) return code;
        return name.Length == 2 && name.All(char.IsAsciiLetterLower) ? name.ToUpperInvariant() : null;
    }
}
