using System.Collections.Concurrent;
using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Domain.Chain;

namespace JinshanBio.Crm.Web.Pages.Chain;

/// <summary>
/// 图谱的画法: the map of a field, with the suppliers from other fields in a slim column of their own, or of all fields in bands. Where things stand, in the units of
/// the drawing; how they look is the stylesheet's.
/// </summary>
internal sealed class ChainPicture
{
    private const int Head = 30, TierGap = 46;
    private static readonly ConcurrentDictionary<string, ChainLayout> Known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Box> _boxes = new(StringComparer.Ordinal);
    private readonly Dictionary<LayoutItem, Box> _places = [];
    private readonly ChainMapReport _report;
    private readonly string? _selected;

    public ChainPicture(ChainMapReport report, IReadOnlyList<string> fields, string? selected)
    {
        (_report, _selected, IsWhole) = (report, selected, report.Field is null);
        var own = report.Links.Where(l => !l.IsGuest).ToList();
        var nodes = own.Select(l => new LayoutNode(l.Code, (int)l.Tier, IsWhole ? fields.Index().First(f => f.Item == l.Field).Index : 0)).ToList();
        var codes = own.Select(l => l.Code).ToHashSet(StringComparer.Ordinal);
        var edges = report.Edges.Where(e => codes.Contains(e.Supplier) && codes.Contains(e.Buyer) && e.Supplier != e.Buyer).ToList();
        Layout = Drawn(nodes, [.. edges.Select(e => new LayoutEdge(e.Supplier, e.Buyer))]);

        Shape = IsWhole ? new(150, 46, 20, 6) : new(168, 80, 52, 14);
        var left = Guests(report.Links.Where(l => l.IsGuest).ToList());
        Columns(left);
        foreach (var (code, box) in Layout.Columns.SelectMany(c => c).Where(i => i.Code is not null).Select(i => (i.Code!, _places[i]))) _boxes[code] = box;
        Nodes = [.. report.Links.Select(l => new ChainNode(l, _boxes[l.Code], Stand(l.Code)))];
        Height = Math.Ceiling(_boxes.Values.Select(b => b.Y + b.H).DefaultIfEmpty(100).Max() + 8);
        Width = _boxes.Values.Select(b => b.X + b.W).DefaultIfEmpty(600).Max() + 14;
        Lines = [.. Ported(edges).Concat(GuestLines(codes)).OrderBy(l => l.Stand)];
    }

    public bool IsWhole { get; }
    public ChainLayout Layout { get; }
    public NodeShape Shape { get; }
    public double Width { get; }
    public double Height { get; }
    public IReadOnlyList<ChainNode> Nodes { get; }

    /// <summary>Those of the selected link last, so that they lie above the others.</summary>
    public IReadOnlyList<ChainLine> Lines { get; }
    public IReadOnlyList<(int Tier, double X, double W)> Tiers { get; private set; } = [];
    public IReadOnlyList<(int Band, double Y, double H)> Bands { get; private set; } = [];

    // The same map has the same layout, and finding it takes longer than drawing it.
    private ChainLayout Drawn(List<LayoutNode> nodes, List<LayoutEdge> edges)
    {
        var key = string.Join(';', nodes.Select(n => $"{n.Code},{n.Group},{n.Band}")) + '|' + string.Join(';', edges.Select(e => $"{e.From},{e.To}"));
        if (Known.Count > 60) Known.Clear();
        return Known.GetOrAdd(key, _ => ChainLayout.Of(nodes, edges, IsWhole ? [4, 4, 4] : [5, 5, 5], bends: !IsWhole));
    }

    private double Guests(List<ChainMapLink> guests)
    {
        foreach (var (index, guest) in guests.Index()) _boxes[guest.Code] = new Box(0, Head + index * 40, 160, 34);
        return guests.Count == 0 ? 0 : 160 + TierGap;
    }

