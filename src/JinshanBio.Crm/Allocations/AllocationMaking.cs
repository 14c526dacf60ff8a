using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Allocations;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Identity;

namespace JinshanBio.Crm.Allocations;

/// <summary>Reckons a plan of what is on record now and what a scenario takes for granted.</summary>
internal sealed class AllocationMaking(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock)
{
    /// <param name="from">Any day of the first month; this month when left out, and never an earlier one.</param>
    public async Task<AllocationPlan> MakeAsync(string name, DateOnly? from, Guid? basedOn, AllocationScenario scenario, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = ShanghaiTime.Day(now);
        var first = from is { } day && day > today ? day : today;
        first = new DateOnly(first.Year, first.Month, 1);
        var demand = await AllocationDemand.LoadAsync(db, actor, catalogue, first, today, scenario.Weights.LongestWait, cancel);
        var supply = await AllocationSupply.LoadAsync(db, actor, scenario, first, today, cancel);
        var (options, barred) = Judge(demand, supply, cancel);
        var problem = new AllocationProblem(AllocationPlan.Months, [.. demand.Wishes.Select(w => w.Project)],
            [.. supply.Spaces.Select(s => new AllocationSpace(s.Space.Id, s.Space.FreeM2))], options, scenario.Weights, scenario.Pins);
        var result = AllocationSolver.Solve(problem, cancel: cancel);

        var plan = new AllocationPlan(name, first, basedOn, scenario, new AllocationOutcome(result,
            [.. demand.Wishes.Select(w => new PlannedProject(w.Project.Id, w.Project.AreaM2, w.Need.From, w.Project.Output, w.GapLinks, barred.GetValueOrDefault(w.Project.Id, [])))],
            [.. supply.Spaces.Select(s => s.Space)], Fits(result, demand, supply), demand.Unplanned, demand.NotConsidered), now, actor.Id);
        db.AllocationPlans.Add(plan);
        await db.SaveChangesAsync(cancel);
        return plan;
    }

    private (List<AllocationOption> Options, Dictionary<Guid, IReadOnlyList<BarringLimit>> Barred) Judge(AllocationDemand demand, AllocationSupply supply, CancellationToken cancel)
    {
        var (options, barred) = (new List<AllocationOption>(), new Dictionary<Guid, IReadOnlyList<BarringLimit>>());
        foreach (var wish in demand.Wishes)
        {
            cancel.ThrowIfCancellationRequested();
            var (before, failing) = (options.Count, new List<string>());
            foreach (var space in supply.Spaces)
            {
                var answer = Judge(wish, space);
                var limits = Limits(answer).Where(r => r.Verdict == FitVerdict.DoesNotFit).Select(r => r.Key).ToList();
                if (limits.Count == 0) options.Add(new(wish.Project.Id, space.Space.Id, (int)decimal.Round(answer.Score)));
                failing.AddRange(limits);
            }
            if (options.Count == before)
                barred[wish.Project.Id] = [.. failing.CountBy(k => k, StringComparer.Ordinal).OrderByDescending(k => k.Value).ThenBy(k => k.Key, StringComparer.Ordinal).Select(k => new BarringLimit(k.Key, k.Value))];
        }
        return (options, barred);
    }

    private FitAnswer Judge(Wish wish, Supply space) => Fit.Judge(wish.Need, space.Offer, catalogue.Fit, catalogue.Chain);

    /// <summary>Area and day are limits too, and the plan itself reckons with them month by month.</summary>
    private static IEnumerable<FitReason> Limits(FitAnswer answer) => answer.Reasons.Where(r => r.Key is not (FitLimits.Area or FitLimits.From));

    private List<PlacementFit> Fits(AllocationResult result, AllocationDemand demand, AllocationSupply supply)
    {
        var (wishes, spaces) = (demand.Wishes.ToDictionary(w => w.Project.Id), supply.Spaces.ToDictionary(s => s.Space.Id));
        return [.. result.Placements.Select(p =>
        {
            var answer = Judge(wishes[p.ProjectId], spaces[p.SpaceId]);
            return new PlacementFit(p.ProjectId, [.. answer.Points.Select(x => new FitShare(x.Key, x.Points, x.Of))],
                [.. Limits(answer).Where(r => r.Verdict == FitVerdict.Unknown).Select(r => r.Key)]);
        })];
    }
}
