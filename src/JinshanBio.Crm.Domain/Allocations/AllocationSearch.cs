namespace JinshanBio.Crm.Domain.Allocations;

/// <summary>
/// Looks for a good plan: by the gain that remains after paying for the space, then by taking the places in one or two spaces back and giving them anew
/// with those who are left out (ejection chains of any length), going on from a slightly worse plan now and then. The same seed makes the same plan.
/// </summary>
internal sealed class AllocationSearch
{
    private readonly AllocationModel _model;
    private readonly long[] _free;
    private readonly int[] _place;
    private readonly List<int>[] _wishing;
    private readonly List<int> _order = [];
    private readonly double[] _keys;
    private readonly (int Space, int FirstLimit)[] _pins;
    private readonly int[] _spaceOf, _seenIn;
    private long _value;
    private ulong _random;

    public AllocationSearch(AllocationModel model, ulong seed)
    {
        (_model, _random) = (model, seed | 1);
        _free = [.. model.Limits.Select(l => l.Free)];
        (_place, _keys, _spaceOf, _seenIn) = (new int[model.Projects], new double[model.Projects], new int[model.Projects], new int[model.Projects]);
        Array.Fill(_place, -1);
        Array.Fill(_seenIn, -1);
        Best = [.. _place];
        _wishing = [.. Enumerable.Range(0, model.Problem.Spaces.Count).Select(_ => new List<int>())];
        foreach (var way in model.Ways.Where(w => !w.KeepsRoom || model.Problem.Weights.GrowthPercent <= 0)) _wishing[way.Space].Add(way.Project);
        _pins = new (int, int)[model.Projects];
        foreach (var (project, space, limit) in model.First) _pins[project] = (space, limit);
    }

    /// <summary>Column of each project, or -1.</summary>
    public int[] Best { get; }
    public long BestValue { get; private set; } = -1;

    /// <summary>A plan from nothing, the greatest gain per area first, and then all that still has room.</summary>
    public long Start(double[] charges)
    {
        for (var project = 0; project < _place.Length; project++) Take(project);
        for (var project = 0; project < _place.Length; project++)
        {
            if (!_model.IsPinned[project]) continue;
            var (first, end) = _model.ColumnsOf(project);
            for (var c = first; c < end; c++)
            {
                if (_model.WayOf(c) is { KeepsRoom: false } && _model.Columns[c].FirstLimit == _pins[project].FirstLimit) Give(c);
            }
        }
        for (var project = 0; project < _place.Length; project++) _keys[project] = -Gain(project, charges);
        GiveInOrder(Enumerable.Range(0, _place.Length), charges, 1);
        return Keep();
    }

    public void Improve(int rounds, double[] charges, CancellationToken cancel)
    {
        if (_model.Columns.Count == 0) return;
        Restore();
        var (heat, undo) = (BestValue * 0.002, new List<(int Project, int Column)>());
        for (var round = 0; round < rounds; round++)
        {
            if (round % 256 == 0) cancel.ThrowIfCancellationRequested();
            undo.Clear();
            var touched = Touch();
            _order.Clear();
            foreach (var project in touched.SelectMany(s => _wishing[s]))
            {
                if (_seenIn[project] == round) continue;
                _seenIn[project] = round;
                if (_place[project] >= 0 && !touched.Contains(_spaceOf[project]) && Next(4) != 0) continue;
                _order.Add(project);
                undo.Add((project, _place[project]));
                if (!_model.IsPinned[project]) Take(project);
            }
            var (noise, prices) = (0.2 + Next(100) / 100.0, Next(120) / 100.0);
            foreach (var project in _order) _keys[project] = Key(project, noise);
            GiveInOrder([.. _order], charges, prices);
            Keep();
            if (_value >= BestValue - heat * (1 - (double)round / rounds) * (Next(1000) / 1000.0)) continue;
            foreach (var (project, _) in undo) Take(project);
            foreach (var (_, column) in undo.Where(u => u.Column >= 0)) Give(column);
        }
        // Nobody is left out who still has room.
        Restore();
        foreach (var project in Enumerable.Range(0, _place.Length)) _keys[project] = Key(project, 0);
        GiveInOrder(Enumerable.Range(0, _place.Length), charges, 0);
        Keep();
    }

