using JinshanBio.Crm.Domain.Parks;

namespace JinshanBio.Crm.Domain.Assignments;

/// <summary>扩租选择权 of a place that is held or occupied.</summary>
public sealed partial class Assignment
{
    /// <summary>Keeps area of a space of the park until the day; what is kept reaches to the end of the stay, so that taking it never overbooks.</summary>
    /// <param name="from">Day from which it may be wanted; today when it is free now.</param>
    /// <exception cref="Refusal">AssignmentNotAllowed, SpaceElsewhere, OptionEndPast, SpaceOverbooked, SpaceNotYetAvailable, SpaceClosed.</exception>
    public SpaceOption Grant(Allotment place, DateOnly from, DateOnly until, string? note, DateOnly today, DateTime now, Guid byId)
    {
        Must(AssignmentStatus.Accepted, AssignmentStatus.Agreed, AssignmentStatus.MovedIn);
        ProjectMustGoOn();
        if (place.Space.ParkId != ParkId) throw new Refusal(RefusalCode.SpaceElsewhere) { Field = "spaceId" };
        if (until < today || until > Until) throw new Refusal(RefusalCode.OptionEndPast) { Field = "until" };
        var option = new SpaceOption(Id, place, from > today ? from : today, until, note, now, byId);
        Bookings.Add(new Booking(Id, place.Space, BookingKind.Option, place.AreaM2, option.From, Until, option.Id));
        Options.Add(option);
        return option;
    }

    /// <summary>行权: it is held or occupied like the rest, from today or from the day it was kept for.</summary>
    public void Exercise(Guid optionId, DateOnly today, DateTime now, Guid byId)
    {
        Must(AssignmentStatus.Accepted, AssignmentStatus.Agreed, AssignmentStatus.MovedIn);
        ProjectMustGoOn();
        var option = Open(optionId);
        var kept = Kept(option).Where(b => !(b.Until < today)).ToList();
        if (option.Until < today || kept.Count == 0) throw new Refusal(RefusalCode.OptionClosed);
        foreach (var booking in kept) Turn(booking, Status == AssignmentStatus.MovedIn ? BookingKind.Occupied : BookingKind.Held, booking.From > today ? booking.From : today);
        AreaM2 += option.AreaM2;
        option.Close(OptionStatus.Exercised, now, byId);
    }

    /// <summary>放弃: the area is free again.</summary>
    public void GiveUp(Guid optionId, DateOnly today, DateTime now, Guid byId) => Free(optionId, OptionStatus.GivenUp, today, now, byId);

    /// <summary>到期失效, the day after its last one.</summary>
    public void LapseOption(Guid optionId, DateOnly today, DateTime now) => Free(optionId, OptionStatus.Lapsed, today, now, null);

    /// <summary>The space of an option whose area was given back; it has been loaded with the place.</summary>
    public IReadOnlyList<Space> SpacesOf(Guid optionId) => [.. Options.Where(o => o.Id == optionId && o.Space is not null).Select(o => o.Space!)];

    private void Free(Guid optionId, OptionStatus to, DateOnly today, DateTime now, Guid? byId)
    {
        var option = Open(optionId);
        foreach (var booking in Kept(option).Where(b => b.EndBefore(today)).ToList()) Bookings.Remove(booking);
        option.Close(to, now, byId);
    }

    /// <exception cref="Refusal">NotFound, OptionClosed.</exception>
    private SpaceOption Open(Guid optionId)
    {
        var option = Options.FirstOrDefault(o => o.Id == optionId) ?? throw new Refusal(RefusalCode.NotFound);
        if (option.Status != OptionStatus.Open) throw new Refusal(RefusalCode.OptionClosed);
        return option;
    }

    /// <summary>What is booked for the option: one booking, or several after its space was split or joined.</summary>
    private IEnumerable<Booking> Kept(SpaceOption option) => Bookings.Where(b => b.OptionId == option.Id && b.Kind == BookingKind.Option);
}

/// <summary>扩租选择权: so much of a further space is kept for a place until a day; who granted it, and how it ended.</summary>
public sealed class SpaceOption
{
    private SpaceOption() { }

    internal SpaceOption(Guid assignmentId, Allotment place, DateOnly from, DateOnly until, string? note, DateTime now, Guid byId)
        => (AssignmentId, SpaceId, Space, AreaM2, From, Until, Note, GrantedAt, GrantedById)
            = (assignmentId, place.Space.Id, place.Space, place.AreaM2, from, until, string.IsNullOrWhiteSpace(note) ? null : note.Trim(), now, byId);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid AssignmentId { get; private set; }
    public Guid SpaceId { get; private set; }
    public Space? Space { get; private set; }

    /// <summary>m².</summary>
    public decimal AreaM2 { get; private set; }
    public DateOnly From { get; private set; }

    /// <summary>Last day on which it can be exercised.</summary>
    public DateOnly Until { get; private set; }
    public string? Note { get; private set; }
    public OptionStatus Status { get; private set; }
    public DateTime GrantedAt { get; private set; }
    public Guid GrantedById { get; private set; }
    public DateTime? ClosedAt { get; private set; }

    /// <summary>Null when it ended by itself.</summary>
    public Guid? ClosedById { get; private set; }

    /// <summary>Both sides have been told that its last day is near. The job sets it past the aggregate.</summary>
    public bool ToldEnding { get; private set; }

    internal void Close(OptionStatus to, DateTime now, Guid? byId) => (Status, ClosedAt, ClosedById) = (to, now, byId);
}

public enum OptionStatus
{
    /// <summary>有效</summary>
    Open,
    /// <summary>已行权</summary>
    Exercised,
    /// <summary>已放弃</summary>
    GivenUp,
    /// <summary>已失效</summary>
    Lapsed,
}
