using System.Globalization;
using System.Text;

namespace JinshanBio.Crm.Domain.Searching;

/// <summary>The one form in which texts are stored for searching and compared with each other.</summary>
public static class SearchText
{
    /// <summary>Compatible forms (NFKC) in lower case; only letters, digits and CJK characters are kept.</summary>
    public static string Normalise(string? text)
    {
        var folded = Fold(text);
        var kept = new StringBuilder(folded.Length);
        foreach (var c in folded)
        {
            if (IsKept(c))
            {
                kept.Append(c);
            }
        }

        return kept.Length == folded.Length ? folded : kept.ToString();
    }

    /// <summary>Half-width, lower case, without surrogates, but still with spaces, brackets and punctuation.</summary>
    internal static string Fold(string? text)
    {
        text ??= "";
        if (!text.All(IsPlain))
        {
            // Normalize throws on lone surrogates and on code points that will never be characters.
            text = string.Concat(text.Where(c => !char.IsSurrogate(c) && char.GetUnicodeCategory(c) != UnicodeCategory.OtherNotAssigned))
                .Normalize(NormalizationForm.FormKC);
        }

        return text.ToLowerInvariant();
    }

    internal static bool IsKept(char c) => char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) == UnicodeCategory.LetterNumber;

    private static bool IsPlain(char c) => char.IsAscii(c) || c is >= '\u4E00' and <= '\u9FFF';
}
