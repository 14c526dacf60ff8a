using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Parks;

namespace JinshanBio.Crm.Web.Pages.Parks;

/// <summary>楼层图: the spaces of a park on one day, by building and floor, each divided into what is let, held and empty.</summary>
internal static class FloorPlan
{
    public static readonly string[] States = ["let", "held", "free", "later"];

    /// <param name="State">One of <see cref="States"/>.</param>
    /// <param name="Until">Last day of it as far as is known.</param>
    /// <param name="Width">1 to 4, by area.</param>
    public sealed record Room(SpaceOccupancy Space, string State, decimal AreaM2, Occupant? Occupant, DateOnly? Until, int Width);

    public sealed record Floor(string? Name, IReadOnlyList<Room> Rooms);

    public sealed record Building(string? Name, IReadOnlyList<Floor> Floors)
    {
        public decimal AreaM2 => Of("let") + Of("held") + Of("free");
        public decimal Of(string state) => Floors.Sum(f => f.Rooms.Where(r => r.State == state).Sum(r => r.AreaM2));
    }

    public static IReadOnlyList<Building> Of(IReadOnlyList<SpaceOccupancy> spaces, DateOnly day)
    {
        var rooms = spaces.ToDictionary(s => s, s => Parts(s, day).ToList());
        var largest = rooms.Values.SelectMany(r => r).Max(r => (decimal?)r.AreaM2) ?? 1;
        return [.. spaces.GroupBy(s => s.Building).OrderBy(b => b.Key is null).ThenBy(b => b.Key, StringComparer.CurrentCulture)
            .Select(b => new Building(b.Key, [.. b.GroupBy(s => s.Floor).OrderByDescending(f => Height(f.Key)).ThenBy(f => f.Key, StringComparer.Ordinal)
                .Select(f => new Floor(f.Key, [.. f.OrderBy(s => s.Name, StringComparer.CurrentCulture).SelectMany(s => rooms[s])
                    .Select(r => r with { Width = Math.Clamp((int)decimal.Ceiling(4 * r.AreaM2 / largest), 1, 4) })]))]))];
    }

    private static IEnumerable<Room> Parts(SpaceOccupancy space, DateOnly day)
    {
        if (space.AvailableFrom > day)
        {
            yield return new Room(space, "later", space.AreaM2, null, null, 1);
            yield break;
        }
        foreach (var occupant in space.Occupants.Where(o => o.From <= day))
            yield return new Room(space, occupant.Kind == BookingKind.Occupied ? "let" : "held", occupant.AreaM2, occupant, occupant.Until, 1);
        // Empty until the next one comes, or for good.
        if (space.IdleM2 > 0) yield return new Room(space, "free", space.IdleM2, null, space.FreeM2 >= space.IdleM2 ? null : Next(space, day), 1);
    }

    private static DateOnly? Next(SpaceOccupancy space, DateOnly day)
        => space.Occupants.Where(o => o.From > day).Select(o => (DateOnly?)o.From.AddDays(-1)).Min() ?? space.AvailableUntil;

    /// <summary>"3F" stands above "1F", that above "B1"; what has no number comes last.</summary>
    private static int Height(string? floor)
    {
        if (floor is null || !int.TryParse(string.Concat(floor.Where(char.IsAsciiDigit)), out var number)) return int.MinValue;
        return floor.StartsWith('B') || floor.StartsWith('-') ? -number : number;
    }
}
