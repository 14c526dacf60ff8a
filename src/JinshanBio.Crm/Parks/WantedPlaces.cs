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
    /// <summary>The last stage, fitting-out, in which a project still looks for a place.</summary>
    private const int LastOrder = 80;

    /// <summary>Active projects, from the first talks to the fitting-out, for which nothing is held or occupied anywhere.</summary>
    public static IQueryable<Project> WantingAPlace(this IQueryable<Project> projects, Catalogue catalogue)
    {
        var stages = catalogue.Stages.All.Where(s => s.Order >= Stage.OrderOf(Stage.InTalks) && s.Order <= LastOrder).Select(s => s.Code).ToList();
        return projects.Where(p => p.Status == ProjectStatus.Active && stages.Contains(p.Stage) && !p.Assignments.Any(a => Assignment.Placed.Contains(a.Status)));
    }

    /// <summary>Those of everybody, with what they need but for the links of the chain.</summary>
    public static async Task<IReadOnlyList<WantedPlace>> WantingAPlaceAsync(this CrmDb db, Catalogue catalogue, DateOnly today, CancellationToken cancel)
    {
        var keys = ProjectNeeds.Keys;
        var projects = await db.Projects.AsNoTracking().WantingAPlace(catalogue).Include(p => p.Facts.Where(f => keys.Contains(f.Key))).Include(p => p.Assignments).AsSplitQuery()
            .OrderBy(p => p.Number).ToListAsync(cancel);
        return [.. projects.Select(p => new WantedPlace(p, ProjectNeeds.Of(p, today))).Where(p => p.Need.AreaM2 > 0)];
    }
}
