using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Parks;

/// <summary>空间详情: one space of a park as of today, what stands, stood and will stand in it, and what it was made of and became.</summary>
[Needs(Permission.ParksRead)]
public sealed record GetSpace(Guid ParkId, Guid Id) : IRequest<SpaceRecord>;

/// <param name="MayChange">The person may edit, split and join it.</param>
public sealed record SpaceRecord(string ParkName, SpaceOccupancy Space, SpaceHistory History, bool MayChange);

/// <param name="MadeOn">Day from which it stands in the place of its origins.</param>
/// <param name="ReplacedOn">Day from which its successors stand in its place.</param>
/// <param name="Bookings">What was, is and will be held and occupied, by day.</param>
public sealed record SpaceHistory(
    DateOnly? MadeOn, DateOnly? ReplacedOn, IReadOnlyList<SpaceRelative> Origins, IReadOnlyList<SpaceRelative> Successors, IReadOnlyList<SpaceBooking> Bookings);

/// <summary>A space it was made of, or that was made of it, on the day.</summary>
public sealed record SpaceRelative(Guid Id, string Name, decimal AreaM2, DateOnly Day);

/// <summary>占用记录. Which project it is only for those who may see that project.</summary>
/// <param name="Status">Of the place as it is now.</param>
/// <param name="Until">Last day; null without an end.</param>
public sealed record SpaceBooking(
    Guid Id, Guid? AssignmentId, Guid? ProjectId, string? ProjectNumber, string? ProjectTitle, decimal AreaM2, BookingKind Kind, AssignmentStatus Status,
    DateOnly From, DateOnly? Until, DateOnly? HoldUntil)
{
    public bool StandsOn(DateOnly day) => From <= day && !(day > Until);
}

internal sealed class GetSpaceHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<GetSpace, SpaceRecord>
{
    public async Task<SpaceRecord> Handle(GetSpace request, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var space = await db.Spaces.AsNoTracking().Include(s => s.Spans).Include(s => s.Park).VisibleTo(actor)
            .FirstOrDefaultAsync(s => s.Id == request.Id && s.ParkId == request.ParkId, cancellationToken) ?? throw new Refusal(RefusalCode.NotFound);
        var bookings = await BookingsAsync(space.Id, cancellationToken);
        var origins = await db.SpaceLineage.Where(l => l.ChildId == space.Id).Join(db.Spaces, l => l.ParentId, s => s.Id, (l, s) => new SpaceRelative(s.Id, s.Name, s.AreaM2, l.Day))
            .ToListAsync(cancellationToken);
        var successors = await db.SpaceLineage.Where(l => l.ParentId == space.Id).Join(db.Spaces, l => l.ChildId, s => s.Id, (l, s) => new SpaceRelative(s.Id, s.Name, s.AreaM2, l.Day))
            .ToListAsync(cancellationToken);
        var occupants = bookings.Where(b => !(b.Until < today))
            .Select(b => new Occupant(b.AssignmentId, b.ProjectId, b.ProjectNumber, b.ProjectTitle, b.AreaM2, b.Status, b.From, b.HoldUntil, b.Kind, b.Until)).ToList();
        var row = SpaceOccupancy.Of(space, space.Figures(today), today, occupants) with { AreaM2 = space.AreaM2 };
        return new SpaceRecord(Texts.Text.Pick(space.Park!.NameZh, space.Park.NameEn), row,
            new SpaceHistory(space.MadeOn, space.ReplacedOn, [.. origins.OrderBy(o => o.Name)], [.. successors.OrderBy(o => o.Name)], bookings),
            actor.May(Permission.SpacesWrite) && actor.Manages(space.ParkId));
    }

    private async Task<List<SpaceBooking>> BookingsAsync(Guid spaceId, CancellationToken cancel)
    {
        var visible = db.Projects.VisibleTo(actor);
        var found = await db.Bookings.AsNoTracking().Where(b => b.SpaceId == spaceId).Join(db.Assignments, b => b.AssignmentId, a => a.Id, (b, a) => new { Booking = b, Place = a })
            .OrderBy(x => x.Booking.From).ThenBy(x => x.Booking.Id)
            .Select(x => new
            {
                IsVisible = visible.Any(p => p.Id == x.Place.ProjectId),
                Row = new SpaceBooking(x.Booking.Id, x.Place.Id, x.Place.ProjectId, x.Place.Project!.Number, x.Place.Project.Title, x.Booking.AreaM2, x.Booking.Kind, x.Place.Status,
                    x.Booking.From, x.Booking.Until, x.Place.HoldUntil),
            }).ToListAsync(cancel);
        return [.. found.Select(f => f.IsVisible ? f.Row : f.Row with { AssignmentId = null, ProjectId = null, ProjectNumber = null, ProjectTitle = null })];
    }
}
