using JinshanBio.Crm.Domain.Chain;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Chain;

public sealed class MapHistoryTests
{
    private static readonly DateTime Day = new(2026, 5, 1, 2, 0, 0, DateTimeKind.Utc);
    private static readonly Guid Expert = Guid.CreateVersion7();
    private static readonly LinkTerms Terms = new("MED", ChainTier.Midstream, "培养基", "Media") { Products = ["培养基", "补料"], IndustryCodes = ["2761"] };
    private static readonly EdgeTerms Supplies = new("培养基", "media", false);

    private static Edit On(int day) => new("2026 年调研", "现状有变", Day.AddDays(day), Expert);

    private static LinkHistory Shipped() => new("MED-01", [new LinkEdition("MED-01", Terms, new Edit("policy", null, ChainMap.Always, null))]);

    [Fact]
    public void A_change_ends_the_edition_and_opens_the_next_at_the_same_moment()
    {
        var history = Shipped();
        var next = history.Revise(Terms with { NameZh = "个性化培养基" }, On(0))!;
        Assert.Equal((2, true, Day, ChainMap.Open, Expert), (history.Version, history.IsOnMap, next.From, next.To, next.ById));
        Assert.Equal(Day, history.Editions[0].To);
        var entry = history.Entries[0];
        Assert.Equal((MapAct.Changed, 2, "2026 年调研", "现状有变"), (entry.Act, entry.Version, entry.Source, entry.Reason));
        Assert.Equal([new TermChange("nameZh", "培养基", "个性化培养基")], entry.Changes);
    }

    [Fact]
    public void What_says_the_same_makes_no_edition()
    {
        var history = Shipped();
        Assert.Null(history.Revise(Terms with { NameZh = " 培养基 ", Products = ["培养基", "补料"] }, On(0)));
        Assert.Equal(1, history.Version);
    }

    [Fact]
    public void Of_a_list_each_item_that_went_or_came_is_named()
        => Assert.Equal([new TermChange("products", "补料", null), new TermChange("products", null, "1,3-丙二醇")], TermChange.Between(Terms, Terms with { Products = ["培养基", "1,3-丙二醇"] }));

    [Fact]
    public void A_link_that_was_taken_off_is_restored_as_it_was_and_not_changed_before()
    {
        var history = Shipped();
        history.Retire(On(0));
        Assert.Equal((false, Day), (history.IsOnMap, history.Last!.To));
        Assert.Equal(RefusalCode.LinkTakenOff, Assert.Throws<Refusal>(() => history.Revise(Terms with { NameZh = "别的" }, On(1))).Code);
        Assert.Equal(RefusalCode.LinkTakenOff, Assert.Throws<Refusal>(() => history.Retire(On(1))).Code);
        Assert.Equal(RefusalCode.LinkCodeTaken, Assert.Throws<Refusal>(() => history.Add(Terms, On(1))).Code);
        var again = history.Restore(On(2));
        Assert.True(again.Terms.SaysTheSame(Terms));
        Assert.Equal(RefusalCode.LinkOnMap, Assert.Throws<Refusal>(() => history.Restore(On(3))).Code);
        Assert.Equal([MapAct.Restored, MapAct.Removed, MapAct.Added], history.Entries.Select(e => e.Act));
    }

    [Fact]
    public void Changes_in_one_moment_or_from_a_clock_that_is_late_stand_one_after_the_other()
    {
        var history = Shipped();
        history.Revise(Terms with { NameZh = "甲" }, On(1));
        history.Revise(Terms with { NameZh = "乙" }, On(1));
        history.Revise(Terms with { NameZh = "丙" }, On(0));
        history.Retire(On(0));
        history.Restore(On(0));
        Assert.All(history.Editions, e => Assert.True(e.From < e.To));
        Assert.All(history.Editions.Zip(history.Editions.Skip(1)), p => Assert.True(p.First.To <= p.Second.From));
        Assert.Equal(history.Editions.Count, history.Editions.Select(e => e.To).Distinct().Count());
    }

    [Fact]
    public void A_code_is_never_given_twice()
    {
        Assert.Equal("MED-05", LinkHistory.NextCode("MED", ["MED-01", "MED-04", "MAT-09"]));
        Assert.Equal("ENE-01", LinkHistory.NextCode("ENE", []));
        Assert.Equal("MED-100", LinkHistory.NextCode("MED", ["MED-99"]));
    }

    [Fact]
    public void An_edge_joins_two_links_of_the_map_once_for_each_kind()
    {
        var history = new EdgeHistory(new EdgeKey("MED-01", "MED-02", SupplyKind.Material), []);
        Assert.Equal(RefusalCode.UnknownLink, Assert.Throws<Refusal>(() => history.Add(Supplies, On(0), c => c == "MED-01")).Code);
        history.Add(Supplies, On(0), _ => true);
        Assert.Equal(RefusalCode.EdgeExists, Assert.Throws<Refusal>(() => history.Add(Supplies, On(1), _ => true)).Code);
        Assert.Null(history.Revise(Supplies, On(1)));
        Assert.Equal([new TermChange("isCritical", "false", "true"), new TermChange("needPercent", null, "12.5")],
            TermChange.Between(history.Last!.Terms, history.Revise(Supplies with { IsCritical = true, NeedPercent = 12.5m }, On(1))!.Terms));
        history.Remove(On(2));
        Assert.Equal(RefusalCode.EdgeRemoved, Assert.Throws<Refusal>(() => history.Revise(Supplies, On(3))).Code);
        history.Add(Supplies, On(3), _ => true);
        Assert.Equal([MapAct.Restored, MapAct.Removed, MapAct.Changed, MapAct.Added], history.Entries.Select(e => e.Act));
        Assert.Equal(RefusalCode.EdgeToItself, Assert.Throws<Refusal>(() => new EdgeHistory(new EdgeKey("A", "A", SupplyKind.Energy), []).Add(Supplies, On(0), _ => true)).Code);
    }

    [Fact]
    public void Two_maps_are_compared_by_what_was_added_changed_and_taken_off()
    {
        LinkEdition Link(string code, string name) => new(code, Terms with { NameZh = name }, On(0));
        EdgeEdition Edge(string from, string to, bool critical) => new(new EdgeKey(from, to, SupplyKind.Material), Supplies with { IsCritical = critical }, On(0));
        var before = new ChainMap([Link("A", "a"), Link("B", "b"), Link("C", "c")], [Edge("A", "B", false), Edge("B", "C", false)]);
        var after = new ChainMap([Link("A", "a"), Link("B", "bb"), Link("D", "d")], [Edge("A", "B", true), Edge("B", "C", false)]);
        // The edge to C dangles now, it was not removed.
        Assert.Equal([(MapAct.Changed, "B"), (MapAct.Removed, "C"), (MapAct.Added, "D"), (MapAct.Changed, "A>B")],
            MapDifference.Between(before, after).Select(d => (d.Act, d.Code ?? $"{d.Edge!.Supplier}>{d.Edge.Buyer}")));
        Assert.Empty(MapDifference.Between(after, after));
    }
}
