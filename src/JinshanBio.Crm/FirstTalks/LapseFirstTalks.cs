using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.FirstTalks;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.FirstTalks;

/// <summary>到期预告与释放: announces rights that will end, ends those whose announced day is over, and closes those whose project is signed. Running it twice changes nothing.</summary>
[Needs(Permission.JobsManage)]
public sealed record LapseFirstTalks : IRequest<string>;

internal sealed class LapseFirstTalksHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock, ILogger<LapseFirstTalksHandler> log) : IRequestHandler<LapseFirstTalks, string>
{
    private const int SignedOrder = Domain.Stages.Stage.SignedOrder;

    public async Task<string> Handle(LapseFirstTalks request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = ShanghaiTime.Day(now);
        var signed = catalogue.Stages.All.Where(s => s.Order >= SignedOrder).Select(s => s.Code).ToList();
        var held = db.FirstTalks.Where(t => t.Status == FirstTalkStatus.Held);
        var fulfilled = await held.Where(t => t.ProjectId != null && db.Projects.Any(p => p.Id == t.ProjectId && signed.Contains(p.Stage))).Select(t => t.Id).ToListAsync(cancellationToken);
        var lapsing = await held.Where(t => t.Announced != null && t.LastDay < today).Select(t => t.Id).ToListAsync(cancellationToken);
        var ending = await held.Where(t => t.Announced == null && t.AnnounceOn <= today).Select(t => t.Id).ToListAsync(cancellationToken);

        int ended = 0, announced = 0, failed = 0;
        foreach (var id in fulfilled.Concat(lapsing).Concat(ending).Distinct())
        {
            try
            {
                var right = await db.FirstTalks.Include(t => t.Ledger).Include(t => t.Lead!.Enterprise).SingleAsync(t => t.Id == id, cancellationToken);
                if (fulfilled.Contains(id)) right.Fulfil(now, actor.Id);
                else if (lapsing.Contains(id)) right.Lapse(now, actor.Id);
                else right.Announce(now, actor.Id);
                if (!fulfilled.Contains(id)) Tell(right, now);
                await db.SaveChangesAsync(cancellationToken);
                if (right.IsLiving) announced++;
                else ended++;
            }
            catch (Exception exception) when (exception is DbUpdateException or Domain.Refusal)
            {
                // Somebody worked on it at the same moment, or it is a bad row: the others go on, and it is tried again tomorrow.
                failed++;
                log.LogError(exception, "First talk {Right} was neither announced nor ended", id);
            }
            db.ChangeTracker.Clear();
        }
        return Sentence.Of("job.said.firstTalks", announced, ended, failed);
    }

    private void Tell(FirstTalk right, DateTime now)
        => db.Tell(right, actor, right.IsLiving ? NoticeKind.FirstTalkEnding : NoticeKind.FirstTalkLapsed, [right.Lead!.OwnerId],
            [FirstTalkSteps.Title(right.Lead), right.LastDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)], now, right.LeadId);
}
