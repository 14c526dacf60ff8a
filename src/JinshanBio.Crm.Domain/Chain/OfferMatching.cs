using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Searching;

namespace JinshanBio.Crm.Domain.Chain;

/// <summary>
/// 供需匹配: who here may answer a supply or demand. What others have posted for the same link comes first; then enterprises here that stand at the other end of
/// an edge and have posted nothing. Points are added, and each opens to its terms; equal points go by name, so one question has one answer.
/// </summary>
public static class OfferMatching
{
    public const int PostedPoints = 100, WordPoints = 40, CriticalPoints = 20, EdgePoints = 10, SameParkPoints = 8;

    public static IReadOnlyList<OfferMatch> Of(OfferQuestion asked, ChainMap map, IEnumerable<OfferTenant> tenants, IEnumerable<OfferPost> posts)
    {
        var here = tenants.Where(t => t.EnterpriseId != asked.EnterpriseId).ToDictionary(t => t.EnterpriseId);
        var words = ProductWords.Of(asked.Product);
        var posted = posts.Where(p => p.Kind != asked.Kind && p.Link == asked.Link && here.ContainsKey(p.EnterpriseId)).ToList();
        var answering = posted.Select(p => p.EnterpriseId).ToHashSet();
        return
        [
            .. posted.Select(p => Judge(asked, map, here[p.EnterpriseId], p, ProductWords.Common(words, p.Product)))
                .Concat(here.Values.Where(t => !answering.Contains(t.EnterpriseId) && Might(asked, map, t)).Select(t => Judge(asked, map, t, null, ([], 0))))
                .OrderByDescending(m => m.Score).ThenBy(m => m.Name, StringComparer.Ordinal).ThenBy(m => m.OfferId ?? m.EnterpriseId),
        ];
    }

    /// <summary>Links whose enterprises may answer: for a demand those that make it, for a supply those that buy it.</summary>
    public static IReadOnlySet<string> LinksOfAnswers(OfferKind kind, string link, ChainMap map)
        => kind == OfferKind.Demand ? new HashSet<string>(StringComparer.Ordinal) { link } : map.OutOf(link).Select(e => e.Buyer).ToHashSet(StringComparer.Ordinal);

    private static bool Might(OfferQuestion asked, ChainMap map, OfferTenant tenant) => LinksOfAnswers(asked.Kind, asked.Link, map).Overlaps(tenant.Links);

    private static OfferMatch Judge(OfferQuestion asked, ChainMap map, OfferTenant tenant, OfferPost? post, (IReadOnlyList<string> Words, decimal Share) common)
    {
        var terms = new List<OfferMatchTerm>();
        if (post is not null) terms.Add(new OfferMatchTerm(OfferMatchReason.Posted, PostedPoints));
        if (common.Share > 0) terms.Add(new OfferMatchTerm(OfferMatchReason.SameWords, (int)decimal.Round(WordPoints * common.Share, MidpointRounding.AwayFromZero)) { Words = common.Words });
        var buyers = asked.Kind == OfferKind.Demand ? asked.Links : tenant.Links;
        if (map.OutOf(asked.Link).Where(e => buyers.Contains(e.Buyer)).OrderByDescending(e => e.IsCritical).ThenBy(e => e.Buyer, StringComparer.Ordinal).ThenBy(e => e.Kind).FirstOrDefault() is { } edge)
            terms.Add(new OfferMatchTerm(OfferMatchReason.Edge, edge.IsCritical ? CriticalPoints : EdgePoints) { Edge = edge });
        if (asked.Parks.Overlaps(tenant.Parks)) terms.Add(new OfferMatchTerm(OfferMatchReason.SamePark, SameParkPoints));
        if (tenant.Size is { } size) terms.Add(new OfferMatchTerm(OfferMatchReason.Size, PointsOf(size)) { Size = size });
        return new OfferMatch(tenant.EnterpriseId, tenant.Name, post?.OfferId, terms);
    }

    private static int PointsOf(EnterpriseSize size) => size switch { EnterpriseSize.Large => 4, EnterpriseSize.Medium => 3, EnterpriseSize.Small => 2, _ => 1 };
}

/// <summary>The supply or demand that is asked about.</summary>
/// <param name="Links">In which its enterprise works here.</param>
public sealed record OfferQuestion(OfferKind Kind, string Link, string Product, Guid EnterpriseId, IReadOnlySet<string> Links, IReadOnlySet<Guid> Parks);

/// <summary>An enterprise here that may answer.</summary>
public sealed record OfferTenant(Guid EnterpriseId, string Name, EnterpriseSize? Size, IReadOnlySet<string> Links, IReadOnlySet<Guid> Parks);

/// <summary>An open post of somebody.</summary>
public sealed record OfferPost(Guid OfferId, OfferKind Kind, string Link, Guid EnterpriseId, string Product);

/// <param name="OfferId">Its own post; null for an enterprise that has posted nothing.</param>
public sealed record OfferMatch(Guid EnterpriseId, string Name, Guid? OfferId, IReadOnlyList<OfferMatchTerm> Terms)
{
    public int Score => Terms.Sum(t => t.Points);
}

public sealed record OfferMatchTerm(OfferMatchReason Reason, int Points)
{
    public IReadOnlyList<string> Words { get; init; } = [];
    public EdgeEdition? Edge { get; init; }
    public EnterpriseSize? Size { get; init; }
}

public enum OfferMatchReason
{
    /// <summary>对方已发布</summary>
    Posted,
    /// <summary>产品用词相同</summary>
    SameWords,
    /// <summary>供应关系</summary>
    Edge,
    /// <summary>同一园区</summary>
    SamePark,
    /// <summary>企业规模</summary>
    Size,
}

/// <summary>产品用词: what two descriptions of a product have in common. Latin words and numbers count whole, Chinese by pairs of characters, because nothing marks its words.</summary>
public static class ProductWords
{
    public static IReadOnlySet<string> Of(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var run in Runs(SearchText.Fold(text)))
        {
            if (!IsChinese(run[0]) || run.Length == 1) words.Add(run);
            else for (var i = 0; i + 1 < run.Length; i++) words.Add(run.Substring(i, 2));
        }
        return words;
    }

    /// <summary>The common words, and which part they are of the shorter description, 0–1.</summary>
    public static (IReadOnlyList<string> Words, decimal Share) Common(IReadOnlySet<string> words, string other)
    {
        var others = Of(other);
        var common = words.Where(others.Contains).Order(StringComparer.Ordinal).ToList();
        return common.Count == 0 ? ([], 0) : (common, (decimal)common.Count / Math.Min(words.Count, others.Count));
    }

    private static IEnumerable<string> Runs(string text)
    {
        for (int from = 0, to; from < text.Length; from = to)
        {
            to = from + 1;
            if (!SearchText.IsKept(text[from])) continue;
            while (to < text.Length && SearchText.IsKept(text[to]) && IsChinese(text[to]) == IsChinese(text[from])) to++;
            yield return text[from..to];
        }
    }

    private static bool IsChinese(char c) => c is >= '\u3400' and <= '\u9FFF';
}
