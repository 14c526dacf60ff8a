using System.Globalization;

namespace JinshanBio.Crm.Domain.Enterprises;

/// <summary>What is wrong with a credit code; the first fault found is the one reported.</summary>
public enum CreditCodeFault
{
    Length,
    Alphabet,
    CheckDigit,
}

/// <summary>统一社会信用代码: the 18-character identity of a Chinese legal person, GB 32100-2015.</summary>
public static class CreditCode
{
    public const int Length = 18;

    /// <summary>Any of the 31 characters may also be the check digit.</summary>
    public const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static ReadOnlySpan<int> Weights => [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    /// <summary>The code as it is stored: half-width, upper case, without spaces and hyphens; null when nothing is left.</summary>
    public static string? Normalise(string? text)
    {
        var kept = string.Concat((text ?? "").Select(HalfWidth).Where(c => !IsSeparator(c)).Select(char.ToUpperInvariant));
        return kept.Length == 0 ? null : kept;
    }

    /// <summary>The fault of a normalised code, or null when it is right.</summary>
    public static CreditCodeFault? Check(string normalised)
    {
        if (normalised.Length != Length)
        {
            return CreditCodeFault.Length;
        }

        if (!normalised.All(Alphabet.Contains))
        {
            return CreditCodeFault.Alphabet;
        }

        return normalised[^1] == CheckDigit(normalised) ? null : CreditCodeFault.CheckDigit;
    }

    /// <summary>Whether a normalised code has no fault.</summary>
    public static bool IsValid(string normalised) => Check(normalised) is null;

    /// <summary>The valid code somebody probably meant who typed a letter that no code contains; null when there is none.</summary>
    public static string? Suggest(string normalised)
    {
        var corrected = string.Concat(normalised.Select(LookAlike));
        return corrected != normalised && IsValid(corrected) ? corrected : null;
    }

    /// <summary>Adds the check digit to the first 17 characters.</summary>
    /// <exception cref="ArgumentException">Not 17 characters of the alphabet.</exception>
    public static string Complete(string first17)
    {
        if (first17.Length != Length - 1 || !first17.All(Alphabet.Contains))
        {
            throw new ArgumentException("Needs 17 characters of the credit-code alphabet.", nameof(first17));
        }

        return first17 + CheckDigit(first17);
    }

    private static char CheckDigit(string code)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++)
        {
            sum += Alphabet.IndexOf(code[i]) * Weights[i];
        }

        return Alphabet[(31 - sum % 31) % 31];
    }

    private static char LookAlike(char c) => c switch { 'I' => '1', 'O' => '0', 'S' => '5', 'Z' => '2', 'V' => 'U', _ => c };

    private static char HalfWidth(char c) => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c;

    // Text copied from spreadsheets and web pages also carries invisible characters; a person sees them as nothing.
    private static bool IsSeparator(char c) => c == '\u2212' || char.IsWhiteSpace(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format or UnicodeCategory.Control;
}
