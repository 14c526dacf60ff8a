using System.Globalization;
using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Texts;
using JinshanBio.Crm.Web.Ui;

namespace JinshanBio.Crm.Web.Pages.Chain;

/// <summary>Words and addresses of the pages of the chain.</summary>
internal static class ChainWords
{
    /// <summary>The square beside a field's name.</summary>
    public static string Dot(string field) => field switch { "MED" => "dot cat-1", "MAT" => "dot cat-2", "AGR" => "dot cat-3", "ENE" => "dot cat-4", _ => "dot cat-6" };

    public static string Percent(decimal share) => Show.Percent(decimal.Round(share * 100, 1));

    /// <summary>在区、在谈、线索; nothing where there is nobody.</summary>
    public static string? Counts(ChainMapLink link)
        => link.Row.Suppliers + link.Row.Projects + link.Leads == 0 ? null : Text.Of("chainMap.counts", link.Row.Suppliers, link.Row.Projects, link.Leads);

    /// <summary>The address of a page with what is to be kept of its query; what is null is left out.</summary>
    public static string Href(string path, params (string Name, string? Value)[] query)
    {
        var given = query.Where(q => !string.IsNullOrEmpty(q.Value)).Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value!)}").ToList();
        return given.Count == 0 ? path : path + "?" + string.Join('&', given);
    }

    /// <summary>A name in at most so many lines of a drawing: a Chinese character is as wide as the type is high, a Latin one about half of that.</summary>
    /// <param name="width">In heights of the type.</param>
    public static IReadOnlyList<string> Lines(string name, double width, int most)
    {
        List<string> lines = [""];
        var used = 0.0;
        foreach (var part in Parts(name))
        {
            var wide = part.Sum(Width);
            if (used + part.TrimEnd().Sum(Width) > width && lines[^1].Length > 0)
            {
                if (lines.Count == most)
                {
                    while (lines[^1].Sum(Width) > width - 1) lines[^1] = lines[^1][..^1];
                    lines[^1] = lines[^1].TrimEnd() + "…";
                    return lines;
                }
                lines.Add("");
                used = 0;
            }
            lines[^1] += part;
            used += wide;
        }
        return [.. lines.Select(l => l.Trim())];
    }

    // Words stay whole, Chinese breaks anywhere, and no closing mark begins a line.
    private static IEnumerable<string> Parts(string name)
    {
        var part = "";
        foreach (var letter in name)
        {
            if (part.Length > 0 && (part[^1] is ' ' or '/' or '-' || (IsWide(letter) && !IsClosing(letter)) || (IsWide(part[^1]) && !IsClosing(letter) && !IsWide(letter))))
            {
                yield return part;
                part = "";
            }
            part += letter;
        }
        if (part.Length > 0) yield return part;
    }

    private static bool IsWide(char letter) => letter >= '\u2e80';

    private static bool IsClosing(char letter) => char.GetUnicodeCategory(letter) is UnicodeCategory.ClosePunctuation or UnicodeCategory.OtherPunctuation;

    private static double Width(char letter) => IsWide(letter) ? 1 : letter is 'i' or 'l' or 'j' or 't' or 'f' or 'r' or ' ' or '(' or ')' or ',' ? 0.32 : char.IsUpper(letter) ? 0.68 : 0.55;

    /// <summary>The day (Shanghai) of a report as an address carries it; null for now.</summary>
    public static string? Day(DateTime? asked, DateTime asOf) => asked is null ? null : Domain.Calendar.ShanghaiTime.Day(asOf).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
