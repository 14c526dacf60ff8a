using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Agreements;

/// <summary>协议摘要 for the overview of a project: what is signed and promised, in one question to the database.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record GetAgreementSummary(Guid ProjectId) : IRequest<AgreementSummaryRow?>;

/// <summary>Money in yuan.</summary>
/// <param name="Status">Of the formal agreement; null while there is none.</param>
/// <param name="Number">Null also for who may not know the name behind the code name.</param>
/// <param name="Increases">Signed supplements, and what they add.</param>
/// <param name="Measures">Measures promised in what is not void.</param>
/// <param name="Intents">Letters of intent and frameworks; they never count.</param>
public sealed record AgreementSummaryRow(
    decimal SignedAmount, AgreementStatus? Status, string? Number, DateOnly? SignedOn, int Increases, decimal Increase, int Measures, int Intents, FairCompetitionState? FairCompetition);

internal sealed class GetAgreementSummaryHandler(CrmDb db, Actor actor) : IRequestHandler<GetAgreementSummary, AgreementSummaryRow?>
{
    public Task<AgreementSummaryRow?> Handle(GetAgreementSummary request, CancellationToken cancellationToken)
    {
        var names = actor.May(Permission.RealNames);
        var living = db.Agreements.Where(a => a.Status != AgreementStatus.Void);
        return db.Projects.AsNoTracking().VisibleTo(actor).Where(p => p.Id == request.ProjectId).Select(p => new AgreementSummaryRow(
            p.SignedAmount,
            living.Where(a => a.ProjectId == p.Id && a.Kind == AgreementKind.Formal).Select(a => (AgreementStatus?)a.Status).FirstOrDefault(),
            names || p.Title == p.Name ? living.Where(a => a.ProjectId == p.Id && a.Kind == AgreementKind.Formal).Select(a => a.Number).FirstOrDefault() : null,
            living.Where(a => a.ProjectId == p.Id && a.Kind == AgreementKind.Formal).Select(a => a.SignedOn).FirstOrDefault(),
            living.Count(a => a.ProjectId == p.Id && a.Kind == AgreementKind.Supplement && a.Status == AgreementStatus.Signed),
            living.Where(a => a.ProjectId == p.Id && a.Kind == AgreementKind.Supplement && a.Status == AgreementStatus.Signed).Sum(a => a.Amount),
            living.Where(a => a.ProjectId == p.Id).SelectMany(a => a.Measures).Count(),
            living.Count(a => a.ProjectId == p.Id && (a.Kind == AgreementKind.Intent || a.Kind == AgreementKind.Framework)),
            db.FairCompetitionReviews.Where(f => f.ProjectId == p.Id).Select(f => (FairCompetitionState?)f.State).FirstOrDefault())).FirstOrDefaultAsync(cancellationToken);
    }
}
