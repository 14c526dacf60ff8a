using JinshanBio.Crm.Domain.Assignments;

namespace JinshanBio.Crm.Domain.Parks;

/// <summary>
/// 空间: a part of a park that can be let: a unit, a floor, a building or a plot. Its spans say for every day how much of it there is,
/// is held and is occupied; no day ever has more held and occupied than there is, whoever accepts at the same moment.
/// </summary>
public sealed partial class Space : Entity
{
    private Space() { }

    public Space(Guid parkId, SpaceTerms terms, DateOnly today)
    {
        ParkId = parkId;
        Edit(terms, today);
    }

    public Guid ParkId { get; private set; }
    public Park? Park { get; private set; }
    public string Name { get; private set; } = "";
    public SpaceKind Kind { get; private set; }

    /// <summary>Name of the building, null for a plot or while unknown; <see cref="Floor"/> such as "3F" or "B1".</summary>
    public string? Building { get; private set; }
    public string? Floor { get; private set; }

    /// <summary>m².</summary>
    public decimal AreaM2 { get; private set; }
    public DateOnly AvailableFrom { get; private set; }

    /// <summary>Last day on which it can be used; null when no end is known.</summary>
    public DateOnly? AvailableUntil { get; private set; }

    /// <summary>What it offers; a value that is null is not known.</summary>
    public Facilities Facilities { get; private set; } = new();

    /// <summary>Rent, yuan per m² and day.</summary>
    public decimal? Rent { get; private set; }

    /// <summary>Day from which it stands in the place of the spaces it was made of; null for one that always was there.</summary>
    public DateOnly? MadeOn { get; private set; }

    /// <summary>Day from which the spaces made of it stand in its place; from then on it is history.</summary>
    public DateOnly? ReplacedOn { get; private set; }

    /// <summary>The spaces it was made of.</summary>
    public ICollection<SpaceLineage> Origins { get; } = [];

    /// <summary>Steps of a function of the day: each holds from its day until the next; before the first there is nothing. Wants to be loaded for every change.</summary>
    public ICollection<SpaceSpan> Spans { get; } = [];

    /// <summary>A changed area counts from today on; what was recorded of the past stays, unless the days of availability themselves are corrected.</summary>
    /// <exception cref="Refusal">SpaceTooSmall with what is held and occupied on the fullest day that would be overbooked; SpaceEndsBefore, SpaceReplaced, SpaceMadeLater.</exception>
    public void Edit(SpaceTerms terms, DateOnly today)
    {
        if (terms.AreaM2 <= 0) throw new ArgumentOutOfRangeException(nameof(terms));
        if (terms.AvailableUntil == DateOnly.MaxValue) terms = terms with { AvailableUntil = null };
        var isNew = Spans.Count == 0;
        var before = (AreaM2, AvailableFrom, AvailableUntil);
        var after = (terms.AreaM2, terms.AvailableFrom, terms.AvailableUntil);
        if (isNew || before != after)
        {
            if (ReplacedOn is { } replaced) throw new Refusal(RefusalCode.SpaceReplaced, Name, replaced);
            if (terms.AvailableUntil < terms.AvailableFrom) throw new Refusal(RefusalCode.SpaceEndsBefore, terms.AvailableFrom) { Field = "availableUntil" };
            if (terms.AvailableFrom < MadeOn) throw new Refusal(RefusalCode.SpaceMadeLater, MadeOn) { Field = "availableFrom" };
            var steps = Steps(terms, today);
            if (steps.Where(s => s.Taken > s.Area).OrderByDescending(s => s.Taken).Select(s => ((DateOnly Day, decimal Taken)?)(s.Day, s.Taken)).FirstOrDefault() is var (day, taken))
                throw new Refusal(RefusalCode.SpaceTooSmall, taken) { Field = day < terms.AvailableFrom ? "availableFrom" : day > terms.AvailableUntil ? "availableUntil" : "areaM2" };
            foreach (var step in steps) At(step.Day).Measure(step.Area);
        }
        (Name, Kind, Building, Floor) = (terms.Name.Trim(), terms.Kind, Text(terms.Building), Text(terms.Floor));
        (AreaM2, AvailableFrom, AvailableUntil) = after;
        (Facilities, Rent) = (terms.Facilities, terms.Rent);
    }

