using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace JinshanBio.Crm.Spreadsheets;

/// <summary>Reads what people write into cells (单元格): sums, shares, days, areas, lists. What can be meant in two ways is refused, not guessed.</summary>
public static partial class Cell
{
    private const decimal Acre = 666.67m;   // 亩
    private static readonly string[] Days = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"];
    private static readonly char[] Separators = ['；', '、', '，', ',', ';', '/', '\r', '\n'];

    /// <summary>Money (金额) in yuan: "1.2亿", "3,500万元", "1亿2000万", "¥3500". Foreign currencies and ranges are refused.</summary>
    /// <param name="unit">Yuan per bare number, from the header: 10000 under 投资额（万元）, otherwise 1. See <see cref="TryUnit"/>.</param>
    public static bool TryMoney(string text, decimal unit, out decimal yuan)
    {
        yuan = 0;
        var sum = Money().Match(Plain(text));
        var (numbers, multiples) = (sum.Groups["n"].Captures, sum.Groups["m"].Captures);
        if (numbers.Count == 0) return false;
        // 1亿2000 means 2000万 to one reader and 2000元 to another.
        var bare = numbers.Count > multiples.Count && !sum.Groups["yuan"].Success;
        if (bare && numbers.Count > 1) return false;
        var last = decimal.MaxValue;
        for (var i = 0; i < numbers.Count; i++)
        {
            var multiple = i < multiples.Count ? Multiple(multiples[i].Value) : 1;
            if (multiple >= last || !TryNumber(numbers[i].Value, out var number)) return false;
            yuan += number * multiple;
            last = multiple;
        }
        if (bare) yuan *= unit;
        if (sum.Groups["minus"].Success) yuan = -yuan;
        return true;
    }

    /// <summary>The unit a header names: 10000 for 投资额（万元）, 100000000 for 总投资/亿元, 1 for 注册资本（元）.</summary>
    public static bool TryUnit(string header, out decimal unit)
    {
        var named = Unit().Match(Plain(header));
        unit = named.Success ? Multiple(named.Groups["m"].Value) : 1;
        return named.Success;
    }

    /// <summary>A percentage (百分比) in points: "60%" is 60. Without the sign "60" is 60 too; "0.6" and "1" could be shares and are refused.</summary>
    public static bool TryPercent(string text, out decimal points)
    {
        var plain = Plain(text);
        var signed = plain.EndsWith('%');
        return TryNumber(signed ? plain[..^1].TrimEnd() : plain, out points) && (signed || points == 0 || Math.Abs(points) > 1);
    }

    /// <summary>A day (日期) from 1900 to 2100: 2026-11-20, 2026/11/20, 2026年11月20日, 20261120, or Excel's day number 46346. A time of day after it is dropped.</summary>
    public static bool TryDate(string text, out DateOnly day)
    {
        var plain = TimeOfDay().Replace(Plain(text), "");
        if (DayNumber().IsMatch(plain))
            day = DateOnly.FromDateTime(DateTime.FromOADate(int.Parse(plain.Split('.')[0], CultureInfo.InvariantCulture)));
        else if (!DateOnly.TryParseExact(plain.Replace(" ", "", StringComparison.Ordinal), Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            return false;
        return day.Year is >= 1900 and <= 2100;
    }

    /// <summary>An area (面积) in square metres: "1,200㎡", "1.5万平方米", "2 亩", "3公顷"; a bare number is square metres.</summary>
    public static bool TryArea(string text, out decimal squareMetres)
    {
        squareMetres = 0;
        var area = Area().Match(Plain(text));
        if (!area.Success || !TryNumber(area.Groups["n"].Value, out var number) || number > 1_000_000_000) return false;
        squareMetres = number * Multiple(area.Groups["m"].Value) * area.Groups["unit"].Value.ToUpperInvariant() switch
        {
            "亩" => Acre,
            "公顷" => 10_000m,
            "平方公里" or "KM2" => 1_000_000m,
            _ => 1m,
        };
        return true;
    }

    /// <summary>The values of a cell that holds several (多值), split at ；、，,;/ and line breaks, each once, in their order.</summary>
    public static IReadOnlyList<string> Many(string text) =>
        [.. text.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    // Full-width digits and signs, ㎡ and ² become plain.
    private static string Plain(string text) => text.Any(char.IsSurrogate) ? text : text.Normalize(NormalizationForm.FormKC).Trim();

    private static bool TryNumber(string text, out decimal number)
    {
        number = 0;
        return Number().IsMatch(text)
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    private static decimal Multiple(string name) => name switch
    {
        "" => 1m,
        "千" => 1_000m,
        "万" => 10_000m,
        "十万" => 100_000m,
        "百万" => 1_000_000m,
        "千万" => 10_000_000m,
        "亿" => 100_000_000m,
        "十亿" => 1_000_000_000m,
        "百亿" => 10_000_000_000m,
        "千亿" => 100_000_000_000m,
        "万亿" => 1_000_000_000_000m,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private const string Multiples = "(?<m>万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千)";
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    // 15 digits: beyond every sum and area there is, and no product can overflow. 1,20 or 1.234,5 fail the groups of three.
    [GeneratedRegex(@"^[+-]?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,10})?$", Options, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?<minus>-)?\s*((¥|人民币|RMB|CNY)\s*:?\s*)?((?<n>[\d,.]+)\s*" + Multiples + @"\s*)*(?<n>[\d,.]+)?\s*(?<yuan>元)?整?\s*(\(?(人民币|RMB|CNY)\)?)?$", Options, 1000)]
    private static partial Regex Money();

    // The unit stands in brackets, after a slash or colon, or as 万元 at the end; 万美元 is none.
    [GeneratedRegex("[(/:]\\s*(" + Multiples + "元?|元)(人民币)?\\s*\\)?$|" + Multiples + "元$", Options, 1000)]
    private static partial Regex Unit();

    [GeneratedRegex(@"^(?<n>[\d,.]+)\s*(" + Multiples + @"\s*)?(?<unit>m2|平方米|平米|平方|平|亩|公顷|平方公里|km2)?$", Options, 1000)]
    private static partial Regex Area();

    [GeneratedRegex(@"(?<=\d日?)[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$", Options, 1000)]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"^[0-9]{5}(\.\d+)?$", Options, 1000)]
    private static partial Regex DayNumber();
}
