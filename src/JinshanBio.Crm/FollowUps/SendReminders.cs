using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Channels;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.FollowUps;

/// <summary>
/// 到期提醒: tells the owner before a follow-up is due and when it has fallen due, and the head when it is workdays late. Each is said once per
/// due time, whoever runs it how often: the step is claimed and the notice written in one transaction, and the notice's key is unique besides.
/// </summary>
[Needs(Permission.JobsManage)]
public sealed record SendReminders : IRequest<string>;

internal sealed class SendRemindersHandler(CrmDb db, Catalogue catalogue, TimeProvider clock, ILogger<SendRemindersHandler> log) : IRequestHandler<SendReminders, string>
{
    private const int LateAfter = 3, LateAfterWhenSupervised = 1;
    private static readonly TimeSpan WorkBegins = new(8, 30, 0);

    private readonly TellOnce _once = new(db, log);

    public async Task<string> Handle(SendReminders request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var open = db.FollowUps.Where(f => f.Status == FollowUpStatus.Open);
        var soon = await SoonAsync(open, now, cancellationToken);
        var due = await TellAsync(open.Where(f => (f.Told == FollowUpTold.Nothing || f.Told == FollowUpTold.Soon) && f.DueAt <= now), FollowUpTold.Due,
            f => [f.Notice(f.OwnerId, NoticeKind.FollowUpDue, "follow-up-due", now)], cancellationToken);
        var escalated = await EscalateAsync(open, now, cancellationToken);
        return Sentence.Of("job.said.reminders", soon, due, escalated, _once.Failed);
    }

    /// <summary>Each person is told as long before as that person wishes.</summary>
    private async Task<int> SoonAsync(IQueryable<FollowUp> open, DateTime now, CancellationToken cancel)
    {
        var own = await db.NoticeSettings.AsNoTracking().Select(s => new { s.PersonId, s.RemindBefore }).ToListAsync(cancel);
        var people = own.Select(s => s.PersonId).ToList();
        var soon = 0;
        foreach (var minutes in own.Select(s => s.RemindBefore).Append(NoticeSettings.RemindBeforeByDefault).Distinct().Where(m => m > 0).ToList())
        {
            var until = now.AddMinutes(minutes);
            var those = own.Where(s => s.RemindBefore == minutes).Select(s => s.PersonId).ToList();
            var coming = open.Where(f => f.Told == FollowUpTold.Nothing && f.DueAt > now && f.DueAt <= until);
            coming = minutes == NoticeSettings.RemindBeforeByDefault
                ? coming.Where(f => those.Contains(f.OwnerId) || !people.Contains(f.OwnerId)) : coming.Where(f => those.Contains(f.OwnerId));
            soon += await TellAsync(coming, FollowUpTold.Soon, f => [f.Notice(f.OwnerId, NoticeKind.FollowUpSoon, "follow-up-soon", now)], cancel);
        }
        return soon;
    }

    /// <summary>On workdays from 08:30: what has been overdue for three workdays, or for one when it is supervised.</summary>
    private async Task<int> EscalateAsync(IQueryable<FollowUp> open, DateTime now, CancellationToken cancel)
    {
        var today = ShanghaiTime.Day(now);
        if (!catalogue.Workdays.IsWorkday(today) || ShanghaiTime.ToLocal(now).TimeOfDay < WorkBegins) return 0;
        DateTime Before(int workdays) => ShanghaiTime.StartOfDayUtc(catalogue.Workdays.LateBy(workdays, today).AddDays(1));
        var (late, lateWhenSupervised) = (Before(LateAfter), Before(LateAfterWhenSupervised));
        var heads = await Heads.LoadAsync(db, cancel);
        return await TellAsync(
            open.Where(f => f.Told == FollowUpTold.Due && (f.DueAt < late || (f.IsSupervised && f.DueAt < lateWhenSupervised))), FollowUpTold.Escalated,
            f => heads.Of(f.OwnerId).Select(head => f.Notice(head, NoticeKind.FollowUpEscalated, "follow-up-escalated", now, heads.NameOf(f.OwnerId))), cancel);
    }

    private Task<int> TellAsync(IQueryable<FollowUp> which, FollowUpTold step, Func<DueRow, IEnumerable<Notice>> notices, CancellationToken cancel)
        => _once.TellAsync((failed, most) => which.AsNoTracking().Where(f => !failed.Contains(f.Id)).OrderBy(f => f.DueAt).ThenBy(f => f.Id).Take(most)
                .Select(f => new DueRow(f.Id, f.Round, f.OwnerId, f.DueAt, f.LeadId, f.ProjectId,
                    f.Project != null ? f.Project.Title : f.Lead!.CodeName ?? f.Lead.Enterprise!.Name)).ToListAsync(cancel),
            row => row.Id, ids => which.Where(f => ids.Contains(f.Id)).ExecuteUpdateAsync(f => f.SetProperty(x => x.Told, step), cancel), notices, cancel);
}

/// <summary>A follow-up that something is to be said about.</summary>
internal sealed record DueRow(Guid Id, int Round, Guid OwnerId, DateTime DueAt, Guid? LeadId, Guid? ProjectId, string Title)
{
    public Notice Notice(Guid reader, NoticeKind kind, string key, DateTime now, params string[] more) => new(reader, kind,
        string.Create(CultureInfo.InvariantCulture, $"{key}:{Id}:{Round}"), [Title, DueAt.ToString("O", CultureInfo.InvariantCulture), .. more],
        ProjectId is { } project ? $"/projects/{project}" : $"/leads/{LeadId}", now);
}
