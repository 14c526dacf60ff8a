using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Reviews;

/// <summary>发起准入评审: opens a review of a project, with the sheet in force today, and asks departments for their opinions.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record OpenReview : IRequest<Guid>
{
    /// <summary>The project.</summary>
    public Guid Id { get; set; }

    /// <summary>承诺产出指标.</summary>
    public string? CommittedOutput { get; set; }

    /// <summary>What else the departments should know.</summary>
    public string? Note { get; set; }

    /// <summary>Codes of the departments; the usual ones when left out.</summary>
    public List<string>? Units { get; set; }

    /// <summary>By when they answer; the usual number of workdays when left out.</summary>
    public DateOnly? DueOn { get; set; }

    /// <summary>Required where the last review passed the project.</summary>
    public string? Reason { get; set; }
}

internal sealed class OpenReviewValidator : AbstractValidator<OpenReview>
{
    public OpenReviewValidator()
    {
        RuleFor(r => r.CommittedOutput).MaximumLength(1000);
        RuleFor(r => r.Note).MaximumLength(2000);
        RuleFor(r => r.DueOn).PlausibleDay();
        RuleFor(r => r.Reason).MaximumLength(500);
    }
}

internal sealed class OpenReviewHandler(CrmDb db, Actor actor, Catalogue catalogue, Numbers numbers, TimeProvider clock) : IRequestHandler<OpenReview, Guid>
{
    public async Task<Guid> Handle(OpenReview request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var project = await db.Projects.VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        var last = await db.Reviews.LastOf(project.Id).FirstOrDefaultAsync(cancellationToken);
        if (last is { IsOpen: true }) throw new Refusal(RefusalCode.ReviewOpen, last.Number);
        if (last is { IsPassed: true } && string.IsNullOrWhiteSpace(request.Reason)) throw new Refusal(RefusalCode.ReasonRequired) { Field = "reason" };
        var units = request.Units ?? [.. catalogue.Review.Departments];
        catalogue.MustKnow(units, "units");

        var number = await numbers.NextReviewAsync(db, cancellationToken);
        var sheet = await db.SheetAsync(project, ShanghaiTime.Day(now), cancellationToken);
        var review = new Review(number, project, sheet, new ReviewTerms(request.CommittedOutput, request.Note, request.Reason), now, actor.Id);
        db.Reviews.Add(review);
        await db.AskAsync(review, project, units.Distinct(StringComparer.Ordinal), request.DueOn, catalogue, actor, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return review.Id;
    }
}

internal static class Asking
{
    /// <summary>Asks each of the departments and tells those who answer for them.</summary>
    /// <exception cref="Refusal">Invalid for a day in the past, OpinionAsked, ReviewConcluded.</exception>
    public static async Task AskAsync(
        this CrmDb db, Review review, Domain.Projects.Project project, IEnumerable<string> units, DateOnly? dueOn, Catalogue catalogue, Actor actor, DateTime now, CancellationToken cancel)
    {
        var today = ShanghaiTime.Day(now);
        var due = dueOn ?? catalogue.Workdays.Add(today, catalogue.Review.OpinionWorkdays);
        if (due < today) throw new Refusal(RefusalCode.Invalid) { Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["dueOn"] = Texts.Text.Of("reviews.dueInPast") } };
        var asked = units.Select(unit => review.Ask(unit, due, now, actor.Id)).ToList();
        var reviewers = await db.ReviewersAsync(catalogue, [.. asked.Select(o => o.Unit)], cancel);
        foreach (var opinion in asked)
            db.Tell(reviewers.Where(r => r.Unit == opinion.Unit).Select(r => r.Id), actor, NoticeKind.OpinionAsked, $"opinion-asked:{opinion.Id}", "/reviews", now, project.Title, review.Number, ReviewSteps.Arg(due));
    }
}
