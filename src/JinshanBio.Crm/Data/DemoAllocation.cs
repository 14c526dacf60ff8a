using JinshanBio.Crm.Allocations;
using JinshanBio.Crm.Domain.Allocations;
using JinshanBio.Crm.Domain.Parks;

namespace JinshanBio.Crm.Data;

/// <param name="Add">For a plan that varies the one before it: what if this were added?</param>
internal sealed record DemoPlan(string By, int Day, string Name, DemoAddition? Add);

internal sealed record DemoAddition(string Park, string Name, decimal AreaM2, int From, SpaceKind Kind);

/// <summary>The part of the story that tells of plans for the places of all projects.</summary>
internal sealed partial class DemoPlay
{
    private AllocationPlan? _plan;

    public void PreparePlans(DemoStory story, CancellationToken cancel)
    {
        foreach (var p in story.Plans)
            On(p.Day, p.By, async () =>
            {
                var before = p.Add is null ? null : _plan;
                var scenario = before?.Scenario ?? new AllocationScenario();
                if (p.Add is { } add)
                    scenario = scenario with { Additions = [.. scenario.Additions, new AddedSpace(Guid.CreateVersion7(), _parks[add.Park].Id, add.Name, add.AreaM2, Day(add.From)!.Value, add.Kind, new Facilities())] };
                _plan = await new AllocationMaking(db, _people[p.By], catalogue, clock).MakeAsync(p.Name, null, before?.Id, scenario, cancel);
            });
    }
}
