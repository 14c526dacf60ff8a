using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.Reviews;

/// <summary>
/// 会审催办: reminds the people of departments whose opinion is overdue, some workdays later their head and the project's owner, and tells administrators which
/// scoring sheets have expired. Each step is claimed in the transaction that writes its notices, so it is told once.
/// </summary>
[Needs(Permission.JobsManage)]
public sealed record RemindReviews : IRequest<string>;

internal sealed class RemindReviewsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock, ILogger<RemindReviewsHandler> log) : IRequestHandler<RemindReviews, string>
{
    private readonly TellOnce _once = new(db, log);

    public async Task<string> Handle(RemindReviews request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = ShanghaiTime.Day(now);
        var expired = await ExpiredAsync(today, now, cancellationToken);
        if (!catalogue.Workdays.IsWorkday(today)) return Sentence.Of("job.said.reviews", 0, 0, expired, _once.Failed);

        var late = db.ReviewOpinions.Where(o => o.Status == OpinionStatus.Waiting && o.Review!.Status == ReviewStatus.Open
            && (o.Review.Project!.Status == ProjectStatus.Active || o.Review.Project.Status == ProjectStatus.OnHold));
        var lastDay = catalogue.Workdays.LateBy(catalogue.Review.EscalateWorkdays, today);
        var heads = await Heads.LoadAsync(db, cancellationToken);
        var reminded = await TellAsync(late.Where(o => o.Told == OpinionTold.Nothing && o.DueOn < today), OpinionTold.Nothing, OpinionTold.Overdue, async row =>
        {
            // Where nobody of the department uses the program, its letter is for the owner to chase.
            var reviewers = (await db.ReviewersAsync(catalogue, [row.Unit], cancellationToken)).ConvertAll(r => r.Id);
            var (people, path) = reviewers.Count > 0 ? (reviewers, "/reviews") : ([row.OwnerId], $"/projects/{row.ProjectId}/review");
            db.Tell(people, actor, NoticeKind.OpinionOverdue, $"opinion-overdue:{row.Id}", path, now, row.Title, row.Number, ReviewSteps.Arg(row.DueOn));
        }, cancellationToken);
        var escalated = await TellAsync(late.Where(o => o.Told == OpinionTold.Overdue && o.DueOn <= lastDay), OpinionTold.Overdue, OpinionTold.Escalated, row =>
        {
            db.Tell([.. heads.OfDepartment(row.Unit), row.OwnerId], actor, NoticeKind.OpinionEscalated, $"opinion-escalated:{row.Id}", $"/projects/{row.ProjectId}/review", now,
                row.Title, catalogue.UnitArg(row.Unit), ReviewSteps.Arg(row.DueOn));
            return Task.CompletedTask;
        }, cancellationToken);
        return Sentence.Of("job.said.reviews", reminded, escalated, expired, _once.Failed);
    }

    private async Task<int> TellAsync(IQueryable<ReviewOpinion> which, OpinionTold from, OpinionTold to, Func<LateRow, Task> tell, CancellationToken cancel)
    {
        var rows = await which.AsNoTracking().OrderBy(o => o.DueOn).ThenBy(o => o.Id)
            .Select(o => new LateRow(o.Id, o.Unit, o.DueOn, o.Review!.Number, o.Review.ProjectId, o.Review.Project!.Title, o.Review.Project.OwnerId)).ToListAsync(cancel);
        var told = 0;
        foreach (var row in rows)
            if (await _once.TellAsync(row.Id, () => db.ReviewOpinions.Where(o => o.Id == row.Id && o.Told == from).ExecuteUpdateAsync(o => o.SetProperty(x => x.Told, to), cancel), () => tell(row), cancel)) told++;
        return told;
    }

    private async Task<int> ExpiredAsync(DateOnly today, DateTime now, CancellationToken cancel)
    {
        var sheets = await db.ReviewSheets.AsNoTracking().Where(s => s.ValidUntil < today && (s.ToldExpiry == null || s.ToldExpiry != s.ValidUntil)).ToListAsync(cancel);
        var keepers = await db.Users.Where(p => !p.Disabled && db.UserRoles.Any(u => u.UserId == p.Id && db.Roles.Any(r => r.Id == u.RoleId && r.Name == RoleCode.Administrator))).Select(p => p.Id).ToListAsync(cancel);
        var told = 0;
        foreach (var sheet in sheets)
            if (await _once.TellAsync(sheet.Id,
                () => db.ReviewSheets.Where(s => s.Id == sheet.Id && (s.ToldExpiry == null || s.ToldExpiry != sheet.ValidUntil)).ExecuteUpdateAsync(s => s.SetProperty(x => x.ToldExpiry, sheet.ValidUntil), cancel),
                () =>
                {
                    db.Tell(keepers, actor, NoticeKind.ReviewSheetExpired, $"review-sheet-expired:{sheet.Id}:{ReviewSteps.Arg(sheet.ValidUntil!.Value)}", "/parameters/reviews", now, sheet.Title, sheet.Document, ReviewSteps.Arg(sheet.ValidUntil.Value));
                    return Task.CompletedTask;
                }, cancel)) told++;
        return told;
    }

    private sealed record LateRow(Guid Id, string Unit, DateOnly DueOn, string Number, Guid ProjectId, string Title, Guid OwnerId);
}