    private void Columns(double left)
    {
        var (x, column, tiers) = (left, 0, new List<(int, double, double)>());
        foreach (var (tier, count) in Layout.ColumnsOfGroup.Index().Where(g => g.Item > 0))
        {
            var from = x;
            for (var i = 0; i < count; i++, column++)
            {
                foreach (var item in Layout.Columns[column]) _places[item] = new Box(x, 0, Shape.W, item.Code is null ? 2 : Shape.H);
                x += Shape.W + Shape.GapX;
            }
            tiers.Add((tier, from, x - Shape.GapX - from));
            x += Math.Max(0, TierGap - Shape.GapX);
        }
        Tiers = tiers;
        if (IsWhole) Rows();
        else Relax();
    }

    // Bands on a grid: the row of each node is that of the layout.
    private void Rows()
    {
        var items = Layout.Columns.SelectMany(c => c).ToList();
        var (top, bands) = ((double)Head, new List<(int, double, double)>());
        foreach (var band in items.Select(i => i.Band).Distinct().Order())
        {
            var rows = Layout.Columns.Max(c => c.Count(i => i.Band == band));
            foreach (var column in Layout.Columns)
                foreach (var (index, item) in column.Where(i => i.Band == band).Index())
                    _places[item] = _places[item] with { Y = top + 26 + ((rows - column.Count(i => i.Band == band)) / 2.0 + index) * (Shape.H + Shape.GapY) };
            var height = 26 + rows * (Shape.H + Shape.GapY) + 4;
            bands.Add((band, top, height));
            top += height + 10;
        }
        Bands = bands;
    }

    // Each node towards the mean of its neighbours, as far as the order and the distances within its column allow (isotonic regression by pooling neighbours).
    private void Relax()
    {
        var near = Layout.Routes.SelectMany(r => r.Zip(r.Skip(1))).Where(s => s.First.Column != s.Second.Column).SelectMany(s => new[] { (s.First, s.Second), (First: s.Second, Second: s.First) }).ToLookup(s => s.First, s => s.Second);
        var middle = Layout.Columns.SelectMany(c => c).ToDictionary(i => i, i => i.Y * (Shape.H + Shape.GapY) * 0.7);
        for (var round = 0; round < 24; round++)
        {
            foreach (var column in round % 2 == 0 ? Layout.Columns : Layout.Columns.Reverse())
            {
                var pools = new List<(double Sum, int Count, int From)>();
                var offsets = new double[column.Count];
                for (var i = 0; i < column.Count; i++)
                {
                    if (i > 0) offsets[i] = offsets[i - 1] + (_places[column[i - 1]].H + _places[column[i]].H) / 2 + (column[i].Code is null && column[i - 1].Code is null ? 12 : Shape.GapY);
                    pools.Add((near[column[i]].Select(n => middle[n]).DefaultIfEmpty(middle[column[i]]).Average() - offsets[i], 1, i));
                    while (pools.Count > 1 && pools[^2].Sum / pools[^2].Count > pools[^1].Sum / pools[^1].Count)
                    {
                        pools[^2] = (pools[^2].Sum + pools[^1].Sum, pools[^2].Count + pools[^1].Count, pools[^2].From);
                        pools.RemoveAt(pools.Count - 1);
                    }
                }
                foreach (var pool in pools)
                    for (var i = pool.From; i < pool.From + pool.Count; i++) middle[column[i]] = pool.Sum / pool.Count + offsets[i];
            }
        }
        var top = middle.Min(m => m.Value - _places[m.Key].H / 2);
        foreach (var (item, y) in middle) _places[item] = _places[item] with { Y = Head + y - top - _places[item].H / 2 };
    }

