using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Projects;

namespace JinshanBio.Crm.Domain.Assignments;

/// <summary>落位: the place of a project in a park, from the proposal to the exit. One row keeps one stay; a graduation opens the next.</summary>
public sealed partial class Assignment : Entity
{
    private Assignment() { }

    /// <param name="from">Day from which the space is wanted.</param>
    public Assignment(Guid projectId, Guid parkId, Guid? spaceId, decimal areaM2, DateOnly from, DateTime now, Guid byId)
        => (ProjectId, ParkId, SpaceId, AreaM2, WantedM2, From, ProposedAt, ProposedById) = (projectId, parkId, spaceId, areaM2, areaM2, from, now, byId);

    /// <summary>Statuses in which a project has or may get a place in the park.</summary>
    public static readonly IReadOnlyList<AssignmentStatus> Standing =
        [AssignmentStatus.Proposed, AssignmentStatus.Waiting, AssignmentStatus.Accepted, AssignmentStatus.Agreed, AssignmentStatus.MovedIn];

    /// <summary>Statuses in which area is held or occupied for the project.</summary>
    public static readonly IReadOnlyList<AssignmentStatus> Placed = [AssignmentStatus.Accepted, AssignmentStatus.Agreed, AssignmentStatus.MovedIn];

    public Guid ProjectId { get; private set; }
    public Project? Project { get; private set; }
    public Guid ParkId { get; private set; }
    public Park? Park { get; private set; }

    /// <summary>The proposed space, from the acceptance on the one with the largest part; all of them stand in <see cref="Bookings"/>.</summary>
    public Guid? SpaceId { get; private set; }
    public Space? Space { get; private set; }

    /// <summary>m²: asked for, from the acceptance on what was given.</summary>
    public decimal AreaM2 { get; private set; }

    /// <summary>m² that were asked for.</summary>
    public decimal WantedM2 { get; private set; }
    public DateOnly From { get; private set; }

    /// <summary>Last day of the lease; null while no end is agreed.</summary>
    public DateOnly? Until { get; private set; }
    public AssignmentStatus Status { get; private set; }

    /// <summary>Last day of the reservation, when one was set; a place that is held lapses after it.</summary>
    public DateOnly? HoldUntil { get; private set; }
    public string? Reason { get; private set; }
    public DateTime ProposedAt { get; private set; }
    public Guid ProposedById { get; private set; }
    public DateTime? DecidedAt { get; private set; }
    public Guid? DecidedById { get; private set; }
    public DateTime? AgreedAt { get; private set; }
    public DateTime? MovedInAt { get; private set; }
    public DateTime? EndedAt { get; private set; }

    /// <summary>The stay from which this one goes on: incubator to accelerator to industrial park.</summary>
    public Guid? PreviousId { get; init; }

    /// <summary>What is held or occupied for it, and was.</summary>
    public ICollection<Booking> Bookings { get; } = [];

    /// <summary>Options on further space, open and closed.</summary>
    public ICollection<SpaceOption> Options { get; } = [];

    /// <summary>接收: holds the area in the space from the wanted day on.</summary>
    /// <exception cref="Refusal">AssignmentNotAllowed, ProjectClosed, SpaceElsewhere, SpaceOverbooked, SpaceNotYetAvailable, SpaceClosed.</exception>
    public void Accept(Space space, DateOnly? holdUntil, DateOnly today, DateTime now, Guid byId)
        => Accept([new Allotment(space, AreaM2)], null, holdUntil, today, now, byId);

    /// <summary>接收 in one or several spaces, also with another area than was asked for, which the manager explains to the proposer.</summary>
    /// <param name="until">Last day of the stay, when one is known already.</param>
    /// <exception cref="Refusal">AreaReasonRequired, and as above.</exception>
    public void Accept(IReadOnlyList<Allotment> places, DateOnly? until, string? reason, DateOnly? holdUntil, DateOnly today, DateTime now, Guid byId)
    {
        Must(AssignmentStatus.Proposed, AssignmentStatus.Waiting);
        var given = places.Sum(p => p.AreaM2);
        if (given != AreaM2 && string.IsNullOrWhiteSpace(reason)) throw new Refusal(RefusalCode.AreaReasonRequired, given, AreaM2) { Field = "reason" };
        Accept(places, until, holdUntil, today, now, byId);
        Reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
    }

    public void Accept(IReadOnlyList<Allotment> places, DateOnly? until, DateOnly? holdUntil, DateOnly today, DateTime now, Guid byId)
    {
        Must(AssignmentStatus.Proposed, AssignmentStatus.Waiting);
        ProjectMustGoOn();
        if (places.Count == 0) throw new Refusal(RefusalCode.SpaceRequired) { Field = "spaceId" };
        if (places.Any(p => p.Space.ParkId != ParkId)) throw new Refusal(RefusalCode.SpaceElsewhere) { Field = "spaceId" };
        var from = From > today ? From : today;
        // All or nothing: the second space may be full when the first is taken already.
        places = [.. places.GroupBy(p => p.Space).Select(g => new Allotment(g.Key, g.Sum(p => p.AreaM2)))];
        foreach (var place in places) place.Space.MustHave(new Claim(place.AreaM2, from, until));
        foreach (var place in places) Bookings.Add(new Booking(Id, place.Space, BookingKind.Held, place.AreaM2, from, until));
        var main = places.MaxBy(p => p.AreaM2)!.Space;
        (SpaceId, Space, AreaM2, Until) = (main.Id, main, places.Sum(p => p.AreaM2), until);
        (HoldUntil, Status, DecidedAt, DecidedById) = (holdUntil, AssignmentStatus.Accepted, now, byId);
    }

