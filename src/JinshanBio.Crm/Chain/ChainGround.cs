using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Reports;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>
/// What coverage is reckoned from, as of any moment: the map, the enterprises here and the projects. Of the whole district, whoever asks: that a gap exists is no
/// secret, who is about to close it is. Names are for those who see the rows; each request that tells names asks VisibleTo.
/// </summary>
/// <param name="AsOf">UTC.</param>
internal sealed record ChainGround(DateTime AsOf, ChainMap Map, IReadOnlyList<ChainSubject> Subjects, CoverageWeights Weights)
{
    public Coverage Coverage() => Domain.Chain.Coverage.Of(Map, Subjects, Weights);

    public static async Task<ChainGround> LoadAsync(CrmDb db, Catalogue catalogue, DateTime asOf, CancellationToken cancel)
        => new(asOf, await MapAsync(db, asOf, cancel), await SubjectsAsync(db, catalogue, asOf, cancel), catalogue.Coverage);

    public static async Task<ChainMap> MapAsync(CrmDb db, DateTime asOf, CancellationToken cancel) => new(
        await db.LinkEditions.AsNoTracking().Where(l => l.From <= asOf && l.To > asOf).ToListAsync(cancel),
        await db.EdgeEditions.AsNoTracking().Where(e => e.From <= asOf && e.To > asOf).ToListAsync(cancel));

    public static async Task<IReadOnlyList<ChainSubject>> SubjectsAsync(CrmDb db, Catalogue catalogue, DateTime asOf, CancellationToken cancel)
    {
        var book = await ProbabilityBook.AtAsync(db, catalogue, asOf, cancel);
        var links = db.LinkPeriods.AsNoTracking().Where(p => p.From <= asOf && p.To > asOf);
        var presences = db.Presences.AsNoTracking().Where(p => p.From <= asOf && p.To > asOf);
        var periods = db.PipelinePeriods.AsNoTracking().Where(p => p.From <= asOf && p.To > asOf && p.IsProject && p.IsLive);

        var enterpriseLinks = (await links.Where(l => !l.IsProject).Join(presences, l => l.SubjectId, p => p.EnterpriseId, (l, p) => new { l.SubjectId, l.Link }).ToListAsync(cancel))
            .ToLookup(l => l.SubjectId, l => l.Link);
        var here = await presences.Join(db.Enterprises, p => p.EnterpriseId, e => e.Id, (p, e) => new { e.Id, p.AnnualOutput, e.Size }).ToListAsync(cancel);
        var projectLinks = (await links.Where(l => l.IsProject).Join(periods, l => l.SubjectId, p => p.SubjectId, (l, p) => new { l.SubjectId, l.Link }).ToListAsync(cancel))
            .ToLookup(l => l.SubjectId, l => l.Link);
        var projects = await periods.Join(db.Projects, p => p.SubjectId, x => x.Id, (p, x) => new { p.SubjectId, x.EnterpriseId, p.Stage, p.OutputAtCapacity, p.AnnualOutput }).ToListAsync(cancel);

        var weights = catalogue.Coverage;
        return
        [
            .. here.Select(e => new ChainSubject(e.Id, null, SupplyPhase.Operating, null, weights.OutputOf(e.AnnualOutput, e.Size), 1, Sorted(enterpriseLinks[e.Id]))
                { IsOutputKnown = e.AnnualOutput is > 0 }),
            .. projects.Select(p =>
            {
                var (phase, output) = (PhaseOf(p.Stage), p.AnnualOutput > 0 ? p.AnnualOutput : p.OutputAtCapacity);
                return new ChainSubject(p.EnterpriseId, p.SubjectId, phase, p.Stage, weights.OutputOf(output, null), phase == SupplyPhase.Operating ? 1 : book.Of(p.Stage), Sorted(projectLinks[p.SubjectId]))
                    { IsOutputKnown = output > 0 };
            }),
        ];
    }

    public static SupplyPhase PhaseOf(string stage) => Stage.OrderOf(stage) switch
    {
        >= Stage.InProductionOrder => SupplyPhase.Operating,
        >= Stage.LandedOrder => SupplyPhase.Landed,
        _ => SupplyPhase.Pipeline,
    };

    private static IReadOnlyList<string> Sorted(IEnumerable<string> links) => [.. links.Order(StringComparer.Ordinal)];
}