    // Edges leave and enter a node one below the other, in the order of where they go.
    private IEnumerable<ChainLine> Ported(List<ChainMapEdge> edges)
    {
        var ends = new List<(Box Box, bool IsRight, double To, int Edge, bool IsFirst)>();
        foreach (var (index, route) in Layout.Routes.Index())
        {
            ends.Add((_places[route[0]], true, _places[route[1]].Middle, index, true));
            ends.Add((_places[route[^1]], route[0].Column == route[^1].Column, _places[route[^2]].Middle, index, false));
        }
        var ports = new Dictionary<(int, bool), double>();
        foreach (var side in ends.GroupBy(e => (e.Box, e.IsRight)))
        {
            var sorted = side.OrderBy(e => e.To).ThenBy(e => e.Edge).ToList();
            var step = Math.Min(10, (side.Key.Box.H - 16) / Math.Max(1, sorted.Count - 1));
            foreach (var (place, end) in sorted.Index()) ports[(end.Edge, end.IsFirst)] = end.Box.Middle + (place - (sorted.Count - 1) / 2.0) * step;
        }
        foreach (var (index, edge) in edges.Index())
        {
            var route = Layout.Routes[index];
            var (first, last) = (_places[route[0]], _places[route[^1]]);
            var isArc = route[0].Column == route[^1].Column;
            List<(double X, double Y)> points = [(first.X + first.W, ports[(index, true)])];
            foreach (var bend in route.Skip(1).SkipLast(1).Select(b => _places[b])) points.AddRange([(bend.X, bend.Middle), (bend.X + bend.W, bend.Middle)]);
            points.Add((isArc ? last.X + last.W : last.X, ports[(index, false)]));
            if (route[0].Code != edge.Supplier) points.Reverse();
            yield return Line(edge, points, isArc);
        }
    }

    // From other fields only what concerns the selected link: the slim column says the rest.
    private IEnumerable<ChainLine> GuestLines(HashSet<string> own) => _report.Edges.Where(e => _selected is not null && (e.Supplier == _selected || e.Buyer == _selected) && !own.Contains(e.Supplier) && own.Contains(e.Buyer))
        .Select(e => Line(e, [(_boxes[e.Supplier].X + _boxes[e.Supplier].W, _boxes[e.Supplier].Middle), (_boxes[e.Buyer].X, _boxes[e.Buyer].Middle)], false));

    private ChainLine Line(ChainMapEdge edge, List<(double X, double Y)> points, bool isArc)
    {
        var path = $"M{N(points[0].X)} {N(points[0].Y)}";
        foreach (var (a, b) in points.Zip(points.Skip(1)))
        {
            var pull = isArc ? Shape.GapX * 0.75 : (b.X - a.X) / 2;
            path += a.Y == b.Y && !isArc ? $"H{N(b.X)}" : $"C{N(a.X + pull)} {N(a.Y)} {N(isArc ? b.X + pull : b.X - pull)} {N(b.Y)} {N(b.X)} {N(b.Y)}";
        }
        return new ChainLine(edge, path, _selected is null ? ChainStand.Plain : edge.Supplier == _selected || edge.Buyer == _selected ? ChainStand.Near : ChainStand.Far);
    }

    private ChainStand Stand(string code) => _selected is null ? ChainStand.Plain : code == _selected ? ChainStand.Selected
        : _report.Edges.Any(e => (e.Supplier == _selected && e.Buyer == code) || (e.Buyer == _selected && e.Supplier == code)) ? ChainStand.Near : ChainStand.Far;

    public static string N(double value) => value.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture);
}

internal sealed record Box(double X, double Y, double W, double H)
{
    public double Middle => Y + H / 2;
}

/// <summary>Size of a node, and what is left free between two.</summary>
internal sealed record NodeShape(double W, double H, double GapX, double GapY);

internal sealed record ChainNode(ChainMapLink Link, Box Box, ChainStand Stand);

internal sealed record ChainLine(ChainMapEdge Edge, string Path, ChainStand Stand);

/// <summary>How something stands to the selected link.</summary>
internal enum ChainStand
{
    Far,
    Plain,
    Near,
    Selected,
}
