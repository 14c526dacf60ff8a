using System.Globalization;
using JinshanBio.Crm.Reviews;
using JinshanBio.Crm.Web.Door;

namespace JinshanBio.Crm.Web.Pages.Reviews;

/// <summary>How the items of a scoring sheet are typed: one a line, its parts between bars.</summary>
internal static class SheetLines
{
    // What begins so is read by the page, not filled into the request.
    public const string Criteria = "_criteria", Vetoes = "_vetoes";
    private const char Bar = '|';

    public static string Write(SheetRecord? sheet, bool vetoes) => string.Join('\n', (sheet?.Items ?? []).Where(i => i.IsVeto == vetoes)
        .Select(i => string.Join($" {Bar} ", vetoes ? [i.NameZh, i.NameEn] : new[] { i.NameZh, i.NameEn, Number(i.Most), Number(i.Least) }).TrimEnd(' ', Bar)));

    public static List<SheetItem> Read(Posted posted) => [.. Lines(posted[Criteria]).Select(parts => new SheetItem
        { NameZh = parts[0], NameEn = At(parts, 1), Most = Read(At(parts, 2)), Least = Read(At(parts, 3)) }),
        .. Lines(posted[Vetoes]).Select(parts => new SheetItem { IsVeto = true, NameZh = parts[0], NameEn = At(parts, 1) })];

    private static IEnumerable<string[]> Lines(string? text) => (text ?? "").Replace('｜', Bar).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(Bar, StringSplitOptions.TrimEntries));

    private static string? At(string[] parts, int index) => parts.ElementAtOrDefault(index) is { Length: > 0 } part ? part : null;

    // What is no number becomes one that the rules refuse, so that nothing is silently left out.
    private static decimal? Read(string? text) => text is null ? null : decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static string Number(decimal? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";
}
