namespace JinshanBio.Crm.Domain.Chain;

/// <summary>
/// 覆盖与缺口 of a whole map, reckoned from who is here and who is coming. Pure: the same map, subjects and weights give the same figures.
/// Need of a link = planned output × local share (what the district wants of the link itself) + over the links it supplies: output there × share of need.
/// Supply of a link = over its enterprises and projects: output × likelihood ÷ number of their links × local share.
/// </summary>
public sealed class Coverage
{
    private readonly Dictionary<string, LinkCoverage> _links;

    private Coverage(ChainMap map, Dictionary<string, LinkCoverage> links) => (Map, _links) = (map, links);

    public ChainMap Map { get; }

    /// <summary>By code.</summary>
    public IEnumerable<LinkCoverage> Links => Map.Links.Select(l => _links[l.Code]);

    public LinkCoverage this[string link] => _links[link];

    /// <summary>缺口 by their weight, the largest first; equal ones by code.</summary>
    public IReadOnlyList<LinkCoverage> Gaps => [.. Links.Where(l => l.WeightedGap > 0).OrderByDescending(l => l.WeightedGap).ThenBy(l => l.Link, StringComparer.Ordinal)];

    /// <param name="subjects">Links that are not on the map count for nothing, but take their part of the output.</param>
    public static Coverage Of(ChainMap map, IEnumerable<ChainSubject> subjects, CoverageWeights weights)
    {
        var supplies = map.Links.ToDictionary(l => l.Code, _ => new List<SupplyTerm>(), StringComparer.Ordinal);
        foreach (var subject in ChainSubject.CountedOnce(subjects))
        {
            var term = new SupplyTerm(subject, 1m / subject.Links.Count, weights.LocalShare);
            foreach (var link in subject.Links)
                if (supplies.TryGetValue(link, out var terms)) terms.Add(term);
        }
        var output = supplies.ToDictionary(s => s.Key, s => s.Value.Sum(t => t.Subject.ExpectedPerLink), StringComparer.Ordinal);
        return new Coverage(map, map.Links.ToDictionary(l => l.Code, l => Of(l, map, supplies[l.Code], output, weights), StringComparer.Ordinal));
    }

    /// <summary>Weighted coverage of the links of a field, 0–1: of all that is needed from them, what is covered.</summary>
    /// <param name="field">Null for the whole map.</param>
    public decimal OfField(string? field)
    {
        var links = Map.Links.Where(l => field is null || l.IsIn(field)).Select(l => _links[l.Code]).ToList();
        var need = links.Sum(l => l.WeightedNeed);
        return need <= 0 ? 1 : 1 - links.Sum(l => l.WeightedGap) / need;
    }

    private static LinkCoverage Of(LinkEdition link, ChainMap map, List<SupplyTerm> supplies, Dictionary<string, decimal> output, CoverageWeights weights)
    {
        var plan = new NeedTerm(null, null, false, weights.PlannedOutput, true, weights.LocalShare, link.Field, weights.WeightOf(link.Field));
        List<NeedTerm> needs = [plan, .. map.OutOf(link.Code).Select(edge =>
        {
            var (buyer, made) = (map.Find(edge.Buyer)!, output[edge.Buyer]);
            return new NeedTerm(edge.Buyer, edge.Kind, edge.IsCritical, Math.Max(made, weights.PlannedOutput), made < weights.PlannedOutput, weights.NeedOf(edge), buyer.Field, weights.WeightOf(buyer.Field));
        })];
        var byEnterprise = supplies.GroupBy(s => s.Subject.EnterpriseId).Select(g => (All: g.Sum(t => t.Amount), Here: g.Where(t => t.IsHere).Sum(t => t.Amount), IsHere: g.Any(t => t.IsHere))).ToList();
        return new LinkCoverage(link.Code, needs.Sum(n => n.Amount), needs.Sum(n => n.Amount * n.FieldWeight),
            byEnterprise.Sum(e => e.All), byEnterprise.Sum(e => e.Here), byEnterprise.Select(e => e.All).DefaultIfEmpty().Max(), byEnterprise.Select(e => e.Here).DefaultIfEmpty().Max(),
            byEnterprise.Count(e => e.IsHere), supplies.Count(s => !s.IsHere), needs, supplies, weights);
    }
}
