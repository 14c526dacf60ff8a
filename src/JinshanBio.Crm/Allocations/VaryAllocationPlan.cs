using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Allocations;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Allocations;

/// <summary>假设: the same plan with one more thing taken for granted, so that the two can be compared: what does it cost to override it?</summary>
[Needs(Permission.AllocationsPlan)]
public sealed record VaryAllocationPlan : IRequest<Guid>
{
    public Guid Id { get; set; }

    /// <summary>Made of the change when left out.</summary>
    public string? Name { get; set; }
    public AllocationChange? Change { get; set; }

    /// <summary>To pin: the project; to pin or close: the space.</summary>
    public Guid? ProjectId { get; set; }
    public Guid? SpaceId { get; set; }

    /// <summary>To close a building or a whole park, and to add a space.</summary>
    public Guid? ParkId { get; set; }
    public string? Building { get; set; }

    /// <summary>Day from which it closes, or is added.</summary>
    public DateOnly? Day { get; set; }

    /// <summary>To add: what it is called and its m²; it is equipped like the other space, when one is named.</summary>
    public string? SpaceName { get; set; }
    public decimal? AreaM2 { get; set; }
    public Guid? LikeSpaceId { get; set; }

    /// <summary>To add: that of the other space when left out, a floor without one.</summary>
    public SpaceKind? Kind { get; set; }
}

public enum AllocationChange
{
    /// <summary>指定项目到空间</summary>
    Pin,
    /// <summary>停用空间、楼栋或载体</summary>
    Close,
    /// <summary>增加空间</summary>
    Add,
}

internal sealed class VaryAllocationPlanValidator : AbstractValidator<VaryAllocationPlan>
{
    public VaryAllocationPlanValidator()
    {
        RuleFor(r => r.Change).NotEmpty().IsInEnum();
        RuleFor(r => r.Kind).IsInEnum();
        RuleFor(r => r.Name).OneLine(100);
        RuleFor(r => r.ProjectId).NotEmpty().When(r => r.Change == AllocationChange.Pin);
        RuleFor(r => r.SpaceId).NotEmpty().When(r => r.Change == AllocationChange.Pin);
        RuleFor(r => r.ParkId).NotEmpty().When(r => r.Change == AllocationChange.Add || (r.Change == AllocationChange.Close && r.SpaceId is null));
        RuleFor(r => r.Building).OneLine(200);
        RuleFor(r => r.Day).NotEmpty().PlausibleDay().When(r => r.Change is AllocationChange.Close or AllocationChange.Add);
        RuleFor(r => r.SpaceName).NotEmpty().OneLine(200).When(r => r.Change == AllocationChange.Add);
        RuleFor(r => r.AreaM2).NotEmpty().InclusiveBetween(1, 100_000_000m).PrecisionScale(18, 2, ignoreTrailingZeros: true).When(r => r.Change == AllocationChange.Add);
    }
}

internal sealed class VaryAllocationPlanHandler(CrmDb db, Actor actor, AllocationMaking making) : IRequestHandler<VaryAllocationPlan, Guid>
{
    public async Task<Guid> Handle(VaryAllocationPlan request, CancellationToken cancellationToken)
    {
        var plan = await db.AllocationPlans.AsNoTracking().VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        var (scenario, what) = request.Change switch
        {
            AllocationChange.Pin => await PinAsync(plan, request, cancellationToken),
            AllocationChange.Close => await CloseAsync(plan, request, cancellationToken),
            _ => await AddAsync(plan, request, cancellationToken),
        };
        var name = string.IsNullOrWhiteSpace(request.Name) ? what : request.Name;
        return (await making.MakeAsync(name.Length > 100 ? name[..100] : name, plan.From, plan.Id, scenario, cancellationToken)).Id;
    }

    private async Task<(AllocationScenario, string)> PinAsync(AllocationPlan plan, VaryAllocationPlan request, CancellationToken cancel)
    {
        var pin = new AllocationPin(request.ProjectId!.Value, request.SpaceId!.Value);
        var title = await db.Projects.VisibleTo(actor).Where(p => p.Id == pin.ProjectId).Select(p => p.Title).FirstOrDefaultAsync(cancel) ?? throw new Refusal(RefusalCode.NotFound) { Field = "projectId" };
        var space = plan.Outcome.Spaces.FirstOrDefault(s => s.Id == pin.SpaceId) ?? throw new Refusal(RefusalCode.NotFound) { Field = "spaceId" };
        // A new wish takes the place of an old one.
        return (plan.Scenario with { Pins = [.. plan.Scenario.Pins.Where(p => p.ProjectId != pin.ProjectId), pin] }, Text.Of("allocations.named.pin", title, space.Name));
    }

    private async Task<(AllocationScenario, string)> CloseAsync(AllocationPlan plan, VaryAllocationPlan request, CancellationToken cancel)
    {
        var space = request.SpaceId is null ? null : plan.Outcome.Spaces.FirstOrDefault(s => s.Id == request.SpaceId) ?? throw new Refusal(RefusalCode.NotFound) { Field = "spaceId" };
        var park = await ParkAsync(space?.ParkId ?? request.ParkId!.Value, cancel);
        var building = space is not null || string.IsNullOrWhiteSpace(request.Building) ? null : request.Building.Trim();
        if (building is not null && plan.Outcome.Spaces.All(s => s.ParkId != park.Id || s.Building != building)) throw new Refusal(RefusalCode.NotFound) { Field = "building" };
        var closure = new SpaceClosure(park.Id, building, space?.Id, request.Day!.Value);
        return (plan.Scenario with { Closures = [.. plan.Scenario.Closures, closure] }, Text.Of("allocations.named.close", space?.Name ?? building ?? Text.Pick(park.NameZh, park.NameEn)));
    }

    private async Task<(AllocationScenario, string)> AddAsync(AllocationPlan plan, VaryAllocationPlan request, CancellationToken cancel)
    {
        var park = await ParkAsync(request.ParkId!.Value, cancel);
        var like = request.LikeSpaceId is not { } id ? null
            : await db.Spaces.AsNoTracking().VisibleTo(actor).FirstOrDefaultAsync(s => s.Id == id, cancel) ?? throw new Refusal(RefusalCode.NotFound) { Field = "likeSpaceId" };
        var added = new AddedSpace(Guid.CreateVersion7(), park.Id, request.SpaceName!.Trim(), request.AreaM2!.Value, request.Day!.Value, request.Kind ?? like?.Kind ?? SpaceKind.Floor, like?.Facilities ?? new());
        return (plan.Scenario with { Additions = [.. plan.Scenario.Additions, added] }, Text.Of("allocations.named.add", added.Name));
    }

    private async Task<Park> ParkAsync(Guid id, CancellationToken cancel)
        => await db.Parks.AsNoTracking().VisibleTo(actor).FirstOrDefaultAsync(p => p.Id == id, cancel) ?? throw new Refusal(RefusalCode.NotFound) { Field = "parkId" };
}
