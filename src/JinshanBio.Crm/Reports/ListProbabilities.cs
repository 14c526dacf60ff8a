using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Reports;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Reports;

/// <summary>阶段概率: what each stage is reckoned with and since when, the factory value, and what the own history says with its sample and interval.</summary>
[Needs(Permission.ProbabilitiesRead)]
public sealed record ListProbabilities : IRequest<ProbabilityReport>
{
    /// <summary>Now when left out.</summary>
    public DateTime? AsOf { get; set; }
}

/// <param name="EnoughDecided">From so many decided projects on, the own history of a stage replaces the factory value.</param>
/// <param name="EstimatedAt">When something last changed, UTC; null before the first estimate.</param>
public sealed record ProbabilityReport(DateTime AsOf, int EnoughDecided, DateTime? EstimatedAt, IReadOnlyList<ProbabilityRow> Rows, IReadOnlyList<ProbabilityRow> ByTrack);

/// <summary>Probabilities of production, 0…1.</summary>
/// <param name="Value">In force.</param>
/// <param name="Factory">As shipped.</param>
/// <param name="Own">Own history; null while some step on the way has never been decided.</param>
/// <param name="Low">Of the 95 % interval of <paramref name="Own"/>.</param>
/// <param name="ToSigning">Own history of being signed; null from signing on.</param>
/// <param name="Reached">Projects that got here.</param>
/// <param name="Decided">Of these, the ones that went into production or ended.</param>
/// <param name="Since">When the value came into force, UTC.</param>
/// <param name="Reason">Why it was pinned or released.</param>
public sealed record ProbabilityRow(
    string Stage, string Name, Track? Track, decimal Value, ProbabilitySource Source, decimal Factory, decimal? Own, decimal? Low, decimal? High,
    decimal? ToSigning, decimal? ToSigningLow, decimal? ToSigningHigh, int Reached, int Decided, DateTime? Since, string? Reason);

internal sealed class ListProbabilitiesHandler(CrmDb db, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ListProbabilities, ProbabilityReport>
{
    public async Task<ProbabilityReport> Handle(ListProbabilities request, CancellationToken cancellationToken)
    {
        var asOf = Pipeline.Times.AsOf(request.AsOf, clock.GetUtcNow().UtcDateTime);
        var lines = await db.StageProbabilities.AsNoTracking().LastAt(asOf).ToListAsync(cancellationToken);
        var since = await SinceAsync(lines, asOf, cancellationToken);
        ProbabilityRow Row(Stage stage, Track? track)
        {
            var line = lines.Find(l => l.Stage == stage.Code && l.Track == track);
            return new ProbabilityRow(stage.Code, Text.Pick(stage.NameZh, stage.NameEn), track, line?.Value ?? stage.Probability, line?.Source ?? ProbabilitySource.Factory, stage.Probability,
                line?.ToProduction, line?.Low, line?.High, line?.ToSigning, line?.ToSigningLow, line?.ToSigningHigh, line?.Reached ?? 0, line?.Decided ?? 0,
                line is { Source: ProbabilitySource.Factory } ? null : since.GetValueOrDefault((stage.Code, track)), line?.Reason);
        }
        var way = catalogue.Stages.All.Where(s => s.Order >= Stage.OrderOf(Stage.InTalks) && s.Order < Stage.InProductionOrder).ToList();
        return new ProbabilityReport(asOf, catalogue.Commitments.EnoughDecided, lines.Count == 0 ? null : lines.Max(l => l.At), [.. way.Select(s => Row(s, null))],
            [.. Enum.GetValues<Track>().SelectMany(t => way.Where(s => s.Tracks.Contains(t)).Select(s => Row(s, t)))]);
    }

    /// <summary>A value is in force since the first of the last lines in a row that have it: a new sample with the same value does not renew it.</summary>
    private async Task<Dictionary<(string, Track?), DateTime?>> SinceAsync(List<StageProbability> lines, DateTime asOf, CancellationToken cancel)
    {
        var since = new Dictionary<(string, Track?), DateTime?>();
        foreach (var line in lines.Where(l => l.Track == null && l.Source != ProbabilitySource.Factory))
        {
            var earlier = db.StageProbabilities.Where(p => p.Stage == line.Stage && p.Track == null && p.At <= asOf);
            var other = await earlier.Where(p => p.Value != line.Value || p.Source != line.Source).MaxAsync(p => (DateTime?)p.At, cancel);
            since[(line.Stage, null)] = await earlier.Where(p => other == null || p.At > other).MinAsync(p => (DateTime?)p.At, cancel);
        }
        foreach (var line in lines.Where(l => l.Track != null)) since[(line.Stage, line.Track)] = line.At;
        return since;
    }
}
