using JinshanBio.Crm.Domain.Assignments;

namespace JinshanBio.Crm.Domain.Parks;

/// <summary>拆分与合并: from a day on other spaces stand in the place of this one; what stands in it moves along, and the days before stay as they were.</summary>
public sealed partial class Space
{
    /// <summary>拆分: into parts that have its area together.</summary>
    /// <param name="shares">Where each booking that stands on the day or later goes: to one part, or divided among them.</param>
    /// <param name="places">All places with such a booking and all proposals for the space, with the spans of the spaces of their bookings.</param>
    /// <exception cref="Refusal">SpaceChangePast, SpaceReplaced, SpaceNotYetAvailable, SpaceClosed, SplitAreaDiffers, SplitBookingOpen; SpaceOverbooked with the part that is too small.</exception>
    public IReadOnlyList<Space> Split(IReadOnlyList<SpacePart> parts, IReadOnlyList<SpaceShare> shares, DateOnly day, IReadOnlyCollection<Assignment> places, DateOnly today)
    {
        MustChangeOn(day, today);
        if (parts.Count < 2) throw new ArgumentOutOfRangeException(nameof(parts));
        var sum = parts.Sum(p => p.AreaM2);
        if (sum != AreaM2) throw new Refusal(RefusalCode.SplitAreaDiffers, AreaM2, sum) { Field = "parts" };
        var standing = Standing(places, day);
        foreach (var (_, booking) in standing)
        {
            var own = shares.Where(s => s.BookingId == booking.Id).ToList();
            if (own.Sum(s => s.AreaM2) is var given && given != booking.AreaM2 || own.Exists(s => s.AreaM2 <= 0 || s.Part < 0 || s.Part >= parts.Count))
                throw new Refusal(RefusalCode.SplitBookingOpen, booking.AreaM2, own.Sum(s => s.AreaM2)) { Field = "shares" };
        }
        var all = parts.Select(part => Made([this], part.Name, part.AreaM2, day, today, part.Floor ?? Floor, Facilities.OfPart())).ToList();
        var moves = standing.ConvertAll(b => (b.Place, b.Booking, To: shares.Where(s => s.BookingId == b.Booking.Id)
            .GroupBy(s => s.Part).Select(g => new Allotment(all[g.Key], g.Sum(s => s.AreaM2))).ToList()));
        MoveAll(moves, day);
        foreach (var place in places) place.LoseSpace(this, null);
        Close(day);
        return all;
    }

    /// <summary>合并: several spaces of one building become one.</summary>
    /// <param name="places">As for <see cref="Split"/>, of all the spaces.</param>
    /// <exception cref="Refusal">SpaceChangePast, SpaceReplaced, SpaceNotYetAvailable, SpaceClosed, SpaceElsewhere, JoinBuildingsDiffer, JoinEndsDiffer.</exception>
    public static Space Join(IReadOnlyList<Space> spaces, string name, DateOnly day, IReadOnlyCollection<Assignment> places, DateOnly today)
    {
        if (spaces.Count < 2 || spaces.Distinct().Count() < spaces.Count) throw new ArgumentOutOfRangeException(nameof(spaces));
        foreach (var space in spaces) space.MustChangeOn(day, today);
        var first = spaces[0];
        if (spaces.Any(s => s.ParkId != first.ParkId)) throw new Refusal(RefusalCode.SpaceElsewhere) { Field = "spaces" };
        // Two plots lie in no building; of two rooms whose building nobody named it is not known.
        if (spaces.Any(s => s.Building != first.Building || (s.Building is null && s.Kind != SpaceKind.Plot))) throw new Refusal(RefusalCode.JoinBuildingsDiffer) { Field = "spaces" };
        if (spaces.Any(s => s.AvailableUntil != first.AvailableUntil)) throw new Refusal(RefusalCode.JoinEndsDiffer) { Field = "spaces" };
        var floor = spaces.All(s => s.Floor == first.Floor) ? first.Floor : null;
        var whole = Made(spaces, name, spaces.Sum(s => s.AreaM2), day, today, floor, Facilities.OfWhole([.. spaces.Select(s => s.Facilities)]));
        MoveAll([.. spaces.SelectMany(s => s.Standing(places, day)).Select(b => (b.Place, b.Booking, new List<Allotment> { new(whole, b.Booking.AreaM2) }))], day);
        foreach (var space in spaces)
        {
            foreach (var place in places) place.LoseSpace(space, whole);
            space.Close(day);
        }
        return whole;
    }

    private void MustChangeOn(DateOnly day, DateOnly today)
    {
        if (day < today) throw new Refusal(RefusalCode.SpaceChangePast, today) { Field = "day" };
        if (ReplacedOn is { } replaced) throw new Refusal(RefusalCode.SpaceReplaced, Name, replaced);
        if (day < AvailableFrom) throw new Refusal(RefusalCode.SpaceNotYetAvailable, Name, AvailableFrom) { Field = "day" };
        if (day > AvailableUntil) throw new Refusal(RefusalCode.SpaceClosed, Name, AvailableUntil) { Field = "day" };
    }

    private List<(Assignment Place, Booking Booking)> Standing(IEnumerable<Assignment> places, DateOnly day)
        => [.. places.SelectMany(p => p.Bookings.Where(b => b.SpaceId == Id && !(b.Until < day)).Select(b => (p, b)))];

    private static Space Made(IReadOnlyList<Space> of, string name, decimal areaM2, DateOnly day, DateOnly today, string? floor, Facilities facilities)
    {
        var first = of[0];
        var made = new Space(first.ParkId, new SpaceTerms(name, areaM2, day)
        {
            Kind = of.Max(s => s.Kind), Building = first.Building, Floor = floor, AvailableUntil = first.AvailableUntil, Facilities = facilities,
            Rent = of.All(s => s.Rent == first.Rent) ? first.Rent : null,
        }, today);
        // Of spaces that never open, what is made of them is the capacity to come.
        made.MadeOn = of.Any(s => s.AvailableFrom < day) ? day : first.MadeOn;
        foreach (var space in of) made.Origins.Add(new SpaceLineage(space.Id, made.Id, day));
        return made;
    }

    private static void MoveAll(List<(Assignment Place, Booking Booking, List<Allotment> To)> moves, DateOnly day)
    {
        foreach (var to in moves.SelectMany(m => m.To.Select(t => (t.Space, Claim: new Claim(t.AreaM2, m.Booking.From > day ? m.Booking.From : day, m.Booking.Until)))).GroupBy(t => t.Space))
            to.Key.MustHave([.. to.Select(t => t.Claim)]);
        foreach (var (place, booking, to) in moves) place.Move(booking, to, day);
    }

    private void Close(DateOnly day)
    {
        At(day);
        foreach (var span in Spans.Where(s => s.From >= day)) span.Measure(0);
        (AvailableUntil, ReplacedOn) = (day.AddDays(-1), day);
    }
}
