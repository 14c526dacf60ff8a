namespace JinshanBio.Crm.Domain.Allocations;

/// <summary>统筹结果: who goes where and when, who is left out and why, what that is worth and how much better any plan could be at most. In points.</summary>
/// <param name="Bound">No plan under the same limits is worth more.</param>
/// <param name="IsProved">No plan is worth more than this one.</param>
public sealed record AllocationResult(
    IReadOnlyList<AllocationPlacement> Placements, IReadOnlyList<AllocationLeftOut> LeftOut, IReadOnlyList<RefusedPin> RefusedPins, decimal Value, decimal Bound, bool IsProved)
{
    /// <summary>By how much a plan could be better at most, percent of the bound.</summary>
    public decimal GapPercent => Bound <= 0 ? 0 : decimal.Round((Bound - Value) / Bound * 100, 2);
}

/// <param name="Month">In which the stay begins.</param>
/// <param name="AreaM2">Wanted.</param>
/// <param name="KeptM2">Kept beside it as room to grow.</param>
public sealed record AllocationPlacement(Guid ProjectId, Guid SpaceId, int Month, decimal AreaM2, decimal KeptM2, int Fit, AllocationTerms Terms, bool IsPinned);

/// <summary>What a placement is worth, points; every term on its own.</summary>
public sealed record AllocationTerms(decimal Place, decimal Output, decimal Gap, decimal Fit, decimal Growth, decimal Wait)
{
    public const decimal Million = 1_000_000;
    public decimal Sum => Place + Output + Gap + Fit + Growth - Wait;

    public static AllocationTerms Of(AllocationProject project, int fit, int month, bool keepsRoom, AllocationWeights weights)
    {
        var (output, gap) = (Points(project.Output / Million), Points(project.Gaps * weights.Gap));
        var worth = weights.Place + output + gap;
        decimal Percent(decimal percent) => Points(worth * percent / 100);
        return new(weights.Place, output, gap, Percent(weights.FitPercent * fit / 100), keepsRoom ? Percent(weights.GrowthPercent) : 0, Percent(weights.WaitPercent * (month - project.From)));
    }

    /// <summary>Hundredths of a point are exact.</summary>
    private static decimal Points(decimal value) => decimal.Round(value, 2, MidpointRounding.AwayFromZero);
}

/// <param name="SpaceId">The space that the reason speaks of: the largest, the soonest, or where it would have been worth most.</param>
/// <param name="Month">Too late: first month in which the space has room; displaced: month in which it would have come.</param>
/// <param name="M2">No room: the most that an allowed space has free to the end.</param>
/// <param name="Worth">Displaced: what it would be worth there, points.</param>
/// <param name="DisplacedBy">Those who have the space instead.</param>
public sealed record AllocationLeftOut(Guid ProjectId, LeftOutReason Reason, Guid? SpaceId, int? Month, decimal? M2, decimal? Worth, IReadOnlyList<Guid> DisplacedBy);

public enum LeftOutReason
{
    /// <summary>无合适空间: the hard limits forbid every space.</summary>
    NoSpaceFits,
    /// <summary>面积不够: no allowed space ever has so much free.</summary>
    NoRoom,
    /// <summary>等不及: there is room, but later than the project would wait.</summary>
    TooLate,
    /// <summary>让位: there would be room, and others are worth more in it.</summary>
    Displaced,
}

public sealed record RefusedPin(Guid ProjectId, Guid SpaceId, PinRefusal Reason);

public enum PinRefusal
{
    /// <summary>项目不在统筹范围</summary>
    ProjectNotInPlan,
    /// <summary>空间不在统筹范围</summary>
    SpaceNotInPlan,
    /// <summary>硬条件不符</summary>
    Forbidden,
    /// <summary>面积或时间不够: not enough room in the months in which the project would come, by itself.</summary>
    NoRoom,
    /// <summary>已被其他指定占用: earlier pins take the room.</summary>
    TakenByPins,
    /// <summary>已指定到别处</summary>
    PinnedElsewhere,
}
