using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Notices;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Notices;

/// <summary>Writes those notices that their readers have not had under the same key. Two nodes at once: the unique key lets one through, and the other looks again.</summary>
internal static class NewNotices
{
    /// <returns>How many were new.</returns>
    public static async Task<int> SaveAsync(CrmDb db, IReadOnlyList<Notice> notices, CancellationToken cancel)
    {
        var keys = notices.Select(n => n.Key).Distinct().ToList();
        var had = (await db.Notices.Where(n => keys.Contains(n.Key)).Select(n => new { n.PersonId, n.Key }).ToListAsync(cancel)).ToHashSet();
        var fresh = notices.Where(n => !had.Contains(new { n.PersonId, n.Key })).ToList();
        db.Notices.AddRange(fresh);
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
        return fresh.Count;
    }
}
