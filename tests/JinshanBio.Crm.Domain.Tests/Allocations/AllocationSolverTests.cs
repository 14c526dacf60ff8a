using JinshanBio.Crm.Domain.Allocations;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Allocations;

public sealed class AllocationSolverTests
{
    private static readonly AllocationBudget WithoutProof = new(ProofSteps: 0);

    [Fact]
    public void On_districts_small_enough_to_try_every_plan_the_plan_is_the_best_and_says_so()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var problem = SmallDistrict.Of(seed);
            var plan = AllocationSolver.Solve(problem);
            Assert.Empty(SmallDistrict.Faults(problem, plan));
            var optimum = SmallDistrict.Optimum(problem);
            Assert.True(plan.Value == optimum && plan.Bound == optimum && plan.IsProved, $"seed {seed}: {plan.Value} of {optimum}, bound {plan.Bound}");
        }
    }

    [Fact]
    public void Without_the_proof_the_bound_is_never_below_the_best_plan_and_the_plan_reaches_nearly_all_of_it()
    {
        var (reached, loosest, best) = (1m, 0m, 0);
        for (var seed = 1; seed <= 200; seed++)
        {
            var problem = SmallDistrict.Of(seed);
            var (plan, optimum) = (AllocationSolver.Solve(problem, WithoutProof), SmallDistrict.Optimum(problem));
            Assert.Empty(SmallDistrict.Faults(problem, plan));
            Assert.True(plan.Bound >= optimum, $"seed {seed}: bound {plan.Bound} below the best plan {optimum}");
            if (optimum == 0) continue;
            (reached, loosest, best) = (Math.Min(reached, plan.Value / optimum), Math.Max(loosest, plan.Bound / optimum), best + (plan.Value == optimum ? 1 : 0));
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"worst plan {reached:P2} of the best, loosest bound {loosest:P2}, best plan found {best} times of 200");
        Assert.True(reached >= 0.98m && best >= 190, $"the worst plan is worth {reached:P2} of the best, {best} were the best");
    }

    [Fact]
    public void A_pin_is_honoured_or_refused_with_a_reason_and_what_remains_is_planned_as_well_as_can_be()
    {
        var (honoured, refused) = (0, new HashSet<PinRefusal>());
        for (var seed = 1; seed <= 200; seed++)
        {
            var free = SmallDistrict.Of(seed);
            var random = new Random(seed);
            var problem = free with { Pins = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => new AllocationPin(SmallDistrict.Id(random.Next(9)), SmallDistrict.Id(100 + random.Next(6))))] };
            var plan = AllocationSolver.Solve(problem);
            Assert.Empty(SmallDistrict.Faults(problem, plan));
            foreach (var pin in problem.Pins.Distinct())
            {
                var isThere = plan.Placements.Any(p => (p.ProjectId, p.SpaceId, p.IsPinned) == (pin.ProjectId, pin.SpaceId, true));
                Assert.True(isThere != plan.RefusedPins.Any(r => (r.ProjectId, r.SpaceId) == (pin.ProjectId, pin.SpaceId)), $"seed {seed}");
                honoured += isThere ? 1 : 0;
            }
            refused.UnionWith(plan.RefusedPins.Select(r => r.Reason));
            var kept = problem with { Pins = [.. problem.Pins.Where(p => plan.RefusedPins.All(r => (r.ProjectId, r.SpaceId) != (p.ProjectId, p.SpaceId)))] };
            Assert.Equal(SmallDistrict.Optimum(kept), plan.Value);
            Assert.True(plan.Value <= AllocationSolver.Solve(free).Value, "overriding never gains");
        }
        Assert.True(honoured > 20);
        Assert.Equal(Enum.GetValues<PinRefusal>().ToHashSet(), refused);
    }

    [Fact]
    public void The_same_problem_has_the_same_plan()
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            var (one, other) = (AllocationSolver.Solve(SmallDistrict.Of(seed), WithoutProof), AllocationSolver.Solve(SmallDistrict.Of(seed), WithoutProof));
            Assert.Equal(one.Placements, other.Placements);
            Assert.Equal((one.Value, one.Bound), (other.Value, other.Bound));
        }
    }

    [Fact]
    public void Whoever_stops_asking_gets_no_plan()
        => Assert.Throws<OperationCanceledException>(() => AllocationSolver.Solve(SmallDistrict.Of(3), cancel: new CancellationToken(canceled: true)));

    [Fact]
    public void A_district_without_projects_spaces_or_options_has_an_empty_plan()
    {
        var nothing = AllocationSolver.Solve(new AllocationProblem(36, [], [], [], AllocationWeights.Usual, []));
        Assert.Equal((0m, 0m, true), (nothing.Value, nothing.Bound, nothing.IsProved));
        var alone = AllocationSolver.Solve(Problem([Wish(1, 500)], [], []));
        Assert.Equal(LeftOutReason.NoSpaceFits, Assert.Single(alone.LeftOut).Reason);
    }

    [Fact]
    public void Of_two_who_want_one_space_the_one_worth_more_gets_it_and_the_other_hears_who_has_it()
    {
        var plan = AllocationSolver.Solve(Problem([Wish(1, 600, output: 100), Wish(2, 600, output: 300)], [Space(1, 1000)], [(1, 1), (2, 1)]));
        Assert.Equal(SmallDistrict.Id(2), Assert.Single(plan.Placements).ProjectId);
        var left = Assert.Single(plan.LeftOut);
        Assert.Equal((LeftOutReason.Displaced, SmallDistrict.Id(101), 0), (left.Reason, left.SpaceId, left.Month));
        Assert.Equal([SmallDistrict.Id(2)], left.DisplacedBy);
    }

    [Fact]
    public void A_lease_that_ends_makes_room_and_the_project_waits_for_it_as_long_as_it_would()
    {
        AllocationSpace leased = new(SmallDistrict.Id(101), [.. Enumerable.Range(0, 36).Select(m => m < 5 ? 100m : 1000m)]);
        var waits = AllocationSolver.Solve(Problem([Wish(1, 600, output: 100) with { LatestFrom = 6 }], [leased], [(1, 1)]));
        Assert.Equal(5, Assert.Single(waits.Placements).Month);
        Assert.Equal(10.1m, waits.Placements[0].Terms.Wait);
        var left = Assert.Single(AllocationSolver.Solve(Problem([Wish(1, 600) with { LatestFrom = 4 }], [leased], [(1, 1)])).LeftOut);
        Assert.Equal((LeftOutReason.TooLate, 5), (left.Reason, left.Month));
        left = Assert.Single(AllocationSolver.Solve(Problem([Wish(1, 1200)], [leased], [(1, 1)])).LeftOut);
        Assert.Equal((LeftOutReason.NoRoom, 1000m), (left.Reason, left.M2));
    }

    [Fact]
    public void Room_to_grow_is_kept_where_it_costs_nobody_the_place()
    {
        var alone = Assert.Single(AllocationSolver.Solve(Problem([Wish(1, 500, output: 100)], [Space(1, 1000)], [(1, 1)])).Placements);
        Assert.Equal((100m, 5.05m), (alone.KeptM2, alone.Terms.Growth));
        var both = AllocationSolver.Solve(Problem([Wish(1, 500, output: 100), Wish(2, 500, output: 90)], [Space(1, 1000)], [(1, 1), (2, 1)]));
        Assert.Equal([0m, 0m], both.Placements.Select(p => p.KeptM2));
    }

    [Fact]
    public void Every_number_opens_to_its_terms()
    {
        var terms = AllocationTerms.Of(Wish(1, 500, output: 99) with { Gaps = 2 }, fit: 50, month: 3, keepsRoom: true, AllocationWeights.Usual);
        Assert.Equal(new AllocationTerms(Place: 1, Output: 99, Gap: 20, Fit: 6, Growth: 6, Wait: 7.2m), terms);
        Assert.Equal(124.8m, terms.Sum);
    }

    /// <param name="output">Million yuan a year.</param>
    private static AllocationProject Wish(int number, decimal areaM2, decimal output = 50) => new(SmallDistrict.Id(number), areaM2, 0, 12, null, output * 1_000_000, 0);

    private static AllocationSpace Space(int number, decimal areaM2) => new(SmallDistrict.Id(100 + number), [.. Enumerable.Repeat(areaM2, 36)]);

    private static AllocationProblem Problem(IReadOnlyList<AllocationProject> projects, IReadOnlyList<AllocationSpace> spaces, IReadOnlyList<(int Project, int Space)> options)
        => new(36, projects, spaces, [.. options.Select(o => new AllocationOption(SmallDistrict.Id(o.Project), SmallDistrict.Id(100 + o.Space), 0))], AllocationWeights.Usual, []);
}
