using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Reviews;

/// <summary>评审摘要 for the overview of a project: how the last review stands, in one question to the database.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record GetReviewSummary(Guid ProjectId) : IRequest<ReviewSummaryRow?>;

/// <param name="Objections">Departments that object.</param>
/// <param name="Most">Points at most; 0 without a scoring sheet.</param>
/// <param name="Conditions">Null also for who may not know the name behind the code name.</param>
public sealed record ReviewSummaryRow(
    string Number, ReviewStatus Status, DateTime OpenedAt, DateTime? ConcludedAt, int Asked, int Waiting, int Late, int Objections, DateOnly? NextDue, decimal Score, decimal Most, string? Conditions);

internal sealed class GetReviewSummaryHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<GetReviewSummary, ReviewSummaryRow?>
{
    public Task<ReviewSummaryRow?> Handle(GetReviewSummary request, CancellationToken cancellationToken)
    {
        var (today, names) = (ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime), actor.May(Permission.RealNames));
        return db.Reviews.AsNoTracking().VisibleTo(actor).LastOf(request.ProjectId).Select(r => new ReviewSummaryRow(
            r.Number, r.Status, r.OpenedAt, r.ConcludedAt, r.Opinions.Count, r.Opinions.Count(o => o.Status == OpinionStatus.Waiting),
            r.Opinions.Count(o => o.Status == OpinionStatus.Waiting && o.DueOn < today), r.Opinions.Count(o => o.Status == OpinionStatus.Given && o.Verdict == Verdict.Object),
            r.Opinions.Where(o => o.Status == OpinionStatus.Waiting).Min(o => (DateOnly?)o.DueOn), r.Marks.Sum(m => m.Points ?? 0), r.Marks.Sum(m => m.Most ?? 0),
            names || r.Project!.Title == r.Project.Name ? r.Conditions : null)).FirstOrDefaultAsync(cancellationToken);
    }
}
