using System.Collections.Frozen;

namespace JinshanBio.Crm.Domain.Chain;

/// <summary>产业链图谱 as it stood at one moment: links and who supplies whom. A graph with cycles; nothing walks further than it says.</summary>
public sealed class ChainMap
{
    private readonly FrozenDictionary<string, LinkEdition> _links;
    private readonly ILookup<string, EdgeEdition> _bySupplier, _byBuyer;

    /// <param name="links">One edition to a code.</param>
    /// <param name="edges">Also those that end nowhere; they are kept aside in <see cref="Dangling"/>.</param>
    public ChainMap(IEnumerable<LinkEdition> links, IEnumerable<EdgeEdition> edges)
    {
        Links = [.. links.OrderBy(l => l.Code, StringComparer.Ordinal)];
        _links = Links.ToFrozenDictionary(l => l.Code, StringComparer.Ordinal);
        var all = edges.OrderBy(e => e.Supplier, StringComparer.Ordinal).ThenBy(e => e.Buyer, StringComparer.Ordinal).ThenBy(e => e.Kind).ToList();
        Edges = [.. all.Where(e => Has(e.Supplier) && Has(e.Buyer))];
        Dangling = [.. all.Where(e => !Has(e.Supplier) || !Has(e.Buyer))];
        (_bySupplier, _byBuyer) = (Edges.ToLookup(e => e.Supplier, StringComparer.Ordinal), Edges.ToLookup(e => e.Buyer, StringComparer.Ordinal));
    }

    /// <summary>End of an edition or period that still holds: a time every database can store.</summary>
    public static readonly DateTime Open = new(9999, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Beginning of what came with the product, which has always held.</summary>
    public static readonly DateTime Always = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>By code.</summary>
    public IReadOnlyList<LinkEdition> Links { get; }

    /// <summary>Between links that are on the map.</summary>
    public IReadOnlyList<EdgeEdition> Edges { get; }

    /// <summary>悬空: edges one end of which is not on the map. They count for nothing and are shown to whoever keeps the map.</summary>
    public IReadOnlyList<EdgeEdition> Dangling { get; }

    public LinkEdition? Find(string code) => _links.GetValueOrDefault(code);

    public bool Has(string code) => _links.ContainsKey(code);

    /// <summary>What the link is supplied with.</summary>
    public IEnumerable<EdgeEdition> Into(string code) => _byBuyer[code];

    /// <summary>What the link supplies.</summary>
    public IEnumerable<EdgeEdition> OutOf(string code) => _bySupplier[code];
}
