namespace JinshanBio.Crm.Domain.Chain;

/// <summary>
/// 推演: what the chain would look like if some things happened. Pure: the same map, subjects, weights and assumptions give the same outcome. Assumptions take
/// effect in the order of their days, those of one day in the order given.
/// </summary>
public sealed class ChainScenario(IEnumerable<Assumption> assumptions)
{
    public IReadOnlyList<Assumption> Assumptions { get; } = [.. assumptions.OrderBy(a => a.On)];

    /// <summary>Who would make what then.</summary>
    public IReadOnlyList<ChainSubject> ApplyTo(IReadOnlyList<ChainSubject> subjects) => Assumptions.Aggregate(subjects, (now, assumption) => assumption.ApplyTo(now));

    public ScenarioOutcome Reckon(ChainMap map, IReadOnlyList<ChainSubject> subjects, CoverageWeights weights)
    {
        var before = Coverage.Of(map, subjects, weights);
        var (now, last) = (subjects, before);
        var steps = new List<ScenarioStep>();
        foreach (var day in Assumptions.GroupBy(a => a.On))
        {
            now = day.Aggregate(now, (s, a) => a.ApplyTo(s));
            var next = Coverage.Of(map, now, weights);
            steps.Add(new ScenarioStep(day.Key, [.. day], GapChange.Between(last, next)));
            last = next;
        }
        return new ScenarioOutcome(before, last, steps);
    }
}

/// <summary>设想: one thing that is taken for granted.</summary>
/// <param name="Id">The project, or else the enterprise.</param>
/// <param name="On">From which day on it is so.</param>
public sealed record Assumption(AssumptionKind Kind, Guid Id, DateOnly On)
{
    /// <summary>Of a project that lands: instead of what is on record; of an enterprise that comes: what it will make. CNY yuan a year.</summary>
    public decimal? Output { get; init; }

    /// <summary>Of an enterprise that comes.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>Of an enterprise that leaves: projects that stay, because whoever asks does not know of them.</summary>
    public IReadOnlySet<Guid> Stays { get; init; } = new HashSet<Guid>();

    public IReadOnlyList<ChainSubject> ApplyTo(IReadOnlyList<ChainSubject> subjects) => Kind switch
    {
        // A project that produces already is as certain as can be; another one comes on top of what its enterprise makes here.
        AssumptionKind.Lands => [.. subjects.Select(s => s.ProjectId != Id ? s : s with
        {
            Phase = s.Phase == SupplyPhase.Pipeline ? SupplyPhase.Landed : s.Phase, Likelihood = 1, Output = Output ?? s.Output, IsOutputKnown = s.IsOutputKnown || Output is not null,
        })],
        AssumptionKind.Lost => [.. subjects.Where(s => s.ProjectId != Id)],
        AssumptionKind.Leaves => [.. subjects.Where(s => s.EnterpriseId != Id || s.ProjectId is { } project && Stays.Contains(project))],
        AssumptionKind.Comes => [.. subjects, new ChainSubject(Id, null, SupplyPhase.Operating, null, Output ?? 0, 1, Links)],
        _ => throw new ArgumentOutOfRangeException(nameof(subjects), Kind, null),
    };
}

public enum AssumptionKind
{
    /// <summary>项目落地</summary>
    Lands,
    /// <summary>项目流失</summary>
    Lost,
    /// <summary>企业迁离</summary>
    Leaves,
    /// <summary>企业新来</summary>
    Comes,
}

/// <param name="Steps">One for each day on which something happens, in their order.</param>
public sealed record ScenarioOutcome(Coverage Before, Coverage After, IReadOnlyList<ScenarioStep> Steps)
{
    /// <summary>Every link on which something changes from beginning to end.</summary>
    public IReadOnlyList<GapChange> Changes { get; } = GapChange.Between(Before, After);

    /// <summary>缺口收窄 or closed, the largest first.</summary>
    public IEnumerable<GapChange> Closed => Changes.Where(c => c.Weighted < 0).OrderBy(c => c.Weighted).ThenBy(c => c.Link, StringComparer.Ordinal);

    /// <summary>缺口扩大 or opened, the largest first.</summary>
    public IEnumerable<GapChange> Opened => Changes.Where(c => c.Weighted > 0).OrderByDescending(c => c.Weighted).ThenBy(c => c.Link, StringComparer.Ordinal);

    /// <summary>净变化 of the weighted gap of the whole chain, yuan a year; negative when more closes than opens.</summary>
    public decimal Net => After.Links.Sum(l => l.WeightedGap) - Before.Links.Sum(l => l.WeightedGap);

    /// <summary>The day of the last step that changes the link in the direction in which it changes as a whole; null when nothing does.</summary>
    public DateOnly? DayOf(GapChange change) => Steps.LastOrDefault(s => s.Changes.Any(c => c.Link == change.Link && Math.Sign(c.Weighted) == Math.Sign(change.Weighted)))?.On;
}

/// <summary>What changes on a day.</summary>
public sealed record ScenarioStep(DateOnly On, IReadOnlyList<Assumption> Assumptions, IReadOnlyList<GapChange> Changes);

/// <summary>A link whose gap or state changes.</summary>
public sealed record GapChange(LinkCoverage Before, LinkCoverage After)
{
    public string Link => After.Link;

    /// <summary>Of the weighted gap, yuan a year: negative when it closes.</summary>
    public decimal Weighted => After.WeightedGap - Before.WeightedGap;

    public static IReadOnlyList<GapChange> Between(Coverage before, Coverage after)
        => [.. after.Links.Select(l => new GapChange(before[l.Link], l)).Where(c => c.Weighted != 0 || c.Before.State != c.After.State)];
}
