using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Parks;

/// <summary>入驻情况: what each space of a park holds and has free.</summary>
/// <param name="On">The day to look at, past or future; today when left out.</param>
[Needs(Permission.ParksRead)]
public sealed record GetOccupancy(Guid ParkId, DateOnly? On = null) : IRequest<Occupancy>;

/// <summary>Areas of a park in m²; <paramref name="AreaM2"/> is what is held, occupied, free today and coming.</summary>
public sealed record Occupancy(
    decimal AreaM2, decimal HeldM2, decimal OccupiedM2, decimal FreeM2, decimal ComingM2, IReadOnlyList<SpaceOccupancy> Spaces);

/// <param name="HeldM2">Reserved for the day or a later one.</param>
/// <param name="FreeM2">Can be promised from the day on, without an end.</param>
/// <param name="IsComing">Not available yet.</param>
/// <param name="IdleM2">Neither held nor occupied on the very day.</param>
public sealed record SpaceOccupancy(
    Guid Id, string Name, decimal AreaM2, decimal HeldM2, decimal OccupiedM2, decimal FreeM2, DateOnly AvailableFrom, bool IsComing,
    decimal? ClearHeightM, decimal? FloorLoad, decimal? Rent, IReadOnlyList<Occupant> Occupants, int Version,
    decimal IdleM2, DateOnly? AvailableUntil, SpaceKind Kind, string? Building, string? Floor, Facilities Facilities)
{
    internal static SpaceOccupancy Of(Space s, SpaceFigures figures, DateOnly day, IReadOnlyList<Occupant> occupants)
        => new(s.Id, s.Name, figures.AreaM2, figures.HeldM2, figures.OccupiedM2, figures.FreeM2, s.AvailableFrom, s.AvailableFrom > day,
            s.Facilities.ClearHeightM, s.Facilities.FloorLoad, s.Rent, occupants, s.Version, figures.IdleM2, s.AvailableUntil, s.Kind, s.Building, s.Floor, s.Facilities);
}

/// <summary>A holder or tenant of a space; which project it is only for those who may see that project.</summary>
/// <param name="Status">Of the place as it is now, also when the day asked for is another.</param>
/// <param name="Until">Last day; null without an end.</param>
public sealed record Occupant(
    Guid? AssignmentId, Guid? ProjectId, string? ProjectNumber, string? ProjectTitle, decimal AreaM2, AssignmentStatus Status, DateOnly From, DateOnly? HoldUntil,
    BookingKind Kind, DateOnly? Until);

internal sealed class GetOccupancyValidator : AbstractValidator<GetOccupancy>
{
    public GetOccupancyValidator() => RuleFor(r => r.On).PlausibleDay();
}

internal static class SpaceQueries
{
    /// <summary>The spaces that are there on the day or open later; of what is split or joined, that which stands on the day.</summary>
    public static IQueryable<Space> Standing(this IQueryable<Space> spaces, DateOnly day)
        => spaces.Where(s => (s.AvailableUntil == null || (s.AvailableUntil >= day && s.AvailableUntil >= s.AvailableFrom)) && (s.MadeOn == null || s.MadeOn <= day));
}

internal sealed class GetOccupancyHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<GetOccupancy, Occupancy>
{
    public async Task<Occupancy> Handle(GetOccupancy request, CancellationToken cancellationToken)
    {
        if (!await db.Parks.VisibleTo(actor).AnyAsync(p => p.Id == request.ParkId, cancellationToken)) throw new Refusal(RefusalCode.NotFound);
        var day = request.On ?? ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var spaces = await db.Spaces.AsNoTracking().Include(s => s.Spans).Where(s => s.ParkId == request.ParkId).Standing(day)
            .OrderBy(s => s.Name).ToListAsync(cancellationToken);
        var visible = db.Projects.VisibleTo(actor);
        var occupants = (await db.Bookings.AsNoTracking().Where(b => b.Space!.ParkId == request.ParkId && (b.Until == null || b.Until >= day))
            .Join(db.Assignments, b => b.AssignmentId, a => a.Id, (b, a) => new { Booking = b, Place = a })
            .OrderBy(x => x.Booking.From).ThenBy(x => x.Place.DecidedAt)
            .Select(x => new
            {
                x.Booking.SpaceId, x.Place.Id, x.Booking.AreaM2, x.Place.Status, x.Booking.From, x.Booking.Until, x.Booking.Kind, x.Place.ProjectId,
                // Of an option its own last day.
                HoldUntil = x.Booking.Kind == BookingKind.Option ? db.SpaceOptions.Where(o => o.Id == x.Booking.OptionId).Select(o => (DateOnly?)o.Until).FirstOrDefault() : x.Place.HoldUntil,

                x.Place.Project!.Number, x.Place.Project.Title, IsVisible = visible.Any(p => p.Id == x.Place.ProjectId),
            }).ToListAsync(cancellationToken)).ToLookup(a => a.SpaceId, a => a.IsVisible
                ? new Occupant(a.Id, a.ProjectId, a.Number, a.Title, a.AreaM2, a.Status, a.From, a.HoldUntil, a.Kind, a.Until)
                : new Occupant(null, null, null, null, a.AreaM2, a.Status, a.From, a.HoldUntil, a.Kind, a.Until));

        List<SpaceOccupancy> rows = [.. spaces.Select(s => SpaceOccupancy.Of(s, s.Figures(day), day, [.. occupants[s.Id]]))];
        return new Occupancy(rows.Sum(s => s.AreaM2), rows.Sum(s => s.HeldM2), rows.Sum(s => s.OccupiedM2),
            rows.Where(s => !s.IsComing).Sum(s => s.FreeM2), rows.Where(s => s.IsComing).Sum(s => s.FreeM2), rows);
    }
}
