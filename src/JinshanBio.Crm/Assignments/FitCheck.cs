using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Parks;
using JinshanBio.Crm.Texts;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Assignments;

/// <summary>Nobody takes a space that does not meet the needs on record, unless somebody with the right says why.</summary>
internal static class FitCheck
{
    public const int ReasonLength = 500;

    /// <summary>
    /// Judges every named space by the hard limits but area and days, to which the space itself keeps when it is taken. What is unknown does not stand in the way.
    /// An override is kept on the assignment with the limits it set aside; it is not kept when nothing stands in the way.
    /// </summary>
    /// <param name="spaces">Ids of spaces of the assignment's park; null stands for none named.</param>
    /// <exception cref="Refusal">SpaceDoesNotFit with the space and the reasons, NotPermitted for an override without the right.</exception>
    public static async Task MustFitAsync(this CrmDb db, Assignment assignment, IEnumerable<Guid?> spaces, string? reason, Actor actor, DateTime now, CancellationToken cancel)
    {
        var ids = spaces.OfType<Guid>().Distinct().ToList();
        if (ids.Count == 0) return;
        var project = await db.Projects.AsNoTracking().Include(p => p.Facts).SingleAsync(p => p.Id == assignment.ProjectId, cancel);
        var need = ProjectNeeds.Of(project, ShanghaiTime.Day(now));
        foreach (var space in await db.Spaces.AsNoTracking().Where(s => ids.Contains(s.Id)).OrderBy(s => s.Name).ToListAsync(cancel))
        {
            var open = assignment.NotSetAside(FitLimits.Of(need, new SpaceOffer { SpaceId = space.Id, ParkId = space.ParkId, Kind = space.Kind, Facilities = space.Facilities }));
            if (open.Count == 0) continue;
            if (string.IsNullOrWhiteSpace(reason))
            {
                var rows = open.Rows();
                throw new Refusal(RefusalCode.SpaceDoesNotFit, space.Name, string.Join(Text.Of("fit.semicolon"), rows.Select(r => r.Text))) { Field = "spaceId", Details = rows };
            }
            if (!actor.May(Permission.PlacesOverride) || !actor.Manages(assignment.ParkId)) throw new Refusal(RefusalCode.NotPermitted);
            assignment.SetAside(open, reason, now, actor.Id);
        }
    }
}
