using JinshanBio.Crm.Domain.Parks;

namespace JinshanBio.Crm.Domain.Assignments;

/// <summary>The reservation until it ends or becomes a lease, and the lease.</summary>
public sealed partial class Assignment
{
    /// <summary>The last day of the reservation of which both sides have been told that it is near.</summary>
    public DateOnly? ToldHoldUntil { get; private set; }

    /// <summary>租约编号.</summary>
    public string? LeaseNumber { get; private set; }
    public string? LeaseNote { get; private set; }

    /// <summary>Day on which the lease was signed; <see cref="AgreedAt"/> is when it was recorded.</summary>
    public DateOnly? AgreedOn { get; private set; }
    public Guid? AgreedById { get; private set; }

    /// <summary>延长预留: holds it longer, or not so long.</summary>
    /// <exception cref="Refusal">AssignmentNotAllowed, HoldEndPast.</exception>
    public void HoldOn(DateOnly until, DateOnly today)
    {
        Must(AssignmentStatus.Accepted);
        if (until < today) throw new Refusal(RefusalCode.HoldEndPast) { Field = "holdUntil" };
        HoldUntil = until;
    }

    /// <summary>取消预留: the park takes back what it holds, and says why.</summary>
    public void Release(string reason, DateOnly today, DateTime now, Guid byId)
    {
        Must(AssignmentStatus.Accepted, AssignmentStatus.Agreed);
        End(AssignmentStatus.Refused, today, now);
        (Reason, DecidedAt, DecidedById) = (reason.Trim(), now, byId);
    }

    /// <summary>签租约: what is held does not lapse any more. Also for one who moved in before the lease was recorded.</summary>
    /// <exception cref="Refusal">AssignmentNotAllowed, ProjectClosed, LeaseEndPast, LeaseDayAhead, SpaceOverbooked, SpaceClosed.</exception>
    public void Agree(LeaseTerms lease, DateOnly today, DateTime now, Guid byId)
    {
        Must(AssignmentStatus.Accepted, AssignmentStatus.MovedIn);
        ProjectMustGoOn();
        if (lease.On > today) throw new Refusal(RefusalCode.LeaseDayAhead) { Field = "agreedOn" };
        RunUntil(lease.Until, today);
        (LeaseNumber, LeaseNote, AgreedOn) = (lease.Number.Trim(), string.IsNullOrWhiteSpace(lease.Note) ? null : lease.Note.Trim(), lease.On);
        (AgreedAt, AgreedById) = (now, byId);
        if (Status == AssignmentStatus.Accepted) Status = AssignmentStatus.Agreed;
    }

    /// <summary>续期或提前到期: another last day, for all its parts; what comes after it is free again.</summary>
    /// <param name="until">Null without an end.</param>
    public void Extend(DateOnly? until, DateOnly today)
    {
        Must(AssignmentStatus.Accepted, AssignmentStatus.Agreed, AssignmentStatus.MovedIn);
        if (until > Until || until is null) ProjectMustGoOn();
        RunUntil(until, today);
    }

    /// <summary>The parts that run until the last day of the stay, also when that day is over and nobody has left.</summary>
    public IEnumerable<Booking> Parts() => Bookings.Where(b => b.Until == Until
        && (b.Kind == (Status == AssignmentStatus.MovedIn ? BookingKind.Occupied : BookingKind.Held) || Options.Any(o => o.Status == OptionStatus.Open && o.Id == b.OptionId)));

    /// <summary>Where those parts lie.</summary>
    public IReadOnlyList<Space> TakenSpaces() => [.. Parts().Select(p => p.Space!).Distinct()];
}

/// <param name="On">Day on which it was signed.</param>
/// <param name="Until">Last day; null without an end.</param>
public sealed record LeaseTerms(string Number, DateOnly On, DateOnly? Until, string? Note);
