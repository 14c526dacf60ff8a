using System.Globalization;

namespace JinshanBio.Crm.Domain.Chain;

/// <summary>悬空与矛盾: what does not add up on a map. Pure; nothing is corrected or left out here, whoever keeps the map decides.</summary>
public static class MapProblems
{
    /// <param name="uses">Links that records outside the map name; those on the map are of no concern here.</param>
    /// <returns>The gravest first, then by link.</returns>
    public static IReadOnlyList<MapProblem> Of(ChainMap map, IEnumerable<LinkUse> uses)
    {
        List<MapProblem> all =
        [
            .. map.Dangling.Select(Dangling),
            .. uses.Where(u => !map.Has(u.Link) && u.Sum > 0).Select(u => new MapProblem(MapProblemKind.UsedOffMap, ProblemGravity.Error, [u.Link], null) { Use = u }),
            .. map.Edges.Where(e => e.Supplier == e.Buyer).Select(e => new MapProblem(MapProblemKind.ToItself, ProblemGravity.Error, [e.Supplier], e.Key)),
            .. Mutual(map),
            .. SamePair(map),
            .. map.Links.GroupBy(l => l.NameZh, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => new MapProblem(MapProblemKind.SameName, ProblemGravity.Warning, [.. g.Select(l => l.Code)], null) { Said = g.Key }),
            .. map.Links.Where(l => !map.Into(l.Code).Concat(map.OutOf(l.Code)).Any()).Select(l => new MapProblem(MapProblemKind.WithoutEdge, ProblemGravity.Warning, [l.Code], null)),
            .. map.Links.Where(l => l.IndustryCodes.Count == 0).Select(l => new MapProblem(MapProblemKind.WithoutClass, ProblemGravity.Warning, [l.Code], null)),
            .. map.Links.Where(l => l.Products.Count == 0).Select(l => new MapProblem(MapProblemKind.WithoutProduct, ProblemGravity.Warning, [l.Code], null)),
            .. map.Links.Select(l => (l.Code, Sum: map.Into(l.Code).Sum(e => e.NeedPercent ?? 0))).Where(l => l.Sum > 100)
                .Select(l => new MapProblem(MapProblemKind.NeedAboveAll, ProblemGravity.Warning, [l.Code], null) { Said = l.Sum.ToString("0.##", CultureInfo.InvariantCulture) }),
            .. Cycles(map),
        ];
        return [.. all.OrderBy(p => p.Gravity).ThenBy(p => p.Kind).ThenBy(p => p.Links[0], StringComparer.Ordinal)];

        MapProblem Dangling(EdgeEdition e) => new(MapProblemKind.Dangling, ProblemGravity.Error, [.. new[] { e.Supplier, e.Buyer }.Where(c => !map.Has(c)).Distinct(StringComparer.Ordinal)], e.Key);
    }

    // Each gives the other the same: one of the two is probably written the wrong way round.
    private static IEnumerable<MapProblem> Mutual(ChainMap map) => map.Edges
        .Where(e => e.Kind != SupplyKind.Circular && string.CompareOrdinal(e.Supplier, e.Buyer) < 0 && map.OutOf(e.Buyer).Any(b => b.Buyer == e.Supplier && b.Kind == e.Kind && SameContent(b, e)))
        .Select(e => new MapProblem(MapProblemKind.Mutual, ProblemGravity.Warning, [e.Supplier, e.Buyer], e.Key) { Said = e.SuppliesZh });

    private static IEnumerable<MapProblem> SamePair(ChainMap map)
    {
        foreach (var pair in map.Edges.GroupBy(e => (e.Supplier, e.Buyer)).Where(g => g.Count() > 1))
        {
            List<EdgeEdition> edges = [.. pair];
            var twins = edges.SelectMany((a, i) => edges.Skip(i + 1).Where(b => SameContent(a, b)).Select(b => (a, b))).ToList();
            foreach (var (a, b) in twins)
                yield return new MapProblem(a.IsCritical == b.IsCritical ? MapProblemKind.SameContent : MapProblemKind.Contradiction, ProblemGravity.Warning, [a.Supplier, a.Buyer], b.Key) { Said = a.SuppliesZh };
            if (twins.Count == 0 && edges.Select(e => e.IsCritical).Distinct().Count() > 1)
                yield return new MapProblem(MapProblemKind.TwoWeights, ProblemGravity.Note, [pair.Key.Supplier, pair.Key.Buyer], edges[0].Key);
        }
    }

