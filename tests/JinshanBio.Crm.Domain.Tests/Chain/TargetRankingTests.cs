using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Chain;

public sealed class TargetRankingTests
{
    private const decimal Yi = 100_000_000;

    private static CoverageWeights Weights(decimal resilience = 0.25m) => new()
    {
        LocalShare = 0.5m, CriticalNeed = 0.1m, NormalNeed = 0.02m, PlannedOutput = 1 * Yi, Resilience = resilience, StrongFrom = 0.6m, UnknownOutput = 0.2m * Yi,
        SizeOutput = new Dictionary<EnterpriseSize, decimal>(), FieldWeight = new Dictionary<string, decimal> { ["MAT"] = 0.5m },
    };

    private static ChainMap Map(int links) => new(Enumerable.Range(1, links).Select(i => CoverageTests.Link($"{(i % 3 == 0 ? "MAT" : "MED")}-{i:00}")), []);

    private static TargetCandidate Candidate(decimal output, params string[] links) => new(Guid.CreateVersion7(), output, [.. links.Select(l => new CandidateLink(l, 1))]);

    [Fact]
    public void The_one_that_closes_most_comes_first_and_the_next_counts_what_is_left()
    {
        var coverage = Coverage.Of(Map(2), [], Weights());
        var (large, twin, other) = (Candidate(1 * Yi, "MED-01"), Candidate(1 * Yi, "MED-01"), Candidate(0.4m * Yi, "MED-02"));
        var ranked = TargetRanking.Of(coverage, [twin, other, large], 10);
        // Each of the twins covers the need alone and would close 0.75 of it; once one is there, the other only makes it replaceable.
        Assert.Equal([0.375m * Yi, 0.15m * Yi, 0.125m * Yi], ranked.Select(r => r.Closes));
        Assert.Equal(other.EnterpriseId, ranked[1].Candidate.EnterpriseId);
        Assert.Equal((0.125m * Yi, 0.375m * Yi), (ranked[2].Closes, ranked[2].Alone));
        Assert.Equal((0.125m * Yi, 0m), (ranked[2].Gains[0].Before, ranked[2].Gains[0].After));
    }

    [Fact]
    public void A_doubtful_link_counts_by_its_confidence_and_many_links_share_the_output()
    {
        var coverage = Coverage.Of(Map(2), [], Weights(resilience: 0));
        var sure = Candidate(0.2m * Yi, "MED-01");
        var doubtful = new TargetCandidate(Guid.CreateVersion7(), 0.2m * Yi, [new CandidateLink("MED-01", 0.5m)]);
        var both = Candidate(0.2m * Yi, "MED-01", "MED-02");
        Assert.Equal(0.1m * Yi, TargetRanking.Of(coverage, [sure], 1)[0].Closes);
        Assert.Equal(0.05m * Yi, TargetRanking.Of(coverage, [doubtful], 1)[0].Closes);
        Assert.Equal([0.05m * Yi, 0.05m * Yi], TargetRanking.Of(coverage, [both], 1)[0].Gains.Select(g => g.Closes));
    }

    [Fact]
    public void Whoever_closes_nothing_more_is_left_out_and_links_off_the_map_count_for_nothing()
    {
        var coverage = Coverage.Of(Map(1), [], Weights());
        var ranked = TargetRanking.Of(coverage, [Candidate(9 * Yi, "MED-01"), Candidate(9 * Yi, "MED-01"), Candidate(9 * Yi, "MED-01"), Candidate(9 * Yi, "MED-99"), Candidate(9 * Yi)], 10);
        Assert.Equal(2, ranked.Count);
        Assert.Empty(TargetRanking.Of(coverage, [], 10));
        Assert.Single(TargetRanking.Of(coverage, [.. ranked.Select(r => r.Candidate)], 1));
    }

    [Fact]
    public void Only_the_links_asked_about_count()
    {
        var coverage = Coverage.Of(Map(2), [], Weights(resilience: 0));
        var ranked = TargetRanking.Of(coverage, [Candidate(1 * Yi, "MED-01"), Candidate(0.1m * Yi, "MED-02")], 10, new HashSet<string> { "MED-02" });
        Assert.Equal("MED-02", Assert.Single(ranked).Gains.Single().Link);
    }

    [Fact]
    public void The_order_does_not_depend_on_the_order_in_which_candidates_are_given()
    {
        var random = new Random(7);
        var (coverage, candidates) = Any(random, 40);
        var once = TargetRanking.Of(coverage, candidates, 40).Select(r => r.Candidate.EnterpriseId).ToList();
        var mixed = candidates.ToArray();
        random.Shuffle(mixed);
        Assert.Equal(once, TargetRanking.Of(coverage, mixed, 40).Select(r => r.Candidate.EnterpriseId));
    }

