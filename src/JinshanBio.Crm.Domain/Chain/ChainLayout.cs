namespace JinshanBio.Crm.Domain.Chain;

/// <summary>
/// 图谱布局: where the links of a map stand so that their supply relations cross as little as may be. A layered drawing (Sugiyama, Tagawa, Toda 1981): the tier gives
/// the columns, long edges are led through the columns between by bends, the order within a column comes from barycentre sweeps with exchanges of neighbours, and the
/// best order seen is kept. Pure, and the same input has the same drawing.
/// </summary>
public sealed class ChainLayout
{
    private ChainLayout(IReadOnlyList<IReadOnlyList<LayoutItem>> columns, IReadOnlyList<int> columnsOfGroup, IReadOnlyList<IReadOnlyList<LayoutItem>> routes, int before, int after)
        => (Columns, ColumnsOfGroup, Routes, CrossingsBefore, Crossings) = (columns, columnsOfGroup, routes, before, after);

    /// <summary>From left to right, each from top to bottom.</summary>
    public IReadOnlyList<IReadOnlyList<LayoutItem>> Columns { get; }

    /// <summary>How many columns each group takes.</summary>
    public IReadOnlyList<int> ColumnsOfGroup { get; }

    /// <summary>For each edge, in the order they were given, where it passes from its left to its right end; two items of one column for an edge within it.</summary>
    public IReadOnlyList<IReadOnlyList<LayoutItem>> Routes { get; }

    /// <summary>Crossings with the nodes in the order in which they were given.</summary>
    public int CrossingsBefore { get; }
    public int Crossings { get; }

    /// <param name="rows">For each group the most nodes of a band that stand in one of its columns.</param>
    /// <param name="bends">Whether edges are led around the nodes between their ends; without, they run straight behind them.</param>
    /// <param name="edges">Between the nodes; one from a node to itself is left out.</param>
    public static ChainLayout Of(IReadOnlyList<LayoutNode> nodes, IReadOnlyList<LayoutEdge> edges, IReadOnlyList<int> rows, bool bends)
    {
        var items = new Dictionary<string, LayoutItem>(StringComparer.Ordinal);
        var columns = new List<List<LayoutItem>>();
        var widths = new int[rows.Count];
        for (var group = 0; group < rows.Count; group++)
        {
            var bands = nodes.Where(n => n.Group == group).GroupBy(n => n.Band).OrderBy(b => b.Key).Select(b => b.ToList()).ToList();
            widths[group] = bands.Select(b => (b.Count + rows[group] - 1) / rows[group]).DefaultIfEmpty().Max();
            var first = columns.Count;
            columns.AddRange(Enumerable.Range(0, widths[group]).Select(_ => new List<LayoutItem>()));
            foreach (var band in bands)
                foreach (var (node, column) in Spread(band, edges, widths[group]))
                    columns[first + column].Add(items[node.Code] = new LayoutItem(node.Code, first + column, node.Band));
        }
        foreach (var column in columns) column.Sort((a, b) => a.Band != b.Band ? a.Band.CompareTo(b.Band) : Given(nodes, a).CompareTo(Given(nodes, b)));

        var order = new LayoutOrder(columns);
        var routes = edges.Where(e => e.From != e.To).Select(e => order.Add(items[e.From], items[e.To], bends)).ToList();
        order.Begin();
        var before = order.Crossings();
        var after = order.Improve();
        return new ChainLayout(columns, widths, routes, before, after);
    }

    // Each node one column after its suppliers of the same group, as far as there is room; from a cycle the node that waits for least goes first.
    private static IEnumerable<(LayoutNode Node, int Column)> Spread(List<LayoutNode> band, IReadOnlyList<LayoutEdge> edges, int columns)
    {
        var waiting = band.ToList();
        var into = edges.Where(e => e.From != e.To).ToLookup(e => e.To, e => e.From, StringComparer.Ordinal);
        var column = new Dictionary<string, int>(StringComparer.Ordinal);
        var room = Enumerable.Range(0, columns).Select(c => (band.Count + columns - 1 - c) / columns).ToArray();
        while (waiting.Count > 0)
        {
            var next = waiting.MinBy(n => into[n.Code].Count(s => waiting.Exists(w => w.Code == s)))!;
            waiting.Remove(next);
            var wanted = into[next.Code].Where(column.ContainsKey).Select(s => column[s] + 1).DefaultIfEmpty().Max();
            var place = Enumerable.Range(0, columns).Where(c => room[c] > 0).MinBy(c => c >= wanted ? c - wanted : columns + wanted - c);
            room[place]--;
            column[next.Code] = place;
            yield return (next, place);
        }
    }

    private static int Given(IReadOnlyList<LayoutNode> nodes, LayoutItem item) => nodes.Index().First(n => n.Item.Code == item.Code).Index;
}

/// <param name="Group">0 is leftmost.</param>
/// <param name="Band">Nodes of a band stand together in every column, the bands one above the other.</param>
public sealed record LayoutNode(string Code, int Group, int Band = 0);

public sealed record LayoutEdge(string From, string To);

/// <summary>A node in its column, or with no code the place where an edge passes through it.</summary>
public sealed class LayoutItem(string? code, int column, int band)
{
    public string? Code { get; } = code;
    public int Column { get; } = column;
    public int Band { get; } = band;

    /// <summary>In rows from the top; short columns are centred within their band.</summary>
    public double Y { get; internal set; }
    internal List<LayoutSegment> Segments { get; } = [];
}

/// <summary>A stretch of an edge, from left to right, or within one column.</summary>
internal sealed record LayoutSegment(LayoutItem Left, LayoutItem Right);
