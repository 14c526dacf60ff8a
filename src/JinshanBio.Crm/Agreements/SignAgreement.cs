using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Reviews;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Agreements;

/// <summary>签约: the agreement is signed and, if it is formal or a supplement, counted. It needs a passed review, a concluded fair-competition review and a document for every measure.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record SignAgreement : IRequest
{
    /// <summary>The agreement.</summary>
    public Guid Id { get; set; }

    /// <summary>Today when left out; not in the future.</summary>
    public DateOnly? SignedOn { get; set; }

    /// <summary>Why this is another deal than the one signed before; kept with the agreement.</summary>
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

internal sealed class SignAgreementValidator : AbstractValidator<SignAgreement>
{
    public SignAgreementValidator(TimeProvider clock)
    {
        RuleFor(r => r.SignedOn).PlausibleDay().Must(d => d is null || d <= ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime)).WithMessage(_ => Text.Of("agreements.notYet"));
        RuleFor(r => r.Reason).MaximumLength(500);
    }
}

internal sealed class SignAgreementHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<SignAgreement, Unit>
{
    public async Task<Unit> Handle(SignAgreement request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var agreement = await db.AgreementAsync(actor, request.Id, request.Version, cancellationToken);
        var project = agreement.Project!;
        if (project.IsClosed) throw new Refusal(RefusalCode.ProjectClosed, project.Number);
        if (agreement.Kind == AgreementKind.Formal)
        {
            if (Stage.OrderOf(project.Stage) < Stage.OrderOf(Stage.Review)) throw new Refusal(RefusalCode.AgreementTooEarly);
            if ((await db.ReviewGateAsync(project.Id, Stage.Signed, cancellationToken)).Obstacle is { } obstacle) throw obstacle;
        }
        if (agreement.Kind == AgreementKind.Supplement && !await db.Agreements.AnyAsync(a => a.ProjectId == project.Id && a.Kind == AgreementKind.Formal && a.Status == AgreementStatus.Signed, cancellationToken))
            throw new Refusal(RefusalCode.AgreementNotThere);
        await db.MustBeNewDealAsync(agreement, project, request.Reason, actor, cancellationToken);
        var review = await db.FairCompetitionReviews.FirstOrDefaultAsync(f => f.ProjectId == project.Id, cancellationToken);
        agreement.Sign(request.SignedOn ?? ShanghaiTime.Day(now), review, catalogue.MeasureWays, project.IsForeign(), request.Reason, now, actor.Id);
        if (agreement.Counts) await db.CountSignedAsync(project, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
