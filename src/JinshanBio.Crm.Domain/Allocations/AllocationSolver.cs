namespace JinshanBio.Crm.Domain.Allocations;

/// <summary>
/// 落位统筹: the plan worth most under the hard limits, with a bound on how much better any could be. Prices of the space (Lagrangian relaxation) give the
/// bound and the first plan, a local search improves it, and where the problem is small enough branch and bound proves the best. The same problem has the same answer.
/// </summary>
public static class AllocationSolver
{
    /// <summary>Beyond so many columns a proof is not tried; a small problem is searched for a shorter while, since the proof comes after it.</summary>
    private const int ProvableColumns = 4_000, LeastRounds = 5_000, RoundsPerColumn = 50;

    public static AllocationResult Solve(AllocationProblem problem, AllocationBudget? budget = null, CancellationToken cancel = default)
    {
        budget ??= new();
        var model = new AllocationModel(problem);
        var search = new AllocationSearch(model, budget.Seed);
        var prices = new AllocationPrices(model);
        prices.Find(budget.PriceRounds, search.Start, cancel);
        if (search.BestValue < prices.Bound) search.Improve(Math.Min(budget.SearchRounds, LeastRounds + (RoundsPerColumn * model.Columns.Count)), prices.Charges, cancel);

        var (columns, value, proved) = (search.Best, search.BestValue, search.BestValue >= prices.Bound);
        if (!proved && budget.ProofSteps > 0 && model.Columns.Count <= ProvableColumns)
        {
            var proof = new AllocationProof(model, prices, budget.ProofSteps);
            proved = proof.Run(columns, value, cancel);
            (columns, value) = (proof.Best, proof.BestValue);
        }
        return new AllocationResult(Placements(model, columns), new AllocationReasons(model, columns).LeftOut(), model.RefusedPins,
            value / 100m, (proved ? value : prices.Bound) / 100m, proved);
    }

    private static List<AllocationPlacement> Placements(AllocationModel model, int[] columns)
    {
        var problem = model.Problem;
        return [.. columns.Index().Where(c => c.Item >= 0).Select(c =>
        {
            var (way, month) = (model.WayOf(c.Item), model.Columns[c.Item].Month);
            var project = problem.Projects[way.Project];
            return new AllocationPlacement(project.Id, problem.Spaces[way.Space].Id, month, project.AreaM2, way.KeepsRoom ? model.Room(project) : 0, way.Fit,
                AllocationTerms.Of(project, way.Fit, month, way.KeepsRoom, problem.Weights), model.IsPinned[way.Project]);
        })];
    }
}
