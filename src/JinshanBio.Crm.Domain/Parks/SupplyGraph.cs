using System.Collections.Frozen;

namespace JinshanBio.Crm.Domain.Parks;

/// <summary>供应关系: one link of the chain supplies another.</summary>
public sealed record SupplyEdge(string From, string To);

/// <summary>The supply relations of the chain; cycles are fine, nothing walks further than one step.</summary>
public sealed class SupplyGraph(IEnumerable<SupplyEdge> edges)
{
    private readonly FrozenSet<SupplyEdge> _edges = edges.ToFrozenSet();

    public static readonly SupplyGraph Empty = new([]);

    public bool Supplies(string from, string to) => _edges.Contains(new SupplyEdge(from, to));
}
