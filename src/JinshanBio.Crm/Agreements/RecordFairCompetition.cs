using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Agreements;

/// <summary>公平竞争审查: how the review of what is promised stands, by whom and on which basis. No agreement is signed while it is pending.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record RecordFairCompetition : IRequest
{
    /// <summary>The project.</summary>
    public Guid Id { get; set; }
    public FairCompetitionState? State { get; set; }

    /// <summary>文号; required where it was reviewed.</summary>
    public string? DocumentNumber { get; set; }

    /// <summary>Required once it is concluded; not in the future.</summary>
    public DateOnly? Day { get; set; }

    /// <summary>Required once it is concluded.</summary>
    public string? ReviewedBy { get; set; }

    /// <summary>Why nothing is involved, or which exception applies.</summary>
    public string? Basis { get; set; }
    public int? Version { get; set; }
}

internal sealed class RecordFairCompetitionValidator : AbstractValidator<RecordFairCompetition>
{
    public RecordFairCompetitionValidator(TimeProvider clock)
    {
        RuleFor(r => r.State).NotNull().IsInEnum();
        RuleFor(r => r.DocumentNumber).NotEmpty().When(r => r.State is FairCompetitionState.Compliant or FairCompetitionState.Exception);
        RuleFor(r => r.DocumentNumber).OneLine(100);
        RuleFor(r => r.Day).NotNull().When(r => r.State is not FairCompetitionState.Pending);
        RuleFor(r => r.Day).PlausibleDay().Must(d => d is null || d <= ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime)).WithMessage(_ => Text.Of("agreements.notYet"));
        RuleFor(r => r.ReviewedBy).NotEmpty().When(r => r.State is not FairCompetitionState.Pending);
        RuleFor(r => r.ReviewedBy).OneLine(200);
        RuleFor(r => r.Basis).NotEmpty().When(r => r.State is FairCompetitionState.NotApplicable or FairCompetitionState.Exception);
        RuleFor(r => r.Basis).MaximumLength(1000);
    }
}

internal sealed class RecordFairCompetitionHandler(CrmDb db, Actor actor) : IRequestHandler<RecordFairCompetition, Unit>
{
    public async Task<Unit> Handle(RecordFairCompetition request, CancellationToken cancellationToken)
    {
        var project = await db.Projects.VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        var review = await db.FairCompetitionReviews.FirstOrDefaultAsync(f => f.ProjectId == project.Id, cancellationToken);
        if (review is null) db.FairCompetitionReviews.Add(review = new FairCompetition(project.Id));
        else await db.ExpectAsync(review, request.Version, cancellationToken);
        // What has been signed rested on a concluded review: it is corrected, not opened again.
        if (request.State == FairCompetitionState.Pending && await db.Agreements.AnyAsync(a => a.ProjectId == project.Id && a.Kind == AgreementKind.Formal && a.Status == AgreementStatus.Signed, cancellationToken))
            throw new Refusal(RefusalCode.AgreementSigned, project.Number) { Field = "state" };
        review.Record(request.State!.Value, request.DocumentNumber, request.Day, request.ReviewedBy, request.Basis);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
