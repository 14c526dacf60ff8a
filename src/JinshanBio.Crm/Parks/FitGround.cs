using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Projects;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Parks;

/// <summary>Spaces with all that is around them, read in four statements, from which each project's offers follow without another one.</summary>
internal sealed class FitGround
{
    private sealed record Neighbour(Guid ProjectId, Guid ParkId, string Code);

    private sealed record Own(Guid ProjectId, Guid SpaceId, decimal AreaM2, DateOnly From, DateOnly? Until);

    private readonly DateOnly _today;
    private readonly ILookup<Guid, Neighbour> _neighbours;
    private readonly ILookup<(Guid, Guid), Own> _own;

    private FitGround(DateOnly today, List<Space> spaces, IEnumerable<Neighbour> neighbours, IEnumerable<Own> own)
        => (_today, Spaces, _neighbours, _own) = (today, spaces, neighbours.ToLookup(n => n.ParkId), own.ToLookup(o => (o.ProjectId, o.SpaceId)));

    public IReadOnlyList<Space> Spaces { get; }

    /// <param name="spaces">Those that may be offered; closed ones are left out.</param>
    /// <param name="projects">For whom; what is held for one of them is free to it.</param>
    public static async Task<FitGround> LoadAsync(CrmDb db, IQueryable<Space> spaces, IReadOnlyCollection<Guid> projects, DateOnly today, CancellationToken cancel)
    {
        var open = await spaces.AsNoTrackingWithIdentityResolution().Include(s => s.Spans).Include(s => s.Park)
            .Where(s => s.AvailableUntil == null || s.AvailableUntil >= today).OrderBy(s => s.Name).ToListAsync(cancel);
        var parks = open.Select(s => s.ParkId).Distinct().ToList();
        var placed = db.Assignments.Where(a => parks.Contains(a.ParkId) && Assignment.Placed.Contains(a.Status));
        var neighbours = await placed.Join(db.Set<ProjectLink>(), a => a.ProjectId, l => l.ProjectId, (a, l) => new Neighbour(a.ProjectId, a.ParkId, l.Code)).Distinct().ToListAsync(cancel);
        var own = await db.Bookings.AsNoTracking().Join(placed.Where(a => projects.Contains(a.ProjectId)), b => b.AssignmentId, a => a.Id,
            (b, a) => new Own(a.ProjectId, b.SpaceId, b.AreaM2, b.From, b.Until)).ToListAsync(cancel);
        return new FitGround(today, open, neighbours, own);
    }

    /// <summary>What each space offers to a project. A space that is not open all the wanted days is measured on those on which it is, so that area and days are judged apart.</summary>
    public IEnumerable<(Space Space, SpaceOffer Offer)> OffersFor(Guid projectId, SpaceNeed need)
    {
        var free = Spaces.ToDictionary(s => s.Id, s => Free(s, projectId, need));
        var around = Spaces.GroupBy(s => (s.ParkId, s.Kind == SpaceKind.Plot)).ToDictionary(g => g.Key, g => g.Where(s => s.AvailableFrom <= need.From).Sum(s => free[s.Id]));
        return Spaces.Select(space =>
        {
            var growth = around[(space.ParkId, space.Kind == SpaceKind.Plot)] - (space.AvailableFrom <= need.From ? Math.Min(need.AreaM2, free[space.Id]) : 0);
            return (space, new SpaceOffer
            {
                SpaceId = space.Id, ParkId = space.ParkId, FreeM2 = free[space.Id], AvailableFrom = space.AvailableFrom, AvailableUntil = space.AvailableUntil,
                IdleFrom = space.AvailableFrom > _today ? space.AvailableFrom : _today, Kind = space.Kind, Facilities = space.Facilities, Rent = space.Rent,
                ParkFields = [.. space.Park!.Fields], ParkRoles = [.. space.Park.Roles],
                NeighbourLinks = [.. _neighbours[space.ParkId].Where(n => n.ProjectId != projectId).Select(n => n.Code)], GrowthM2 = growth,
            });
        });
    }

    public bool IsHeldFor(Guid projectId, Guid spaceId) => _own[(projectId, spaceId)].Any(o => !(o.Until < _today));

    private decimal Free(Space space, Guid projectId, SpaceNeed need)
    {
        var from = need.From > space.AvailableFrom ? need.From : space.AvailableFrom;
        var until = need.Until is { } wanted && !(space.AvailableUntil < wanted) ? wanted : space.AvailableUntil;
        return space.LeastFree(from, until) + _own[(projectId, space.Id)].Where(o => o.From <= from && !(o.Until < from)).Sum(o => o.AreaM2);
    }
}
