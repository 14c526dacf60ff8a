using System.Globalization;

namespace JinshanBio.Crm.Domain.Chain;

/// <summary>One field that says something else. Of a list each item that went or came is a line of its own.</summary>
/// <param name="Field">camelCase, as the input is named.</param>
/// <param name="Old">Null for what was not said before.</param>
public sealed record TermChange(string Field, string? Old, string? New)
{
    public static IReadOnlyList<TermChange> Between(LinkTerms? before, LinkTerms after) =>
    [
        .. One("field", before?.Field, after.Field),
        .. Many("alsoFields", before?.AlsoFields, after.AlsoFields),
        .. One("tier", before?.Tier.ToString(), after.Tier.ToString()),
        .. One("nameZh", before?.NameZh, after.NameZh),
        .. One("nameEn", before?.NameEn, after.NameEn),
        .. Many("products", before?.Products, after.Products),
        .. Many("industryCodes", before?.IndustryCodes, after.IndustryCodes),
        .. Many("constraints", before?.Constraints, after.Constraints),
        .. Many("evidence", before?.Evidence.Select(Say), after.Evidence.Select(Say)),
        .. One("isEnabling", Say(before?.IsEnabling ?? false), Say(after.IsEnabling)),
        .. One("slot", before?.Slot, after.Slot),
    ];

    public static IReadOnlyList<TermChange> Between(EdgeTerms? before, EdgeTerms after) =>
    [
        .. One("suppliesZh", before?.SuppliesZh, after.SuppliesZh),
        .. One("suppliesEn", before?.SuppliesEn, after.SuppliesEn),
        .. One("isCritical", Say(before?.IsCritical ?? false), Say(after.IsCritical)),
        .. One("needPercent", Say(before?.NeedPercent), Say(after.NeedPercent)),
        .. One("phrase", before?.Phrase, after.Phrase),
    ];

    private static IEnumerable<TermChange> One(string field, string? before, string? after)
        => (before ?? "") == (after ?? "") ? [] : [new TermChange(field, before is "" ? null : before, after is "" ? null : after)];

    private static List<TermChange> Many(string field, IEnumerable<string>? before, IEnumerable<string> after)
    {
        List<string> old = [.. before ?? []], now = [.. after];
        if (old.SequenceEqual(now, StringComparer.Ordinal)) return [];
        List<TermChange> changes = [.. old.Except(now, StringComparer.Ordinal).Select(item => new TermChange(field, item, null)), .. now.Except(old, StringComparer.Ordinal).Select(item => new TermChange(field, null, item))];
        // Another order alone.
        return changes.Count > 0 ? changes : [new TermChange(field, string.Join(" · ", old), string.Join(" · ", now))];
    }

    private static string Say(LinkEvidence evidence) => $"{evidence.Phrase} ({evidence.Section})";

    private static string Say(bool yes) => yes ? "true" : "false";

    private static string? Say(decimal? number) => number?.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>A link or an edge that two maps do not have in common.</summary>
/// <param name="Code">Of the link; null for an edge.</param>
/// <param name="Edition">On the later map; on the earlier one for what was taken off.</param>
public sealed record MapDifference(MapAct Act, string? Code, EdgeKey? Edge, Edition Edition, IReadOnlyList<TermChange> Changes)
{
    /// <summary>What was added, changed and taken off between two moments: links first, each by its code.</summary>
    public static IReadOnlyList<MapDifference> Between(ChainMap before, ChainMap after)
    {
        var links = Compare(before.Links, after.Links, l => l.Code, (a, b) => TermChange.Between(a.Terms, b.Terms), (act, link, changes) => new MapDifference(act, link.Code, null, link, changes))
            .OrderBy(d => d.Code, StringComparer.Ordinal);
        var edges = Compare([.. before.Edges, .. before.Dangling], [.. after.Edges, .. after.Dangling], e => e.Key, (a, b) => TermChange.Between(a.Terms, b.Terms), (act, edge, changes) => new MapDifference(act, null, edge.Key, edge, changes))
            .OrderBy(d => d.Edge!.Supplier, StringComparer.Ordinal).ThenBy(d => d.Edge!.Buyer, StringComparer.Ordinal).ThenBy(d => d.Edge!.Kind);
        return [.. links, .. edges];
    }

    private static IEnumerable<MapDifference> Compare<TEdition, TKey>(IReadOnlyList<TEdition> before, IReadOnlyList<TEdition> after, Func<TEdition, TKey> key,
        Func<TEdition, TEdition, IReadOnlyList<TermChange>> compare, Func<MapAct, TEdition, IReadOnlyList<TermChange>, MapDifference> say) where TKey : notnull
    {
        var old = before.ToDictionary(key);
        foreach (var edition in after)
        {
            if (!old.Remove(key(edition), out var earlier)) yield return say(MapAct.Added, edition, []);
            else if (compare(earlier, edition) is { Count: > 0 } changes) yield return say(MapAct.Changed, edition, changes);
        }
        foreach (var gone in old.Values) yield return say(MapAct.Removed, gone, []);
    }
}
