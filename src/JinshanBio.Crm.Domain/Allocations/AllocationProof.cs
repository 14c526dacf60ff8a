namespace JinshanBio.Crm.Domain.Allocations;

/// <summary>
/// Tries every plan that the prices do not already rule out (branch and bound), for problems small enough. Finishing proves the best plan;
/// running out of steps leaves what was found so far.
/// </summary>
internal sealed class AllocationProof(AllocationModel model, AllocationPrices prices, long steps)
{
    private readonly long[] _free = [.. model.Limits.Select(l => l.Free)];
    private readonly double[] _shares = [.. Enumerable.Repeat(1.0, model.Limits.Count * AllocationPrices.Kinds)];
    private readonly int[] _order = [.. Enumerable.Range(0, model.Projects).Where(p => model.ColumnsOf(p) is var (first, end) && first < end)
        .OrderByDescending(p => model.IsPinned[p]).ThenByDescending(p => model.Columns[model.ColumnsOf(p).First].Value).ThenBy(p => p)];
    private readonly int[] _place = [.. Enumerable.Repeat(-1, model.Projects)];
    private long _steps = steps;

    public int[] Best { get; private set; } = [];
    public long BestValue { get; private set; }

    /// <summary>True when nothing better than <see cref="Best"/> is left.</summary>
    public bool Run(int[] best, long value, CancellationToken cancel)
    {
        (Best, BestValue) = (best, value);
        Branch(0, 0, cancel);
        return _steps >= 0;
    }

    private void Branch(int depth, long value, CancellationToken cancel)
    {
        if (value > BestValue && _order.Skip(depth).All(p => !model.IsPinned[p])) (Best, BestValue) = ([.. _place], value);
        if (depth == _order.Length || Hope(depth, value) <= BestValue || _steps < 0) return;
        cancel.ThrowIfCancellationRequested();
        var project = _order[depth];
        var (first, end) = model.ColumnsOf(project);
        foreach (var column in Enumerable.Range(first, end - first).Where(Fits).OrderByDescending(c => model.Columns[c].Value - prices.Charges[c]).ThenBy(c => c).ToList())
        {
            Put(column, 1);
            Branch(depth + 1, value + model.Columns[column].Value, cancel);
            Put(column, -1);
        }
        if (!model.IsPinned[project]) Branch(depth + 1, value, cancel);
    }

    /// <summary>What the rest could still bring at most, at the prices found.</summary>
    private long Hope(int depth, long value)
    {
        var hope = value + prices.Rest(_shares);
        for (var i = depth; i < _order.Length; i++)
        {
            var (first, end) = model.ColumnsOf(_order[i]);
            var most = model.IsPinned[_order[i]] ? double.MinValue : 0;
            for (var c = first; c < end; c++)
            {
                if (model.Columns[c].Value - prices.Charges[c] > most && Fits(c)) most = model.Columns[c].Value - prices.Charges[c];
            }
            if (most == double.MinValue) return long.MinValue;
            hope += most;
            _steps -= end - first;
        }
        return (long)Math.Floor(hope + 0.01);
    }

    private bool Fits(int column)
    {
        var way = model.WayOf(column);
        for (var l = model.Columns[column].FirstLimit; l < way.LimitsEnd; l++)
        {
            if (_free[l] < way.Use) return false;
        }
        return true;
    }

    private void Put(int column, int sign)
    {
        var way = model.WayOf(column);
        for (var l = model.Columns[column].FirstLimit; l < way.LimitsEnd; l++) _free[l] -= sign * way.Use;
        prices.Use(_shares, column, -sign);
        _place[way.Project] = sign > 0 ? column : -1;
    }
}
