using JinshanBio.Crm.Domain.Parks;

namespace JinshanBio.Crm.Domain.Assignments;

/// <summary>占用: so much of a space, from one day to another, for one assignment. What was before today is history and stays.</summary>
public sealed class Booking
{
    private Booking() { }

    internal Booking(Guid assignmentId, Space space, BookingKind kind, decimal areaM2, DateOnly from, DateOnly? until, Guid? optionId = null)
    {
        if (until == DateOnly.MaxValue) until = null;
        space.Take(kind, areaM2, from, until);
        (AssignmentId, SpaceId, Space, Kind, AreaM2, From, Until, OptionId) = (assignmentId, space.Id, space, kind, areaM2, from, until, optionId);
    }

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid AssignmentId { get; private set; }
    public Guid SpaceId { get; private set; }
    public Space? Space { get; private set; }
    public BookingKind Kind { get; private set; }

    /// <summary>The option that it is kept for.</summary>
    public Guid? OptionId { get; private set; }

    /// <summary>m².</summary>
    public decimal AreaM2 { get; private set; }
    public DateOnly From { get; private set; }

    /// <summary>Last day; null without an end.</summary>
    public DateOnly? Until { get; private set; }

    public bool StandsOn(DateOnly day) => From <= day && !(day > Until);

    /// <summary>Ends before the day; true when nothing of it is left.</summary>
    internal bool EndBefore(DateOnly day)
    {
        if (Until < day) return false;
        var first = From > day ? From : day;
        Space!.Give(Kind, AreaM2, first, Until);
        Until = day.AddDays(-1);
        return Until < From;
    }

    /// <summary>Goes on longer, or ends earlier; null without an end.</summary>
    /// <exception cref="Refusal">StayEndsBefore, SpaceClosed, SpaceOverbooked.</exception>
    internal void RunUntil(DateOnly? until)
    {
        if (until == DateOnly.MaxValue) until = null;
        if (until < From) throw new Refusal(RefusalCode.StayEndsBefore, From) { Field = "until" };
        if (Until is { } end && !(until <= end)) Space!.Take(Kind, AreaM2, end.AddDays(1), until);
        else if (until is { } sooner && sooner != Until) Space!.Give(Kind, AreaM2, sooner.AddDays(1), Until);
        Until = until;
    }
}

public enum BookingKind
{
    /// <summary>预留</summary>
    Held,
    /// <summary>扩租选择权: held for a tenant who may take it until its last day.</summary>
    Option,
    /// <summary>占用</summary>
    Occupied,
}

/// <summary>So much of one space, m².</summary>
public sealed record Allotment(Space Space, decimal AreaM2);
