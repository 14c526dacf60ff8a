using System.Globalization;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Parks;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Parks;

/// <summary>Random histories of one park. Whatever happens in whatever order, on every day the spans say what the bookings say, and nothing is overbooked.</summary>
public sealed class SpaceHistoryTests
{
    private const int Steps = 70, Horizon = 140;
    private static readonly DateOnly First = new(2026, 3, 1);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory, MemberData(nameof(Seeds))]
    public void Whatever_happens_no_day_is_overbooked_and_a_refused_step_changes_nothing(int seed)
    {
        var park = new RandomPark(seed);
        for (var step = 0; step < Steps; step++)
        {
            var before = park.Picture();
            try
            {
                park.Happen();
            }
            catch (Refusal refusal)
            {
                Assert.True(before == park.Picture(), $"seed {seed}, step {step}: {park.Doing} was refused ({refusal.Code}) and left something behind");
            }
            park.MustBeTrue($"seed {seed}, step {step}: {park.Doing}");
        }
        Assert.True(park.Taken > 5, $"seed {seed} is no test: {park.Taken} steps were taken");
    }

    private sealed class RandomPark
    {
        private static readonly DateTime Now = Story.Now;
        private readonly Random _random;
        private readonly Guid _park = Guid.CreateVersion7();
        private readonly List<Space> _spaces = [];
        private readonly List<Assignment> _places = [];
        private DateOnly _today = First.AddDays(20);
        private int _names;

        public RandomPark(int seed)
        {
            _random = new Random(seed);
            for (var i = 0; i < 4; i++) _spaces.Add(new Space(_park, Terms() with { AvailableUntil = null }, _today));
        }

        public string Doing { get; private set; } = "";
        public int Taken { get; private set; }

        public void Happen()
        {
            (Doing, var act) = _random.Next(20) switch
            {
                < 4 => ("accept", (Action)Accept),
                4 or 5 or 6 => ("move in", () => Any().MoveIn(_today, Now)),
                7 => ("withdraw", () => Any().Withdraw(_today, Now)),
                8 => ("lapse", () => Any().Lapse(_today, Now)),
                9 => ("exit", () => Any().Exit("迁出", _today, Now)),
                10 => ("graduate", () => Any().Graduate(_today, Now)),
                11 or 12 => ("run until", () => Any().RunUntil(Until(), _today)),
                13 or 14 => ("split", Split),
                15 => ("join", Join),
                16 or 17 => ("edit", () => Pick(_spaces).Edit(Terms(), _today)),
                _ => ("tomorrow", () => _today = _today.AddDays(_random.Next(4))),
            };
            act();
            Taken++;
        }

        private void Accept()
        {
            var place = new Assignment(Guid.CreateVersion7(), _park, null, Area(), Day(), Now, Story.Officer);
            place.Accept([.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => new Allotment(Pick(_spaces), Area()))], Until(), null, _today, Now, Story.Manager);
            _places.Add(place);
        }

        private void Split()
        {
            var (space, day) = (Pick(_spaces), Day());
            var first = decimal.Floor(space.AreaM2 / _random.Next(2, 5));
            List<SpacePart> parts = [new(Name(), first), new(Name(), space.AreaM2 - first - (_random.Next(9) == 0 ? 1 : 0))];
            var shares = new List<SpaceShare>();
            foreach (var booking in _places.SelectMany(p => p.Bookings).Where(b => b.SpaceId == space.Id))
            {
                if (_random.Next(20) == 0) continue;
                var half = booking.AreaM2 / 2;
                if (_random.Next(3) == 0) shares.AddRange([new(booking.Id, 0, half), new(booking.Id, 1, half)]);
                else shares.Add(new SpaceShare(booking.Id, _random.Next(2), booking.AreaM2));
            }
            _spaces.AddRange(space.Split(parts, shares, day, _places, _today));
        }

        private void Join()
        {
            var whole = Space.Join([.. _spaces.OrderBy(_ => _random.Next()).Take(_random.Next(2, 4))], Name(), Day(), _places, _today);
            _spaces.Add(whole);
        }

        /// <summary>All that a step may change, as text.</summary>
        public string Picture() => string.Join('\n', [
            .. _spaces.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Id} {s.Name} {s.AreaM2} {s.AvailableFrom} {s.AvailableUntil} {s.ReplacedOn} ")
                + string.Join(' ', Days.Select(day => s.On(day) is { } on ? string.Create(CultureInfo.InvariantCulture, $"{on.AreaM2:0.##}/{on.HeldM2:0.##}/{on.OccupiedM2:0.##}") : "0/0/0"))),
            .. _places.Select(p => $"{p.Id} {p.Status} {p.SpaceId} {p.Until} " + string.Join(' ', p.Bookings.Select(b => string.Create(CultureInfo.InvariantCulture, $"{b.Id} {b.Kind} {b.SpaceId} {b.AreaM2} {b.From} {b.Until}"))))]);

        public void MustBeTrue(string story)
        {
            var bookings = _places.SelectMany(p => p.Bookings).ToLookup(b => b.SpaceId);
            foreach (var space in _spaces)
            {
                foreach (var day in Days)
                {
                    var on = space.On(day);
                    var (held, occupied) = (0m, 0m);
                    foreach (var b in bookings[space.Id].Where(b => b.StandsOn(day)))
                    {
                        if (b.Kind == BookingKind.Occupied) occupied += b.AreaM2; else held += b.AreaM2;
                    }
                    Assert.True((on?.HeldM2 ?? 0, on?.OccupiedM2 ?? 0) == (held, occupied), $"{story}: {space.Name} on {day}: the spans say {on?.HeldM2}+{on?.OccupiedM2}, the bookings {held}+{occupied}");
                    Assert.True(held + occupied <= (on?.AreaM2 ?? 0), $"{story}: {space.Name} on {day}: {held}+{occupied} of {on?.AreaM2 ?? 0}");
                    if (day < space.AvailableFrom || day > space.AvailableUntil) Assert.True((on?.AreaM2 ?? 0) == 0, $"{story}: {space.Name} is there on {day}");
                }
            }
            // Split and join move floor about; they neither make nor lose any of it.
            foreach (var child in _spaces.Where(s => s.Origins.Count > 0))
                Assert.All(child.Origins, o => Assert.True(_spaces.Single(s => s.Id == o.ParentId).ReplacedOn == o.Day, story));
        }

        private static IEnumerable<DateOnly> Days => Enumerable.Range(0, Horizon).Select(i => First.AddDays(i)).Append(DateOnly.MaxValue);

        private SpaceTerms Terms() => new(Name(), 100 * _random.Next(1, 10), First.AddDays(_random.Next(40)))
        {
            Building = _random.Next(4) == 0 ? "2" : "1", AvailableUntil = _random.Next(3) == 0 ? First.AddDays(_random.Next(Horizon)) : null,
        };

        private string Name() => $"R{++_names}";
        private decimal Area() => 20 * _random.Next(1, 12);
        private DateOnly Day() => _today.AddDays(_random.Next(-2, 40));
        private DateOnly? Until() => _random.Next(5) switch { 0 => null, 1 => DateOnly.MaxValue, _ => _today.AddDays(_random.Next(-3, 80)) };
        private Assignment Any()
        {
            var standing = _places.FindAll(p => Assignment.Placed.Contains(p.Status));
            return _places.Count == 0 ? throw new Refusal(RefusalCode.NotFound) : Pick(standing.Count > 0 && _random.Next(5) > 0 ? standing : _places);
        }

        private T Pick<T>(List<T> list) => list[_random.Next(list.Count)];
    }
}