    [Fact]
    public void For_random_districts_each_gain_is_the_largest_there_is_and_equals_what_the_whole_coverage_says()
    {
        var random = new Random(20260606);
        for (var round = 0; round < 120; round++)
        {
            var (coverage, candidates) = Any(random, random.Next(1, 9));
            var ranked = TargetRanking.Of(coverage, candidates, candidates.Count);
            List<TargetCandidate> chosen = [];
            foreach (var target in ranked)
            {
                var before = Left(coverage, chosen);
                // Reckoned anew over the whole map, step by step: no other candidate would close more beside those chosen.
                var best = candidates.Except(chosen).Max(c => before - Left(coverage, [.. chosen, c]));
                Assert.True(target.Closes > 0);
                Assert.Equal((double)best, (double)target.Closes, 0.01);
                Assert.Equal((double)(before - Left(coverage, [.. chosen, target.Candidate])), (double)target.Closes, 0.01);
                Assert.Equal((double)target.Closes, (double)target.Gains.Sum(g => g.Closes), 0.01);
                Assert.All(target.Gains, g => Assert.True(g.Closes >= 0));
                chosen.Add(target.Candidate);
            }
            // Nobody who was left out would close anything.
            Assert.All(candidates.Except(chosen), c => Assert.Equal((double)Left(coverage, chosen), (double)Left(coverage, [.. chosen, c]), 0.01));
        }
    }

    [Fact]
    public void Without_resilience_gains_only_fall_and_greedy_closes_at_least_63_percent_of_the_best_choice()
    {
        var random = new Random(20260607);
        for (var round = 0; round < 120; round++)
        {
            var (coverage, candidates) = Any(random, random.Next(3, 9), resilience: 0);
            var most = random.Next(1, 4);
            var ranked = TargetRanking.Of(coverage, candidates, most);
            for (var i = 1; i < ranked.Count; i++) Assert.True(ranked[i].Closes <= ranked[i - 1].Closes + 0.01m);
            Assert.All(ranked, r => Assert.True(r.Closes <= r.Alone + 0.01m));
            var all = Left(coverage, []);
            var best = Choices(candidates, most).Max(choice => all - Left(coverage, choice));
            Assert.True(ranked.Sum(r => r.Closes) >= best * 0.632m - 0.01m);
        }
    }

    [Fact]
    public void A_second_small_supplier_may_close_more_because_it_makes_the_first_replaceable()
    {
        var coverage = Coverage.Of(Map(1), [], Weights());
        var ranked = TargetRanking.Of(coverage, [Candidate(0.1m * Yi, "MED-01"), Candidate(0.1m * Yi, "MED-01")], 2);
        Assert.True(ranked[1].Closes > ranked[0].Closes);
    }

    private static (Coverage Coverage, List<TargetCandidate> Candidates) Any(Random random, int count, decimal resilience = 0.25m)
    {
        var map = Map(random.Next(1, 7));
        var codes = map.Links.Select(l => l.Code).ToArray();
        var here = Enumerable.Range(0, random.Next(0, 5)).Select(_ => CoverageTests.Here(random.Next(1, 100) * 1_000_000m, codes[random.Next(codes.Length)]));
        var candidates = Enumerable.Range(0, count).Select(_ => new TargetCandidate(Guid.NewGuid(), random.Next(1, 2000) * 100_000m,
            [.. codes.Where(_ => random.Next(2) == 0).Select(c => new CandidateLink(c, random.Next(1, 101) / 100m))])).ToList();
        return (Coverage.Of(map, here, Weights(resilience)), candidates);
    }

    /// <summary>Weighted gap of the whole map with these beside what is counted, by the measure itself.</summary>
    private static decimal Left(Coverage coverage, IReadOnlyList<TargetCandidate> chosen) => coverage.Links.Sum(link =>
    {
        var supplies = chosen.SelectMany(c => c.Links.Where(l => l.Link == link.Link).Select(l => c.Output * link.Weights.LocalShare / c.Links.Count * l.Confidence)).ToList();
        var (supply, largest) = (link.Supply + supplies.Sum(), supplies.Append(link.Largest).Max());
        return link.WeightedNeed * (1 - LinkCoverage.Of(link.Need, supply, largest, link.Weights.Resilience));
    });

    private static IEnumerable<List<TargetCandidate>> Choices(List<TargetCandidate> of, int most)
        => Enumerable.Range(0, 1 << of.Count).Where(bits => System.Numerics.BitOperations.PopCount((uint)bits) <= most).Select(bits => of.Where((_, i) => (bits >> i & 1) == 1).ToList());
}
