using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/chain/leaders: the chain leaders, the circle of each, its partners and whom to invite; /chain/what-if: scenarios.</summary>
internal static class ChainCircleApi
{
    public static void MapChainCircle(this IEndpointRouteBuilder api)
    {
        api.MapList<ListLeaders, Page<LeaderRow>>("/chain/leaders");
        var leader = api.MapGroup("/chain/leaders/{id:guid}");
        leader.MapGet("", (Guid id, IMediator mediator, CancellationToken cancel) => mediator.Send(new GetCircle(id), cancel));
        leader.MapGet("/invitations", (Guid id, IMediator mediator, CancellationToken cancel) => mediator.Send(new ListInvitations(id), cancel));
        leader.MapPost("/partners", async (Guid id, AddPartner request, IMediator mediator, CancellationToken cancel)
            => TypedResults.Created((string?)null, new Created(await mediator.Send(request with { LeaderId = id }, cancel))));
        leader.MapDelete("/partners/{partnerId:guid}", async (Guid id, Guid partnerId, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new RemovePartner(id, partnerId), cancel);
            return TypedResults.NoContent();
        });
        // A question, but too long for a URL.
        api.MapPost("/chain/what-if", (CompareScenarios request, IMediator mediator, CancellationToken cancel) => mediator.Send(request, cancel));
        api.MapList<ListScenarioChoices, IReadOnlyList<ScenarioChoice>>("/chain/what-if/choices");
    }
}
