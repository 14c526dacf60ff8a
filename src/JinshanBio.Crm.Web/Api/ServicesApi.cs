using JinshanBio.Crm.Domain.Services;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Services;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/projects/{id}/service and /api/v1/service.</summary>
internal static class ServicesApi
{
    public static void MapServices(this IEndpointRouteBuilder api)
    {
        api.MapGet("/projects/{id:guid}/service", (Guid id, IMediator mediator, CancellationToken cancel) => mediator.Send(new GetService(id), cancel));
        api.MapPost("/projects/{id:guid}/service/steps", async (Guid id, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new OpenStepsOfProject { ProjectId = id }, cancel);
            return await mediator.Send(new GetService(id), cancel);
        });
        api.MapPost("/projects/{id:guid}/service/tasks", async (Guid id, AddServiceTask request, IMediator mediator, CancellationToken cancel)
            => TypedResults.Created($"/api/v1/projects/{id}/service", new Created(await mediator.Send(request with { ProjectId = id }, cancel))));
        api.MapPost("/projects/{id:guid}/requests", async (Guid id, AddCompanyRequest request, IMediator mediator, CancellationToken cancel)
            => TypedResults.Created($"/api/v1/projects/{id}/service", new Created(await mediator.Send(request with { ProjectId = id }, cancel))));
        api.MapPost("/projects/{id:guid}/service/signals", async (Guid id, RaiseLeavingSignal request, IMediator mediator, CancellationToken cancel)
            => TypedResults.Created($"/api/v1/projects/{id}/service", new Created(await mediator.Send(request with { ProjectId = id }, cancel))));
        api.MapPost("/projects/{id:guid}/service/visits", async (Guid id, LogVisit request, IMediator mediator, CancellationToken cancel) =>
        {
            var visit = await mediator.Send(request with { ProjectId = id }, cancel);
            return TypedResults.Created($"/api/v1/follow-ups/{visit}", new Created(visit));
        });

        api.MapList<ListServiceTasks, Page<ServiceTaskRow>>("/service/tasks");
        api.MapList<ListCompanyRequests, Page<CompanyRequestRow>>("/requests");
        api.MapList<ListLeavingSignals, Page<LeavingSignalRow>>("/service/signals");
        api.MapList<ListUnvisited, Page<UnvisitedRow>>("/service/unvisited");
        api.MapList<CountService, ServiceCounts>("/service/counts");
        api.MapStep<PlanServiceTask>("/service/tasks/{id:guid}/plan", (request, id, version) => request with { Id = id, Version = version });
        api.MapStep<CloseServiceTask>("/service/tasks/{id:guid}/completion", (request, id, version) => request with { Id = id, Version = version });
        api.MapStep<ReopenServiceTask>("/service/tasks/{id:guid}/reopening", (request, id, version) => request with { Id = id, Version = version });
        api.MapStep<AnswerCompanyRequest>("/requests/{id:guid}/answers", (request, id, version) => request with { Id = id, Version = version });
        api.MapStep<SettleCompanyRequest>("/requests/{id:guid}/settlement", (request, id, version) => request with { Id = id, Version = version });
        api.MapStep<AssignCompanyRequest>("/requests/{id:guid}/owner", (request, id, version) => request with { Id = id, Version = version });
        api.MapStep<CloseLeavingSignal>("/service/signals/{id:guid}/closing", (request, id, version) => request with { Id = id, Version = version });

        api.MapGet("/parameters/service", (IMediator mediator, CancellationToken cancel) => mediator.Send(new GetServiceTerms(), cancel));
        api.MapPut("/parameters/service", async (SetServiceTerms request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request, cancel);
            return await mediator.Send(new GetServiceTerms(), cancel);
        });
    }

    /// <summary>A step on one record; there is nothing to answer beyond that it was taken.</summary>
    private static void MapStep<T>(this IEndpointRouteBuilder api, string pattern, Func<T, Guid, int?, T> about) where T : class, IRequest
        => api.MapPost(pattern, async (Guid id, T request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(about(request, id, Etag.Read(http)), cancel);
            return TypedResults.NoContent();
        });
}