    private static bool SameContent(EdgeEdition a, EdgeEdition b) => string.Equals(a.SuppliesZh.Trim(), b.SuppliesZh.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Groups of links that supply each other in a round, circular edges left aside. Allowed; of each group its shortest round is named.</summary>
    private static IEnumerable<MapProblem> Cycles(ChainMap map)
    {
        var next = map.Edges.Where(e => e.Kind != SupplyKind.Circular && e.Supplier != e.Buyer).ToLookup(e => e.Supplier, e => e.Buyer, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in map.Links)
        {
            if (seen.Contains(link.Code)) continue;
            var ahead = Reached(link.Code, next);
            List<string> group = [.. ahead.Keys.Where(c => Reached(c, next).ContainsKey(link.Code)).Order(StringComparer.Ordinal)];
            if (!group.Contains(link.Code)) continue;
            seen.UnionWith(group);
            var round = group.Select(c => Round(c, next)).MinBy(r => r.Count)!;
            yield return new MapProblem(MapProblemKind.Cycle, ProblemGravity.Note, round, null) { Size = group.Count };
        }
    }

    /// <summary>Every link that can be reached in one step or more, with the link before it on a shortest way.</summary>
    private static Dictionary<string, string> Reached(string from, ILookup<string, string> next)
    {
        var before = new Dictionary<string, string>(StringComparer.Ordinal);
        var queue = new Queue<string>([from]);
        while (queue.TryDequeue(out var here))
            foreach (var there in next[here])
                if (before.TryAdd(there, here) && there != from) queue.Enqueue(there);
        return before;
    }

    private static List<string> Round(string link, ILookup<string, string> next)
    {
        var before = Reached(link, next);
        var round = new List<string>();
        var here = link;
        do round.Add(here = before[here]);
        while (here != link);
        round.Reverse();
        return round;
    }
}

/// <summary>Something that does not add up, or is worth knowing.</summary>
/// <param name="Links">Codes that it is about; where the mending begins first.</param>
/// <param name="Edge">The edge to be looked at, if it is about one.</param>
public sealed record MapProblem(MapProblemKind Kind, ProblemGravity Gravity, IReadOnlyList<string> Links, EdgeKey? Edge)
{
    /// <summary>Name, content or sum that it is about.</summary>
    public string? Said { get; init; }
    public LinkUse? Use { get; init; }

    /// <summary>How many links a round is part of.</summary>
    public int Size { get; init; }
}

/// <summary>How many records name a link.</summary>
public sealed record LinkUse(string Link, int Enterprises, int Projects, int Leads, int Presences)
{
    public int Sum => Enterprises + Projects + Leads + Presences;
}

/// <summary>轻重.</summary>
public enum ProblemGravity
{
    /// <summary>错误: figures are wrong until it is mended.</summary>
    Error,
    /// <summary>疑点: probably a mistake.</summary>
    Warning,
    /// <summary>提示: allowed, and worth knowing.</summary>
    Note,
}

/// <summary>What is the matter.</summary>
public enum MapProblemKind
{
    /// <summary>悬空: an edge one end of which is not on the map.</summary>
    Dangling,
    /// <summary>Records name a link that is not on the map.</summary>
    UsedOffMap,
    /// <summary>An edge from a link to itself.</summary>
    ToItself,
    /// <summary>The same pair, the same content, critical in one kind and not in the other.</summary>
    Contradiction,
    /// <summary>Two links supply each other with the same.</summary>
    Mutual,
    /// <summary>The same pair and content under two kinds.</summary>
    SameContent,
    /// <summary>Two links have one name.</summary>
    SameName,
    /// <summary>What a link needs adds up to more than it makes.</summary>
    NeedAboveAll,
    /// <summary>孤立: no edge leads to it or from it.</summary>
    WithoutEdge,
    /// <summary>No industry class.</summary>
    WithoutClass,
    /// <summary>No product.</summary>
    WithoutProduct,
    /// <summary>The same pair is critical in one kind and not in another.</summary>
    TwoWeights,
    /// <summary>Links supply each other in a round that is not marked circular.</summary>
    Cycle,
}
