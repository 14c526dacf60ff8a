using System.Text.Json;
using JinshanBio.Crm.Domain.Chain;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Chain;

public sealed class ChainLayoutTests
{
    private static readonly IReadOnlyList<(string Code, string Field, string[] Also, int Tier)> Links;
    private static readonly IReadOnlyList<LayoutEdge> Edges;
    private static readonly string[] Fields = ["MED", "MAT", "AGR", "ENE", "CMN"];

    static ChainLayoutTests()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "seeds/reference/chain-links.json")));
        Links = [.. json.RootElement.GetProperty("links").EnumerateArray().Select(l => (l.GetProperty("code").GetString()!, l.GetProperty("field").GetString()!,
            l.GetProperty("field_codes_also").EnumerateArray().Select(f => f.GetString()!).ToArray(), (int)Enum.Parse<ChainTier>(l.GetProperty("tier").GetString()!, ignoreCase: true)))];
        Edges = [.. json.RootElement.GetProperty("edges").EnumerateArray().Select(e => new LayoutEdge(e.GetProperty("from").GetString()!, e.GetProperty("to").GetString()!)).Distinct()];
    }

    private static ChainLayout Of(string? field, bool reversed = false)
    {
        var nodes = Links.Where(l => field is null || l.Field == field || l.Also.Contains(field))
            .Select(l => new LayoutNode(l.Code, l.Tier, field is null ? Array.IndexOf(Fields, l.Field) : 0)).ToList();
        if (reversed) nodes.Reverse();
        var codes = nodes.Select(n => n.Code).ToHashSet();
        return ChainLayout.Of(nodes, [.. Edges.Where(e => codes.Contains(e.From) && codes.Contains(e.To))], field is null ? [4, 4, 4] : [5, 5, 5], bends: field is not null);
    }

    [Theory]
    [InlineData("MED")]
    [InlineData("MAT")]
    [InlineData("AGR")]
    [InlineData("ENE")]
    [InlineData("CMN")]
    [InlineData(null)]
    public void Print(string? field)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var drawing = Of(field);
        TestContext.Current.SendDiagnosticMessage($"{field} {drawing.CrossingsBefore} -> {drawing.Crossings} cols {string.Join(',', drawing.ColumnsOfGroup)} {string.Join(' ', drawing.Columns.Select(c => c.Count))} arcs {drawing.Routes.Count(r => r[0].Column == r[^1].Column)} {watch.ElapsedMilliseconds} ms");
    }
}
