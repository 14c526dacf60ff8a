namespace JinshanBio.Crm.Domain;

/// <summary>标签: a word an office sorts its own work by; free, but written one way.</summary>
public static class Tag
{
    public const int Length = 20, Most = 20;

    /// <summary>One spelling for one tag: outer and double blanks gone, Latin in lower case.</summary>
    public static string Normalise(string tag) => string.Join(' ', tag.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();
}
