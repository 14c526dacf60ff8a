using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Web.Ui;

/// <summary>国家或地区: where investors usually come from, for a select; ISO 3166-1 alpha-2.</summary>
public static class Countries
{
    private static readonly string[] Usual =
    [
        "CN", "HK", "MO", "TW", "US", "CA", "DE", "CH", "FR", "GB", "IE", "NL", "BE", "DK", "SE", "NO", "FI", "AT", "IT", "ES", "PL", "IL",
        "JP", "KR", "SG", "MY", "TH", "ID", "IN", "AU", "NZ", "BR", "AE", "SA",
    ];

    /// <summary>The usual ones and, when it is another, the one that stands there.</summary>
    public static IEnumerable<(string Value, string Label)> Choices(string? present = null)
        => Usual.Concat(present is { Length: > 0 } other && !Usual.Contains(other) ? [other] : []).Select(code => (code, Name(code)));

    public static string Name(string code) => Text.Has("country." + code) ? Text.Of("country." + code) : code;
}
