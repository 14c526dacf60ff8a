using JinshanBio.Crm.Domain.Assignments;

namespace JinshanBio.Crm.Domain.Parks;

/// <summary>
/// 时段: from its day until the next span of the space begins, so much of it there is, is held and is occupied, m². The database itself refuses a span
/// in which more is held and occupied than there is, and the version of the space lets only one change at a time through.
/// </summary>
public sealed class SpaceSpan
{
    private SpaceSpan() { }

    internal SpaceSpan(Guid spaceId, DateOnly from, SpaceSpan? before)
        => (SpaceId, From, AreaM2, HeldM2, OccupiedM2) = (spaceId, from, before?.AreaM2 ?? 0, before?.HeldM2 ?? 0, before?.OccupiedM2 ?? 0);

    public Guid SpaceId { get; private set; }
    public DateOnly From { get; private set; }
    public decimal AreaM2 { get; private set; }

    /// <summary>Reserved, also by an option.</summary>
    public decimal HeldM2 { get; private set; }
    public decimal OccupiedM2 { get; private set; }
    public decimal TakenM2 => HeldM2 + OccupiedM2;
    public decimal FreeM2 => AreaM2 - TakenM2;

    internal void Measure(decimal areaM2) => AreaM2 = areaM2;

    internal void Add(BookingKind kind, decimal areaM2)
    {
        if (kind == BookingKind.Occupied) OccupiedM2 += areaM2;
        else HeldM2 += areaM2;
    }

    /// <summary>The smallest free area over the days from <paramref name="from"/> to <paramref name="until"/>, m², of the spans of one space.</summary>
    public static decimal LeastFree(IEnumerable<SpaceSpan> spans, DateOnly from, DateOnly? until = null)
    {
        SpaceSpan? first = null;
        var least = decimal.MaxValue;
        foreach (var span in spans)
        {
            if (span.From <= from) first = first is null || span.From > first.From ? span : first;
            else if (!(span.From > until)) least = Math.Min(least, span.FreeM2);
        }
        return Math.Min(least, first?.FreeM2 ?? 0);
    }
}

/// <summary>
/// What can be said of a space for somebody who asks on a day: what there is and is occupied then, what can be promised from then on without an end (<see cref="FreeM2"/>),
/// and what lies between because it is reserved for that day or a later one (<see cref="HeldM2"/>). All in m²; they add up.
/// </summary>
/// <param name="IdleM2">Neither occupied nor held on the very day.</param>
public sealed record SpaceFigures(decimal AreaM2, decimal HeldM2, decimal OccupiedM2, decimal FreeM2, decimal IdleM2)
{
    public static readonly SpaceFigures None = new(0, 0, 0, 0, 0);

    /// <param name="spans">The spans of one space.</param>
    /// <param name="areaM2">The area it has or will have; counted also before it opens, as space to come.</param>
    public static SpaceFigures Of(IReadOnlyCollection<SpaceSpan> spans, DateOnly day, decimal areaM2)
    {
        var on = spans.Where(s => s.From <= day).MaxBy(s => s.From);
        var coming = spans.Where(s => s.From > day && s.AreaM2 > 0).OrderBy(s => s.From).FirstOrDefault();
        if (on is not { AreaM2: > 0 })
        {
            // Not there yet: what can be promised from its first day on.
            if (coming is null) return None;
            var open = SpaceSpan.LeastFree(spans.Where(s => s.AreaM2 > 0), coming.From);
            return new(areaM2, areaM2 - open, 0, open, 0);
        }
        // A last day that is known says nothing of what can be promised until then.
        var end = spans.Where(s => s.From > day && s.AreaM2 == 0).Select(s => (DateOnly?)s.From.AddDays(-1)).Min();
        var free = SpaceSpan.LeastFree(spans, day, end);
        return new(on.AreaM2, Math.Max(0, on.AreaM2 - on.OccupiedM2 - free), on.OccupiedM2, free, on.FreeM2);
    }
}
