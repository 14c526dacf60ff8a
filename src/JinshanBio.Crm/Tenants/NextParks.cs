using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Tenants;

/// <summary>A carrier that could take a tenant next.</summary>
/// <param name="FreeM2">m² that can be promised from <paramref name="From"/> on.</param>
/// <param name="From">Today, or the day on which enough of it is there.</param>
/// <param name="IsOneSpace">One space takes it whole.</param>
/// <param name="IsForField">Meant for the field of the project.</param>
/// <param name="IsHere">The park in which it is already, in its other role.</param>
public sealed record NextPark(Guid Id, string Name, decimal FreeM2, DateOnly From, bool IsOneSpace, bool IsForField, bool IsHere);

internal static class NextParkQueries
{
    /// <summary>Of the parks the person sees, a few dozen: what is free now before what comes, one space before several, the own field before others.</summary>
    public static async Task<IReadOnlyList<NextPark>> NextParksAsync(this CrmDb db, Actor actor, TenantRow tenant, ParkRole role, decimal needM2, DateOnly today, CancellationToken cancel)
    {
        // Roles are a list in one column.
        var parks = (await db.Parks.AsNoTracking().VisibleTo(actor).ToListAsync(cancel)).Where(p => p.Roles.Contains(role)).ToList();
        var ids = parks.ConvertAll(p => p.Id);
        var spaces = (await db.Spaces.AsNoTracking().Include(s => s.Spans).Where(s => ids.Contains(s.ParkId) && s.AvailableUntil == null).ToListAsync(cancel))
            .ToLookup(s => s.ParkId, s => (From: s.AvailableFrom > today ? s.AvailableFrom : today, Free: s.Figures(today).FreeM2));
        return [.. parks.Select(p => Of(p, [.. spaces[p.Id]])).OfType<NextPark>()
            .OrderBy(p => p.From).ThenByDescending(p => p.IsOneSpace).ThenByDescending(p => p.IsForField).ThenByDescending(p => p.IsHere).ThenByDescending(p => p.FreeM2).ThenBy(p => p.Id)];

        NextPark? Of(Park park, List<(DateOnly From, decimal Free)> own)
        {
            foreach (var day in own.Select(s => s.From).Distinct().Order())
            {
                var there = own.Where(s => s.From <= day).ToList();
                if (there.Sum(s => s.Free) is var free && free >= needM2)
                    return new NextPark(park.Id, Text.Pick(park.NameZh, park.NameEn), free, day, there.Any(s => s.Free >= needM2), park.Fields.Contains(tenant.Field), park.Id == tenant.ParkId);
            }
            return null;
        }
    }
}
