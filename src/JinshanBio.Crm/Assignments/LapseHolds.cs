using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using JinshanBio.Crm.Notices;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.Assignments;

/// <summary>到期释放: frees the area of reservations whose last day is over, and tells both sides.</summary>
[Needs(Permission.JobsManage)]
public sealed record LapseHolds : IRequest<string>;

internal sealed class LapseHoldsHandler(CrmDb db, Actor actor, TimeProvider clock, ILogger<LapseHoldsHandler> log) : IRequestHandler<LapseHolds, string>
{
    public async Task<string> Handle(LapseHolds request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = ShanghaiTime.Day(now);
        var ids = await db.Assignments.Where(a => a.Status == AssignmentStatus.Accepted && a.HoldUntil < today).Select(a => a.Id).ToListAsync(cancellationToken);
        var failed = 0;
        foreach (var id in ids)
        {
            try
            {
                await LapseAsync(id, now, cancellationToken);
            }
            catch (DbUpdateException exception)
            {
                // One bad row must not stop the others; it is tried again tomorrow.
                failed++;
                log.LogError(exception, "Reservation {Assignment} was not released", id);
            }
            db.ChangeTracker.Clear();
        }
        return Sentence.Of("job.said.lapsed", ids.Count - failed, failed);
    }

    private async Task LapseAsync(Guid id, DateTime now, CancellationToken cancel)
    {
        var assignment = await db.AssignmentAsync(actor, id, version: null, cancel);
        assignment.Lapse(ShanghaiTime.Day(now), now);
        string[] args = [assignment.Project!.Title, NoticeText.Both(assignment.Park!.NameZh, assignment.Park.NameEn), assignment.HoldUntil!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)];
        await db.TellManagersAsync(assignment, actor, NoticeKind.AssignmentLapsed, "assignment-lapsed", args, now, cancel);
        await db.TellProposerAsync(assignment, actor, NoticeKind.AssignmentLapsed, "assignment-lapsed", args, now, cancel);
        await db.SaveChangesAsync(cancel);
    }
}
