using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Commitments;

/// <summary>双方承诺: both sides of the deal of a project, with every line of their ledgers and the per-mu figures.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record GetPromises(Guid ProjectId) : IRequest<ProjectPromises>;

/// <param name="LandMu">用地面积, 亩; null when unknown.</param>
/// <param name="LandBasis">Where that comes from.</param>
/// <param name="PerMu">Investment, output and tax per mu, promised and verified.</param>
public sealed record ProjectPromises(
    Guid ProjectId, DateOnly Today, decimal? LandMu, LandBasis LandBasis, IReadOnlyList<PerMuFigure> PerMu, LightCounts Counts, IReadOnlyList<CommitmentRecord> Investor, IReadOnlyList<CommitmentRecord> District);

/// <summary>One figure of the land's yield. Yuan, and yuan a mu; null while either part is unknown.</summary>
/// <param name="Kind">The promise it is taken from: the largest of several.</param>
public sealed record PerMuFigure(CommitmentKind Kind, decimal? Promised, decimal? PromisedPerMu, decimal? Verified, decimal? VerifiedPerMu, DateOnly? VerifiedOn);

internal sealed class GetPromisesHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetPromises, ProjectPromises>
{
    public async Task<ProjectPromises> Handle(GetPromises request, CancellationToken cancellationToken)
    {
        var project = await db.Projects.AsNoTracking().VisibleTo(actor).Include(p => p.Facts).OneAsync(request.ProjectId, cancellationToken);
        var commitments = await db.Commitments.AsNoTracking().Where(c => c.ProjectId == project.Id).Include(c => c.Ledger).Include(c => c.Postponements).AsSplitQuery()
            .OrderBy(c => c.DueDay).ThenBy(c => c.Id).ToListAsync(cancellationToken);
        var today = clock.Today();
        var isOpen = actor.May(Permission.RealNames) || project.Title == project.Name;
        var records = await CommitmentRecord.OfAsync(db, catalogue, commitments, today, isOpen, _ => project.IsClosed, cancellationToken);
        var land = project.Land();
        return new ProjectPromises(project.Id, today, land.Mu, land.Basis, [.. Figures(commitments, land)],
            LightCounts.Of(records.Select(r => (r.Light.Colour, r.IsWaiting))),
            [.. records.Where(r => r.Side == CommitmentSide.Investor)], [.. records.Where(r => r.Side == CommitmentSide.District)]);
    }

    private static IEnumerable<PerMuFigure> Figures(List<Commitment> commitments, LandArea land)
    {
        // 投资强度 is a matter of fixed investment; where none was promised, of the money in place.
        var investment = commitments.Any(c => c.Kind == CommitmentKind.FixedInvestment && c.Status != CommitmentStatus.Released) ? CommitmentKind.FixedInvestment : CommitmentKind.InvestmentInPlace;
        foreach (var kind in (CommitmentKind[])[investment, CommitmentKind.AnnualOutput, CommitmentKind.AnnualTax])
        {
            var those = commitments.Where(c => c.Kind == kind).ToList();
            var promised = those.Where(c => c.Status != CommitmentStatus.Released).Max(c => c.Target);
            var verified = those.Where(c => c.ReachedOn is not null).MaxBy(c => c.ReachedOn);
            yield return new(kind, promised, land.Per(promised), verified?.Reached, land.Per(verified?.Reached), verified?.ReachedOn);
        }
    }
}
