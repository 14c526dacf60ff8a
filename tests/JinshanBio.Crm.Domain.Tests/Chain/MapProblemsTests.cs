using JinshanBio.Crm.Domain.Chain;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Chain;

public sealed class MapProblemsTests
{
    private static readonly Edit Shipped = new("test", null, ChainMap.Always, null);

    private static LinkEdition Link(string code, string? name = null) => new(code, new LinkTerms("MED", ChainTier.Midstream, name ?? code, code) { Products = ["x"], IndustryCodes = ["2761"] }, Shipped);

    private static EdgeEdition Edge(string from, string to, string content, SupplyKind kind = SupplyKind.Material, bool critical = false, decimal? percent = null)
        => new(new EdgeKey(from, to, kind), new EdgeTerms(content, content, critical) { NeedPercent = percent }, Shipped);

    private static IReadOnlyList<MapProblem> Of(IEnumerable<LinkEdition> links, IEnumerable<EdgeEdition> edges, params LinkUse[] uses) => MapProblems.Of(new ChainMap(links, edges), uses);

    [Fact]
    public void A_sound_map_has_none()
        => Assert.Empty(Of([Link("A"), Link("B")], [Edge("A", "B", "x")], new LinkUse("A", 3, 1, 2, 1)));

    [Fact]
    public void An_edge_that_ends_nowhere_is_told_with_the_end_that_is_missing()
    {
        var problem = Of([Link("A"), Link("B")], [Edge("A", "B", "x"), Edge("A", "GONE", "y")]).Single();
        Assert.Equal((MapProblemKind.Dangling, ProblemGravity.Error, "GONE"), (problem.Kind, problem.Gravity, Assert.Single(problem.Links)));
        Assert.Equal(new EdgeKey("A", "GONE", SupplyKind.Material), problem.Edge);
    }

    [Fact]
    public void Records_that_name_a_link_off_the_map_are_counted()
    {
        var use = new LinkUse("GONE", 4, 2, 1, 3);
        var problem = Of([Link("A"), Link("B")], [Edge("A", "B", "x")], use, new LinkUse("A", 9, 9, 9, 9), new LinkUse("NEVER", 0, 0, 0, 0)).Single();
        Assert.Equal((MapProblemKind.UsedOffMap, use), (problem.Kind, problem.Use));
    }

    [Fact]
    public void Two_that_supply_each_other_with_the_same_are_doubted_unless_it_is_a_return_loop()
    {
        LinkEdition[] links = [Link("A"), Link("B")];
        Assert.Equal([MapProblemKind.Mutual, MapProblemKind.Cycle], Of(links, [Edge("A", "B", "菌渣"), Edge("B", "A", "菌渣")]).Select(p => p.Kind));
        Assert.Equal([MapProblemKind.Cycle], Of(links, [Edge("A", "B", "菌渣"), Edge("B", "A", "菌种")]).Select(p => p.Kind));
        Assert.Empty(Of(links, [Edge("A", "B", "菌渣", SupplyKind.Circular), Edge("B", "A", "菌渣", SupplyKind.Circular)]));
    }

    [Fact]
    public void The_same_pair_and_content_under_two_kinds_is_a_duplicate_or_a_contradiction()
    {
        LinkEdition[] links = [Link("A"), Link("B")];
        MapProblemKind[] Kinds(params EdgeEdition[] edges) => [.. Of(links, edges).Select(p => p.Kind)];
        Assert.Equal([MapProblemKind.SameContent], Kinds(Edge("A", "B", "x"), Edge("A", "B", "x", SupplyKind.Product)));
        Assert.Equal([MapProblemKind.Contradiction], Kinds(Edge("A", "B", "x", critical: true), Edge("A", "B", "x", SupplyKind.Product)));
        Assert.Equal([MapProblemKind.TwoWeights], Kinds(Edge("A", "B", "x", critical: true), Edge("A", "B", "y", SupplyKind.Service)));
        Assert.Empty(Kinds(Edge("A", "B", "x"), Edge("A", "B", "y", SupplyKind.Service)));
    }

    [Fact]
    public void What_a_link_needs_is_not_more_than_all_it_makes()
    {
        LinkEdition[] links = [Link("A"), Link("B"), Link("C")];
        Assert.Empty(Of(links, [Edge("A", "C", "x", percent: 60), Edge("B", "C", "y", percent: 40)]));
        Assert.Equal((MapProblemKind.NeedAboveAll, "100.5"), Of(links, [Edge("A", "C", "x", percent: 60), Edge("B", "C", "y", percent: 40.5m)]).Select(p => (p.Kind, p.Said)).Single());
    }

    [Fact]
    public void Lonely_nameless_and_namesake_links_are_found()
    {
        var bare = new LinkEdition("D", new LinkTerms("MED", ChainTier.Upstream, "A", "D"), Shipped);
        var problems = Of([Link("A"), Link("B"), bare], [Edge("A", "B", "x"), Edge("A", "A", "z", SupplyKind.Energy)]);
        Assert.Equal([MapProblemKind.ToItself, MapProblemKind.SameName, MapProblemKind.WithoutEdge, MapProblemKind.WithoutClass, MapProblemKind.WithoutProduct], problems.Select(p => p.Kind));
        Assert.Equal(["A", "D"], problems[1].Links);
    }

    [Fact]
    public void A_round_is_noted_with_its_shortest_way_and_all_links_it_joins()
    {
        // A → B → C → A and C → D → C: one group of four, the shortest round has two.
        var problem = Of([Link("A"), Link("B"), Link("C"), Link("D"), Link("E")],
            [Edge("A", "B", "1"), Edge("B", "C", "2"), Edge("C", "A", "3"), Edge("C", "D", "4"), Edge("D", "C", "5"), Edge("D", "E", "6")]).Single();
        Assert.Equal((MapProblemKind.Cycle, ProblemGravity.Note, 4, 2), (problem.Kind, problem.Gravity, problem.Size, problem.Links.Count));
        Assert.Equal(["C", "D"], problem.Links.Order(StringComparer.Ordinal));
    }
}
