using JinshanBio.Crm.Domain.Parks;

namespace JinshanBio.Crm.Domain.Assignments;

/// <summary>What changes of a place while it stands: its last day, and the spaces it stands in.</summary>
public sealed partial class Assignment
{
    /// <summary>续期或提前结束: all that stands to the end goes on longer, or ends earlier, and what is kept for open options with it.</summary>
    /// <param name="until">Last day; null without an end.</param>
    /// <exception cref="Refusal">AssignmentNotAllowed, LeaseEndPast, SpaceClosed, SpaceOverbooked.</exception>
    public void RunUntil(DateOnly? until, DateOnly today)
    {
        Must(AssignmentStatus.Accepted, AssignmentStatus.Agreed, AssignmentStatus.MovedIn);
        var standing = Bookings.Where(b => !(b.Until < today)).ToList();
        // 超期未迁出: nothing is booked any more, and the tenant is still there.
        if (standing.Count == 0) standing = [.. Parts()];
        var (first, last) = (standing.Select(b => b.From).Append(DateOnly.MaxValue).Min(), until ?? DateOnly.MaxValue);
        if (last < (first > today ? first : today) || standing.Count == 0) throw new Refusal(RefusalCode.LeaseEndPast, first > today && standing.Count > 0 ? first : today) { Field = "until" };
        var end = standing.Max(b => b.Until ?? DateOnly.MaxValue);
        var going = standing.FindAll(b => (b.Until ?? DateOnly.MaxValue) == end);
        if (last > end)
            foreach (var space in going.GroupBy(b => b.Space!)) space.Key.MustHave([.. space.Select(b => new Claim(b.AreaM2, end.AddDays(1), until))]);
        foreach (var booking in last > end ? going : standing.FindAll(b => (b.Until ?? DateOnly.MaxValue) > last))
        {
            if (booking.From <= last) booking.RunUntil(until);
            else if (booking.EndBefore(booking.From)) Bookings.Remove(booking);
        }
        Until = until;
    }

    /// <summary>From the day on the booking stands in other spaces.</summary>
    internal void Move(Booking booking, IReadOnlyList<Allotment> to, DateOnly day)
    {
        var (from, until) = (booking.From > day ? booking.From : day, booking.Until);
        if (booking.EndBefore(day)) Bookings.Remove(booking);
        foreach (var place in to) Bookings.Add(new Booking(Id, place.Space, booking.Kind, place.AreaM2, from, until, booking.OptionId));
        if (SpaceId != booking.SpaceId) return;
        var main = to.MaxBy(p => p.AreaM2)!.Space;
        (SpaceId, Space) = (main.Id, main);
    }

    /// <summary>The space a proposal was for is replaced by another one, or by several, of which the manager chooses.</summary>
    internal void LoseSpace(Space space, Space? next)
    {
        if (SpaceId == space.Id && Status is (AssignmentStatus.Proposed or AssignmentStatus.Waiting)) (SpaceId, Space) = (next?.Id, next);
    }
}
