namespace JinshanBio.Crm.Domain.Stages;

public enum TurnOf
{
    /// <summary>园区经理: a proposal waits for the answer of the park.</summary>
    Park,
    /// <summary>责任人: whoever is responsible for the stage.</summary>
    Stage,
    /// <summary>项目经理: the owner.</summary>
    Owner,
}

/// <summary>轮到谁: who has to do the next thing on a project.</summary>
/// <param name="NameZh">Park, role or person; the latter two languages are one for a person.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="DaysLeft">Days until the stage counts as stalled, negative when it does; null when it never does.</param>
public sealed record Turn(TurnOf Of, string NameZh, string NameEn, DateTime Since, int? DaysLeft)
{
    /// <param name="proposed">The oldest proposal that nobody has answered.</param>
    public static Turn At(Stage stage, DateTime stageSince, (string ParkZh, string ParkEn, DateTime At)? proposed, string ownerName, DateTime now)
    {
        var left = stage.StallDays is { } limit ? limit - StageClock.Days(stageSince, now) : (int?)null;
        if (proposed is { } waiting) return new Turn(TurnOf.Park, waiting.ParkZh, waiting.ParkEn, waiting.At, left);
        return stage.RoleZh.Length > 0 ? new Turn(TurnOf.Stage, stage.RoleZh, stage.RoleEn, stageSince, left) : new Turn(TurnOf.Owner, ownerName, ownerName, stageSince, left);
    }
}
