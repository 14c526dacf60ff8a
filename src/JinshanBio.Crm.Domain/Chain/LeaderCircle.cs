namespace JinshanBio.Crm.Domain.Chain;

/// <summary>配套圈: the links from which a chain leader is supplied, and those that it supplies. A link may stand on both sides.</summary>
public sealed record LeaderCircle(IReadOnlyList<CircleLink> Suppliers, IReadOnlyList<CircleLink> Customers)
{
    /// <param name="links">In which the leader works; those that are not on the map have no circle.</param>
    public static LeaderCircle Of(ChainMap map, IEnumerable<string> links)
    {
        var own = links.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return new LeaderCircle(Group(own.SelectMany(map.Into), e => e.Supplier), Group(own.SelectMany(map.OutOf), e => e.Buyer));
    }

    /// <summary>Without what is supplied within the leader's own links: from itself to itself.</summary>
    private static IReadOnlyList<CircleLink> Group(IEnumerable<EdgeEdition> edges, Func<EdgeEdition, string> other)
        => [.. edges.Where(e => e.Supplier != e.Buyer).GroupBy(other, StringComparer.Ordinal).Select(g => new CircleLink(g.Key, [.. g]))
            .OrderByDescending(l => l.IsCritical).ThenBy(l => l.Link, StringComparer.Ordinal)];
}

/// <summary>A neighbouring link, and the edges between it and the links of the leader.</summary>
public sealed record CircleLink(string Link, IReadOnlyList<EdgeEdition> Edges)
{
    /// <summary>关键: one of the two cannot do without.</summary>
    public bool IsCritical => Edges.Any(e => e.IsCritical);
}
