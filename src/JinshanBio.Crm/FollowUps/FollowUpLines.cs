using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Leads;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FollowUps;

internal static class FollowUpLines
{
    /// <summary>As they stand on the page of their lead or project: the latest first.</summary>
    public static Task<List<FollowUpLine>> LinesAsync(this CrmDb db, IQueryable<FollowUp> followUps, CancellationToken cancel)
        => followUps.AsNoTracking().OrderByDescending(f => f.DueAt).ThenBy(f => f.Id)
            .Select(f => new FollowUpLine(f.Id, f.Kind, f.DueAt, f.Note, f.Status, f.Outcome, f.DoneAt, db.Users.Where(p => p.Id == f.OwnerId).Select(p => p.DisplayName).First())
            {
                Result = f.Result, CancelReason = f.CancelReason, IsSupervised = f.IsSupervised, SupervisionNote = f.SupervisionNote, SnoozeCount = f.SnoozeCount,
                Repeats = f.Recurrence != null,
            }).ToListAsync(cancel);
}
