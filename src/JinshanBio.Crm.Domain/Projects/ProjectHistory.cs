using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Stages;

namespace JinshanBio.Crm.Domain.Projects;

/// <summary>The way through the stages: never rewritten, corrected by further rows.</summary>
public sealed partial class Project
{
    /// <summary>更正: says on which day a stage was really entered. The row that was wrong stays; the new one counts for the time in stage.</summary>
    /// <param name="changeId">The move, of the project's whole history.</param>
    /// <exception cref="Refusal">NotFound, ReasonRequired, CorrectionNotInOrder.</exception>
    public void CorrectStage(Guid changeId, DateOnly day, string? reason, DateTime now, Guid byId)
    {
        var moves = StageChange.InOrder(History);
        var place = moves.FindIndex(m => m.Move.Id == changeId);
        if (place < 0) throw new Refusal(RefusalCode.NotFound);
        if (string.IsNullOrWhiteSpace(reason)) throw new Refusal(RefusalCode.ReasonRequired) { Field = "reason" };
        var earliest = place == 0 ? (DateTime?)null : moves[place - 1].EnteredAt;
        var latest = place == moves.Count - 1 ? now : moves[place + 1].EnteredAt;
        if (day > ShanghaiTime.Day(latest) || (earliest is { } from && day < ShanghaiTime.Day(from)))
            throw new Refusal(RefusalCode.CorrectionNotInOrder, earliest is { } first ? ShanghaiTime.Day(first) : DateOnly.MinValue, ShanghaiTime.Day(latest)) { Field = "enteredOn" };

        // A day has no time: as early on it as the order of the moves allows.
        var entered = ShanghaiTime.StartOfDayUtc(day);
        if (earliest is { } before && entered < before) entered = before;
        History.Add(moves[place].Move.Corrected(entered, reason.Trim(), now, byId));
        if (place == moves.Count - 1) StageSince = entered;
    }
}
