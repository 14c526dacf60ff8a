using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Leads;

/// <summary>更新评分: renews the scores of the open leads and of those in reserve, in batches; only those that changed are written.</summary>
[Needs(Permission.JobsManage)]
public sealed record RefreshLeadScores : IRequest<string>;

internal sealed class RefreshLeadScoresHandler(CrmDb db, Catalogue catalogue, TimeProvider clock) : IRequestHandler<RefreshLeadScores, string>
{
    private const int Batch = 1000;

    public async Task<string> Handle(RefreshLeadScores request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var landed = await ScoreBook.LandedAsync(db, catalogue, null, cancellationToken);
        int seen = 0, changed = 0;
        for (var after = Guid.Empty; ;)
        {
            var leads = await db.Leads.AsNoTracking().Where(l => (l.Status == LeadStatus.Open || l.Status == LeadStatus.Reserved) && l.Id.CompareTo(after) > 0)
                .OrderBy(l => l.Id).Take(Batch)
                .Select(l => new { l.Id, l.Field, l.ExpectedInvestment, l.Stage, l.Score, IsNextPlanned = l.NextFollowUpAt != null, IsIdentified = l.Enterprise!.CreditCode != null || l.Enterprise.Country != ScoreBook.Home })
                .ToListAsync(cancellationToken);
            if (leads.Count == 0) break;
            var (from, to) = (after, leads[^1].Id);
            var links = (await db.Set<LeadLink>().AsNoTracking().Where(l => l.LeadId.CompareTo(from) > 0 && l.LeadId.CompareTo(to) <= 0).ToListAsync(cancellationToken)).ToLookup(l => l.LeadId, l => l.Code);
            var activity = await ActivityAsync(from, to, now, cancellationToken);
            foreach (var group in leads.Select(l => (l.Id, l.Score, Fresh: LeadScore.Of(ScoreBook.Facts(catalogue, landed, l.Field, [.. links[l.Id]], l.ExpectedInvestment, l.Stage, l.IsIdentified,
                activity.GetValueOrDefault(l.Id).Done, activity.GetValueOrDefault(l.Id).Overdue, l.IsNextPlanned), catalogue.LeadScore).Total)).Where(l => l.Score != l.Fresh).GroupBy(l => l.Fresh, l => l.Id))
            {
                // Past version and audit: the score says nothing that is not on record already, and nobody's edit shall find the lead changed by the night.
                List<Guid> ids = [.. group];
                changed += await db.Leads.Where(l => ids.Contains(l.Id)).ExecuteUpdateAsync(l => l.SetProperty(x => x.Score, group.Key), cancellationToken);
            }
            (seen, after) = (seen + leads.Count, to);
        }
        return Sentence.Of("job.said.scores", seen, changed);
    }

    private async Task<Dictionary<Guid, (int Done, int Overdue)>> ActivityAsync(Guid from, Guid to, DateTime now, CancellationToken cancel)
    {
        var (since, today) = (now.AddDays(-catalogue.LeadScore.RecentDays), ShanghaiTime.StartOfDayUtc(ShanghaiTime.Day(now)));
        var counts = await db.FollowUps.Where(f => f.LeadId!.Value.CompareTo(from) > 0 && f.LeadId.Value.CompareTo(to) <= 0
                && ((f.Status == FollowUpStatus.Done && f.DoneAt >= since) || (f.Status == FollowUpStatus.Open && f.DueAt < today)))
            .GroupBy(f => new { Lead = f.LeadId!.Value, f.Status }).Select(g => new { g.Key.Lead, g.Key.Status, Count = g.Count() }).ToListAsync(cancel);
        return counts.GroupBy(c => c.Lead).ToDictionary(g => g.Key, g => (g.Where(c => c.Status == FollowUpStatus.Done).Sum(c => c.Count), g.Where(c => c.Status == FollowUpStatus.Open).Sum(c => c.Count)));
    }
}
