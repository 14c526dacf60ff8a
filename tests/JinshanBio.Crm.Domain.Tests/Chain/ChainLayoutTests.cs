using System.Text.Json;
using JinshanBio.Crm.Domain.Chain;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Chain;

public sealed class ChainLayoutTests
{
    private static readonly string[] Fields = ["MED", "MAT", "AGR", "ENE", "CMN"];
    private static readonly IReadOnlyList<(string Code, string Field, string[] Also, int Tier)> Links;
    private static readonly IReadOnlyList<LayoutEdge> Edges;

    static ChainLayoutTests()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "seeds/reference/chain-links.json")));
        Links = [.. json.RootElement.GetProperty("links").EnumerateArray().Select(l => (l.GetProperty("code").GetString()!, l.GetProperty("field").GetString()!,
            l.GetProperty("field_codes_also").EnumerateArray().Select(f => f.GetString()!).ToArray(), (int)Enum.Parse<ChainTier>(l.GetProperty("tier").GetString()!, ignoreCase: true)))];
        Edges = [.. json.RootElement.GetProperty("edges").EnumerateArray().Select(e => new LayoutEdge(e.GetProperty("from").GetString()!, e.GetProperty("to").GetString()!))];
    }

    /// <summary>The map that comes with the product, as the page draws it: one field with bends, or all of them in bands without.</summary>
    private static (ChainLayout Drawing, List<LayoutNode> Nodes, List<LayoutEdge> Edges) Draw(string? field)
    {
        var nodes = Links.Where(l => field is null || l.Field == field || l.Also.Contains(field)).Select(l => new LayoutNode(l.Code, l.Tier, field is null ? Array.IndexOf(Fields, l.Field) : 0)).ToList();
        var codes = nodes.Select(n => n.Code).ToHashSet();
        var edges = Edges.Where(e => codes.Contains(e.From) && codes.Contains(e.To)).ToList();
        return (ChainLayout.Of(nodes, edges, field is null ? [4, 4, 4] : [5, 5, 5], bends: field is not null), nodes, edges);
    }

    [Theory]
    [InlineData("MED", 32)]
    [InlineData("MAT", 20)]
    [InlineData("AGR", 12)]
    [InlineData("ENE", 20)]
    [InlineData("CMN", 5)]
    [InlineData(null, 2300)]
    public void The_lines_of_each_map_cross_less_than_in_the_order_of_the_codes(string? field, int most)
    {
        var (drawing, _, _) = Draw(field);
        Assert.InRange(drawing.Crossings, 0, Math.Min(most, drawing.CrossingsBefore - 1));
    }

    [Theory]
    [InlineData("MED")]
    [InlineData("AGR")]
    [InlineData("CMN")]
    [InlineData(null)]
    public void Every_link_stands_once_in_its_tier_and_every_edge_leads_from_one_end_to_the_other(string? field)
    {
        var (drawing, nodes, edges) = Draw(field);
        var placed = drawing.Columns.SelectMany(c => c).Where(i => i.Code is not null).ToList();
        Assert.Equal(nodes.Select(n => n.Code).Order(StringComparer.Ordinal), placed.Select(i => i.Code!).Order(StringComparer.Ordinal));
        Assert.Equal(drawing.Columns.Count, drawing.ColumnsOfGroup.Sum());
        foreach (var (node, item) in nodes.Select(n => (n, placed.Single(i => i.Code == n.Code))))
        {
            var first = drawing.ColumnsOfGroup.Take(node.Group).Sum();
            Assert.InRange(item.Column, first, first + drawing.ColumnsOfGroup[node.Group] - 1);
        }
        Assert.Equal(edges.Count, drawing.Routes.Count);
        foreach (var (edge, route) in edges.Zip(drawing.Routes))
        {
            Assert.Equal(new[] { edge.From, edge.To }.Order(StringComparer.Ordinal), new[] { route[0].Code!, route[^1].Code! }.Order(StringComparer.Ordinal));
            if (field is not null && route[0].Column != route[^1].Column) Assert.Equal(Enumerable.Range(route[0].Column, route.Count), route.Select(i => i.Column));
        }
    }

    [Fact]
    public void The_bands_stay_together_and_in_their_order_in_every_column()
    {
        var (drawing, _, _) = Draw(null);
        foreach (var column in drawing.Columns)
        {
            Assert.Equal(column.Select(i => i.Band).Order(), column.Select(i => i.Band));
            Assert.True(column.Zip(column.Skip(1)).All(p => p.First.Y < p.Second.Y));
        }
    }

    [Theory]
    [InlineData("ENE")]
    [InlineData(null)]
    public void The_same_map_has_the_same_drawing(string? field)
    {
        static string Written(ChainLayout drawing) => string.Join('|', drawing.Columns.Select(c => string.Join(',', c.Select(i => $"{i.Code}@{i.Y}"))));
        Assert.Equal(Written(Draw(field).Drawing), Written(Draw(field).Drawing));
    }

    [Fact]
    public void Cycles_loops_and_parallel_edges_are_drawn_too()
    {
        var drawing = ChainLayout.Of([new("A", 0), new("B", 0), new("C", 1), new("D", 2)],
            [new("A", "B"), new("B", "A"), new("A", "C"), new("A", "C"), new("C", "D"), new("D", "A"), new("C", "C")], [2, 2, 2], bends: true);
        Assert.Equal(["A", "B", "C", "D"], drawing.Columns.SelectMany(c => c).Select(i => i.Code).OfType<string>().Order());
        Assert.Equal(6, drawing.Routes.Count);
    }

    [Fact]
    public void Two_lines_that_need_not_cross_do_not()
    {
        var drawing = ChainLayout.Of([new("A", 0), new("B", 0), new("C", 1), new("D", 1)], [new("A", "D"), new("B", "C")], [5, 5, 5], bends: true);
        Assert.Equal((1, 0), (drawing.CrossingsBefore, drawing.Crossings));
    }

    [Fact]
    public void A_map_without_links_is_an_empty_drawing() => Assert.Empty(ChainLayout.Of([], [], [5, 5, 5], bends: true).Columns);
}
