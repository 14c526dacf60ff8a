using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/chain: whom to attract, and the links that enterprises seem to work in.</summary>
internal static class ChainTargetsApi
{
    public static void MapChainTargets(this IEndpointRouteBuilder api)
    {
        api.MapList<ListSuggestions, SuggestionList>("/chain/suggestions");
        api.MapList<ListDismissedTargets, Page<DismissedTarget>>("/chain/suggestions/dismissed");
        api.MapPost("/chain/suggestions/{enterpriseId:guid}/lead", async (Guid enterpriseId, CreateLeadFromTarget request, IMediator mediator, CancellationToken cancel) =>
        {
            var lead = await mediator.Send(new GetLead(await mediator.Send(request with { EnterpriseId = enterpriseId }, cancel)), cancel);
            return TypedResults.Created($"/api/v1/leads/{lead.Id}", lead);
        });
        api.MapPost("/chain/suggestions/{enterpriseId:guid}/dismissal", async (Guid enterpriseId, DismissTarget request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { EnterpriseId = enterpriseId }, cancel);
            return TypedResults.NoContent();
        });
        api.MapDelete("/chain/suggestions/{enterpriseId:guid}/dismissal", async (Guid enterpriseId, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new ReturnTarget(enterpriseId), cancel);
            return TypedResults.NoContent();
        });
        api.MapList<ListLinkProposals, Page<LinkProposalRow>>("/chain/link-proposals");
        api.MapPost("/chain/link-proposals/run", (MatchLinks request, IMediator mediator, CancellationToken cancel) => mediator.Send(request, cancel));
        api.MapPost("/chain/link-proposals/confirmation", (ConfirmLinks request, IMediator mediator, CancellationToken cancel) => mediator.Send(request, cancel));
        api.MapPost("/chain/link-proposals/rejection", (RejectLinks request, IMediator mediator, CancellationToken cancel) => mediator.Send(request, cancel));
        api.MapPost("/chain/link-proposals/reopening", (ReopenLinks request, IMediator mediator, CancellationToken cancel) => mediator.Send(request, cancel));
    }
}
