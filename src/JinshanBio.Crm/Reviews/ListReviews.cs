using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Reviews;

/// <summary>评审列表: the reviews of the projects the person sees; the open ones when no status is named, the oldest first.</summary>
[Needs(Permission.ReviewsRead)]
public sealed record ListReviews : IRequest<Page<ReviewRow>>, IPaged
{
    public ReviewStatus? Status { get; set; }

    /// <summary>True for those that are concluded, with whatever result.</summary>
    public bool? Concluded { get; set; }

    /// <summary>True for those in which a department is late.</summary>
    public bool? Late { get; set; }
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<Review> Sortable = new(r => r.Id)
    {
        ["openedAt"] = r => r.OpenedAt,
        ["concludedAt"] = r => r.ConcludedAt,
        ["number"] = r => r.Number,
    };
}

/// <param name="Waiting">Departments that have not answered.</param>
/// <param name="NextDue">The earliest day by which one of those should.</param>
public sealed record ReviewRow(
    Guid Id, string Number, Guid ProjectId, string ProjectNumber, string Title, string Field, string Stage, ReviewStatus Status, DateTime OpenedAt, DateTime? ConcludedAt, string Owner,
    int Asked, int Waiting, int Late, int Objections, DateOnly? NextDue, decimal Score, decimal Most);

internal sealed class ListReviewsValidator : AbstractValidator<ListReviews>
{
    public ListReviewsValidator()
    {
        this.MustBePaged(ListReviews.Sortable.Names);
        RuleFor(r => r.Status).IsInEnum();
    }
}

internal sealed class ListReviewsHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<ListReviews, Page<ReviewRow>>
{
    public Task<Page<ReviewRow>> Handle(ListReviews request, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var reviews = db.Reviews.AsNoTracking().VisibleTo(actor);
        if (request.Status is { } status) reviews = reviews.Where(r => r.Status == status);
        else reviews = request.Concluded == true ? reviews.Where(r => r.Status != ReviewStatus.Open) : reviews.Where(r => r.Status == ReviewStatus.Open);
        if (request.Late == true) reviews = reviews.Where(r => r.Opinions.Any(o => o.Status == OpinionStatus.Waiting && o.DueOn < today));
        return reviews.PageAsync(ListReviews.Sortable, request.Sort ?? (request.Concluded == true ? "-concludedAt" : "openedAt"), request, page => page.Select(r => new ReviewRow(
            r.Id, r.Number, r.ProjectId, r.Project!.Number, r.Project.Title, r.Project.Field, r.Project.Stage, r.Status, r.OpenedAt, r.ConcludedAt,
            db.Users.Where(p => p.Id == r.Project.OwnerId).Select(p => p.DisplayName).First(), r.Opinions.Count, r.Opinions.Count(o => o.Status == OpinionStatus.Waiting),
            r.Opinions.Count(o => o.Status == OpinionStatus.Waiting && o.DueOn < today), r.Opinions.Count(o => o.Status == OpinionStatus.Given && o.Verdict == Verdict.Object),
            r.Opinions.Where(o => o.Status == OpinionStatus.Waiting).Min(o => (DateOnly?)o.DueOn), r.Marks.Sum(m => m.Points ?? 0), r.Marks.Sum(m => m.Most ?? 0))), cancellationToken);
    }
}
