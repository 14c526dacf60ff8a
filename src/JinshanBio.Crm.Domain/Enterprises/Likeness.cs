using JinshanBio.Crm.Domain.Searching;

namespace JinshanBio.Crm.Domain.Enterprises;

/// <summary>查重: how much an enterprise in the register looks like one that is about to be added, and why. Pure comparison; who is compared is the caller's choice.</summary>
/// <param name="Score">0–100; 100 is the same credit code.</param>
/// <param name="MatchedName">The other name that fits, when it is not the registered one.</param>
public sealed record Likeness(int Score, IReadOnlyList<Resemblance> Reasons, string? MatchedName)
{
    /// <summary>From here on it must be said why it is another one.</summary>
    public const int Suspect = 75;

    /// <summary>From here on it is worth showing.</summary>
    public const int Notable = 50;

    // Two credit codes are two legal persons: alike, they are worth a look, not an obstacle.
    private const int TwoCodesAtMost = Suspect - 5;

    /// <summary>Null when there is nothing notable.</summary>
    public static Likeness? Of(Probe probe, Known known)
    {
        if (probe.CreditCode is not null && probe.CreditCode == known.CreditCode) return new(100, [Resemblance.SameCode], null);
        var found = new List<(Resemblance Reason, double Weight)>();
        var byName = ByName(probe, known);
        if (byName is { } name) found.Add((name.Reason, name.Weight));
        if (known.HasPhone) found.Add((Resemblance.SamePhone, .76));
        if (known.HasEmail) found.Add((Resemblance.SameEmail, .78));
        // Independent reasons add up, and never to certainty.
        var score = (int)Math.Round(100 * (1 - found.Aggregate(1.0, (doubt, f) => doubt * (1 - f.Weight))));
        if (probe.CreditCode is not null && known.CreditCode is not null) score = Math.Min(score, TwoCodesAtMost);
        return score < Notable ? null : new(Math.Min(score, 99), [.. found.OrderByDescending(f => f.Weight).Select(f => f.Reason)], byName?.MatchedName);
    }

    private static (Resemblance Reason, double Weight, string? MatchedName)? ByName(Probe probe, Known known)
    {
        if (probe.Names.Exists(p => p.Whole == known.Names[0].Whole)) return (Resemblance.SameName, .98, null);
        var abroad = probe.Country is not null && probe.Country != known.Country ? .8 : 1;
        (Resemblance Reason, double Weight, string? MatchedName) best = default;
        foreach (var (i, name) in known.Names.Index())
        {
            foreach (var (j, other) in probe.Names.Index())
            {
                var byMainName = i == 0 && j == 0;
                var found = name.Core == other.Core ? (byMainName ? Resemblance.SameName : Resemblance.SameAlias, (byMainName ? .92 : .9) * abroad)
                    : name.Sound is not null && name.Sound == other.Sound ? (Resemblance.SamePinyin, .82 * abroad)
                    : (Resemblance.SimilarName, Similar(name, other) * abroad);
                if (found.Item2 > best.Weight) best = (found.Item1, found.Item2, i == 0 ? null : name.Written);
            }
        }
        return best.Weight >= Notable / 100.0 ? best : null;
    }

    /// <summary>The own part of the names (字号) decides, the trade confirms. Numbers and letters that stand alone tell apart: 一号 is not 二号, Plant A not Plant B.</summary>
    private static double Similar(NameForms a, NameForms b)
    {
        if (a.Marks != b.Marks) return 0;
        var brand = 1 - (double)Distance(a.Brand, b.Brand) / Math.Max(a.Brand.Length, b.Brand.Length);
        if (brand < .6) return 0;
        return Math.Pow(brand, 1.5) * (.6 + .35 * Trades(a.Trade, b.Trade));
    }

    private static double Trades(string a, string b)
    {
        if (a == b) return 1;
        if (a.Length == 0 || b.Length == 0) return .6;
        if (a.Contains(b, StringComparison.Ordinal) || b.Contains(a, StringComparison.Ordinal)) return .8;
        var (x, y) = (Pairs(a), Pairs(b));
        return 2.0 * x.Intersect(y).Count() / (x.Count + y.Count);
    }

    private static HashSet<string> Pairs(string text) => [.. Enumerable.Range(0, Math.Max(1, text.Length - 1)).Select(i => text.Substring(i, Math.Min(2, text.Length - i)))];

    /// <summary>Levenshtein: how many characters must be put in, left out or replaced.</summary>
    private static int Distance(string a, string b)
    {
        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.Length];
    }
}

/// <summary>Why two enterprises may be one.</summary>
public enum Resemblance
{
    /// <summary>信用代码相同</summary>
    SameCode,
    /// <summary>名称去掉地区、公司形式、括号和全半角差别后相同</summary>
    SameName,
    /// <summary>与别名或曾用名相同</summary>
    SameAlias,
    /// <summary>读音相同</summary>
    SamePinyin,
    /// <summary>字号相近</summary>
    SimilarName,
    /// <summary>联系电话相同</summary>
    SamePhone,
    /// <summary>电子邮箱相同</summary>
    SameEmail,
}

/// <summary>A name in the forms in which names are compared.</summary>
public sealed record NameForms(string Written)
{
    public string Whole { get; } = SearchText.Normalise(Written);
    public string Core { get; } = EnterpriseName.Core(Written);
    public string? Sound { get; } = EnterpriseName.CorePinyin(Written);

    /// <summary>What tells sisters apart: digits, 甲乙丙, 东南西北, and Latin letters that stand alone.</summary>
    public string Marks
    {
        get
        {
            var folded = SearchText.Fold(Written);
            return string.Concat(Core.Where(c => char.IsAsciiDigit(c) || "一二三四五六七八九十甲乙丙丁戊己庚辛东南西北".Contains(c)))
                + string.Concat(folded.Where((_, at) => StandsAlone(folded, at)));
        }
    }

    private static bool StandsAlone(string text, int at)
        => char.IsAsciiLetter(text[at]) && (at == 0 || !char.IsAsciiLetter(text[at - 1])) && (at == text.Length - 1 || !char.IsAsciiLetter(text[at + 1]));

    public string Brand => EnterpriseName.Parts(Core).Brand;
    public string Trade => EnterpriseName.Parts(Core).Trade;
}

/// <summary>An enterprise that is about to be added.</summary>
/// <param name="Names">The registered name first, then others.</param>
/// <param name="CreditCode">Normalised.</param>
public sealed record Probe(List<NameForms> Names, string? CreditCode, string? Country)
{
    /// <summary>
    /// Pairs of characters of the own part of the name: who shares one may be alike. Of Latin names the first letters, as all else is too common.
    /// </summary>
    public IReadOnlyList<string> Hooks(int atMost)
    {
        var brand = Names[0].Brand;
        var hooks = brand.Any(Pinyin.IsHan)
            ? Enumerable.Range(0, Math.Max(1, brand.Length - 1)).Select(i => brand.Substring(i, Math.Min(2, brand.Length - i))).Where(h => h.Any(Pinyin.IsHan))
            : [brand[..Math.Min(5, brand.Length)]];
        return [.. hooks.Distinct(StringComparer.Ordinal).Take(atMost)];
    }
}

/// <summary>An enterprise in the register.</summary>
/// <param name="Names">The registered name first, then others.</param>
/// <param name="HasPhone">One of its contacts has the phone of the one to be added.</param>
public sealed record Known(List<NameForms> Names, string? CreditCode, string Country, bool HasPhone, bool HasEmail);
