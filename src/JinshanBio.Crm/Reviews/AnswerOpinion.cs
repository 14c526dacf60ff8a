using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Reviews;

/// <summary>反馈会审意见: answers for the person's own department. Until the review is concluded a later answer takes its place, with a reason.</summary>
[Needs(Permission.ReviewsAnswer)]
public sealed record AnswerOpinion : OpinionInput, IRequest;

/// <summary>代录会审意见: the officer records the letter of a department.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record RecordOpinion : OpinionInput, IRequest
{
    /// <summary>Code of the department.</summary>
    public string Unit { get; set; } = "";
}

/// <summary>What a department says.</summary>
public abstract record OpinionInput
{
    /// <summary>The review.</summary>
    public Guid Id { get; set; }
    public Verdict? Verdict { get; set; }

    /// <summary>The conditions, or why the department objects; required for both.</summary>
    public string? Conditions { get; set; }

    /// <summary>文号; required of a letter that the officer records.</summary>
    public string? DocumentNumber { get; set; }

    /// <summary>Why it takes the place of an opinion that was given.</summary>
    public string? Reason { get; set; }

    internal OpinionTerms ToTerms(bool onBehalf) => new(Verdict!.Value, Conditions, DocumentNumber, Reason, onBehalf);
}

internal sealed class OpinionInputValidator : AbstractValidator<OpinionInput>
{
    public OpinionInputValidator()
    {
        RuleFor(r => r.Verdict).NotNull().IsInEnum();
        RuleFor(r => r.Conditions).NotEmpty().When(r => r.Verdict is Verdict.AgreeWithConditions or Verdict.Object);
        RuleFor(r => r.Conditions).MaximumLength(2000);
        RuleFor(r => r.DocumentNumber).OneLine(100);
        RuleFor(r => r.Reason).MaximumLength(500);
    }
}

internal sealed class AnswerOpinionValidator : AbstractValidator<AnswerOpinion>
{
    public AnswerOpinionValidator() => Include(new OpinionInputValidator());
}

internal sealed class RecordOpinionValidator : AbstractValidator<RecordOpinion>
{
    public RecordOpinionValidator()
    {
        Include(new OpinionInputValidator());
        RuleFor(r => r.Unit).NotEmpty();
        RuleFor(r => r.DocumentNumber).NotEmpty();
    }
}

internal sealed class OpinionHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<AnswerOpinion, Unit>, IRequestHandler<RecordOpinion, Unit>
{
    public async Task<Unit> Handle(AnswerOpinion request, CancellationToken cancellationToken)
    {
        var unit = actor.Unit ?? throw new Refusal(RefusalCode.NotFound);
        var review = await db.ReviewAsync(db.Reviews.Where(r => r.Opinions.Any(o => o.Unit == unit)), request.Id, null, cancellationToken);
        return await AnswerAsync(review, unit, request.ToTerms(onBehalf: false), cancellationToken);
    }

    public async Task<Unit> Handle(RecordOpinion request, CancellationToken cancellationToken)
    {
        var review = await db.ReviewAsync(db.Reviews.VisibleTo(actor), request.Id, null, cancellationToken);
        return await AnswerAsync(review, request.Unit, request.ToTerms(onBehalf: true), cancellationToken);
    }

    private async Task<Unit> AnswerAsync(Review review, string unit, OpinionTerms terms, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var opinion = review.Answer(unit, terms, now, actor.Id);
        var (project, page) = (review.Project!, $"/projects/{review.ProjectId}/review");
        db.Tell([project.OwnerId, review.OpenedById], actor, NoticeKind.OpinionGiven, $"opinion-given:{opinion.Id}:{opinion.Answers.Count}", page, now,
            project.Title, catalogue.UnitArg(unit), ReviewSteps.Arg(terms.Verdict));
        if (opinion.Answers.Count == 1 && review.Opinions.All(o => o.Status != OpinionStatus.Waiting))
            db.Tell(await db.ConcludersAsync(catalogue, cancel), actor, NoticeKind.ReviewReady, $"review-ready:{review.Id}:{review.Opinions.Count}", page, now, project.Title, review.Number);
        await db.SaveChangesAsync(cancel);
        return Unit.Value;
    }
}
