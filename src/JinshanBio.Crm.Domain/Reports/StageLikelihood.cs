using JinshanBio.Crm.Domain.Stages;

namespace JinshanBio.Crm.Domain.Reports;

/// <summary>走向: how far so many projects got.</summary>
/// <param name="Farthest">Order of the farthest stage ever entered.</param>
/// <param name="HasEnded">Lost, abandoned, transferred, terminated or left; else it is still under way.</param>
public sealed record ProjectCourse(Track Track, int Farthest, bool HasEnded, int Count = 1);

/// <summary>A probability with the interval that holds it 95 times in a hundred.</summary>
public sealed record Likelihood(decimal Value, decimal Low, decimal High);

/// <summary>What the district's own history says about a stage.</summary>
/// <param name="Reached">Projects that got here.</param>
/// <param name="Decided">Of these, the ones that went into production or ended; the others are still under way.</param>
/// <param name="Forward">Share of those that left this stage, forward or by ending, that went forward; null when none has.</param>
/// <param name="ToSigning">Null from signing on, and while some step on the way has never been decided.</param>
/// <param name="ToProduction">Null from production on, and while some step on the way has never been decided.</param>
public sealed record StageEstimate(string Stage, int Reached, int Decided, decimal? Forward, Likelihood? ToSigning, Likelihood? ToProduction);

/// <summary>
/// 阶段概率: estimates how likely a project at a stage is to be signed and to produce. The way is cut into steps from stage to stage; of each step only
/// the projects count that have left the stage, forward or by ending, so that one still under way neither helps nor harms; the probability of the
/// way is the product of its steps. Docs/decisions.md says what that assumes.
/// </summary>
public static class StageLikelihood
{
    private const double Z = 1.959964;

    /// <param name="stages">Those that the projects pass, from 在谈 on, in order. A stage that a track skips counts as passed.</param>
    public static IReadOnlyList<StageEstimate> Estimate(IReadOnlyCollection<ProjectCourse> courses, IEnumerable<Stage> stages)
    {
        var way = stages.Where(s => s.Order <= Stage.InProductionOrder).OrderBy(s => s.Order).ToList();
        int Count(Func<ProjectCourse, bool> which) => courses.Where(which).Sum(c => c.Count);
        var steps = way.Zip(way.Skip(1), (here, next) => new Step(here.Order, next.Order,
            Count(c => c.Farthest >= next.Order), Count(c => c.HasEnded && c.Farthest >= here.Order && c.Farthest < next.Order))).ToList();
        return [.. way.Where(s => s.Order < Stage.InProductionOrder).Select(s => new StageEstimate(s.Code,
            Count(c => c.Farthest >= s.Order), Count(c => c.Farthest >= s.Order && (c.HasEnded || c.Farthest >= Stage.InProductionOrder)),
            steps.First(x => x.From == s.Order) is { Left: > 0 } step ? Rounded(step.Share) : null,
            s.Order < Stage.SignedOrder ? Along([.. steps.Where(x => x.From >= s.Order && x.To <= Stage.SignedOrder)]) : null,
            Along([.. steps.Where(x => x.From >= s.Order)])))];
    }

    /// <summary>
    /// The values to reckon with: the own history of a stage once so many of its projects are decided, and the factory value until then. Where a later
    /// stage still has its factory value, the own history leads up to it, so that no stage is ever likelier than the one after it.
    /// </summary>
    public static IReadOnlyDictionary<string, StageValue> InForce(IReadOnlyList<StageEstimate> estimates, StageTable stages, int enough)
    {
        var values = new Dictionary<string, StageValue>(StringComparer.Ordinal);
        var next = new StageValue(1, ProbabilitySource.History);
        foreach (var estimate in estimates.Reverse())
        {
            next = estimate.Decided >= enough && estimate.Forward is { } forward
                ? new(Rounded((double)(forward * next.Value)), next.Source is ProbabilitySource.History ? ProbabilitySource.History : ProbabilitySource.Mixed)
                : new(stages[estimate.Stage].Probability, ProbabilitySource.Factory);
            values[estimate.Stage] = next;
        }
        return values;
    }

    /// <summary>
    /// The product of the steps, with Wilson's interval for a sample that would be as uncertain as the product is (Greenwood's formula, in which
    /// one success and one failure are added to each step, so that three of three is not certainty).
    /// </summary>
    private static Likelihood? Along(IReadOnlyList<Step> steps)
    {
        if (steps.Any(s => s.Left == 0)) return null;
        var value = steps.Aggregate(1d, (p, s) => p * s.Share);
        var careful = steps.Aggregate(1d, (p, s) => p * s.Careful);
        var variance = steps.Sum(s => (1 - s.Careful) / (s.Left * s.Careful));
        return Wilson(value, Math.Min((1 - careful) / (careful * variance), steps[0].Left));
    }

    /// <summary>威尔逊区间: stays within 0 and 1, also for small samples and shares near either.</summary>
    public static Likelihood Wilson(double share, double sample)
    {
        var (z2, spread) = (Z * Z, Z * Math.Sqrt((share * (1 - share) / sample) + (Z * Z / (4 * sample * sample))));
        var (middle, whole) = (share + (z2 / (2 * sample)), 1 + (z2 / sample));
        return new(Rounded(share), Rounded(Math.Max(0, (middle - spread) / whole)), Rounded(Math.Min(1, (middle + spread) / whole)));
    }

    private static decimal Rounded(double value) => decimal.Round((decimal)value, 4);

    private sealed record Step(int From, int To, int Moved, int Stopped)
    {
        public int Left => Moved + Stopped;
        public double Share => (double)Moved / Left;
        public double Careful => (Moved + 1d) / (Left + 2d);
    }
}

/// <summary>A probability that is reckoned with, and where it comes from.</summary>
public sealed record StageValue(decimal Value, ProbabilitySource Source);

public enum ProbabilitySource
{
    /// <summary>出厂值</summary>
    Factory,
    /// <summary>本区历史</summary>
    History,
    /// <summary>本区历史,后段用出厂值</summary>
    Mixed,
    /// <summary>管理员固定为出厂值</summary>
    Pinned,
}
