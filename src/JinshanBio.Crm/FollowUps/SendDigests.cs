using System.Data.Common;
using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.FollowUps;

/// <summary>每日提要: tells each person in the morning of a workday what is due, what is overdue and what others changed; one per person and day.</summary>
[Needs(Permission.JobsManage)]
public sealed record SendDigests : IRequest<string>;

internal sealed class SendDigestsHandler(CrmDb db, Catalogue catalogue, TimeProvider clock, ILogger<SendDigestsHandler> log) : IRequestHandler<SendDigests, string>
{
    private const int LinesAtMost = 10, ChangesAtMost = 50;

    public async Task<string> Handle(SendDigests request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = ShanghaiTime.Day(now);
        if (!catalogue.Workdays.IsWorkday(today)) return Sentence.Of("job.said.digestDayOff");
        var (start, tomorrow) = (ShanghaiTime.StartOfDayUtc(today), ShanghaiTime.StartOfDayUtc(today.AddDays(1)));
        var since = ShanghaiTime.StartOfDayUtc(catalogue.Workdays.Add(today, -1));
        var key = "digest:" + today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        var due = await db.FollowUps.Where(f => f.Status == FollowUpStatus.Open && f.DueAt < tomorrow).GroupBy(f => f.OwnerId)
            .Select(g => new { g.Key, All = g.Count(), Overdue = g.Sum(f => f.DueAt < start ? 1 : 0) }).ToDictionaryAsync(g => g.Key, cancellationToken);
        var people = await db.Users.Where(p => !p.Disabled && !db.Notices.Any(n => n.PersonId == p.Id && n.Key == key)).Select(p => p.Id).ToListAsync(cancellationToken);
        var (sent, failed) = (0, 0);
        foreach (var person in people)
        {
            try
            {
                var changes = (await OwnChanges.SinceAsync(db, person, since, ChangesAtMost, cancellationToken)).Count;
                var mine = due.GetValueOrDefault(person);
                if (mine is null && changes == 0) continue;
                string Number(int n) => n.ToString(CultureInfo.InvariantCulture);
                var lines = mine is null ? [] : await LinesAsync(person, tomorrow, cancellationToken);
                db.Notices.Add(new Notice(person, NoticeKind.Digest, key, [Number((mine?.All - mine?.Overdue) ?? 0), Number(mine?.Overdue ?? 0), Number(changes), .. lines], "/", now));
                await db.SaveChangesAsync(cancellationToken);
                sent++;
            }
            catch (DbUpdateException exception) when (CrmDatabase.IsDuplicate(exception)) { /* another node was quicker */ }
            catch (Exception exception) when (exception is DbUpdateException or DbException or InvalidOperationException)
            {
                // One bad row must not stop the others.
                failed++;
                log.LogError(exception, "The digest for {Person} failed", person);
            }
            finally
            {
                db.ChangeTracker.Clear();
            }
        }
        return Sentence.Of(catalogue.Workdays.Knows(today.Year) ? "job.said.digests" : "job.said.digestsUnknownYear", sent, failed, today.Year);
    }

    private async Task<IEnumerable<string>> LinesAsync(Guid person, DateTime tomorrow, CancellationToken cancel)
        => (await db.FollowUps.Where(f => f.OwnerId == person && f.Status == FollowUpStatus.Open && f.DueAt < tomorrow)
            .OrderByDescending(f => f.IsSupervised).ThenByDescending(f => f.DueAt).ThenBy(f => f.Id).Take(LinesAtMost).ToItems(db).ToListAsync(cancel))
            .SelectMany(f => new[] { f.DueAt.ToString("O", CultureInfo.InvariantCulture), f.Title });
}
