using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.HandOvers;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/follow-ups and /api/v1/hand-overs.</summary>
internal static class FollowUpsApi
{
    public static void MapFollowUps(this IEndpointRouteBuilder api)
    {
        api.MapList<ListFollowUps, Page<FollowUpItem>>("/follow-ups");
        api.MapGet("/follow-ups/{id:guid}", (Guid id, HttpContext http, IMediator mediator, CancellationToken cancel) => AnswerAsync(id, http, mediator, cancel));
        api.MapPost("/follow-ups", async (PlanFollowUp request, IMediator mediator, CancellationToken cancel)
            => TypedResults.Created((string?)null, new Created(await mediator.Send(request, cancel))));
        api.MapPost("/follow-ups/log", async (LogContact request, IMediator mediator, CancellationToken cancel)
            => TypedResults.Created((string?)null, new Created(await mediator.Send(request, cancel))));
        api.MapPut("/follow-ups/{id:guid}", async (Guid id, EditFollowUp request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, Version = Etag.Require(http) }, cancel);
            return await AnswerAsync(id, http, mediator, cancel);
        });
        api.MapPost("/follow-ups/{id:guid}/completion", async (Guid id, CompleteFollowUp request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id }, cancel);
            return TypedResults.NoContent();
        });
        api.MapPost("/follow-ups/{id:guid}/snooze", async (Guid id, SnoozeFollowUp request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id }, cancel);
            return await AnswerAsync(id, http, mediator, cancel);
        });
        api.MapPost("/follow-ups/{id:guid}/cancellation", async (Guid id, CancelFollowUp request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id }, cancel);
            return TypedResults.NoContent();
        });
        api.MapPost("/follow-ups/{id:guid}/supervision", async (Guid id, SuperviseFollowUp request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id }, cancel);
            return await AnswerAsync(id, http, mediator, cancel);
        });
        api.MapDelete("/follow-ups/{id:guid}/supervision", async (Guid id, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new EndSupervision { Id = id }, cancel);
            return TypedResults.NoContent();
        });

        api.MapPost("/hand-overs", (HandOver request, IMediator mediator, CancellationToken cancel) => mediator.Send(request, cancel));
        api.MapGet("/hand-overs/colleagues", (IMediator mediator, CancellationToken cancel) => mediator.Send(new ListColleagues(), cancel));
    }

    private static async Task<FollowUpRecord> AnswerAsync(Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        var followUp = await mediator.Send(new GetFollowUp(id), cancel);
        Etag.Write(http, followUp.Item.Version);
        return followUp;
    }
}
