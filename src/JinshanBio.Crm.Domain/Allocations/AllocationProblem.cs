namespace JinshanBio.Crm.Domain.Allocations;

/// <summary>
/// 落位统筹的题目: which projects want a place, what each space has free month by month, and which project may go where. Months count from 0,
/// the first of the horizon. What the months of a space have free already leaves out what is held and occupied.
/// </summary>
/// <param name="Options">The pairs that the hard limits allow; every other pair is forbidden.</param>
/// <param name="Pins">指定: projects that must go to a space, in the order of their claims.</param>
public sealed record AllocationProblem(
    int Months, IReadOnlyList<AllocationProject> Projects, IReadOnlyList<AllocationSpace> Spaces, IReadOnlyList<AllocationOption> Options,
    AllocationWeights Weights, IReadOnlyList<AllocationPin> Pins);

/// <param name="From">Month in which it wants the place.</param>
/// <param name="LatestFrom">Last month in which it would still come.</param>
/// <param name="Until">Last month of the stay; null without an end.</param>
/// <param name="Output">达产年产值, yuan a year.</param>
/// <param name="Gaps">Of its links, those that nobody fills here; a hub counts twice.</param>
public sealed record AllocationProject(Guid Id, decimal AreaM2, int From, int LatestFrom, int? Until, decimal Output, int Gaps);

/// <param name="FreeM2">Least free area of each month.</param>
public sealed record AllocationSpace(Guid Id, IReadOnlyList<decimal> FreeM2);

/// <param name="Fit">How well the space suits, 0–100.</param>
public sealed record AllocationOption(Guid ProjectId, Guid SpaceId, int Fit);

public sealed record AllocationPin(Guid ProjectId, Guid SpaceId);

/// <summary>
/// 统筹权重. One point is a million yuan of output at capacity a year; what a place is worth beyond that, and what waiting costs, are percentages of the
/// points for place, output and gaps together, so that a large project chooses first where it fits best.
/// </summary>
/// <param name="Place">Points for any project that gets a place.</param>
/// <param name="Gap">Points for each gap filled.</param>
/// <param name="FitPercent">Added for a fit of 100.</param>
/// <param name="GrowthPercent">Added when room to grow is kept in the same space.</param>
/// <param name="GrowthRoomPercent">So much of the wanted area is the room to grow.</param>
/// <param name="WaitPercent">Taken off for each month of waiting.</param>
/// <param name="LongestWait">Months a project waits at most.</param>
public sealed record AllocationWeights(
    decimal Place, decimal Gap, decimal FitPercent, decimal GrowthPercent, decimal GrowthRoomPercent, decimal WaitPercent, int LongestWait)
{
    public static readonly AllocationWeights Usual = new(Place: 1, Gap: 10, FitPercent: 10, GrowthPercent: 5, GrowthRoomPercent: 20, WaitPercent: 2, LongestWait: 12);
}

/// <summary>How long to look, in steps of work and not in seconds, so that the same problem always has the same answer.</summary>
/// <param name="PriceRounds">Rounds in which the prices of the space are found, which give the bound.</param>
/// <param name="SearchRounds">Rounds of taking some places back and giving them anew.</param>
/// <param name="ProofSteps">Options weighed in the attempt to prove the best plan.</param>
public sealed record AllocationBudget(int PriceRounds = 500, int SearchRounds = 30_000, long ProofSteps = 30_000_000, ulong Seed = 20260101);