    public void Refuse(string reason, DateTime now, Guid byId)
    {
        Must(AssignmentStatus.Proposed, AssignmentStatus.Waiting);
        (Status, Reason, DecidedAt, DecidedById) = (AssignmentStatus.Refused, reason.Trim(), now, byId);
    }

    /// <summary>撤回: by the proposing side, before moving in; what was held is free again.</summary>
    public void Withdraw(DateOnly today, DateTime now)
    {
        Must(AssignmentStatus.Proposed, AssignmentStatus.Waiting, AssignmentStatus.Accepted, AssignmentStatus.Agreed);
        End(AssignmentStatus.Withdrawn, today, now);
    }

    /// <summary>到期释放: the last day of the reservation is over; what was held is free again.</summary>
    public void Lapse(DateOnly today, DateTime now)
    {
        Must(AssignmentStatus.Accepted);
        End(AssignmentStatus.Lapsed, today, now);
    }

    /// <summary>入驻: what was held is occupied from today on.</summary>
    public void MoveIn(DateOnly today, DateTime now)
    {
        Must(AssignmentStatus.Accepted, AssignmentStatus.Agreed);
        ProjectMustGoOn();
        if (Until < today) throw new Refusal(RefusalCode.LeaseEndPast, Until) { Field = "until" };
        var all = Bookings.Where(b => b.Kind == BookingKind.Held && !(b.Until < today)).ToList();
        // What begins later goes on from what stands today, after a split for example; where nothing stands yet, all of it begins early.
        var isEarly = !all.Exists(b => b.StandsOn(today));
        if (isEarly) foreach (var early in all.GroupBy(b => b.Space!)) early.Key.MustHave([.. early.Select(b => new Claim(b.AreaM2, today, b.From.AddDays(-1)))]);
        foreach (var held in all) Turn(held, BookingKind.Occupied, isEarly || held.From < today ? today : held.From);
        (Status, MovedInAt) = (AssignmentStatus.MovedIn, now);
    }

    /// <summary>毕业: leaves for the next carrier on the way from incubator to industrial park.</summary>
    public void Graduate(DateOnly today, DateTime now) => Leave(AssignmentStatus.Graduated, today, now);

    /// <summary>迁出.</summary>
    public void Exit(string reason, DateOnly today, DateTime now)
    {
        Leave(AssignmentStatus.Exited, today, now);
        Reason = reason.Trim();
    }

    private void Leave(AssignmentStatus to, DateOnly today, DateTime now)
    {
        Must(AssignmentStatus.MovedIn);
        End(to, today, now);
    }

    /// <summary>What was booked in one way is booked in another from the day on, until its own last day.</summary>
    private void Turn(Booking booking, BookingKind kind, DateOnly day)
    {
        var until = booking.Until;
        if (booking.EndBefore(day)) Bookings.Remove(booking);
        Bookings.Add(new Booking(Id, booking.Space!, kind, booking.AreaM2, day, until));
    }

    private void End(AssignmentStatus to, DateOnly today, DateTime now)
    {
        foreach (var option in Options.Where(o => o.Status == OptionStatus.Open)) option.Close(OptionStatus.Lapsed, now, null);
        foreach (var booking in Bookings.Where(b => b.EndBefore(today)).ToList()) Bookings.Remove(booking);
        (Status, EndedAt) = (to, now);
    }

    private void ProjectMustGoOn()
    {
        if (Project is { IsClosed: true }) throw new Refusal(RefusalCode.ProjectClosed, Project.Number);
    }

    private void Must(params ReadOnlySpan<AssignmentStatus> statuses)
    {
        if (!statuses.Contains(Status)) throw new Refusal(RefusalCode.AssignmentNotAllowed);
    }
}

public enum AssignmentStatus
{
    /// <summary>待接收</summary>
    Proposed,
    /// <summary>候补: on the waiting list of the park.</summary>
    Waiting,
    /// <summary>已接收（预留）</summary>
    Accepted,
    /// <summary>已签租约</summary>
    Agreed,
    /// <summary>已退回</summary>
    Refused,
    /// <summary>已撤回</summary>
    Withdrawn,
    /// <summary>预留到期</summary>
    Lapsed,
    /// <summary>已入驻</summary>
    MovedIn,
    /// <summary>已毕业</summary>
    Graduated,
    /// <summary>已迁出</summary>
    Exited,
}
