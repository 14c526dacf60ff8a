using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Parks;

/// <summary>A project that has no place yet, and what it needs of one.</summary>
internal sealed record WantedPlace(Project Project, SpaceNeed Need);

internal static class WantedPlaces
{
    /// <summary>The active projects before production, of everybody, for which nothing is held or occupied.</summary>
    public static async Task<IReadOnlyList<WantedPlace>> WantingAPlaceAsync(this CrmDb db, Catalogue catalogue, DateOnly today, CancellationToken cancel)
    {
        var stages = catalogue.Stages.All.Where(s => s.Order < Stage.InProductionOrder).Select(s => s.Code).ToList();
        var projects = await db.Projects.AsNoTracking().Include(p => p.Facts).Include(p => p.Links).Include(p => p.Assignments).AsSplitQuery()
            .Where(p => p.Status == ProjectStatus.Active && p.AreaM2 > 0 && stages.Contains(p.Stage) && !p.Assignments.Any(a => Assignment.Placed.Contains(a.Status)))
            .OrderBy(p => p.Number).ToListAsync(cancel);
        return [.. projects.Select(p => new WantedPlace(p, ProjectNeeds.Of(p, today)))];
    }
}
