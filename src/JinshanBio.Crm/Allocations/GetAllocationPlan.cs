using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Allocations;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Allocations;

/// <summary>统筹方案: who goes where and when and why, who is left out and why, and how full that makes every building.</summary>
[Needs(Permission.AllocationsPlan)]
public sealed record GetAllocationPlan(Guid Id) : IRequest<AllocationPlanRecord>;

/// <param name="WantedOutput">达产年产值 of all who want a place, placed or not, yuan a year.</param>
/// <param name="IsProved">No plan under the same limits is worth more.</param>
/// <param name="Terms">What the placements are worth together, term by term.</param>
/// <param name="FilledGaps">Links of the chain that nobody filled before, each once.</param>
/// <param name="Months">Covered from the first of <see cref="AllocationPlanRow.From"/>.</param>
public sealed record AllocationPlanRecord(
    AllocationPlanRow Plan, string? BasedOn, int Months, bool IsProved, AllocationTerms Terms, decimal WantedOutput, IReadOnlyList<string> FilledGaps, IReadOnlyList<PlacementRow> Placements,
    IReadOnlyList<LeftOutRow> LeftOut, IReadOnlyList<RefusedPinRow> RefusedPins, IReadOnlyList<AssumptionRow> Assumptions, int NotConsidered, AllocationWeights Weights,
    IReadOnlyList<TimelineRow> Timeline, IReadOnlyList<PlanSpaceRow> Spaces);

/// <param name="From">Month in which the stay begins; <paramref name="Wanted"/> is the day it was wanted.</param>
/// <param name="KeptM2">Kept beside it as room to grow.</param>
/// <param name="Gaps">Names of its links that nobody fills here.</param>
/// <param name="FitWords">The terms of the fit in words; <paramref name="Unclear"/>: limits the space says nothing about.</param>
/// <param name="State">What has become of it since.</param>
public sealed record PlacementRow(
    Guid ProjectId, string Number, string Title, Guid ParkId, string ParkName, Guid SpaceId, string SpaceName, bool IsAdded, DateOnly From, DateOnly Wanted, int WaitMonths,
    decimal AreaM2, decimal KeptM2, decimal Output, IReadOnlyList<string> Gaps, int Fit, IReadOnlyList<string> FitWords, IReadOnlyList<string> Unclear, AllocationTerms Terms, bool IsPinned, PlacementState State);

public enum PlacementState
{
    /// <summary>可送申请</summary>
    Open,
    /// <summary>已申请</summary>
    Proposed,
    /// <summary>已落位</summary>
    Placed,
    /// <summary>项目已结束</summary>
    Closed,
}

/// <param name="Reason">NoSpaceFits, NoRoom, TooLate, Displaced, NoArea or AfterHorizon; <paramref name="Why"/> says it in words.</param>
public sealed record LeftOutRow(Guid ProjectId, string Number, string Title, decimal? AreaM2, decimal? Output, DateOnly? Wanted, string Reason, string Why, Guid? SpaceId);

public sealed record RefusedPinRow(Guid ProjectId, Guid SpaceId, PinRefusal Reason, string Why);

/// <summary>What the plan takes for granted, in words.</summary>
public sealed record AssumptionRow(string Kind, string Words);

public sealed record PlanSpaceRow(Guid Id, Guid ParkId, string ParkName, string Name, string? Building, bool IsAdded);

internal sealed class GetAllocationPlanHandler(CrmDb db, Actor actor, Catalogue catalogue) : IRequestHandler<GetAllocationPlan, AllocationPlanRecord>
{
    public async Task<AllocationPlanRecord> Handle(GetAllocationPlan request, CancellationToken cancellationToken)
    {
        var plan = await db.AllocationPlans.AsNoTracking().VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        var row = (await db.AllocationPlans.VisibleTo(actor).Where(p => p.Id == plan.Id).ToRows(db).FirstAsync(cancellationToken)).For(actor);
        var basedOn = (await db.AllocationPlans.AsNoTracking().VisibleTo(actor).Where(p => p.Id == plan.BasedOnId).ToRows(db).FirstOrDefaultAsync(cancellationToken))?.For(actor).Name;
        var words = await AllocationWords.LoadAsync(db, actor, plan, cancellationToken);
        var (outcome, result) = (plan.Outcome, plan.Outcome.Result);
        var states = await StatesAsync([.. result.Placements.Select(p => p.ProjectId)], cancellationToken);
        var (projects, fits) = (outcome.Projects.ToDictionary(p => p.Id), outcome.Fits.ToDictionary(f => f.ProjectId));

        PlacementRow Row(AllocationPlacement p)
        {
            var (project, fit, space, name) = (projects[p.ProjectId], fits[p.ProjectId], words.Space(p.SpaceId), words.Project(p.ProjectId));
            var state = states.TryGetValue(p.ProjectId, out var known) ? known : PlacementState.Closed;
            return new(p.ProjectId, name.Number, name.Title, space.ParkId, space.ParkName, p.SpaceId, space.Name, space.IsAdded, plan.MonthAt(p.Month), project.Wanted,
                p.Month - Math.Max(0, AllocationDemand.MonthOf(plan.From, project.Wanted)), p.AreaM2, p.KeptM2, project.Output, [.. project.GapLinks.Select(catalogue.LinkName)], p.Fit,
                AllocationWords.Fit(fit), [.. fit.Unclear.Select(Parks.FitWords.LimitName)], p.Terms, p.IsPinned, state);
        }
        List<PlacementRow> placements = [.. result.Placements.Select(Row).OrderBy(p => p.ParkName, StringComparer.Ordinal).ThenBy(p => p.From).ThenByDescending(p => p.Terms.Sum)];
        List<LeftOutRow> leftOut = [.. result.LeftOut.Select(l => words.Row(l, projects[l.ProjectId])).OrderByDescending(l => l.Output), .. outcome.Unplanned.Select(words.Row)];
        return new AllocationPlanRecord(row, basedOn, AllocationPlan.Months, result.IsProved, Sum(result.Placements), outcome.Projects.Sum(p => p.Output),
            [.. result.Placements.SelectMany(p => projects[p.ProjectId].GapLinks).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(catalogue.LinkName)],
            placements, leftOut, [.. result.RefusedPins.Select(words.Row)], words.Assumptions(), outcome.NotConsidered, plan.Scenario.Weights,
            AllocationTimeline.Of(plan, words), [.. outcome.Spaces.Select(s => words.Space(s.Id)).OrderBy(s => s.ParkName, StringComparer.Ordinal).ThenBy(s => s.Name, StringComparer.Ordinal)]);
    }

    private static AllocationTerms Sum(IReadOnlyList<AllocationPlacement> all) => new(all.Sum(p => p.Terms.Place), all.Sum(p => p.Terms.Output), all.Sum(p => p.Terms.Gap),
        all.Sum(p => p.Terms.Fit), all.Sum(p => p.Terms.Growth), all.Sum(p => p.Terms.Wait));

    private async Task<Dictionary<Guid, PlacementState>> StatesAsync(List<Guid> ids, CancellationToken cancel)
        => await db.Projects.VisibleTo(actor).Where(p => ids.Contains(p.Id)).Select(p => new
        {
            p.Id,
            State = p.IsClosed ? PlacementState.Closed : p.Assignments.Any(a => Assignment.Placed.Contains(a.Status)) ? PlacementState.Placed
                : p.Assignments.Any(a => Assignment.Standing.Contains(a.Status)) ? PlacementState.Proposed : PlacementState.Open,
        }).ToDictionaryAsync(p => p.Id, p => p.State, cancel);
}
