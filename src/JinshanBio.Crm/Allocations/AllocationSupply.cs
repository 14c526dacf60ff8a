using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Allocations;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Allocations;

/// <summary>统筹供给: every space with what it has free in each month, less what is held and let, with what the scenario closes and adds.</summary>
internal sealed record AllocationSupply(IReadOnlyList<Supply> Spaces)
{
    public static async Task<AllocationSupply> LoadAsync(CrmDb db, Actor actor, AllocationScenario scenario, DateOnly from, DateOnly today, CancellationToken cancel)
    {
        var parks = await db.Parks.AsNoTracking().VisibleTo(actor).ToDictionaryAsync(p => p.Id, cancel);
        if (scenario.Additions.Any(a => !parks.ContainsKey(a.ParkId)) || scenario.Closures.Any(c => !parks.ContainsKey(c.ParkId))) throw new Refusal(RefusalCode.NotFound);
        var spaces = await db.Spaces.AsNoTracking().Include(s => s.Spans).VisibleTo(actor).Where(s => s.AvailableUntil == null || s.AvailableUntil >= from).OrderBy(s => s.ParkId).ThenBy(s => s.Name).ToListAsync(cancel);
        var neighbours = (await db.Assignments.Where(a => Assignment.Placed.Contains(a.Status)).SelectMany(a => a.Project!.Links, (a, l) => new { a.ParkId, l.Code }).Distinct().ToListAsync(cancel))
            .ToLookup(n => n.ParkId, n => n.Code);

        List<PlannedSpace> planned = [.. spaces.Select(s => Months(s, scenario, from, today)), .. scenario.Additions.Select(a => Months(a, scenario, from))];
        var left = planned.GroupBy(s => (s.ParkId, s.Building)).ToDictionary(g => g.Key, g => g.Sum(s => s.FreeM2[^1]));
        return new AllocationSupply([.. planned.Zip(spaces.Select(Offer).Concat(scenario.Additions.Select(Offer)), (space, offer) => new Supply(space, offer with
        {
            ParkFields = [.. parks[space.ParkId].Fields], ParkRoles = [.. parks[space.ParkId].Roles], NeighbourLinks = [.. neighbours[space.ParkId]],
            IdleFrom = offer.AvailableFrom > today ? offer.AvailableFrom : today, GrowthM2 = left[(space.ParkId, space.Building)] - space.FreeM2[^1],
        }))]);
    }

    private static SpaceOffer Offer(Space space) => new()
    {
        SpaceId = space.Id, ParkId = space.ParkId, AvailableFrom = space.AvailableFrom, AvailableUntil = space.AvailableUntil, Kind = space.Kind, Facilities = space.Facilities, Rent = space.Rent,
    };

    private static SpaceOffer Offer(AddedSpace space) => new() { SpaceId = space.Id, ParkId = space.ParkId, AvailableFrom = space.From, Kind = space.Kind, Facilities = space.Facilities };

    private static PlannedSpace Months(Space space, AllocationScenario scenario, DateOnly from, DateOnly today)
    {
        var closed = Closed(scenario, space.ParkId, space.Building, space.Id);
        var (open, free) = (new decimal[AllocationPlan.Months], new decimal[AllocationPlan.Months]);
        for (var m = 0; m < AllocationPlan.Months; m++)
        {
            var (first, last) = (from.AddMonths(m), from.AddMonths(m + 1).AddDays(-1));
            open[m] = closed <= last ? 0 : space.On(last)?.AreaM2 ?? 0;
            // Whoever comes stays: after the last month all days count, as far as the space is there.
            free[m] = closed <= last ? 0 : Math.Max(0, space.LeastFree(first > today ? first : today, m < AllocationPlan.Months - 1 ? last : space.AvailableUntil > last ? space.AvailableUntil : null));
        }
        return new(space.Id, space.ParkId, space.Name, space.Building, open, free, IsAdded: false);
    }

    private static PlannedSpace Months(AddedSpace space, AllocationScenario scenario, DateOnly from)
    {
        var closed = Closed(scenario, space.ParkId, null, space.Id);
        decimal[] area = [.. Enumerable.Range(0, AllocationPlan.Months).Select(m => space.From <= from.AddMonths(m) && closed > from.AddMonths(m + 1).AddDays(-1) ? space.AreaM2 : 0)];
        return new(space.Id, space.ParkId, space.Name, null, area, area, IsAdded: true);
    }

    private static DateOnly Closed(AllocationScenario scenario, Guid parkId, string? building, Guid spaceId)
        => scenario.Closures.Where(c => c.Concerns(parkId, building, spaceId)).Select(c => c.From).DefaultIfEmpty(DateOnly.MaxValue).Min();
}

internal sealed record Supply(PlannedSpace Space, SpaceOffer Offer);
