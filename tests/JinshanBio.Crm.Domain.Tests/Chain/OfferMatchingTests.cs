using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using Xunit;
using static JinshanBio.Crm.Domain.Tests.Chain.CoverageTests;

namespace JinshanBio.Crm.Domain.Tests.Chain;

public sealed class OfferMatchingTests
{
    private const string Media = "CMN-06", Drugs = "MED-04", Cells = "MED-09";
    private static readonly Guid Park = Guid.NewGuid(), Asking = Guid.NewGuid();
    private static readonly ChainMap Map = new([Link(Media), Link(Drugs), Link(Cells), Link("MED-99")], [Edge(Media, Drugs, isCritical: true), Edge(Media, Cells)]);
    private static readonly HashSet<Guid> Nowhere = [], Here = [Park];

    private readonly List<OfferTenant> _tenants = [];
    private readonly List<OfferPost> _posts = [];

    [Fact]
    public void A_demand_finds_what_is_posted_for_its_link_and_those_who_make_it()
    {
        var posted = Tenant("甲", "MED-99");
        var maker = Tenant("乙", Media);
        Tenant("丙", Drugs);
        var offer = Post(posted, OfferKind.Supply);
        Post(posted, OfferKind.Demand);
        Post(posted, OfferKind.Supply, Drugs);
        var matches = Matches(OfferKind.Demand, Drugs);
        Assert.Equal([(posted, offer), (maker, (Guid?)null)], matches.Select(m => (m.EnterpriseId, m.OfferId)));
    }

    [Fact]
    public void A_supply_finds_posted_demands_and_those_who_buy_along_the_edges()
    {
        var (drugs, cells) = (Tenant("甲", Drugs), Tenant("乙", Cells));
        Tenant("同行", Media);
        Tenant("无关", "MED-99");
        var wanted = Tenant("丁", "MED-99");
        Post(wanted, OfferKind.Demand);
        // The critical edge before the other one.
        Assert.Equal([wanted, drugs, cells], Matches(OfferKind.Supply, Media).Select(m => m.EnterpriseId));
    }

    [Fact]
    public void Each_score_is_the_sum_of_terms_that_say_why()
    {
        var maker = Tenant("甲", Media, EnterpriseSize.Medium, park: true);
        Post(maker, OfferKind.Supply, product: "CHO 细胞无血清培养基");
        var match = Assert.Single(Matches(OfferKind.Demand, Drugs, "无血清 CHO", park: true));
        Assert.Equal([(OfferMatchReason.Posted, 100), (OfferMatchReason.SameWords, 40), (OfferMatchReason.Edge, 20), (OfferMatchReason.SamePark, 8), (OfferMatchReason.Size, 3)], match.Terms.Select(t => (t.Reason, t.Points)));
        Assert.Equal(171, match.Score);
        Assert.Equal(["cho", "无血", "血清"], match.Terms[1].Words);
        Assert.Equal((Media, Drugs), (match.Terms[2].Edge!.Supplier, match.Terms[2].Edge!.Buyer));
    }

    [Fact]
    public void Nobody_answers_itself_and_who_has_posted_is_named_once_for_each_post()
    {
        Tenant("自己", Media, id: Asking);
        var maker = Tenant("甲", Media);
        Post(maker, OfferKind.Supply);
        Post(maker, OfferKind.Supply, product: "另一种");
        var matches = Matches(OfferKind.Demand, Drugs);
        Assert.Equal([maker, maker], matches.Select(m => m.EnterpriseId));
        Assert.DoesNotContain(matches, m => m.OfferId is null);
    }

    [Fact]
    public void Whoever_has_posted_stands_before_all_that_only_might_and_the_order_does_not_depend_on_the_input()
    {
        var posted = Tenant("末", "MED-99");
        foreach (var i in Enumerable.Range(0, 20)) Tenant($"厂{i:D2}", Media, EnterpriseSize.Large, park: true);
        Post(posted, OfferKind.Supply, product: "别的");
        var first = Matches(OfferKind.Demand, Drugs, park: true);
        Assert.Equal((posted, 21), (first[0].EnterpriseId, first.Count));
        _tenants.Reverse();
        Assert.Equal(first.Select(m => m.EnterpriseId), Matches(OfferKind.Demand, Drugs, park: true).Select(m => m.EnterpriseId));
    }

    [Theory]
    [InlineData("无血清培养基", "培养基", "1")]
    [InlineData("CHO培养基", "cho", "1")]
    [InlineData("生物反应器 2000 L", "生物反应器 200 L", "0.8333")]
    [InlineData("ｐＨ电极", "PH 电极", "1")]
    [InlineData("发酵罐", "培养基", "0")]
    [InlineData("", "培养基", "0")]
    [InlineData("、，。", "（）", "0")]
    public void Product_words_are_compared_as_they_are_read(string one, string other, string share)
        => Assert.Equal(decimal.Parse(share, System.Globalization.CultureInfo.InvariantCulture), decimal.Round(ProductWords.Common(ProductWords.Of(one), other).Share, 4));

    private IReadOnlyList<OfferMatch> Matches(OfferKind kind, string own, string product = "培养基", bool park = false)
        => OfferMatching.Of(new OfferQuestion(kind, Media, product, Asking, new HashSet<string> { own }, park ? Here : Nowhere), Map, _tenants, _posts);

    private Guid Tenant(string name, string link, EnterpriseSize? size = null, bool park = false, Guid? id = null)
    {
        _tenants.Add(new OfferTenant(id ?? Guid.NewGuid(), name, size, new HashSet<string> { link }, park ? Here : Nowhere));
        return _tenants[^1].EnterpriseId;
    }

    private Guid Post(Guid enterprise, OfferKind kind, string link = Media, string product = "x")
    {
        _posts.Add(new OfferPost(Guid.NewGuid(), kind, link, enterprise, product));
        return _posts[^1].OfferId;
    }
}
