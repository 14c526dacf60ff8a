using JinshanBio.Crm.Domain.Reports;
using JinshanBio.Crm.Domain.Stages;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Reports;

/// <summary>The estimator of stage probabilities: small cases by hand, then against simulated districts whose truth is known.</summary>
public sealed class StageLikelihoodTests
{
    private static readonly StageTable Table = new(
        new (string Code, decimal Factory)[] { ("S40", 0.13m), ("S50", 0.25m), ("S60", 0.45m), ("S65", 0.52m), ("S70", 0.62m), ("S80", 0.8m), ("S90", 0.9m), ("S100", 1m) }
            .Select(s => new Stage(s.Code, Stage.OrderOf(s.Code), s.Code, s.Code, s.Factory, null, new HashSet<Track>(s.Code == "S70" ? [Track.Land, Track.Rnd] : Enum.GetValues<Track>()), [])));

    [Fact]
    public void A_project_under_way_neither_helps_nor_harms()
    {
        ProjectCourse[] decided = [Gone(50, 6), Gone(60, 4, ended: false), Gone(100, 10, ended: false)];
        var s50 = Of("S50", decided);
        // 14 of the 20 that left S50 went forward; the 4 at S60 are under way and count for that step only.
        Assert.Equal((20, 16, 0.7m), (s50.Reached, s50.Decided, s50.Forward));
        Assert.Equal(0.7m, s50.ToSigning!.Value);
        Assert.Equal(Of("S50", [.. decided, Gone(50, 1000, ended: false)]).ToProduction, s50.ToProduction);
    }

    [Fact]
    public void A_stage_that_a_track_skips_counts_as_passed()
    {
        ProjectCourse[] leases = [Gone(65, 5, Track.Lease), Gone(80, 15, Track.Lease), Gone(100, 30, Track.Lease, ended: false)];
        Assert.Equal(0.9m, Of("S65", leases).Forward);
        Assert.Equal(1m, Of("S70", leases).Forward);
        Assert.DoesNotContain(StageLikelihood.Estimate(leases, Table.Of(Track.Lease)), e => e.Stage == "S70");
        Assert.Equal(Of("S65", leases).ToProduction!.Value, StageLikelihood.Estimate(leases, Table.Of(Track.Lease)).Single(e => e.Stage == "S65").ToProduction!.Value);
    }

    [Fact]
    public void Whoever_left_after_producing_has_produced()
        => Assert.Equal(1m, Of("S40", [Gone(100, 12, ended: true)]).ToProduction!.Value);

    [Fact]
    public void Without_a_decided_step_on_the_way_there_is_no_estimate()
    {
        var estimate = Of("S40", [Gone(40, 50), Gone(60, 9, ended: false)]);
        Assert.Null(estimate.ToProduction);
        Assert.NotNull(estimate.ToSigning);
        Assert.All(StageLikelihood.Estimate([], Table.All), e => Assert.Equal((0, 0, null), (e.Reached, e.Decided, e.Forward)));
    }

    [Fact]
    public void Wilsons_interval_is_the_published_one_and_never_certain()
    {
        // 10 of 20: 0.299–0.701; 0 of 10: 0–0.278; 10 of 10: 0.722–1.
        Assert.Equal(new Likelihood(0.5m, 0.2993m, 0.7007m), StageLikelihood.Wilson(0.5, 20));
        Assert.Equal(new Likelihood(0, 0, 0.2775m), StageLikelihood.Wilson(0, 10));
        Assert.Equal(new Likelihood(1, 0.7225m, 1), StageLikelihood.Wilson(1, 10));
        Assert.True(Of("S90", [Gone(100, 3, ended: false)]).ToProduction!.Low < 0.6m);
    }

    [Fact]
    public void The_factory_value_holds_until_enough_is_decided()
    {
        ProjectCourse[] courses = [Gone(90, 9), Gone(100, 20, ended: false)];
        Assert.All(InForce(courses, 30), v => Assert.Equal(new StageValue(Table[v.Key].Probability, ProbabilitySource.Factory), v.Value));
        var own = InForce([.. courses, Gone(90, 1)], 30);
        Assert.Equal(new StageValue(0.6667m, ProbabilitySource.History), own["S90"]);
        Assert.Equal(new StageValue(0.6667m, ProbabilitySource.History), own["S40"]);
    }

