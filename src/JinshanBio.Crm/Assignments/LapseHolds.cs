using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
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

/// <summary>到期释放: frees the area of reservations and options whose last day is over, tells both sides, and the next on the waiting list.</summary>
[Needs(Permission.JobsManage)]
public sealed record LapseHolds : IRequest<string>;

internal sealed class LapseHoldsHandler(CrmDb db, Actor actor, TimeProvider clock, ILogger<LapseHoldsHandler> log) : IRequestHandler<LapseHolds, string>
{
    private int _failed;

    public async Task<string> Handle(LapseHolds request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = ShanghaiTime.Day(now);
        var holds = await db.Assignments.Where(a => a.Status == AssignmentStatus.Accepted && a.HoldUntil < today).Select(a => a.Id).ToListAsync(cancellationToken);
        var released = await EachAsync(holds, place => LapseAsync(place, now, cancellationToken), cancellationToken);
        var ended = db.SpaceOptions.Where(o => o.Status == OptionStatus.Open && o.Until < today);
        var options = await ended.Select(o => o.AssignmentId).Distinct().ToListAsync(cancellationToken);
        var lapsed = await EachAsync(options, place => LapseOptionsAsync(place, now, cancellationToken), cancellationToken);
        return Sentence.Of("job.said.lapsed", released, _failed, lapsed);
    }

    private async Task<int> EachAsync(List<Guid> ids, Func<Assignment, Task> step, CancellationToken cancel)
    {
        var done = 0;
        foreach (var id in ids)
        {
            try
            {
                await step(await db.AssignmentAsync(actor, id, version: null, cancel));
                await db.SaveChangesAsync(cancel);
                done++;
            }
            catch (Exception exception) when (exception is DbUpdateException or Refusal || CrmDatabase.IsConflict(exception))
            {
                // One bad row, or one that somebody was faster with, must not stop the others; it is tried again tomorrow.
                _failed++;
                log.LogError(exception, "Place {Assignment} was not released", id);
            }
            db.ChangeTracker.Clear();
        }
        return done;
    }

    private async Task LapseAsync(Assignment assignment, DateTime now, CancellationToken cancel)
    {
        var spaces = assignment.TakenSpaces();
        assignment.Lapse(ShanghaiTime.Day(now), now);
        string[] args = [assignment.Project!.Title, NoticeText.Both(assignment.Park!.NameZh, assignment.Park.NameEn), Day(assignment.HoldUntil!.Value)];
        await db.TellManagersAsync(assignment, actor, NoticeKind.AssignmentLapsed, "assignment-lapsed", args, now, cancel);
        await db.TellProposerAsync(assignment, actor, NoticeKind.AssignmentLapsed, "assignment-lapsed", args, now, cancel);
        await db.TellNextInLineAsync(assignment, spaces, now, cancel);
    }

    private async Task LapseOptionsAsync(Assignment assignment, DateTime now, CancellationToken cancel)
    {
        var today = ShanghaiTime.Day(now);
        List<SpaceOption> over = [.. assignment.Options.Where(o => o.Status == OptionStatus.Open && o.Until < today)];
        foreach (var option in over)
        {
            assignment.LapseOption(option.Id, today, now);
            string[] args = [assignment.Project!.Title, option.Space!.Name, Day(option.Until)];
            await db.TellManagersAsync(assignment, actor, NoticeKind.OptionLapsed, $"option-lapsed:{option.Id}", args, now, cancel);
            await db.TellProposerAsync(assignment, actor, NoticeKind.OptionLapsed, $"option-lapsed:{option.Id}", args, now, cancel);
        }
        await db.TellNextInLineAsync(assignment, [.. over.Select(o => o.Space!).Distinct()], now, cancel);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
