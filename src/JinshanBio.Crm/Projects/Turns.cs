using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Projects;

/// <summary>轮到谁: who has to do the next thing on a project, in the reader's language.</summary>
/// <param name="Name">The park, the role that is responsible for the stage, or the owner.</param>
/// <param name="Since">UTC.</param>
/// <param name="DaysLeft">Days until the stage counts as stalled, negative when it does; null when it never does.</param>
public sealed record ProjectTurn(TurnOf Of, string Name, DateTime Since, int? DaysLeft);

internal static class Turns
{
    /// <summary>Nobody's while it rests or has ended.</summary>
    public static ProjectTurn? Of(Catalogue catalogue, string stage, DateTime since, ProjectStatus status, (string ParkZh, string ParkEn, DateTime At)? proposed, string owner, DateTime now)
        => status != ProjectStatus.Active || catalogue.Stages.Find(stage) is not { } at ? null
            : Turn.At(at, since, proposed, owner, now) is var turn ? new ProjectTurn(turn.Of, Text.Pick(turn.NameZh, turn.NameEn), turn.Since, turn.DaysLeft) : null;

    /// <summary>The oldest proposal that waits for each project, of those the person may see.</summary>
    public static async Task<Dictionary<Guid, (string ParkZh, string ParkEn, DateTime At)>> WaitingAsync(this CrmDb db, Actor actor, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var waiting = await db.Assignments.AsNoTracking().VisibleTo(actor).Where(a => ids.Contains(a.ProjectId) && a.Status == AssignmentStatus.Proposed)
            .Select(a => new { a.ProjectId, a.Park!.NameZh, a.Park.NameEn, a.ProposedAt }).ToListAsync(cancel);
        return waiting.GroupBy(w => w.ProjectId).ToDictionary(g => g.Key, g => g.MinBy(w => w.ProposedAt)! is var first ? (first.NameZh, first.NameEn, first.ProposedAt) : default);
    }

    /// <summary>The rows with their days at the stage and whose turn it is; one query for all of them.</summary>
    public static async Task<IReadOnlyList<ProjectRow>> WithTurnsAsync(this CrmDb db, Actor actor, Catalogue catalogue, IReadOnlyList<ProjectRow> rows, DateTime now, CancellationToken cancel)
    {
        var waiting = await db.WaitingAsync(actor, [.. rows.Select(r => r.Id)], cancel);
        return [.. rows.Select(r => r with
        {
            DaysInStage = StageClock.Days(r.StageSince, now),
            StallDays = catalogue.Stages.Find(r.Stage)?.StallDays,
            IsStalled = r.Status == ProjectStatus.Active && StageClock.IsStalled(catalogue.Stages.Find(r.Stage), r.StageSince, now),
            Turn = Of(catalogue, r.Stage, r.StageSince, r.Status, waiting.TryGetValue(r.Id, out var at) ? at : null, r.OwnerName, now),
        })];
    }
}