    private List<(DateOnly Day, decimal Area, decimal Taken)> Steps(SpaceTerms terms, DateOnly today)
    {
        bool IsOpen(DateOnly day) => day >= terms.AvailableFrom && !(day > terms.AvailableUntil);
        var days = Spans.Select(s => s.From).Append(terms.AvailableFrom).ToHashSet();
        if (terms.AvailableUntil is { } last) days.Add(last.AddDays(1));
        if (Spans.Count > 0 && IsOpen(today)) days.Add(today);
        return [.. days.Order().Select(day =>
        {
            var span = On(day);
            var area = !IsOpen(day) ? 0 : day >= today || span is not { AreaM2: > 0 } ? terms.AreaM2 : span.AreaM2;
            return (day, area, span?.TakenM2 ?? 0);
        })];
    }

    /// <summary>The state of a day; null before the space was there.</summary>
    public SpaceSpan? On(DateOnly day) => Spans.Where(s => s.From <= day).MaxBy(s => s.From);

    /// <summary>The smallest free area of the days from <paramref name="from"/> to <paramref name="until"/>, m²; without an end: of all days to come.</summary>
    public decimal LeastFree(DateOnly from, DateOnly? until = null) => SpaceSpan.LeastFree(Spans, from, until);

    public SpaceFigures Figures(DateOnly day) => SpaceFigures.Of([.. Spans], day, AreaM2);

    /// <summary>Whether all of it can be had together; nothing is taken yet.</summary>
    /// <exception cref="Refusal">StayEndsBefore with the first day, SpaceNotYetAvailable with the day, SpaceClosed with the last day, SpaceOverbooked with the free area and what was asked for on the fullest day.</exception>
    internal void MustHave(params IReadOnlyCollection<Claim> claims)
    {
        foreach (var claim in claims)
        {
            if (claim.AreaM2 <= 0) throw new ArgumentOutOfRangeException(nameof(claims));
            if (claim.Until < claim.From) throw new Refusal(RefusalCode.StayEndsBefore, claim.From) { Field = "until" };
            if (claim.From < AvailableFrom) throw new Refusal(RefusalCode.SpaceNotYetAvailable, Name, AvailableFrom) { Field = "spaceId" };
            if (AvailableUntil is { } last && (claim.Until ?? DateOnly.MaxValue) > last) throw new Refusal(RefusalCode.SpaceClosed, Name, last) { Field = "spaceId" };
        }
        // Neither what is wanted nor what is free changes between these days.
        foreach (var day in claims.Select(c => c.From).Concat(Spans.Select(s => s.From)).Distinct().OrderBy(day => (On(day)?.FreeM2 ?? 0) - Wanted(day)))
        {
            var (wanted, free) = (Wanted(day), On(day)?.FreeM2 ?? 0);
            if (wanted > 0 && wanted > free) throw new Refusal(RefusalCode.SpaceOverbooked, Name, free, wanted) { Field = "spaceId" };
        }
        decimal Wanted(DateOnly day) => claims.Where(c => c.From <= day && !(day > c.Until)).Sum(c => c.AreaM2);
    }

    internal void Take(BookingKind kind, decimal areaM2, DateOnly from, DateOnly? until)
    {
        MustHave(new Claim(areaM2, from, until));
        Add(kind, areaM2, from, until);
    }

    internal void Give(BookingKind kind, decimal areaM2, DateOnly from, DateOnly? until) => Add(kind, -areaM2, from, until);

    private void Add(BookingKind kind, decimal areaM2, DateOnly from, DateOnly? until)
    {
        At(from);
        if (until is { } last && last < DateOnly.MaxValue) At(last.AddDays(1));
        foreach (var span in Spans.Where(s => s.From >= from && !(s.From > until))) span.Add(kind, areaM2);
    }

    /// <summary>The step that begins on the day; a new one goes on with what was.</summary>
    private SpaceSpan At(DateOnly day)
    {
        var before = On(day);
        if (before?.From == day) return before;
        var span = new SpaceSpan(Id, day, before);
        Spans.Add(span);
        return span;
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

public enum SpaceKind
{
    /// <summary>单元</summary>
    Unit,
    /// <summary>整层</summary>
    Floor,
    /// <summary>整栋</summary>
    Building,
    /// <summary>地块</summary>
    Plot,
}

/// <summary>So much of a space, m², from a day to a last day, or without an end.</summary>
internal readonly record struct Claim(decimal AreaM2, DateOnly From, DateOnly? Until);

/// <summary>What is said about a space. Area in m², rent in yuan per m² and day.</summary>
public sealed record SpaceTerms(string Name, decimal AreaM2, DateOnly AvailableFrom)
{
    public SpaceKind Kind { get; init; }
    public string? Building { get; init; }
    public string? Floor { get; init; }

    /// <summary>Last day.</summary>
    public DateOnly? AvailableUntil { get; init; }
    public Facilities Facilities { get; init; } = new();
    public decimal? Rent { get; init; }
}
