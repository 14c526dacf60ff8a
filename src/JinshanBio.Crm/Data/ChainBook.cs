using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Projects;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Opens and ends the periods of the links that a save adds to an enterprise or a project, or takes from one.</summary>
internal static class ChainBook
{
    public static async Task WriteAsync(CrmDb db, DateTime now, CancellationToken cancel)
    {
        var moved = db.ChangeTracker.Entries().Where(e => e is { State: EntityState.Added or EntityState.Deleted, Entity: EnterpriseLink or ProjectLink })
            .Select(e => e.Entity is ProjectLink p ? (Subject: p.ProjectId, IsProject: true, Link: p.Code, e.State) : (Subject: ((EnterpriseLink)e.Entity).EnterpriseId, IsProject: false, Link: ((EnterpriseLink)e.Entity).Code, e.State)).ToList();
        if (moved.Count == 0) return;
        var gone = moved.Where(m => m.State == EntityState.Deleted).Select(m => (m.Subject, m.Link)).ToHashSet();
        if (gone.Count > 0)
        {
            var subjects = gone.Select(g => g.Subject).Distinct().ToList();
            foreach (var open in await db.LinkPeriods.Where(p => subjects.Contains(p.SubjectId) && p.To == ChainMap.Open).ToListAsync(cancel))
            {
                if (!gone.Contains((open.SubjectId, open.Link))) continue;
                // What held for no time at all was never true at any time.
                if (open.From < now) open.End(now);
                else db.LinkPeriods.Remove(open);
            }
        }
        db.LinkPeriods.AddRange(moved.Where(m => m.State == EntityState.Added).Select(m => new LinkPeriod(m.Subject, m.IsProject, m.Link, now)));
        db.ChangeTracker.DetectChanges();
    }
}
