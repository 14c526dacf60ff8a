using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Chain;

public sealed class GapBridgeTests
{
    private static readonly CoverageWeights Weights = new()
    {
        LocalShare = 0.3m, CriticalNeed = 0.08m, NormalNeed = 0.03m, PlannedOutput = 200_000_000, Resilience = 0.25m, StrongFrom = 0.6m, UnknownOutput = 20_000_000,
        SizeOutput = new Dictionary<EnterpriseSize, decimal>(), FieldWeight = new Dictionary<string, decimal> { ["MED"] = 1 },
    };

    private static readonly ChainMap Map = new([CoverageTests.Link("MED-01"), CoverageTests.Link("MED-02"), CoverageTests.Link("MED-03")],
        [CoverageTests.Edge("MED-01", "MED-02", isCritical: true), CoverageTests.Edge("MED-02", "MED-03"), CoverageTests.Edge("MED-03", "MED-01")]);

    private static ChainSubject Project(Guid id, SupplyPhase phase, decimal output, decimal likelihood, params string[] links) => new(id, id, phase, "S60", output, likelihood, links);

    private static Dictionary<GapCause, GapStep> Bridge(ChainState then, ChainState now) => GapBridge.Of(then, now, Weights).ToDictionary(s => s.Cause);

    [Fact]
    public void Nothing_changed_nothing_to_tell()
    {
        var subjects = new[] { CoverageTests.Here(100_000_000, "MED-01"), Project(Guid.NewGuid(), SupplyPhase.Pipeline, 50_000_000, 0.4m, "MED-02") };
        Assert.All(GapBridge.Of(new ChainState(Map, subjects), new ChainState(Map, [.. subjects.Reverse()]), Weights), s => Assert.Equal((0m, 0), (s.Change, s.Who.Count)));
    }

    [Fact]
    public void What_is_recorded_is_not_taken_for_attracted()
    {
        var local = CoverageTests.Here(100_000_000, "MED-01");
        var landed = Project(Guid.NewGuid(), SupplyPhase.Landed, 300_000_000, 0.8m, "MED-02");
        var steps = Bridge(new ChainState(Map, []), new ChainState(Map, [local, landed]));
        Assert.True(steps[GapCause.Recorded].Closes > 0 && steps[GapCause.Landed].Closes > 0);
        Assert.Equal((local, landed), (steps[GapCause.Recorded].Who.Single(), steps[GapCause.Landed].Who.Single()));
        Assert.Equal(0, steps[GapCause.Pipeline].Change);
    }

    [Fact]
    public void Who_lands_after_talks_is_landed_and_who_ends_is_left()
    {
        var (a, b) = (Guid.NewGuid(), Guid.NewGuid());
        var steps = Bridge(new ChainState(Map, [Project(a, SupplyPhase.Pipeline, 300_000_000, 0.2m, "MED-02"), Project(b, SupplyPhase.Pipeline, 300_000_000, 0.2m, "MED-03")]),
            new ChainState(Map, [Project(a, SupplyPhase.Operating, 300_000_000, 1, "MED-02")]));
        Assert.True(steps[GapCause.Landed].Closes > 0 && steps[GapCause.Left].Closes < 0);
        Assert.Equal(b, steps[GapCause.Left].Who.Single().ProjectId);
    }

    [Fact]
    public void A_large_buyer_closes_its_own_gap_and_opens_that_of_its_suppliers()
    {
        var steps = Bridge(new ChainState(Map, []), new ChainState(Map, [Project(Guid.NewGuid(), SupplyPhase.Operating, 5_000_000_000, 1, "MED-02")]));
        Assert.Equal(200_000_000 * 0.3m * 0.75m + 200_000_000 * 0.03m * 0.75m, steps[GapCause.Landed].Closes);
        Assert.Equal((5_000_000_000 - 200_000_000) * 0.08m, steps[GapCause.Landed].Opens);
    }

    [Fact]
    public void A_link_that_is_put_on_the_map_is_the_maps_doing()
    {
        var bigger = new ChainMap([.. Map.Links, CoverageTests.Link("MED-09")], Map.Edges);
        var steps = Bridge(new ChainState(Map, []), new ChainState(bigger, []));
        Assert.Equal(Weights.PlannedOutput * Weights.LocalShare, steps[GapCause.Map].Change);
    }

    [Fact]
    public void For_random_changes_the_steps_add_up_to_the_difference()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var ids = Enumerable.Range(0, 12).Select(_ => Guid.NewGuid()).ToList();
            List<ChainSubject> Some() => [.. ids.Where(_ => random.Next(3) > 0).Select(id => random.Next(2) == 0
                ? new ChainSubject(id, null, SupplyPhase.Operating, null, random.Next(1, 900) * 1_000_000m, 1, [.. Codes()])
                : Project(id, (SupplyPhase)random.Next(3), random.Next(1, 900) * 1_000_000m, random.Next(1, 100) / 100m, [.. Codes()]))];
            IEnumerable<string> Codes() => Map.Links.Select(l => l.Code).Where(_ => random.Next(2) == 0);
            var (then, now) = (new ChainState(Map, Some()), new ChainState(random.Next(2) == 0 ? Map : new ChainMap(Map.Links, Map.Edges.Skip(1)), Some()));
            decimal Gap(ChainState state) => Coverage.Of(state.Map, state.Subjects, Weights).Links.Sum(l => l.WeightedGap);
            Assert.Equal(Gap(now) - Gap(then), GapBridge.Of(then, now, Weights).Sum(s => s.Change), 6);
        }
    }
}
