using JinshanBio.Crm.Domain.Searching;

namespace JinshanBio.Crm.Domain.Agreements;

/// <summary>重复签约: whether two projects of one enterprise look like one deal that is signed twice.</summary>
public static class SameDeal
{
    private const double AlikeFrom = 0.8;
    private const decimal Hundredth = 0.01m;

    /// <summary>The number as it is compared: 金投协(正)第017号 and 金投协（正）第17号 are one.</summary>
    public static string? KeyOf(string? number)
    {
        var text = SearchText.Normalise(number);
        var key = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var leads = text[i] == '0' && i + 1 < text.Length && char.IsDigit(text[i + 1]) && !(key.Length > 0 && char.IsDigit(key[^1]));
            if (!leads) key.Append(text[i]);
        }
        return key.Length == 0 ? null : key.ToString();
    }

    /// <summary>Named nearly the same, or over the same amount to a hundredth.</summary>
    public static bool Is(string name, decimal amount, string otherName, decimal otherAmount)
        => (amount > 0 && Math.Abs(amount - otherAmount) <= amount * Hundredth) || Alike(SearchText.Normalise(name), SearchText.Normalise(otherName)) >= AlikeFrom;

    /// <summary>Share of the pairs of neighbouring characters that both have.</summary>
    private static double Alike(string a, string b)
    {
        if (a == b) return 1;
        var (left, right) = (Pairs(a), Pairs(b));
        return left.Count + right.Count == 0 ? 0 : 2.0 * left.Intersect(right, StringComparer.Ordinal).Count() / (left.Count + right.Count);
    }

    private static HashSet<string> Pairs(string text) => [.. Enumerable.Range(0, Math.Max(0, text.Length - 1)).Select(i => text.Substring(i, 2))];
}
