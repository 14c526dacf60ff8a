using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Assignments;

/// <summary>落位收件箱: what waits for a decision about places, of the projects and parks a person sees; a manager's morning.</summary>
[Needs(Permission.AssignmentsRead)]
public sealed record GetPlaceInbox : IRequest<PlaceInbox>
{
    public Guid? Park { get; set; }
}

/// <param name="Proposed">Waiting for the park's answer; the most overdue first.</param>
/// <param name="Waiting">候补, by park and order.</param>
/// <param name="HoldsEnding">Reservations that end within the days of the parameters.</param>
/// <param name="Agreed">With a lease, not moved in yet.</param>
/// <param name="OptionsEnding">Places with an open option that ends within the days of the parameters.</param>
/// <param name="Overdue">超期未迁出: still there after the last day of the stay.</param>
public sealed record PlaceInbox(
    DateOnly Today, DayPart<AssignmentRow> Proposed, DayPart<AssignmentRow> Waiting, DayPart<AssignmentRow> HoldsEnding, DayPart<AssignmentRow> Agreed,
    DayPart<AssignmentRow> OptionsEnding, DayPart<AssignmentRow> Overdue)
{
    public int Count => Proposed.Count + Waiting.Count + HoldsEnding.Count + Agreed.Count + OptionsEnding.Count + Overdue.Count;
}

internal sealed class GetPlaceInboxHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetPlaceInbox, PlaceInbox>
{
    public async Task<PlaceInbox> Handle(GetPlaceInbox request, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var soon = today.AddDays(catalogue.Places.NoticeDays);
        var places = db.Assignments.AsNoTracking().VisibleTo(actor);
        if (request.Park is { } park) places = places.Where(a => a.ParkId == park);
        IQueryable<Assignment> In(AssignmentStatus status) => places.Where(a => a.Status == status);
        Task<DayPart<AssignmentRow>> Part(IQueryable<Assignment> which, IOrderedQueryable<Assignment> sorted) => PartAsync(which, sorted, cancellationToken);

        var (proposed, waiting, agreed) = (In(AssignmentStatus.Proposed), In(AssignmentStatus.Waiting), In(AssignmentStatus.Agreed));
        var holds = In(AssignmentStatus.Accepted).Where(a => a.HoldUntil <= soon);
        var options = places.Where(a => a.Options.Any(o => o.Status == OptionStatus.Open && o.Until <= soon));
        var overdue = places.Where(a => (a.Status == AssignmentStatus.MovedIn || a.Status == AssignmentStatus.Agreed) && a.Until < today);
        return new PlaceInbox(today,
            await Part(proposed, proposed.OrderBy(a => a.RespondBy).ThenBy(a => a.ProposedAt)),
            await Part(waiting, waiting.OrderBy(a => a.Park!.Code).ThenBy(a => a.WaitOrder).ThenBy(a => a.WaitingSince)),
            await Part(holds, holds.OrderBy(a => a.HoldUntil)),
            await Part(agreed, agreed.OrderBy(a => a.From)),
            await Part(options, options.OrderBy(a => a.Options.Where(o => o.Status == OptionStatus.Open).Min(o => o.Until))),
            await Part(overdue, overdue.OrderBy(a => a.Until)));
    }

    private async Task<DayPart<AssignmentRow>> PartAsync(IQueryable<Assignment> which, IOrderedQueryable<Assignment> sorted, CancellationToken cancel)
    {
        var items = await sorted.ThenBy(a => a.Id).Take(DayPart<AssignmentRow>.AtMost).ToRows(db).ToListAsync(cancel);
        return new(items.Count < DayPart<AssignmentRow>.AtMost ? items.Count : await which.CountAsync(cancel), items);
    }
}
