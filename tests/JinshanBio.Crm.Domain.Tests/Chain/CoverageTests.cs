using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Chain;

public sealed class CoverageTests
{
    private const decimal Yi = 100_000_000;

    private static readonly CoverageWeights Weights = new()
    {
        LocalShare = 0.5m, CriticalNeed = 0.1m, NormalNeed = 0.02m, PlannedOutput = 1 * Yi, Resilience = 0.25m, StrongFrom = 0.6m, UnknownOutput = 0.2m * Yi,
        SizeOutput = new Dictionary<EnterpriseSize, decimal> { [EnterpriseSize.Large] = 10 * Yi },
        FieldWeight = new Dictionary<string, decimal> { ["MED"] = 1, ["MAT"] = 0.5m },
    };

    private static readonly Edit Shipped = new("test", null, ChainMap.Always, null);

    internal static LinkEdition Link(string code, params string[] also) => new(code, new LinkTerms(code[..3], ChainTier.Midstream, code, code) { AlsoFields = also }, Shipped);

    internal static EdgeEdition Edge(string supplier, string buyer, bool isCritical = false, decimal? percent = null)
        => new(new EdgeKey(supplier, buyer, SupplyKind.Material), new EdgeTerms("x", "x", isCritical) { NeedPercent = percent }, Shipped);

    private static readonly ChainMap Map = new([Link("MED-01"), Link("MED-02"), Link("MAT-01", "MED")],
        [Edge("MED-01", "MED-02", isCritical: true), Edge("MED-01", "MAT-01"), Edge("MAT-01", "MED-01")]);

    internal static ChainSubject Here(decimal output, params string[] links) => new(Guid.NewGuid(), null, SupplyPhase.Operating, null, output, 1, links);

    private static ChainSubject Coming(decimal output, decimal likelihood, params string[] links) => new(Guid.NewGuid(), Guid.NewGuid(), SupplyPhase.Pipeline, "S40", output, likelihood, links);

    [Fact]
    public void A_link_is_needed_by_the_plan_of_the_district_and_by_the_links_it_supplies()
    {
        var link = Coverage.Of(Map, [Here(4 * Yi, "MED-02")], Weights)["MED-01"];
        // The plan: 1 × 0.5; antibodies that make 4 and cannot do without: × 0.1; the planned material: 1 × 0.02.
        Assert.Equal([0.5m * Yi, 0.4m * Yi, 0.02m * Yi], link.Needs.OrderByDescending(n => n.Amount).Select(n => n.Amount));
        Assert.Equal(0.92m * Yi, link.Need);
        Assert.Equal(0.91m * Yi, link.WeightedNeed);
        Assert.Equal((0m, link.Need), (link.Coverage, link.Gap));
        Assert.Equal(LinkState.Missing, link.State);
    }

    [Fact]
    public void Supply_counts_by_size_likelihood_and_its_part_in_the_link()
    {
        var link = Coverage.Of(Map, [Here(1 * Yi, "MED-01", "MED-02"), Coming(2 * Yi, 0.13m, "MED-01")], Weights)["MED-01"];
        Assert.Equal(0.25m * Yi + 0.13m * Yi, link.Supply);
        Assert.Equal((0.25m * Yi, 1, 1), (link.SupplyHere, link.Suppliers, link.Coming));
    }

    [Fact]
    public void A_need_that_one_supplier_alone_meets_is_not_wholly_covered()
    {
        var alone = Coverage.Of(Map, [Here(100 * Yi, "MED-01")], Weights)["MED-01"];
        Assert.Equal((0.75m, true), (alone.Coverage, alone.HangsOnOne));
        var two = Coverage.Of(Map, [Here(100 * Yi, "MED-01"), Here(100 * Yi, "MED-01")], Weights)["MED-01"];
        Assert.Equal((1m, false), (two.Coverage, two.HangsOnOne));
    }

    [Fact]
    public void Nobody_here_and_somebody_coming_is_in_the_pipeline_and_little_here_is_weak()
    {
        Assert.Equal(LinkState.InPipeline, Coverage.Of(Map, [Coming(2 * Yi, 0.5m, "MED-01")], Weights)["MED-01"].State);
        Assert.Equal(LinkState.Weak, Coverage.Of(Map, [Here(0.1m * Yi, "MED-01"), Coming(90 * Yi, 1, "MED-01")], Weights)["MED-01"].State);
        Assert.Equal(LinkState.Strong, Coverage.Of(Map, [Here(90 * Yi, "MED-01")], Weights)["MED-01"].State);
    }

