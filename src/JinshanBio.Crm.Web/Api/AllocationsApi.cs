using JinshanBio.Crm.Allocations;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/allocations: plans of places, their variants, what one costs against another, and what is sent of them as proposals.</summary>
internal static class AllocationsApi
{
    public static void MapAllocations(this IEndpointRouteBuilder api)
    {
        api.MapList<ListAllocationPlans, Page<AllocationPlanRow>>("/allocations");
        api.MapList<CompareAllocationPlans, AllocationComparison>("/allocations/compare");
        api.MapPost("/allocations", (MakeAllocationPlan request, IMediator mediator, CancellationToken cancel) => MadeAsync(request, mediator, cancel));
        var plan = api.MapGroup("/allocations/{id:guid}");
        plan.MapGet("", (Guid id, IMediator mediator, CancellationToken cancel) => mediator.Send(new GetAllocationPlan(id), cancel));
        plan.MapPost("/variants", (Guid id, VaryAllocationPlan request, IMediator mediator, CancellationToken cancel) => MadeAsync(request with { Id = id }, mediator, cancel));
        plan.MapPost("/proposals", (Guid id, ProposeFromPlan request, IMediator mediator, CancellationToken cancel) => mediator.Send(request with { Id = id }, cancel));
    }

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.Created<AllocationPlanRecord>> MadeAsync(IRequest<Guid> request, IMediator mediator, CancellationToken cancel)
    {
        var id = await mediator.Send(request, cancel);
        return TypedResults.Created($"/api/v1/allocations/{id}", await mediator.Send(new GetAllocationPlan(id), cancel));
    }
}
