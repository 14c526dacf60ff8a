using JinshanBio.Crm.Domain.Calendar;

namespace JinshanBio.Crm.Domain.Stages;

/// <summary>阶段日志: one move of a lead or project, or the correction of one; the first row is written at creation. Only added to.</summary>
public sealed class StageChange
{
    private StageChange() { }

    public StageChange(string? from, string to, DateTime at, Guid byId, string? reason = null)
        => (From, To, At, ById, Reason) = (from, to, at, byId, reason);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid? LeadId { get; private set; }
    public Guid? ProjectId { get; private set; }
    public string? From { get; private set; }
    public string To { get; private set; } = "";

    /// <summary>When it was recorded.</summary>
    public DateTime At { get; private set; }
    public Guid ById { get; private set; }
    public string? Reason { get; private set; }

    /// <summary>The move that this row corrects; null for a move.</summary>
    public Guid? CorrectsId { get; private init; }

    /// <summary>Of a correction: when the stage was really entered.</summary>
    public DateTime? EnteredAt { get; private init; }

    internal StageChange Corrected(DateTime enteredAt, string reason, DateTime now, Guid byId)
        => new(From, To, now, byId, reason) { CorrectsId = Id, EnteredAt = enteredAt };

    /// <summary>The moves in their order, each with its corrections, oldest first, and the moment that counts.</summary>
    public static List<(StageChange Move, IReadOnlyList<StageChange> Corrections, DateTime EnteredAt)> InOrder(IEnumerable<StageChange> history)
    {
        var rows = history.OrderBy(h => h.At).ThenBy(h => h.Id).ToList();
        var corrections = rows.Where(r => r.CorrectsId is not null).ToLookup(r => r.CorrectsId!.Value);
        return [.. rows.Where(r => r.CorrectsId is null).Select(m => (m, (IReadOnlyList<StageChange>)[.. corrections[m.Id]], corrections[m.Id].LastOrDefault()?.EnteredAt ?? m.At))];
    }
}

/// <summary>停留: how long something has stood at its stage, counted in days of Shanghai.</summary>
public static class StageClock
{
    public static int Days(DateTime since, DateTime now) => ShanghaiTime.Day(now).DayNumber - ShanghaiTime.Day(since).DayNumber;

    public static bool IsStalled(Stage? stage, DateTime since, DateTime now) => stage?.StallDays is { } limit && Days(since, now) > limit;

    /// <summary>Whatever entered a stage with so many days before this moment stands there too long.</summary>
    public static DateTime StalledBefore(int stallDays, DateTime now) => ShanghaiTime.StartOfDayUtc(ShanghaiTime.Day(now).AddDays(-stallDays));
}
