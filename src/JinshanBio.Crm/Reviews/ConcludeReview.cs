using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;

namespace JinshanBio.Crm.Reviews;

/// <summary>评审结论: concludes a review with its minutes; with a reason also against what stands against passing.</summary>
[Needs(Permission.ReviewsConclude)]
public sealed record ConcludeReview : IRequest
{
    /// <summary>The review.</summary>
    public Guid Id { get; set; }
    public ReviewStatus? Result { get; set; }

    /// <summary>会议纪要.</summary>
    public string? Minutes { get; set; }
    public string? MinutesNumber { get; set; }
    public DateOnly? MinutesDay { get; set; }

    /// <summary>Required to pass with conditions.</summary>
    public string? Conditions { get; set; }

    /// <summary>Required to pass against an objection, a veto item or a missed minimum.</summary>
    public string? OverruleReason { get; set; }
    public int? Version { get; set; }
}

internal sealed class ConcludeReviewValidator : AbstractValidator<ConcludeReview>
{
    public ConcludeReviewValidator(TimeProvider clock)
    {
        RuleFor(r => r.Result).NotNull().IsInEnum().NotEqual(ReviewStatus.Open);
        RuleFor(r => r.Minutes).NotEmpty().MaximumLength(4000);
        RuleFor(r => r.MinutesNumber).NotEmpty().OneLine(100);
        RuleFor(r => r.MinutesDay).NotNull().PlausibleDay().Must(d => d is null || d <= ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime)).WithMessage(_ => Text.Of("reviews.notYet"));
        RuleFor(r => r.Conditions).NotEmpty().When(r => r.Result == ReviewStatus.PassedWithConditions);
        RuleFor(r => r.Conditions).MaximumLength(2000);
        RuleFor(r => r.OverruleReason).MaximumLength(500);
    }
}

internal sealed class ConcludeReviewHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<ConcludeReview, Unit>
{
    public async Task<Unit> Handle(ConcludeReview request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var review = await db.ReviewAsync(db.Reviews.VisibleTo(actor), request.Id, request.Version, cancellationToken);
        review.Conclude(new ReviewConclusion(request.Result!.Value, request.Minutes!, request.MinutesNumber!, request.MinutesDay!.Value, request.Conditions, request.OverruleReason), now, actor.Id);
        db.Tell([review.Project!.OwnerId, review.OpenedById], actor, NoticeKind.ReviewConcluded, $"review-concluded:{review.Id}", $"/projects/{review.ProjectId}/review", now,
            review.Project.Title, review.Number, ReviewSteps.Arg(review.Status));
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