    /// <summary>One space somebody wishes for, and often a second one that one of them could have as well.</summary>
    private List<int> Touch()
    {
        var way = _model.Ways[Next(_model.Ways.Count)];
        for (var tries = 0; tries < 8 && _place[way.Project] >= 0; tries++) way = _model.Ways[Next(_model.Ways.Count)];
        List<int> touched = [way.Space];
        for (var more = Next(3); more > 0; more--)
        {
            var neighbour = _wishing[way.Space][Next(_wishing[way.Space].Count)];
            var other = _model.Ways[_model.FirstWay[neighbour] + Next(_model.FirstWay[neighbour + 1] - _model.FirstWay[neighbour])].Space;
            if (!touched.Contains(other)) touched.Add(other);
        }
        return touched;
    }

    private double Key(int project, double noise)
    {
        var (first, end) = _model.ColumnsOf(project);
        if (first == end) return 0;
        var density = Math.Log(_model.Columns[first].Value + 1.0) - (Next(2) == 0 ? 1 : 0.5) * Math.Log(_model.WayOf(first).Use + 1.0);
        return -(density + noise * Next(1000) / 1000.0);
    }

    private double Gain(int project, double[] charges)
    {
        var (first, end) = _model.ColumnsOf(project);
        var most = double.MinValue;
        for (var c = first; c < end; c++) most = Math.Max(most, (_model.Columns[c].Value - charges[c]) / _model.WayOf(c).Use);
        return most;
    }

    /// <summary>Pinned projects first, one after the other: each finds at least the room it had.</summary>
    private void GiveInOrder(IEnumerable<int> projects, double[] charges, double prices)
    {
        foreach (var project in projects.OrderBy(p => _model.IsPinned[p] ? 0 : 1).ThenBy(p => _keys[p]).ThenBy(p => p))
        {
            if (_place[project] >= 0 && !_model.IsPinned[project]) continue;
            Take(project);
            var (most, best) = (double.MinValue, -1);
            for (var w = _model.FirstWay[project]; w < _model.FirstWay[project + 1]; w++)
            {
                var way = _model.Ways[w];
                var (limit, hasRoom) = (way.LimitsEnd, true);
                for (var c = way.ColumnsEnd - 1; c >= way.FirstColumn && hasRoom; c--)
                {
                    for (; limit > _model.Columns[c].FirstLimit && hasRoom;) hasRoom = _free[--limit] >= way.Use;
                    var gain = _model.Columns[c].Value - prices * charges[c];
                    if (hasRoom && gain > most) (most, best) = (gain, c);
                }
            }
            if (best >= 0) Give(best);
        }
    }

    private long Keep()
    {
        if (_value > BestValue)
        {
            BestValue = _value;
            _place.CopyTo(Best, 0);
        }
        return BestValue;
    }

    private void Restore()
    {
        for (var project = 0; project < _place.Length; project++) Take(project);
        foreach (var column in Best.Where(c => c >= 0)) Give(column);
    }

    private void Give(int column)
    {
        var way = _model.WayOf(column);
        for (var l = _model.Columns[column].FirstLimit; l < way.LimitsEnd; l++) _free[l] -= way.Use;
        (_place[way.Project], _spaceOf[way.Project]) = (column, way.Space);
        _value += _model.Columns[column].Value;
    }

    private void Take(int project)
    {
        if (_place[project] is not (>= 0 and var column)) return;
        var way = _model.WayOf(column);
        for (var l = _model.Columns[column].FirstLimit; l < way.LimitsEnd; l++) _free[l] += way.Use;
        _value -= _model.Columns[column].Value;
        _place[project] = -1;
    }

    /// <summary>xorshift64*: the same numbers on every platform and in every version.</summary>
    private int Next(int below)
    {
        _random ^= _random >> 12;
        _random ^= _random << 25;
        _random ^= _random >> 27;
        return (int)(((_random * 2685821657736338717UL) >> 33) % (ulong)below);
    }
}
