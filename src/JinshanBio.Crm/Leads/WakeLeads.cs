using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.Leads;

/// <summary>到期唤醒: opens leads in reserve whose day has come, plans a call for that morning and tells the owner, once.</summary>
[Needs(Permission.JobsManage)]
public sealed record WakeLeads : IRequest<string>;

internal sealed class WakeLeadsHandler(CrmDb db, TimeProvider clock, ILogger<WakeLeadsHandler> log) : IRequestHandler<WakeLeads, string>
{
    private static readonly TimeSpan Morning = TimeSpan.FromHours(9);

    public async Task<string> Handle(WakeLeads request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = ShanghaiTime.Day(now);
        var ids = await db.Leads.Where(l => l.Status == LeadStatus.Reserved && l.WakeOn <= today).Select(l => l.Id).ToListAsync(cancellationToken);
        var failed = 0;
        foreach (var id in ids)
        {
            try
            {
                var lead = await db.Leads.Include(l => l.Enterprise).SingleAsync(l => l.Id == id, cancellationToken);
                var key = $"lead-woken:{lead.Id}:{lead.WakeOn:yyyy-MM-dd}";
                var (reason, due) = (lead.ReserveReason, ShanghaiTime.StartOfDayUtc(today) + Morning);
                if (!lead.Wake()) continue;
                db.FollowUps.Add(new FollowUp(lead.Id, null, lead.OwnerId, FollowUpKind.Call, due, reason, now));
                lead.PlanNext(due);
                if (!await db.Notices.AnyAsync(n => n.PersonId == lead.OwnerId && n.Key == key, cancellationToken))
                    db.Notices.Add(new Notice(lead.OwnerId, NoticeKind.LeadWoken, key, [lead.CodeName ?? lead.Enterprise!.Name], $"/leads/{lead.Id}", now));
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException exception)
            {
                // One bad row must not stop the others; it is tried again tomorrow.
                failed++;
                log.LogError(exception, "Lead {Lead} was not woken", id);
            }
            db.ChangeTracker.Clear();
        }
        return Sentence.Of("job.said.woken", ids.Count - failed, failed);
    }
}