    [Fact]
    public void What_an_enterprise_makes_and_its_producing_projects_count_once()
    {
        var business = Here(3 * Yi, "MED-01");
        var project = new ChainSubject(business.EnterpriseId, Guid.NewGuid(), SupplyPhase.Operating, "S100", 1 * Yi, 1, ["MED-01"]);
        var building = new ChainSubject(business.EnterpriseId, Guid.NewGuid(), SupplyPhase.Landed, "S80", 1 * Yi, 0.8m, ["MED-01"]);
        var link = Coverage.Of(Map, [business, project, building], Weights)["MED-01"];
        Assert.Equal((3 + 0.8m) * Yi * Weights.LocalShare, link.Supply);
        Assert.Equal(1, link.Suppliers);
        Assert.Equal(link.Supply, link.Largest);
    }

    [Fact]
    public void A_share_that_somebody_knows_goes_before_the_general_one()
    {
        var map = new ChainMap([Link("MED-01"), Link("MED-02")], [Edge("MED-01", "MED-02", isCritical: true, percent: 0.5m)]);
        Assert.Equal(0.005m, Coverage.Of(map, [], Weights)["MED-01"].Needs.Single(n => n.Buyer is not null).Share);
    }

    [Fact]
    public void Edges_that_end_nowhere_and_links_off_the_map_count_for_nothing_and_are_not_lost()
    {
        var map = new ChainMap([Link("MED-01")], [Edge("MED-01", "MED-99"), Edge("MED-98", "MED-01")]);
        Assert.Equal(2, map.Dangling.Count);
        var link = Coverage.Of(map, [Here(1 * Yi, "MED-01", "MED-99")], Weights)["MED-01"];
        Assert.Single(link.Needs);
        Assert.Equal(0.25m * Yi, link.Supply);
    }

    [Fact]
    public void A_field_is_covered_as_far_as_what_its_links_must_give()
    {
        Assert.Equal(0, Coverage.Of(Map, [], Weights).OfField("MED"));
        var coverage = Coverage.Of(Map, [.. Enumerable.Range(0, 3).SelectMany(_ => Map.Links.Select(l => Here(100 * Yi, l.Code)))], Weights);
        Assert.Equal(1, coverage.OfField("MED"));
        // The material link belongs to medicine besides.
        Assert.True(Coverage.Of(Map, [Here(100 * Yi, "MAT-01")], Weights).OfField("MED") > 0);
    }

    [Fact]
    public void For_random_maps_another_supplier_never_lowers_a_coverage_and_the_figures_stay_in_their_bounds()
    {
        var random = new Random(20260101);
        for (var round = 0; round < 300; round++)
        {
            var codes = Enumerable.Range(1, random.Next(2, 12)).Select(i => $"MED-{i:00}").ToList();
            var map = new ChainMap(codes.Select(c => Link(c)), codes.SelectMany(a => codes.Where(_ => random.Next(4) == 0).Select(b => Edge(a, b, random.Next(3) == 0))));
            List<ChainSubject> subjects = [.. Enumerable.Range(0, random.Next(0, 20)).Select(_ => Here(random.Next(1, 2000) * 1_000_000m, [.. codes.Where(_ => random.Next(5) == 0)]))];
            var before = Coverage.Of(map, subjects, Weights);
            var link = codes[random.Next(codes.Count)];
            var further = random.Next(1, 3000) * 1_000_000m;
            foreach (var c in before.Links)
            {
                Assert.InRange(c.Coverage, 0, 1);
                Assert.True(c.CoverageHere <= c.Coverage);
                Assert.Equal(c.Need, c.Needs.Sum(n => n.Amount));
                Assert.Equal(c.Supply, c.Supplies.Sum(s => s.Amount));
            }
            // At the same need, as the ranking reckons.
            var (supply, largest) = (before[link].Supply, before[link].Largest);
            Assert.True(before[link].WeightedGapWith(supply + further, Math.Max(largest, further)) <= before[link].WeightedGap);
            Assert.Equal(before[link].WeightedNeed * (1 - before[link].Coverage), before[link].WeightedGap);
        }
    }

    [Fact]
    public void Who_leaves_takes_the_supply_along_and_the_need_too()
    {
        var buyer = Here(4 * Yi, "MED-02");
        var supplier = Here(1 * Yi, "MED-01");
        var both = Coverage.Of(Map, [buyer, supplier], Weights);
        Assert.True(Coverage.Of(Map, [buyer], Weights)["MED-01"].Gap > both["MED-01"].Gap);
        Assert.True(Coverage.Of(Map, [supplier], Weights)["MED-01"].Need < both["MED-01"].Need);
    }
}
