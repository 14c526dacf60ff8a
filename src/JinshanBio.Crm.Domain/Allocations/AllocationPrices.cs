namespace JinshanBio.Crm.Domain.Allocations;

/// <summary>
/// 空间影子价: the limits are given up and paid for instead (Lagrangian relaxation), so that every project chooses for itself. Whatever the prices, what the
/// projects then gain and the space earns together is worth at least as much as any plan: the least of it is the bound. Beside the area itself each
/// limit has a price for "more than half of it", "thirds" and "quarters" (dual feasible functions): of two projects that each take more than
/// half, only one has room, which area alone does not say.
/// </summary>
internal sealed class AllocationPrices
{
    public const int Kinds = 4;
    private readonly AllocationModel _model;
    private readonly int[] _firstShare;
    private readonly double[] _shares;

    /// <summary>By limit and kind, hundredths of a point for the whole of it.</summary>
    private double[] _prices;

    public AllocationPrices(AllocationModel model)
    {
        _model = model;
        _prices = new double[model.Limits.Count * Kinds];
        _firstShare = new int[model.Ways.Count + 1];
        var shares = new List<double>();
        for (var w = 0; w < model.Ways.Count; w++)
        {
            _firstShare[w] = shares.Count;
            var way = model.Ways[w];
            for (var l = FirstLimit(way); l < way.LimitsEnd; l++) AddShares(shares, way.Use, model.Limits[l].Free);
        }
        (_firstShare[model.Ways.Count], _shares) = (shares.Count, [.. shares]);
        Charges = new double[model.Columns.Count];
    }

    /// <summary>No plan is worth more, hundredths of a point.</summary>
    public long Bound { get; private set; } = long.MaxValue;

    /// <summary>What each column pays for its space at the best prices.</summary>
    public double[] Charges { get; }

    /// <summary>Looks for the prices with the least bound; <paramref name="tryPlan"/> makes a plan of the present charges and answers with the best value so far.</summary>
    public void Find(int rounds, Func<double[], long> tryPlan, CancellationToken cancel)
    {
        var (best, bestPrices, step, since) = (double.MaxValue, _prices, 1.0, 0);
        var (slope, charges) = (new double[_prices.Length], new double[_model.Columns.Count]);
        var reached = tryPlan(charges);
        for (var round = 0; round < rounds; round++)
        {
            cancel.ThrowIfCancellationRequested();
            var (bound, chosen) = Relax(charges);
            if (bound < best - Math.Max(1, best * 1e-6)) since = 0;
            else if (++since == 15) (step, since) = (step * 0.6, 0);
            if (bound < best) (best, bestPrices) = (bound, (double[])_prices.Clone());
            if (round % 20 == 19) reached = tryPlan(charges);
            if (best < reached + 1 || step < 1e-4) break;

            Array.Fill(slope, 1);
            foreach (var column in chosen) Use(slope, column, -1);
            double norm = 0;
            for (var i = 0; i < slope.Length; i++)
            {
                if (slope[i] > 0 && _prices[i] <= 0) slope[i] = 0;
                norm += slope[i] * slope[i];
            }
            if (norm < 1e-12) break;
            var length = step * (bound - reached) / norm;
            _prices = [.. _prices];
            for (var i = 0; i < slope.Length; i++) _prices[i] = Math.Max(0, _prices[i] - length * slope[i]);
        }
        _prices = bestPrices;
        // Values are whole hundredths, so the bound is too; the sum of doubles is exact to far less than a hundredth of one.
        Bound = (long)Math.Floor(Relax(Charges).Bound + 0.01);
    }

    /// <summary>Each project takes what gains it most after paying; fills in what every column pays.</summary>
    private (double Bound, List<int> Chosen) Relax(double[] charges)
    {
        var (bound, chosen) = (_prices.Sum(), new List<int>(_model.Projects));
        for (var project = 0; project < _model.Projects; project++)
        {
            var (most, column) = (_model.IsPinned[project] ? double.MinValue : 0, -1);
            for (var w = _model.FirstWay[project]; w < _model.FirstWay[project + 1]; w++)
            {
                var way = _model.Ways[w];
                var (charge, limit, share) = (0.0, way.LimitsEnd, _firstShare[w + 1]);
                for (var c = way.ColumnsEnd - 1; c >= way.FirstColumn; c--)
                {
                    for (; limit > _model.Columns[c].FirstLimit;)
                    {
                        limit--;
                        for (var k = Kinds - 1; k >= 0; k--) charge += _prices[limit * Kinds + k] * _shares[--share];
                    }
                    charges[c] = charge;
                    if (_model.Columns[c].Value - charge > most) (most, column) = (_model.Columns[c].Value - charge, c);
                }
            }
            if (column < 0) continue;
            bound += most;
            chosen.Add(column);
        }
        return (bound, chosen);
    }

    /// <summary>Adds to each limit, or takes from it, the shares that the column uses.</summary>
    public void Use(double[] sums, int column, int sign)
    {
        var (w, from) = (_model.Columns[column].Way, _model.Columns[column].FirstLimit);
        var way = _model.Ways[w];
        var share = _firstShare[w] + (from - FirstLimit(way)) * Kinds;
        for (var i = from * Kinds; i < way.LimitsEnd * Kinds; i++) sums[i] += sign * _shares[share++];
    }

    /// <summary>What the free rest of all limits is still priced at.</summary>
    public double Rest(double[] free)
    {
        double rest = 0;
        for (var i = 0; i < free.Length; i++) rest += free[i] * _prices[i];
        return rest;
    }

    private int FirstLimit(AllocationModel.Way way) => _model.Columns[way.FirstColumn].FirstLimit;

    private static void AddShares(List<double> shares, long use, long free)
    {
        shares.Add((double)use / free);
        for (var k = 1; k < Kinds; k++)
            shares.Add((k + 1) * use % free == 0 ? (double)use / free : (double)((k + 1) * use / free) / k);
    }
}
