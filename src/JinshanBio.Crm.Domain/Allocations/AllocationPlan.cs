namespace JinshanBio.Crm.Domain.Allocations;

/// <summary>落位统筹方案: one reckoning, kept as it was so that it can be compared with another one and acted on.</summary>
public sealed class AllocationPlan : Entity
{
    /// <summary>Months that a plan covers.</summary>
    public const int Months = 36;

    private AllocationPlan() { }

    /// <param name="from">First day of the first month.</param>
    /// <param name="basedOnId">The plan that this one varies.</param>
    public AllocationPlan(string name, DateOnly from, Guid? basedOnId, AllocationScenario scenario, AllocationOutcome outcome, DateTime now, Guid byId)
    {
        (Name, From, BasedOnId, Scenario, Outcome, MadeAt, MadeById) = (name.Trim(), from, basedOnId, scenario, outcome, now, byId);
        var result = outcome.Result;
        var outputs = outcome.Projects.ToDictionary(p => p.Id, p => p.Output);
        (Value, Bound, Placed, LeftOut) = (result.Value, result.Bound, result.Placements.Count, result.LeftOut.Count + outcome.Unplanned.Count);
        (Output, AreaM2) = (result.Placements.Sum(p => outputs[p.ProjectId]), result.Placements.Sum(p => p.AreaM2));
    }

    public string Name { get; private set; } = "";
    public DateOnly From { get; private set; }
    public Guid? BasedOnId { get; private set; }
    public DateTime MadeAt { get; private set; }
    public Guid MadeById { get; private set; }
    public AllocationScenario Scenario { get; private set; } = new();
    public AllocationOutcome Outcome { get; private set; } = null!;

    /// <summary>Points, and the most that any plan could reach.</summary>
    public decimal Value { get; private set; }
    public decimal Bound { get; private set; }

    /// <summary>达产年产值 of those placed, yuan a year.</summary>
    public decimal Output { get; private set; }
    public int Placed { get; private set; }
    public int LeftOut { get; private set; }

    /// <summary>m² of those placed, without the room kept to grow.</summary>
    public decimal AreaM2 { get; private set; }

    public DateOnly MonthAt(int month) => From.AddMonths(month);
}
