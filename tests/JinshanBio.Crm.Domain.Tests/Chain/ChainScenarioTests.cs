using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Chain;

public sealed class ChainScenarioTests
{
    private const decimal Yi = 100_000_000;
    private static readonly DateOnly Day = new(2027, 1, 1);

    private static readonly CoverageWeights Weights = new()
    {
        LocalShare = 0.5m, CriticalNeed = 0.1m, NormalNeed = 0.02m, PlannedOutput = 1 * Yi, Resilience = 0.25m, StrongFrom = 0.6m, UnknownOutput = 0.2m * Yi,
        SizeOutput = new Dictionary<EnterpriseSize, decimal>(), FieldWeight = new Dictionary<string, decimal> { ["MED"] = 1, ["MAT"] = 0.5m },
    };

    private static readonly ChainMap Map = new([CoverageTests.Link("MED-01"), CoverageTests.Link("MED-02"), CoverageTests.Link("MAT-01", "MED")],
        [CoverageTests.Edge("MED-01", "MED-02", isCritical: true), CoverageTests.Edge("MED-01", "MAT-01"), CoverageTests.Edge("MAT-01", "MED-01")]);

    private static ChainSubject Coming(decimal output, decimal likelihood, params string[] links) => new(Guid.NewGuid(), Guid.NewGuid(), SupplyPhase.Pipeline, "S40", output, likelihood, links);

    private static ScenarioOutcome Reckon(IReadOnlyList<ChainSubject> subjects, params Assumption[] assumptions) => new ChainScenario(assumptions).Reckon(Map, subjects, Weights);

    private static Assumption Lands(ChainSubject project, DateOnly? on = null) => new(AssumptionKind.Lands, project.ProjectId!.Value, on ?? Day);
    private static Assumption Leaves(ChainSubject subject) => new(AssumptionKind.Leaves, subject.EnterpriseId, Day.AddDays(1));

    [Fact]
    public void A_project_that_lands_counts_in_full_and_its_link_is_no_longer_in_the_pipeline()
    {
        var project = Coming(1 * Yi, 0.2m, "MED-01");
        var outcome = Reckon([project], Lands(project) with { Output = 2 * Yi });
        Assert.Equal((LinkState.InPipeline, LinkState.Strong), (outcome.Before["MED-01"].State, outcome.After["MED-01"].State));
        Assert.Equal(1 * Yi, outcome.After["MED-01"].SupplyHere);
        Assert.Equal("MED-01", Assert.Single(outcome.Closed).Link);
        // What it needs itself must come from somewhere.
        Assert.Equal("MAT-01", Assert.Single(outcome.Opened).Link);
    }

    [Fact]
    public void A_project_that_lands_comes_on_top_of_what_its_enterprise_makes_here()
    {
        var here = CoverageTests.Here(5 * Yi, "MED-01");
        var project = new ChainSubject(here.EnterpriseId, Guid.NewGuid(), SupplyPhase.Pipeline, "S60", 1 * Yi, 0.5m, ["MED-01"]);
        Assert.Equal(3 * Yi, Reckon([here, project], Lands(project)).After["MED-01"].Supply);
    }

    [Fact]
    public void When_the_only_supplier_leaves_its_gap_is_open_again()
    {
        var (alone, buyer) = (CoverageTests.Here(3 * Yi, "MED-01"), CoverageTests.Here(4 * Yi, "MED-02"));
        var outcome = Reckon([alone, buyer], Leaves(alone));
        Assert.Equal((LinkState.Strong, LinkState.Missing), (outcome.Before["MED-01"].State, outcome.After["MED-01"].State));
        Assert.Equal("MED-01", outcome.Opened.First().Link);
        Assert.Equal(outcome.After["MED-01"].Need, outcome.After["MED-01"].Gap);
    }

    [Fact]
    public void Who_leaves_takes_its_projects_along_but_for_those_that_whoever_asks_does_not_know()
    {
        var here = CoverageTests.Here(1 * Yi, "MED-01");
        var known = new ChainSubject(here.EnterpriseId, Guid.NewGuid(), SupplyPhase.Pipeline, "S40", 1 * Yi, 0.5m, ["MED-02"]);
        var hidden = known with { ProjectId = Guid.NewGuid(), Links = ["MAT-01"] };
        var left = new ChainScenario([Leaves(here) with { Stays = new HashSet<Guid> { hidden.ProjectId!.Value } }]).ApplyTo([here, known, hidden]);
        Assert.Equal(hidden, Assert.Single(left));
    }

