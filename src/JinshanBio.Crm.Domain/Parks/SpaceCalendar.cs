namespace JinshanBio.Crm.Domain.Parks;

/// <summary>What spaces have, hold and house over time, read off their spans.</summary>
public static class SpaceCalendar
{
    /// <summary>Month by month the average over its days, m², of all the spaces together.</summary>
    /// <param name="spaces">The spans of each space.</param>
    /// <param name="first">A day of the first month.</param>
    public static IReadOnlyList<MonthFigures> ByMonth(IEnumerable<IEnumerable<SpaceSpan>> spaces, DateOnly first, int months)
    {
        var start = new DateOnly(first.Year, first.Month, 1);
        var sums = new (decimal Area, decimal Held, decimal Occupied)[months];
        foreach (var spans in spaces)
        {
            var steps = spans.OrderBy(s => s.From).ToList();
            for (var i = 0; i < steps.Count; i++)
            {
                var until = i + 1 < steps.Count ? steps[i + 1].From : DateOnly.MaxValue;
                for (var month = Math.Max(0, Between(start, steps[i].From)); month < months && start.AddMonths(month) < until; month++)
                {
                    var days = Overlap(start.AddMonths(month), start.AddMonths(month + 1), steps[i].From, until);
                    sums[month].Area += days * steps[i].AreaM2;
                    sums[month].Held += days * steps[i].HeldM2;
                    sums[month].Occupied += days * steps[i].OccupiedM2;
                }
            }
        }
        return [.. sums.Select((sum, i) =>
        {
            var month = start.AddMonths(i);
            decimal Average(decimal dayAreas) => decimal.Round(dayAreas / DateTime.DaysInMonth(month.Year, month.Month), 2);
            return new MonthFigures(month, Average(sum.Area), Average(sum.Held), Average(sum.Occupied));
        })];
    }

    private static int Between(DateOnly start, DateOnly day) => (day.Year - start.Year) * 12 + day.Month - start.Month;

    private static int Overlap(DateOnly from, DateOnly to, DateOnly spanFrom, DateOnly spanTo)
        => (to < spanTo ? to : spanTo).DayNumber - (from > spanFrom ? from : spanFrom).DayNumber;
}

/// <summary>Areas in m²; what is neither held nor occupied stands empty.</summary>
/// <param name="Month">Its first day.</param>
public sealed record MonthFigures(DateOnly Month, decimal AreaM2, decimal HeldM2, decimal OccupiedM2)
{
    public decimal IdleM2 => AreaM2 - HeldM2 - OccupiedM2;

    /// <summary>出租率, percent of what there is; null while there is nothing.</summary>
    public decimal? Occupancy => AreaM2 == 0 ? null : decimal.Round(OccupiedM2 / AreaM2 * 100, 1);
}
