namespace JinshanBio.Crm.Domain.Enterprises;

/// <summary>What an enterprise does, as its register entry says.</summary>
public sealed partial class Enterprise
{
    /// <summary>国民经济行业分类 GB/T 4754-2017: four digits of the class, or two or three of what it belongs to.</summary>
    public string? IndustryCode { get; private set; }

    /// <summary>经营范围、主营产品, as written.</summary>
    public string? Scope { get; private set; }

    /// <param name="industryCode">Two to four digits, also with the letter of the section before them.</param>
    public void Trade(string? industryCode, string? scope) => (IndustryCode, Scope) = (IndustryClass.Normalise(industryCode), Text(scope));
}

/// <summary>行业代码 of GB/T 4754-2017.</summary>
public static class IndustryClass
{
    public const int ScopeLength = 2000;

    /// <summary>Two to four digits; the letter of the section before them is left out. Null for anything else.</summary>
    public static string? Normalise(string? code)
    {
        var text = Searching.SearchText.Normalise(code);
        if (text.Length is > 2 and <= 5 && text[0] is >= 'a' and <= 't') text = text[1..];
        return text.Length is >= 2 and <= 4 && text.All(char.IsAsciiDigit) ? text : null;
    }

    /// <summary>The group of three digits in which a class lies; null where only a division is known.</summary>
    public static string? GroupOf(string code) => code.Length >= 3 ? code[..3] : null;
}