    [Fact]
    public void Steps_come_in_the_order_of_their_days_and_say_when_each_gap_changes()
    {
        var (early, late) = (Coming(1 * Yi, 0.1m, "MED-01"), Coming(1 * Yi, 0.1m, "MED-01"));
        var outcome = Reckon([early, late], Lands(late, Day.AddMonths(6)), Lands(early));
        Assert.Equal([Day, Day.AddMonths(6)], outcome.Steps.Select(s => s.On));
        Assert.Equal(early.ProjectId, outcome.Steps[0].Assumptions[0].Id);
        Assert.Equal(Day.AddMonths(6), outcome.DayOf(outcome.Closed.Single()));
    }

    [Fact]
    public void For_random_scenarios_nothing_assumed_is_today_and_what_comes_and_goes_leaves_no_trace_and_the_sums_meet()
    {
        var random = new Random(20270101);
        for (var round = 0; round < 200; round++)
        {
            var codes = Enumerable.Range(1, random.Next(2, 10)).Select(i => $"MED-{i:00}").ToList();
            var map = new ChainMap(codes.Select(c => CoverageTests.Link(c)), codes.SelectMany(a => codes.Where(_ => random.Next(4) == 0).Select(b => CoverageTests.Edge(a, b, random.Next(3) == 0))));
            string[] Some() => [.. codes.Where(_ => random.Next(4) == 0)];
            List<ChainSubject> subjects = [.. Enumerable.Range(0, random.Next(1, 15)).Select(i => i % 2 == 0 ? CoverageTests.Here(random.Next(1, 2000) * 1_000_000m, Some()) : Coming(random.Next(1, 2000) * 1_000_000m, 0.3m, Some()))];
            ScenarioOutcome Of(params Assumption[] assumptions) => new ChainScenario(assumptions).Reckon(map, subjects, Weights);

            var nothing = Of();
            Assert.Empty(nothing.Changes);
            Assert.Equal((0m, 0), (nothing.Net, nothing.Steps.Count));

            var stranger = Guid.NewGuid();
            var comes = new Assumption(AssumptionKind.Comes, stranger, Day) { Output = random.Next(1, 900) * 1_000_000m, Links = codes.Take(2).ToList() };
            Assert.Empty(Of(comes, new Assumption(AssumptionKind.Leaves, stranger, Day.AddDays(1))).Changes);

            var projects = subjects.Where(s => s.ProjectId is not null).ToList();
            if (projects.Count > 0)
            {
                var one = projects[random.Next(projects.Count)];
                var lost = new Assumption(AssumptionKind.Lost, one.ProjectId!.Value, Day.AddDays(9));
                Assert.Equal(Of(lost).After.Links.Select(l => l.WeightedGap), Of(Lands(one), lost).After.Links.Select(l => l.WeightedGap));
            }
            var all = Of([.. projects.Where(_ => random.Next(2) == 0).Select(p => Lands(p, Day.AddDays(random.Next(400)))), comes, .. subjects.Where(s => s.ProjectId is null).Take(1).Select(Leaves)]);
            Assert.Equal(Math.Round(all.Net, 6), Math.Round(all.Closed.Sum(c => c.Weighted) + all.Opened.Sum(c => c.Weighted), 6));
            Assert.Equal(Math.Round(all.Net, 6), Math.Round(all.Steps.Sum(s => s.Changes.Sum(c => c.Weighted)), 6));
            Assert.All(all.Closed.Concat(all.Opened), c => Assert.NotNull(all.DayOf(c)));
        }
    }

    [Fact]
    public void A_project_is_expected_by_promise_then_by_its_form_and_else_by_the_usual_days_of_its_stages()
    {
        var stages = new StageTable(new (string, int)[] { ("S40", 90), ("S50", 30), ("S60", 45), ("S80", 300), ("S100", 365) }
            .Select(s => new Stage(s.Item1, Stage.OrderOf(s.Item1), s.Item1, s.Item1, 1, null, new HashSet<Track> { Track.Lease }, []) { TypicalDays = s.Item2 }));
        var (today, future, past) = (Day, Day.AddDays(100), Day.AddDays(-1));
        ExpectedDay Of(string stage, DateOnly? promised, DateOnly? planned, int here = 0) => ExpectedDay.Of(stages, Track.Lease, stage, today.AddDays(-here), promised, planned, today);
        Assert.Equal(new ExpectedDay(future, ExpectedSource.Promise), Of("S60", future, today.AddDays(5)));
        Assert.Equal(new ExpectedDay(future, ExpectedSource.Form), Of("S60", past, future));
        Assert.Equal(new ExpectedDay(today.AddDays(465), ExpectedSource.Stages), Of("S40", null, null));
        Assert.Equal(new ExpectedDay(today.AddDays(455), ExpectedSource.StagesPlanPast), Of("S40", past, past, here: 10));
        // Longer than usual where it is: what is left of that is nothing.
        Assert.Equal(today.AddDays(300), Of("S60", null, null, here: 900).On);
        Assert.Equal(today, Of("S100", null, null).On);
    }
}
