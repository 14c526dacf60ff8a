namespace JinshanBio.Crm.Domain.Allocations;

/// <summary>统筹结果 with what it was reckoned from, as it stood then. Projects stand here by their id only: names are read when the plan is shown.</summary>
/// <param name="NotConsidered">Projects that also want a place and were too many to reckon with: those with the least output.</param>
public sealed record AllocationOutcome(
    AllocationResult Result, IReadOnlyList<PlannedProject> Projects, IReadOnlyList<PlannedSpace> Spaces, IReadOnlyList<PlacementFit> Fits,
    IReadOnlyList<UnplannedProject> Unplanned, int NotConsidered);

/// <param name="Wanted">Day from which it wants the place.</param>
/// <param name="GapLinks">Its links that nobody fills here.</param>
/// <param name="Barred">For one that fits nowhere: how many spaces each limit excludes, the most first.</param>
public sealed record PlannedProject(Guid Id, decimal AreaM2, DateOnly Wanted, decimal Output, IReadOnlyList<string> GapLinks, IReadOnlyList<BarringLimit> Barred);

/// <param name="Key">Of the hard limit.</param>
public sealed record BarringLimit(string Key, int Spaces);

/// <param name="OpenM2">What there is in each month, and of that free.</param>
public sealed record PlannedSpace(Guid Id, Guid ParkId, string Name, string? Building, IReadOnlyList<decimal> OpenM2, IReadOnlyList<decimal> FreeM2, bool IsAdded);

/// <summary>Why the space suits, and which limits are to be clarified because the space does not say.</summary>
public sealed record PlacementFit(Guid ProjectId, IReadOnlyList<FitShare> Points, IReadOnlyList<string> Unclear);

/// <param name="Key">Of the term of the fit.</param>
public sealed record FitShare(string Key, decimal Points, decimal Of);

/// <summary>A project that wants a place and cannot be reckoned with.</summary>
public sealed record UnplannedProject(Guid Id, UnplannedReason Reason, DateOnly? Wanted);

public enum UnplannedReason
{
    /// <summary>未填面积</summary>
    NoArea,
    /// <summary>需求时间在统筹期之后</summary>
    AfterHorizon,
}
