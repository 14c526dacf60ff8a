namespace JinshanBio.Crm.Domain.Chain;

/// <summary>The order within the columns of a drawing, and the search for one with few crossings. See <see cref="ChainLayout"/>.</summary>
internal sealed class LayoutOrder(List<List<LayoutItem>> columns)
{
    private const int Sweeps = 12;
    private readonly List<LayoutSegment> _segments = [];
    private readonly Dictionary<LayoutItem, (LayoutItem Left, LayoutItem Right)> _bends = [];

    /// <summary>Adds an edge, with a bend in each column between its ends where wanted.</summary>
    public IReadOnlyList<LayoutItem> Add(LayoutItem from, LayoutItem to, bool bends)
    {
        var (left, right) = from.Column <= to.Column ? (from, to) : (to, from);
        List<LayoutItem> route = [left];
        for (var column = left.Column + 1; bends && column < right.Column; column++)
        {
            var bend = new LayoutItem(null, column, left.Band);
            columns[column].Add(bend);
            _bends[bend] = (left, right);
            route.Add(bend);
        }
        route.Add(right);
        foreach (var (a, b) in route.Zip(route.Skip(1)))
        {
            var segment = new LayoutSegment(a, b);
            _segments.Add(segment);
            a.Segments.Add(segment);
            b.Segments.Add(segment);
        }
        return route;
    }

    /// <summary>Nodes as they were given, bends where a straight line would pass.</summary>
    public void Begin()
    {
        foreach (var column in columns) Place([.. column.Where(i => i.Code is not null)]);
        foreach (var (bend, (left, right)) in _bends) bend.Y = left.Y + (right.Y - left.Y) * (bend.Column - left.Column) / (right.Column - left.Column);
        foreach (var column in columns)
        {
            var sorted = column.Select((Item, Index) => (Item, Index)).OrderBy(i => i.Item.Band).ThenBy(i => i.Item.Y).ThenBy(i => i.Index).Select(i => i.Item).ToList();
            column.Clear();
            column.AddRange(sorted);
        }
        Place();
    }

    /// <summary>Sweeps to and fro and keeps the best order seen.</summary>
    /// <returns>Its crossings.</returns>
    public int Improve()
    {
        var (best, order) = (Crossings(), columns.Select(c => c.ToList()).ToList());
        for (var sweep = 0; sweep < Sweeps && best > 0; sweep++)
        {
            var forward = sweep % 2 == 0;
            foreach (var column in forward ? columns : columns.AsEnumerable().Reverse())
            {
                var wanted = column.ToDictionary(i => i, i => Mean(i, s => forward ? s.Left.Column < i.Column ? s.Left.Y : null : s.Right.Column > i.Column ? s.Right.Y : null) ?? i.Y);
                var sorted = column.Select((Item, Index) => (Item, Index)).OrderBy(i => i.Item.Band).ThenBy(i => wanted[i.Item]).ThenBy(i => i.Index).Select(i => i.Item).ToList();
                column.Clear();
                column.AddRange(sorted);
                Place(column);
            }
            while (Exchange()) { }
            if (Crossings() is var found && found < best) (best, order) = (found, columns.Select(c => c.ToList()).ToList());
        }
        foreach (var (column, kept) in columns.Zip(order))
        {
            column.Clear();
            column.AddRange(kept);
        }
        Place();
        return best;
    }

    public int Crossings() => _segments.Index().Sum(s => _segments.Skip(s.Index + 1).Count(t => Cross(s.Item, t)));

    // One pass over all neighbours that would cross less the other way round.
    private bool Exchange()
    {
        var better = false;
        foreach (var column in columns)
        {
            for (var i = 0; i + 1 < column.Count; i++)
            {
                var (upper, lower) = (column[i], column[i + 1]);
                if (upper.Band != lower.Band) continue;
                var before = CrossingsOf(upper, lower);
                (upper.Y, lower.Y) = (lower.Y, upper.Y);
                if (CrossingsOf(upper, lower) < before) (column[i], column[i + 1], better) = (lower, upper, true);
                else (upper.Y, lower.Y) = (lower.Y, upper.Y);
            }
        }
        return better;
    }

    private int CrossingsOf(LayoutItem a, LayoutItem b)
    {
        var count = 0;
        foreach (var s in _segments)
        {
            var mine = Touches(s, a, b);
            foreach (var t in a.Segments) if ((!mine || !ReferenceEquals(s, t)) && Cross(s, t)) count += mine ? 1 : 2;
            foreach (var t in b.Segments) if ((!mine || !ReferenceEquals(s, t)) && Cross(s, t)) count += mine ? 1 : 2;
        }
        return count;
    }

    private static bool Touches(LayoutSegment s, LayoutItem a, LayoutItem b) => ReferenceEquals(s.Left, a) || ReferenceEquals(s.Left, b) || ReferenceEquals(s.Right, a) || ReferenceEquals(s.Right, b);

    // An edge within a column is an arc at its right side; all others are straight.
    private static bool Cross(LayoutSegment s, LayoutSegment t)
    {
        var (a, b, c, d) = (s.Left, s.Right, t.Left, t.Right);
        if (ReferenceEquals(a, c) || ReferenceEquals(a, d) || ReferenceEquals(b, c) || ReferenceEquals(b, d)) return false;
        if (b.Column < c.Column || d.Column < a.Column) return false;
        if (a.Column == b.Column && c.Column == d.Column) return a.Column == c.Column && Within(c.Y, a, b) != Within(d.Y, a, b);
        if (a.Column == b.Column) return c.Column == a.Column && Within(c.Y, a, b);
        if (c.Column == d.Column) return a.Column == c.Column && Within(a.Y, c, d);
        return Side(a, b, c) * Side(a, b, d) < 0 && Side(c, d, a) * Side(c, d, b) < 0;
    }

    private static bool Within(double y, LayoutItem a, LayoutItem b) => y > Math.Min(a.Y, b.Y) && y < Math.Max(a.Y, b.Y);

    private static double Side(LayoutItem a, LayoutItem b, LayoutItem p) => (b.Column - a.Column) * (p.Y - a.Y) - (b.Y - a.Y) * (p.Column - a.Column);

    private static double? Mean(LayoutItem item, Func<LayoutSegment, double?> of) => item.Segments.Where(s => s.Left.Column != s.Right.Column).Average(of);

    private void Place()
    {
        foreach (var column in columns) Place(column);
    }

    private void Place(List<LayoutItem> column)
    {
        var top = 0.0;
        foreach (var band in columns.SelectMany(c => c).Select(i => i.Band).Distinct().Order().ToList())
        {
            var height = columns.Max(c => c.Count(i => i.Band == band));
            var mine = column.Where(i => i.Band == band).ToList();
            foreach (var (index, item) in mine.Index()) item.Y = top + (height - mine.Count) / 2.0 + index;
            top += height;
        }
    }
}
