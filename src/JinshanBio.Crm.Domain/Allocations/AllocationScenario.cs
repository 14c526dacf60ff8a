using JinshanBio.Crm.Domain.Parks;

namespace JinshanBio.Crm.Domain.Allocations;

/// <summary>统筹情景: what a plan takes for granted beyond what is on record: places that are set, spaces that close, spaces that are added.</summary>
public sealed record AllocationScenario
{
    public IReadOnlyList<AllocationPin> Pins { get; init; } = [];
    public IReadOnlyList<SpaceClosure> Closures { get; init; } = [];
    public IReadOnlyList<AddedSpace> Additions { get; init; } = [];
    public AllocationWeights Weights { get; init; } = AllocationWeights.Usual;
}

/// <summary>停用: from a day on a space, or all of a building, or all of a park takes nobody new.</summary>
public sealed record SpaceClosure(Guid ParkId, string? Building, Guid? SpaceId, DateOnly From)
{
    public bool Concerns(Guid parkId, string? building, Guid spaceId)
        => parkId == ParkId && (SpaceId is null || SpaceId == spaceId) && (Building is null || Building == building);
}

/// <summary>增加的空间, which is only assumed: it stands in the plan and nowhere else.</summary>
/// <param name="Facilities">What is not said is not known, and is marked so.</param>
public sealed record AddedSpace(Guid Id, Guid ParkId, string Name, decimal AreaM2, DateOnly From, SpaceKind Kind, Facilities Facilities);
