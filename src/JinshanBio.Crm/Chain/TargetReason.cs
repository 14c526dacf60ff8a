using System.Globalization;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Chain;

/// <summary>招商理由: why somebody went for a target, in the language of whoever did, as it was on that day. Names only of those that this person sees.</summary>
internal static class TargetReason
{
    private const int Longest = 4000;

    public static string Write(string? own, RankedTarget target, ChainMap map, TargetView view)
    {
        List<string> lines = string.IsNullOrWhiteSpace(own) ? [] : [own.Trim()];
        lines.Add(Text.Of("targets.reason"));
        foreach (var gain in target.Gains.Where(g => g.Closes > 0))
        {
            var link = map.Find(gain.Link)!;
            lines.Add(Text.Of("targets.reasonGap", link.Code, Text.Pick(link.NameZh, link.NameEn), Amount(gain.Before), Amount(gain.After), Amount(gain.Closes),
                gain.Confidence == 1 ? Text.Of("targets.confirmed") : Text.Of("targets.proposedBy", Percent(gain.Confidence))));
        }
        lines.AddRange(view.Buyers(target.Candidate).Select(n => Text.Of("targets.reasonSupplies", n.LinkName, n.Supplies, Names(n))));
        lines.AddRange(view.Suppliers(target.Candidate).Select(n => Text.Of("targets.reasonBuys", n.LinkName, n.Supplies, Names(n))));
        var text = string.Join('\n', lines);
        return text.Length <= Longest ? text : text[..Longest];
    }

    private static string Names(NeighbourRow row)
    {
        var names = string.Join(Text.Of("list.comma"), row.Names.Select(n => n.Name));
        var others = row.More + row.Hidden;
        return others == 0 ? names : names.Length == 0 ? Text.Of("targets.others", others) : Text.Of("targets.andOthers", names, others);
    }

    // Yuan a year, in the unit that people say.
    private static string Amount(decimal yuan) => Text.IsEnglish ? string.Create(CultureInfo.InvariantCulture, $"CNY {yuan / 1_000_000m:#,##0.##} m")
        : Text.Of("targets.wan", (yuan / 10_000m).ToString("#,##0.#", CultureInfo.InvariantCulture));

    internal static string Percent(decimal part) => string.Create(CultureInfo.InvariantCulture, $"{part * 100:0}%");
}
