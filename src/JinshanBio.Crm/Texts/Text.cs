using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using JinshanBio.Crm.Domain;

namespace JinshanBio.Crm.Texts;

/// <summary>
/// Every text a person sees, by key, in Chinese and English side by side: Texts/*.json holds {"key": ["中文", "English"]}.
/// The language is that of <see cref="CultureInfo.CurrentUICulture"/>; Chinese unless it is English.
/// </summary>
public static class Text
{
    private static readonly FrozenDictionary<string, string[]> All = Load();

    public static IReadOnlyDictionary<string, string[]> Entries => All;

    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>The text for the key; the key itself when there is none, which a test does not let happen.</summary>
    public static string Of(string key) => All.TryGetValue(key, out var both) ? both[IsEnglish ? 1 : 0] : key;

    /// <param name="args">Values for {0}, {1} … formatted in the present culture.</param>
    public static string Of(string key, params object?[] args)
        => args.Length == 0 ? Of(key) : string.Format(CultureInfo.CurrentCulture, Of(key), args);

    public static bool Has(string key) => All.ContainsKey(key);

    /// <summary>Name of an enum value: key "Type.Value".</summary>
    public static string Of(Enum value) => Of($"{value.GetType().Name}.{value}");

    /// <summary>Why something was refused.</summary>
    public static string Of(Refusal refusal) => Of(KeyOf(refusal.Code), [.. refusal.Args]);

    public static string KeyOf(RefusalCode code) => "refusal." + JsonNamingPolicy.CamelCase.ConvertName(code.ToString());

    /// <summary>The name in the reader's language of something that carries both.</summary>
    public static string Pick(string zh, string en) => IsEnglish ? en : zh;

    private static FrozenDictionary<string, string[]> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var entries = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("Texts.", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (key, both) in JsonSerializer.Deserialize<Dictionary<string, string[]>>(stream)!) entries.Add(key, both);
        }
        return entries.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