    [Fact]
    public void Where_later_stages_have_too_few_the_own_history_leads_up_to_their_factory_value()
    {
        var values = InForce([Gone(40, 40), Gone(50, 10), Gone(60, 50, ended: false)], 30);
        // 60 of 100 left S40 forward; beyond S50 nothing is decided enough.
        Assert.Equal(new StageValue(0.15m, ProbabilitySource.Mixed), values["S40"]);
        Assert.Equal(new StageValue(0.25m, ProbabilitySource.Factory), values["S50"]);
    }

    [Fact]
    public void No_stage_is_likelier_than_the_one_after_it_whatever_the_history()
    {
        var random = new Random(20261120);
        for (var round = 0; round < 500; round++)
        {
            var courses = Enumerable.Range(0, random.Next(1, 40)).Select(_ => new ProjectCourse((Track)random.Next(3), Table.All[random.Next(Table.All.Count)].Order, random.Next(2) == 0, random.Next(1, 30))).ToList();
            var estimates = StageLikelihood.Estimate(courses, Table.All);
            var values = estimates.Select(e => StageLikelihood.InForce(estimates, Table, 30)[e.Stage].Value).ToList();
            Assert.Equal(values.Order(), values);
            Assert.Equal(estimates.Select(e => e.Decided).OrderDescending(), estimates.Select(e => e.Decided));
            Assert.All(estimates.SelectMany(e => new[] { e.ToSigning, e.ToProduction }).OfType<Likelihood>(), l => Assert.True(l.Low <= l.Value && l.Value <= l.High && l is { Low: >= 0, High: <= 1 }, l.ToString()));
        }
    }

    [Theory]
    [InlineData(60, 0.90, 400)]
    [InlineData(200, 0.93, 400)]
    [InlineData(1000, 0.93, 200)]
    public void The_interval_holds_the_truth_about_95_times_in_a_hundred(int projects, double least, int districts)
    {
        var random = new Random(7);
        var held = 0;
        for (var district = 0; district < districts; district++)
        {
            var estimate = StageLikelihood.Estimate(Simulated(random, projects, slowLosers: false), Table.All)[0].ToProduction;
            if (estimate is null || (estimate.Low <= Truth && Truth <= estimate.High)) held++;
        }
        Assert.InRange((double)held / districts, least, 1);
    }

    [Fact]
    public void Over_many_districts_the_estimate_is_right_although_a_third_is_still_under_way()
    {
        var random = new Random(11);
        var mean = Enumerable.Range(0, 300).Select(_ => StageLikelihood.Estimate(Simulated(random, 400, slowLosers: false), Table.All)[0].ToProduction!.Value).Average();
        Assert.InRange(mean, Truth - 0.01m, Truth + 0.01m);
    }

    [Fact]
    public void Where_losing_takes_longer_than_going_on_the_estimate_is_too_high_as_the_page_says()
    {
        var random = new Random(13);
        var mean = Enumerable.Range(0, 100).Select(_ => StageLikelihood.Estimate(Simulated(random, 400, slowLosers: true), Table.All)[0].ToProduction!.Value).Average();
        Assert.True(mean > Truth + 0.02m, mean.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static readonly double[] Forward = [0.7, 0.8, 0.85, 0.9, 0.95, 0.95, 0.98];
    private static readonly decimal Truth = (decimal)Forward.Aggregate((a, b) => a * b);

    /// <summary>Projects that go from stage to stage by chance; at each some are not decided yet when somebody looks.</summary>
    private static List<ProjectCourse> Simulated(Random random, int projects, bool slowLosers) => [.. Enumerable.Range(0, projects).Select(_ =>
    {
        for (var stage = 0; stage < Forward.Length; stage++)
        {
            var goesOn = random.NextDouble() < Forward[stage];
            var undecided = random.NextDouble() < (slowLosers && !goesOn ? 0.3 : 0.06);
            if (undecided) return new ProjectCourse(Track.Land, Table.All[stage].Order, HasEnded: false);
            if (!goesOn) return new ProjectCourse(Track.Land, Table.All[stage].Order, HasEnded: true);
        }
        return new ProjectCourse(Track.Land, Stage.InProductionOrder, HasEnded: false);
    })];

    private static ProjectCourse Gone(int farthest, int count, Track track = Track.Land, bool ended = true) => new(track, farthest, ended, count);

    private static StageEstimate Of(string stage, ProjectCourse[] courses) => StageLikelihood.Estimate(courses, Table.All).Single(e => e.Stage == stage);

    private static IReadOnlyDictionary<string, StageValue> InForce(ProjectCourse[] courses, int enough) => StageLikelihood.InForce(StageLikelihood.Estimate(courses, Table.All), Table, enough);
}
