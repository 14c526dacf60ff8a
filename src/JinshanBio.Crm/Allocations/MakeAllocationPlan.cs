using FluentValidation;
using JinshanBio.Crm.Domain.Allocations;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Allocations;

/// <summary>编制落位统筹方案: plans the places of all projects that want one over the next 36 months, and keeps the plan.</summary>
[Needs(Permission.AllocationsPlan)]
public sealed record MakeAllocationPlan : AllocationInput, IRequest<Guid>
{
    /// <summary>指定: projects that must go to a space.</summary>
    public List<PlacePin> Pins { get; set; } = [];

    /// <summary>停用 of a park, a building or a space from a day on.</summary>
    public List<PlannedClosure> Closures { get; set; } = [];

    /// <summary>增加的空间.</summary>
    public List<PlannedAddition> Additions { get; set; } = [];
}

public sealed record PlacePin(Guid ProjectId, Guid SpaceId);

/// <param name="Building">Null for all of the park, unless a space is named.</param>
public sealed record PlannedClosure(Guid ParkId, string? Building, Guid? SpaceId, DateOnly From);

/// <param name="Facilities">What is not said is not known.</param>
public sealed record PlannedAddition(Guid ParkId, string Name, decimal AreaM2, DateOnly From, SpaceKind Kind, Facilities? Facilities);

internal sealed class MakeAllocationPlanValidator : AbstractValidator<MakeAllocationPlan>
{
    public MakeAllocationPlanValidator()
    {
        Include(new AllocationInputValidator());
        RuleFor(r => r.Pins).Must(p => p.Count <= 200).WithMessage(_ => Texts.Text.Of("allocations.tooMany"));
        RuleFor(r => r.Closures).Must(c => c.Count <= 200).WithMessage(_ => Texts.Text.Of("allocations.tooMany"));
        RuleFor(r => r.Additions).Must(a => a.Count <= 200).WithMessage(_ => Texts.Text.Of("allocations.tooMany"));
        RuleForEach(r => r.Additions).ChildRules(a =>
        {
            a.RuleFor(x => x.Name).NotEmpty().OneLine(200);
            a.RuleFor(x => x.AreaM2).Area();
        });
    }
}

internal sealed class MakeAllocationPlanHandler(AllocationMaking making) : IRequestHandler<MakeAllocationPlan, Guid>
{
    public async Task<Guid> Handle(MakeAllocationPlan request, CancellationToken cancellationToken)
        => (await making.MakeAsync(request.Name, request.From, null, new AllocationScenario
        {
            Weights = request.ToWeights(),
            Pins = [.. request.Pins.Select(p => new AllocationPin(p.ProjectId, p.SpaceId))],
            Closures = [.. request.Closures.Select(c => new SpaceClosure(c.ParkId, c.Building, c.SpaceId, c.From))],
            Additions = [.. request.Additions.Select(a => new AddedSpace(Guid.CreateVersion7(), a.ParkId, a.Name.Trim(), a.AreaM2, a.From, a.Kind, a.Facilities ?? new()))],
        }, cancellationToken)).Id;
}
