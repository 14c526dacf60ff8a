using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.FollowUps;

/// <summary>到期提醒: puts one notice into the owner's inbox for each follow-up that has fallen due. Running it twice says it once.</summary>
[Needs(Permission.JobsManage)]
public sealed record SendReminders : IRequest<string>;

internal sealed class SendRemindersHandler(CrmDb db, TimeProvider clock, ILogger<SendRemindersHandler> log) : IRequestHandler<SendReminders, string>
{
    private const int Batch = 500;

    public async Task<string> Handle(SendReminders request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        int sent = 0, failed = 0;
        var tried = new HashSet<Guid>();
        while (true)
        {
            var due = await db.FollowUps.AsNoTracking()
                .Where(f => f.Status == FollowUpStatus.Open && f.RemindedAt == null && f.DueAt <= now)
                .OrderBy(f => f.DueAt).Skip(failed).Take(Batch)
                .Select(f => new
                {
                    f.Id, f.OwnerId, f.DueAt, f.LeadId, f.ProjectId,
                    Title = f.Project != null ? f.Project.Title : f.Lead!.CodeName ?? f.Lead.Enterprise!.Name,
                }).ToListAsync(cancellationToken);
            if (due.All(f => tried.Contains(f.Id))) break;
            foreach (var f in due.Where(f => tried.Add(f.Id)))
            {
                try
                {
                    // The key is unique per person, and the mark is set in the same transaction: once, whatever crashes.
                    await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                    var mine = await db.FollowUps.Where(x => x.Id == f.Id && x.RemindedAt == null && x.Status == FollowUpStatus.Open)
                        .ExecuteUpdateAsync(x => x.SetProperty(y => y.RemindedAt, now), cancellationToken);
                    if (mine == 0) continue;
                    db.Notices.Add(new Notice(f.OwnerId, NoticeKind.FollowUpDue, $"follow-up-due:{f.Id}", [f.Title, f.DueAt.ToString("O")],
                        f.ProjectId is { } project ? $"/projects/{project}" : $"/leads/{f.LeadId}", now));
                    await db.SaveChangesAsync(cancellationToken);
                    await transaction.CommitAsync(cancellationToken);
                    sent++;
                }
                catch (Exception exception) when (exception is DbUpdateException or InvalidOperationException)
                {
                    // One bad row must not stop the others.
                    failed++;
                    log.LogError(exception, "Reminder for follow-up {FollowUp} failed", f.Id);
                }
                finally
                {
                    db.ChangeTracker.Clear();
                }
            }
        }
        return Sentence.Of("job.said.reminders", sent, failed);
    }
}
