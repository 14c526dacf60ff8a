namespace JinshanBio.Crm.Domain.Chain;

/// <summary>An enterprise that is not here and could come.</summary>
/// <param name="Output">Yuan a year that it would make here, taken for its size class.</param>
/// <param name="Links">Where it works, each once, and how sure that is. Its output is spread over them in equal parts.</param>
public sealed record TargetCandidate(Guid EnterpriseId, decimal Output, IReadOnlyList<CandidateLink> Links);

/// <param name="Confidence">0–1; 1 for a link that a person has confirmed.</param>
public sealed record CandidateLink(string Link, decimal Confidence);

/// <summary>A candidate in its place.</summary>
/// <param name="Rank">From 1.</param>
/// <param name="Closes">Weighted gap that it closes beside all that stand before it, yuan a year: the sum of the gains.</param>
/// <param name="Alone">The same if nobody came before it.</param>
public sealed record RankedTarget(TargetCandidate Candidate, int Rank, decimal Closes, decimal Alone, IReadOnlyList<TargetGain> Gains);

/// <summary>What a target does to one link, weighted yuan a year.</summary>
/// <param name="Supply">What the district would get of it there: output × local share ÷ number of its links × confidence.</param>
/// <param name="Before">Weighted gap that those before it leave.</param>
public sealed record TargetGain(string Link, decimal Confidence, decimal Supply, decimal Before, decimal After)
{
    public decimal Closes => Before - After;
}

/// <summary>
/// 目标排序, greedy by marginal gain: the one that closes most comes first, then the one that closes most of what is left, and so on. Value of a candidate = Σ over its
/// links of (weighted gap − weighted gap with its supply there). Only those that share a link with the one chosen are reckoned again. Equal ones by their id.
/// A second small supplier may close more of a link than the first did, because it makes the first replaceable (see the resilience of <see cref="LinkCoverage"/>):
/// so gains can also rise, and nothing here rests on their falling.
/// </summary>
public static class TargetRanking
{
    /// <param name="atMost">So many are ranked; those that close nothing more are left out.</param>
    /// <param name="counts">Links whose gaps count; all when null.</param>
    public static IReadOnlyList<RankedTarget> Of(Coverage coverage, IReadOnlyList<TargetCandidate> candidates, int atMost, IReadOnlySet<string>? counts = null)
    {
        var links = coverage.Links.Where(l => l.WeightedGap > 0 && (counts is null || counts.Contains(l.Link))).ToDictionary(l => l.Link, l => new Left(l), StringComparer.Ordinal);
        var share = coverage.Links.Select(l => l.Weights.LocalShare).FirstOrDefault();
        var all = candidates.OrderBy(c => c.EnterpriseId).Select(c => new Reckoned(c, links, share)).ToList();
        var sharing = all.SelectMany(c => c.Parts.Select(p => (p.Left, c))).ToLookup(x => x.Left, x => x.c);

        var ranked = new List<RankedTarget>();
        while (ranked.Count < atMost)
        {
            Reckoned? best = null;
            foreach (var candidate in all)
                if (!candidate.IsChosen && candidate.Gain > (best?.Gain ?? 0)) best = candidate;
            if (best is null) break;
            ranked.Add(best.Choose(ranked.Count + 1));
            foreach (var other in best.Parts.SelectMany(p => sharing[p.Left]).Where(c => !c.IsChosen).Distinct()) other.Reckon();
        }
        return ranked;
    }

    /// <summary>What is left of a gap after those already chosen.</summary>
    private sealed class Left(LinkCoverage link)
    {
        private decimal _supply = link.Supply, _largest = link.Largest;

        public string Link => link.Link;
        public decimal Gap { get; private set; } = link.WeightedGap;

        public decimal With(decimal supply) => link.WeightedGapWith(_supply + supply, Math.Max(_largest, supply));

        public void Take(decimal supply)
        {
            Gap = With(supply);
            (_supply, _largest) = (_supply + supply, Math.Max(_largest, supply));
        }
    }

    private sealed class Reckoned
    {
        private readonly TargetCandidate _candidate;
        private readonly decimal _alone;

        public Reckoned(TargetCandidate candidate, Dictionary<string, Left> links, decimal share)
        {
            _candidate = candidate;
            Parts = [.. candidate.Links.Where(l => links.ContainsKey(l.Link)).Select(l => (links[l.Link], l.Confidence, candidate.Output * share / candidate.Links.Count * l.Confidence))];
            Reckon();
            _alone = Gain;
        }

        public IReadOnlyList<(Left Left, decimal Confidence, decimal Supply)> Parts { get; }
        public decimal Gain { get; private set; }
        public bool IsChosen { get; private set; }

        public void Reckon() => Gain = Parts.Sum(p => p.Left.Gap - p.Left.With(p.Supply));

        public RankedTarget Choose(int rank)
        {
            IsChosen = true;
            var gains = Parts.Select(p => new TargetGain(p.Left.Link, p.Confidence, p.Supply, p.Left.Gap, p.Left.With(p.Supply))).OrderByDescending(g => g.Closes).ThenBy(g => g.Link, StringComparer.Ordinal).ToList();
            foreach (var (left, _, supply) in Parts) left.Take(supply);
            return new RankedTarget(_candidate, rank, Gain, _alone, gains);
        }
    }
}
