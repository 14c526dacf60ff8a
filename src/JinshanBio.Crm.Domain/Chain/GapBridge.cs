namespace JinshanBio.Crm.Domain.Chain;

/// <summary>
/// 缺口变动: how the weighted gap of the district went from one moment to another, one cause after the other in a fixed order. The steps add up exactly to the
/// difference, because each is the gap after its cause less the gap before it. Who comes supplies and needs: the one closes gaps, the other opens them, so both are told.
/// </summary>
public static class GapBridge
{
    /// <param name="links">Codes of the links that are reckoned; all when null.</param>
    public static IReadOnlyList<GapStep> Of(ChainState then, ChainState now, CoverageWeights weights, IReadOnlySet<string>? links = null)
    {
        var (before, after) = (then.Subjects.ToDictionary(Key), now.Subjects.ToDictionary(Key));
        var standing = new Dictionary<(Guid, Guid?), ChainSubject>(before);
        var map = then.Map;
        var gap = Reckon();
        var steps = new List<GapStep>();

        // What was here all the time and is recorded only now, or recorded better, is not attracted.
        Take(GapCause.Recorded, after.Where(s => s.Value.ProjectId is null && !Same(before.GetValueOrDefault(s.Key), s.Value)));
        Take(GapCause.Landed, after.Where(s => s.Value is { ProjectId: not null, Phase: not SupplyPhase.Pipeline } && !Same(before.GetValueOrDefault(s.Key), s.Value)));
        Take(GapCause.Pipeline, after.Where(s => s.Value is { ProjectId: not null, Phase: SupplyPhase.Pipeline } && !Same(before.GetValueOrDefault(s.Key), s.Value)));
        var left = before.Where(s => !after.ContainsKey(s.Key)).Select(s => s.Value).ToList();
        foreach (var gone in left) standing.Remove(Key(gone));
        Step(GapCause.Left, left);
        map = now.Map;
        Step(GapCause.Map, []);
        return steps;

        void Take(GapCause cause, IEnumerable<KeyValuePair<(Guid, Guid?), ChainSubject>> taken)
        {
            var who = taken.Select(s => s.Value).ToList();
            foreach (var subject in who) standing[Key(subject)] = subject;
            Step(cause, who);
        }

        void Step(GapCause cause, IReadOnlyList<ChainSubject> who)
        {
            var next = Reckon();
            // What the new supply would have closed at the need before.
            var closes = gap.Values.Where(old => next.ContainsKey(old.Link)).Sum(old => old.WeightedGap - old.WeightedGapWith(next[old.Link].Supply, next[old.Link].Largest));
            var change = next.Values.Sum(l => l.WeightedGap) - gap.Values.Sum(l => l.WeightedGap);
            steps.Add(new GapStep(cause, closes, change + closes, who));
            gap = next;
        }

        Dictionary<string, LinkCoverage> Reckon() => Coverage.Of(map, standing.Values, weights).Links.Where(l => links is null || links.Contains(l.Link)).ToDictionary(l => l.Link, StringComparer.Ordinal);
    }

    private static (Guid, Guid?) Key(ChainSubject subject) => (subject.ProjectId ?? subject.EnterpriseId, subject.ProjectId);

    private static bool Same(ChainSubject? a, ChainSubject b) => a is not null && a with { Links = b.Links } == b && a.Links.SequenceEqual(b.Links);
}

/// <summary>The map and who makes what on it, at one moment.</summary>
public sealed record ChainState(ChainMap Map, IReadOnlyList<ChainSubject> Subjects);

/// <summary>Of the weighted gap, yuan a year.</summary>
/// <param name="Closes">What the supply closed at the need before; below 0 where supply was lost.</param>
/// <param name="Opens">What the need opened; below 0 where need was lost.</param>
/// <param name="Who">Enterprises and projects that it is about.</param>
public sealed record GapStep(GapCause Cause, decimal Closes, decimal Opens, IReadOnlyList<ChainSubject> Who)
{
    public decimal Change => Opens - Closes;
}

/// <summary>缺口变动原因, in the order in which they are reckoned.</summary>
public enum GapCause
{
    /// <summary>在区企业新登记或更新</summary>
    Recorded,
    /// <summary>项目落地、投产</summary>
    Landed,
    /// <summary>在谈项目变化</summary>
    Pipeline,
    /// <summary>企业迁离、项目终止</summary>
    Left,
    /// <summary>图谱修订</summary>
    Map,
}
