using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Searching;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>The map with all that was ever said about it, for reading and applying proposed rows one after the other.</summary>
internal sealed class MapState
{
    private readonly Dictionary<string, LinkHistory> _links;
    private readonly Dictionary<EdgeKey, EdgeHistory> _edges;
    private readonly CrmDb _db;

    private MapState(CrmDb db, IEnumerable<LinkEdition> links, IEnumerable<EdgeEdition> edges)
    {
        _db = db;
        _links = links.GroupBy(l => l.Code, StringComparer.Ordinal).ToDictionary(g => g.Key, g => new LinkHistory(g.Key, g), StringComparer.Ordinal);
        _edges = edges.GroupBy(e => e.Key).ToDictionary(g => g.Key, g => new EdgeHistory(g.Key, g));
    }

    /// <summary>Tracked: what is applied is saved with the next save.</summary>
    public static async Task<MapState> LoadAsync(CrmDb db, CancellationToken cancel) => new(db, await db.LinkEditions.ToListAsync(cancel), await db.EdgeEditions.ToListAsync(cancel));

    /// <summary>With no edition for a code that never was.</summary>
    public LinkHistory Link(string code) => _links.GetValueOrDefault(code) ?? new LinkHistory(code, []);

    public EdgeHistory Edge(EdgeKey key) => _edges.GetValueOrDefault(key) ?? new EdgeHistory(key, []);

    public bool IsOnMap(string code) => Link(code).IsOnMap;

    /// <summary>By its code, or by the name that only one link of the map has.</summary>
    public string? FindLink(string said)
    {
        if (_links.ContainsKey(said.Trim().ToUpperInvariant())) return said.Trim().ToUpperInvariant();
        var name = SearchText.Normalise(said);
        var named = _links.Values.Where(h => h.IsOnMap && (SearchText.Normalise(h.Last!.NameZh) == name || SearchText.Normalise(h.Last.NameEn) == name)).Take(2).ToList();
        return named.Count == 1 ? named[0].Code : null;
    }

    /// <returns>The code of the link.</returns>
    public string Apply(LinkRow row, Edit edit)
    {
        var history = Link(row.Code ?? LinkHistory.NextCode(row.Terms!.Field, _links.Keys));
        var next = row.Act switch
        {
            MapAct.Added => history.Add(row.Terms!, edit),
            MapAct.Changed => history.Revise(row.Terms!, edit),
            MapAct.Restored => history.Restore(edit, row.Terms),
            _ => null,
        };
        if (row.Act == MapAct.Removed) history.Retire(edit);
        if (next is not null) _db.LinkEditions.Add(next);
        _links[history.Code] = history;
        return history.Code;
    }

    public void Apply(EdgeRow row, Edit edit)
    {
        var history = Edge(row.Key);
        var next = row.Act switch
        {
            MapAct.Added or MapAct.Restored => history.Add(row.Terms!, edit, IsOnMap),
            MapAct.Changed => history.Revise(row.Terms!, edit),
            _ => null,
        };
        if (row.Act == MapAct.Removed) history.Remove(edit);
        if (next is not null) _db.EdgeEditions.Add(next);
        _edges[history.Key] = history;
    }
}

/// <summary>What a row about a link would do to the map as it is.</summary>
/// <param name="Code">Null for a new link that gets the next free code.</param>
/// <param name="Terms">Null where it is taken off.</param>
internal sealed record LinkRow(MapAct Act, string? Code, int BasedOn, LinkTerms? Terms, IReadOnlyList<TermChange> Changes);

/// <summary>What a row about an edge would do to the map as it is.</summary>
internal sealed record EdgeRow(MapAct Act, EdgeKey Key, int BasedOn, EdgeTerms? Terms, IReadOnlyList<TermChange> Changes)
{
    public string Subject => $"{Key.Supplier} {Key.Buyer} {Key.Kind}";
}
