using FluentValidation;
using JinshanBio.Crm.Assignments;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Allocations;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Lists;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JinshanBio.Crm.Allocations;

/// <summary>送申请: chosen placements of a plan become ordinary proposals. What the register no longer bears out answers for itself, the rest goes through.</summary>
[Needs(Permission.AllocationsPlan)]
public sealed record ProposeFromPlan : IRequest<StepResult>
{
    public Guid Id { get; set; }

    /// <summary>The projects whose placements are proposed.</summary>
    public List<Guid> ProjectIds { get; set; } = [];
}

internal sealed class ProposeFromPlanValidator : AbstractValidator<ProposeFromPlan>
{
    public ProposeFromPlanValidator() => RuleFor(r => r.ProjectIds).NotEmpty().WithMessage(_ => Text.Of("steps.pickSome")).Must(ids => ids.Count <= Each.Most);
}

internal sealed class ProposeFromPlanHandler(CrmDb db, Actor actor, IServiceScopeFactory scopes, TimeProvider clock) : IRequestHandler<ProposeFromPlan, StepResult>
{
    public async Task<StepResult> Handle(ProposeFromPlan request, CancellationToken cancellationToken)
    {
        var plan = await db.AllocationPlans.AsNoTracking().VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        var ids = request.ProjectIds.Distinct().ToList();
        var rows = await db.Projects.VisibleTo(actor).Where(p => ids.Contains(p.Id)).OrderByDescending(p => p.OutputAtCapacity).ThenBy(p => p.Id).Select(p => new SteppedRow(p.Id, p.Number, p.Title)).ToListAsync(cancellationToken);
        if (rows.Count != ids.Count) throw new Refusal(RefusalCode.NotFound) { Field = "projectIds" };

        var (places, today) = (plan.Outcome.Result.Placements.ToDictionary(p => p.ProjectId), ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime));
        var (fresh, stale) = (new List<SteppedRow>(), new List<RefusedRow>());
        foreach (var row in rows)
        {
            if (await WhyNotAsync(row, plan, places.GetValueOrDefault(row.Id), today, cancellationToken) is { } refusal) stale.Add(new(row.Id, row.Number, row.Title, refusal.Code, Text.Of(refusal), []));
            else fresh.Add(row);
        }
        // The right to plan carries the right to propose what was planned, and nothing else.
        var proposer = new Actor { Id = actor.Id, UserName = actor.UserName, DisplayName = actor.DisplayName, Roles = actor.Roles, Parks = actor.Parks, Unit = actor.Unit, Permissions = actor.Permissions.Append(Permission.AssignmentsPropose).ToHashSet() };
        var spaces = plan.Outcome.Spaces.ToDictionary(s => s.Id);
        var result = await new Each(scopes, proposer).SendAsync(fresh, id => new ProposeAssignment
        {
            ProjectId = id, ParkId = spaces[places[id].SpaceId].ParkId, SpaceId = places[id].SpaceId, AreaM2 = places[id].AreaM2, From = Start(plan, places[id], today),
        }, cancellationToken);
        return result with { Refused = [.. stale, .. result.Refused] };
    }

    /// <summary>What has changed since the plan was made, if it stands in the way.</summary>
    private async Task<Refusal?> WhyNotAsync(SteppedRow row, AllocationPlan plan, AllocationPlacement? place, DateOnly today, CancellationToken cancel)
    {
        if (place is null) return new Refusal(RefusalCode.AllocationNotPlaced);
        if (await db.Assignments.AnyAsync(a => a.ProjectId == row.Id && Assignment.Placed.Contains(a.Status), cancel)) return new Refusal(RefusalCode.AllocationPlaceFound, row.Number);
        var planned = plan.Outcome.Spaces.First(s => s.Id == place.SpaceId);
        if (planned.IsAdded) return new Refusal(RefusalCode.AllocationSpaceAssumed, planned.Name);
        var space = await db.Spaces.AsNoTracking().Include(s => s.Spans).FirstOrDefaultAsync(s => s.Id == place.SpaceId, cancel);
        if (space is null) return new Refusal(RefusalCode.SpaceElsewhere);
        var free = space.LeastFree(Start(plan, place, today), space.AvailableUntil);
        return free < place.AreaM2 ? new Refusal(RefusalCode.SpaceOverbooked, space.Name, free, place.AreaM2) : null;
    }

    /// <summary>The wanted day where the plan keeps to its month, else the first of the planned month; never a day that is over.</summary>
    private static DateOnly Start(AllocationPlan plan, AllocationPlacement place, DateOnly today)
    {
        var (month, wanted) = (plan.MonthAt(place.Month), plan.Outcome.Projects.First(p => p.Id == place.ProjectId).Wanted);
        var day = wanted > month && wanted < month.AddMonths(1) ? wanted : month;
        return day > today ? day : today;
    }
}
