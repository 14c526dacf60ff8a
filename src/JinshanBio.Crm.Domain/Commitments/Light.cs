namespace JinshanBio.Crm.Domain.Commitments;

public enum LightColour
{
    /// <summary>红灯</summary>
    Red,
    /// <summary>黄灯</summary>
    Amber,
    /// <summary>绿灯</summary>
    Green,
    /// <summary>未到期</summary>
    Grey,
}

/// <summary>Why a light has its colour. A colour never stands without it.</summary>
public enum LightReason
{
    /// <summary>Overdue for so many days.</summary>
    Overdue,
    /// <summary>The last verified year lies above the ceiling.</summary>
    OverCeiling,
    /// <summary>Due in so many days.</summary>
    DueSoon,
    /// <summary>Less verified than the time that is over asks for.</summary>
    BehindPlan,
    /// <summary>Kept by its day.</summary>
    Kept,
    /// <summary>Kept, so many days late.</summary>
    KeptLate,
    /// <summary>Something is verified, and it is on plan.</summary>
    OnCourse,
    /// <summary>Not due for so many days, and nothing verified yet.</summary>
    NotDue,
    /// <summary>Both sides have released it.</summary>
    Released,
    /// <summary>The project has ended before it was kept.</summary>
    ProjectEnded,
}

/// <summary>红黄绿灯 of a promise on a day, with its reason.</summary>
/// <param name="Days">Days late, left or over; see the reason.</param>
public sealed record Light(LightColour Colour, LightReason Reason, int Days)
{
    /// <param name="soonDays">From so many days before its due day on, a promise is due soon.</param>
    /// <param name="hasEnded">The project is lost, abandoned, terminated or has left.</param>
    public static Light Of(LightFacts facts, DateOnly today, int soonDays, bool hasEnded = false)
    {
        var left = facts.DueDay.DayNumber - today.DayNumber;
        if (facts.Status == CommitmentStatus.Released) return new(LightColour.Grey, LightReason.Released, 0);
        if (facts.Status == CommitmentStatus.Kept)
        {
            var late = facts.KeptOn is { } on ? on.DayNumber - facts.DueDay.DayNumber : 0;
            return late > 0 && !facts.IsCeiling ? new(LightColour.Green, LightReason.KeptLate, late) : new(LightColour.Green, LightReason.Kept, 0);
        }
        if (hasEnded) return new(LightColour.Grey, LightReason.ProjectEnded, 0);
        if (facts.IsExceeded) return new(LightColour.Red, LightReason.OverCeiling, 0);
        if (left < 0) return new(LightColour.Red, LightReason.Overdue, -left);
        if (left <= soonDays) return new(LightColour.Amber, LightReason.DueSoon, left);
        if (facts.BehindOn <= today) return new(LightColour.Amber, LightReason.BehindPlan, 0);
        return facts.ReachedOn is null ? new(LightColour.Grey, LightReason.NotDue, left) : new(LightColour.Green, LightReason.OnCourse, left);
    }
}

/// <summary>What the light of a promise is made of.</summary>
public sealed record LightFacts(CommitmentStatus Status, DateOnly DueDay, DateOnly? KeptOn, DateOnly? ReachedOn, bool IsExceeded, DateOnly? BehindOn, bool IsCeiling)
{
    public static LightFacts Of(Commitment c) => new(c.Status, c.DueDay, c.KeptOn, c.ReachedOn, c.IsExceeded, c.BehindOn, c.Rule.IsCeiling);
}
