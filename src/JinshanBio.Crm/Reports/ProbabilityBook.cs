using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Reports;
using JinshanBio.Crm.Domain.Stages;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Reports;

/// <summary>生效概率: what each stage is reckoned with at a moment.</summary>
internal sealed class ProbabilityBook(Catalogue catalogue, IReadOnlyDictionary<string, StageProbability> lines)
{
    public static async Task<ProbabilityBook> AtAsync(CrmDb db, Catalogue catalogue, DateTime asOf, CancellationToken cancel)
        => new(catalogue, (await db.StageProbabilities.AsNoTracking().Where(p => p.Track == null).LastAt(asOf).ToListAsync(cancel)).ToDictionary(p => p.Stage, StringComparer.Ordinal));

    /// <summary>The line in force, or null while the factory value has never been replaced.</summary>
    public StageProbability? Line(string stage) => lines.GetValueOrDefault(stage);

    public decimal Of(string stage) => Line(stage)?.Value ?? catalogue.Stages[stage].Probability;

    /// <summary>Yuan, to the fen.</summary>
    public decimal Weigh(decimal investment, string stage) => investment * Of(stage);

    /// <summary>What the projects of a pipeline were weighted with.</summary>
    public IReadOnlyList<StageWeight> Weights => [.. catalogue.Stages.All.Where(s => s.Order is >= ProjectsFrom and <= Stage.InProductionOrder)
        .Select(s => new StageWeight(s.Code, Texts.Text.Pick(s.NameZh, s.NameEn), Of(s.Code), Line(s.Code)?.Source ?? ProbabilitySource.Factory, Line(s.Code)?.At))];

    private const int ProjectsFrom = 40;
}

/// <param name="Since">When this value came into force, UTC; null for a factory value that has always held.</param>
public sealed record StageWeight(string Stage, string Name, decimal Probability, ProbabilitySource Source, DateTime? Since);

internal static class ProbabilityLines
{
    /// <summary>Of each stage and track the line that holds at the moment.</summary>
    public static IQueryable<StageProbability> LastAt(this IQueryable<StageProbability> lines, DateTime asOf)
        => lines.Where(p => p.At <= asOf && !lines.Any(q => q.Stage == p.Stage && q.Track == p.Track && q.At > p.At && q.At <= asOf));
}
