using System.Globalization;
using System.Text;

namespace JinshanBio.Crm.Domain.Documents;

/// <summary>文件名: what a client calls a file, made harmless on every system and true to the eye.</summary>
public static class FileName
{
    public const int Length = 150;
    private const string Forbidden = "<>:\"/\\|?*";
    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "LPT1", "LPT2", "LPT3"];

    /// <summary>Without folders, control characters, marks that turn the direction of reading, and what some system forbids. Never empty.</summary>
    public static string Clean(string? name)
    {
        // A browser of old sends the whole path.
        var last = (name ?? "").Split('/', '\\')[^1];
        var kept = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) continue;
            if (rune.IsAscii && Forbidden.Contains((char)rune.Value, StringComparison.Ordinal)) kept.Append('_');
            else kept.Append(rune.ToString());
        }
        var clean = kept.ToString().Normalize(NormalizationForm.FormC).Trim().TrimEnd('.', ' ');
        var extension = Extension(clean);
        var stem = WithoutExtension(clean).TrimStart('.').Trim();
        if (stem.Length == 0 || Array.Exists(Devices, d => d.Equals(stem, StringComparison.OrdinalIgnoreCase))) stem = "_" + stem;
        var length = Math.Min(stem.Length, Length - extension.Length);
        if (char.IsHighSurrogate(stem[length - 1])) length--;
        return stem[..length].TrimEnd() + extension;
    }

    /// <summary>".pdf" in lower case, or "" when there is none.</summary>
    public static string Extension(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot < 0 || dot == name.Length - 1 || name.Length - dot > 12 ? "" : name[dot..].ToLowerInvariant();
    }

    public static string WithoutExtension(string name) => name[..^Extension(name).Length];

    /// <summary>Name under which a version is handed out: it says no more than the record's title does.</summary>
    public static string ToHandOut(string title, string purpose, int edition, string extension)
        => Clean(string.Create(CultureInfo.InvariantCulture, $"{title}-{purpose}-v{edition}{extension}"));
}
