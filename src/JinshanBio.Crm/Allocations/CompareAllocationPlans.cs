using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Allocations;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Allocations;

/// <summary>方案比较: what one plan costs against another: the difference in value, who gets in, who is displaced and who moves.</summary>
[Needs(Permission.AllocationsPlan)]
public sealed record CompareAllocationPlans : IRequest<AllocationComparison>
{
    public Guid Id { get; set; }

    /// <summary>The plan it is compared with.</summary>
    public Guid With { get; set; }
}

/// <summary>Differences are this plan less the other one.</summary>
/// <param name="Value">Points.</param>
/// <param name="Output">达产年产值, yuan a year.</param>
/// <param name="IsSure">The difference is more than what both plans may lack of the best, so it is not one of the search.</param>
public sealed record AllocationComparison(
    AllocationPlanRow This, AllocationPlanRow Other, decimal Value, decimal Output, decimal AreaM2, bool IsSure,
    IReadOnlyList<ComparedProject> In, IReadOnlyList<ComparedProject> Out, IReadOnlyList<ComparedProject> Moved);

/// <param name="Here">Space and month in this plan, <paramref name="There"/> in the other one; null where it has none.</param>
public sealed record ComparedProject(Guid ProjectId, string Number, string Title, decimal Output, ComparedPlace? Here, ComparedPlace? There);

public sealed record ComparedPlace(string ParkName, string SpaceName, DateOnly From, decimal Value);

internal sealed class CompareAllocationPlansHandler(CrmDb db, Actor actor) : IRequestHandler<CompareAllocationPlans, AllocationComparison>
{
    public async Task<AllocationComparison> Handle(CompareAllocationPlans request, CancellationToken cancellationToken)
    {
        var (here, hereRow, hereWords) = await LoadAsync(request.Id, cancellationToken);
        var (there, thereRow, thereWords) = await LoadAsync(request.With, cancellationToken);
        var places = Places(here, hereWords);
        var others = Places(there, thereWords);
        var outputs = here.Outcome.Projects.Concat(there.Outcome.Projects).DistinctBy(p => p.Id).ToDictionary(p => p.Id, p => p.Output);
        List<ComparedProject> all = [.. places.Keys.Union(others.Keys).Select(id =>
        {
            var name = hereWords.Project(id) is { Number.Length: > 0 } known ? known : thereWords.Project(id);
            return new ComparedProject(id, name.Number, name.Title, outputs[id], places.GetValueOrDefault(id).Place, others.GetValueOrDefault(id).Place);
        }).OrderByDescending(c => c.Output)];
        var difference = hereRow.Value - thereRow.Value;
        return new AllocationComparison(hereRow, thereRow, difference, hereRow.Output - thereRow.Output, hereRow.AreaM2 - thereRow.AreaM2,
            Math.Abs(difference) > Math.Max(hereRow.Bound - hereRow.Value, thereRow.Bound - thereRow.Value),
            [.. all.Where(c => c.There is null)], [.. all.Where(c => c.Here is null)],
            [.. all.Where(c => c is { Here: not null, There: not null } && (places[c.ProjectId].SpaceId, c.Here.From) != (others[c.ProjectId].SpaceId, c.There.From))]);
    }

    private async Task<(AllocationPlan, AllocationPlanRow, AllocationWords)> LoadAsync(Guid id, CancellationToken cancel)
    {
        var plan = await db.AllocationPlans.AsNoTracking().VisibleTo(actor).OneAsync(id, cancel);
        var row = (await db.AllocationPlans.Where(p => p.Id == id).ToRows(db).FirstAsync(cancel)).For(actor);
        return (plan, row, await AllocationWords.LoadAsync(db, actor, plan, cancel));
    }

    private static Dictionary<Guid, (Guid SpaceId, ComparedPlace? Place)> Places(AllocationPlan plan, AllocationWords words)
        => plan.Outcome.Result.Placements.ToDictionary(p => p.ProjectId, p => (p.SpaceId,
            (ComparedPlace?)new ComparedPlace(words.Space(p.SpaceId).ParkName, words.Space(p.SpaceId).Name, plan.MonthAt(p.Month), p.Terms.Sum)));
}
