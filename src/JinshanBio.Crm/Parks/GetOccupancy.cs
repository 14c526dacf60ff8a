using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Parks;

/// <summary>入驻情况: what each space of a park holds and has free.</summary>
[Needs(Permission.ParksRead)]
public sealed record GetOccupancy(Guid ParkId) : IRequest<Occupancy>;

/// <summary>Areas of a park in m²; <paramref name="AreaM2"/> is what is held, occupied, free today and coming.</summary>
public sealed record Occupancy(
    decimal AreaM2, decimal HeldM2, decimal OccupiedM2, decimal FreeM2, decimal ComingM2, IReadOnlyList<SpaceOccupancy> Spaces);

/// <param name="IsComing">Not available yet.</param>
public sealed record SpaceOccupancy(
    Guid Id, string Name, decimal AreaM2, decimal HeldM2, decimal OccupiedM2, decimal FreeM2, DateOnly AvailableFrom, bool IsComing,
    decimal? ClearHeightM, decimal? FloorLoad, decimal? Rent, IReadOnlyList<Occupant> Occupants, int Version);

/// <summary>A holder or tenant of a space; which project it is only for those who may see that project.</summary>
/// <param name="Status">Accepted (held) or MovedIn.</param>
public sealed record Occupant(
    Guid? AssignmentId, Guid? ProjectId, string? ProjectNumber, string? ProjectTitle, decimal AreaM2, AssignmentStatus Status, DateOnly From, DateOnly? HoldUntil);

internal sealed class GetOccupancyHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<GetOccupancy, Occupancy>
{
    public async Task<Occupancy> Handle(GetOccupancy request, CancellationToken cancellationToken)
    {
        if (!await db.Parks.VisibleTo(actor).AnyAsync(p => p.Id == request.ParkId, cancellationToken)) throw new Refusal(RefusalCode.NotFound);
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var spaces = await db.Spaces.AsNoTracking().Where(s => s.ParkId == request.ParkId).OrderBy(s => s.Name).ToListAsync(cancellationToken);
        var visible = db.Projects.VisibleTo(actor);
        var occupants = (await db.Assignments.AsNoTracking()
            .Where(a => a.ParkId == request.ParkId && (a.Status == AssignmentStatus.Accepted || a.Status == AssignmentStatus.MovedIn))
            .OrderBy(a => a.DecidedAt)
            .Select(a => new
            {
                a.SpaceId, a.Id, a.AreaM2, a.Status, a.From, a.HoldUntil, a.ProjectId, a.Project!.Number, a.Project.Title, IsVisible = visible.Any(p => p.Id == a.ProjectId),
            }).ToListAsync(cancellationToken)).ToLookup(a => a.SpaceId, a => a.IsVisible
                ? new Occupant(a.Id, a.ProjectId, a.Number, a.Title, a.AreaM2, a.Status, a.From, a.HoldUntil)
                : new Occupant(null, null, null, null, a.AreaM2, a.Status, a.From, a.HoldUntil));

        return new Occupancy(spaces.Sum(s => s.AreaM2), spaces.Sum(s => s.HeldM2), spaces.Sum(s => s.OccupiedM2),
            spaces.Where(s => s.AvailableFrom <= today).Sum(s => s.FreeM2), spaces.Where(s => s.AvailableFrom > today).Sum(s => s.FreeM2),
            [.. spaces.Select(s => new SpaceOccupancy(s.Id, s.Name, s.AreaM2, s.HeldM2, s.OccupiedM2, s.FreeM2, s.AvailableFrom, s.AvailableFrom > today,
                s.ClearHeightM, s.FloorLoad, s.Rent, [.. occupants[s.Id]], s.Version))]);
    }
}
