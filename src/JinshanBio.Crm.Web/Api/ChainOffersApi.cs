using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/chain/offers, /chain/introductions and /enterprises/{id}/presence.</summary>
internal static class ChainOffersApi
{
    public static void MapChainOffers(this IEndpointRouteBuilder api)
    {
        api.MapList<ListOffers, Page<OfferRow>>("/chain/offers");
        api.MapList<ListOfferEnterprises, Page<OfferEnterprise>>("/chain/offers/enterprises");
        api.MapPost("/chain/offers", async (PostOffer request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var offer = await AnswerAsync(await mediator.Send(request, cancel), http, mediator, cancel);
            return TypedResults.Created($"/api/v1/chain/offers/{offer.Id}", offer);
        });
        var one = api.MapGroup("/chain/offers/{id:guid}");
        one.MapGet("", AnswerAsync);
        one.MapPut("", async (Guid id, EditOffer request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, Version = Etag.Require(http) }, cancel);
            return await AnswerAsync(id, http, mediator, cancel);
        });
        one.MapPost("/closing", async (Guid id, CloseOffer request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, Version = Etag.Read(http) }, cancel);
            return await AnswerAsync(id, http, mediator, cancel);
        });
        one.MapGet("/matches", (Guid id, IMediator mediator, CancellationToken cancel) => mediator.Send(new GetOfferMatches(id), cancel));
        one.MapPost("/introductions", async (Guid id, Introduce request, IMediator mediator, CancellationToken cancel)
            => TypedResults.Created($"/api/v1/chain/offers/{id}", new Created(await mediator.Send(request with { OfferId = id }, cancel))));

        api.MapList<ListIntroductions, Page<IntroductionRow>>("/chain/introductions");
        api.MapList<GetOfferResults, OfferResults>("/chain/introductions/results");
        api.MapPost("/chain/introductions/{id:guid}/outcome", async (Guid id, RecordIntroduction request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, Version = Etag.Read(http) }, cancel);
            return TypedResults.NoContent();
        });

        const string Presence = "/enterprises/{id:guid}/presence";
        api.MapGet(Presence, (Guid id, IMediator mediator, CancellationToken cancel) => mediator.Send(new GetPresence(id), cancel));
        api.MapPost(Presence, async (Guid id, RecordPresence request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { EnterpriseId = id }, cancel);
            return TypedResults.Created($"/api/v1/enterprises/{id}/presence", await mediator.Send(new GetPresence(id), cancel));
        });
        api.MapPut(Presence, async (Guid id, ChangePresence request, IMediator mediator, CancellationToken cancel) =>
        {
            if (request.Line is null) throw new Refusal(RefusalCode.VersionRequired) { Field = "line" };
            await mediator.Send(request with { EnterpriseId = id }, cancel);
            return await mediator.Send(new GetPresence(id), cancel);
        });
        api.MapPost(Presence + "/leaving", async (Guid id, EndPresence request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { EnterpriseId = id }, cancel);
            return await mediator.Send(new GetPresence(id), cancel);
        });
    }

    private static async Task<OfferRecord> AnswerAsync(Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        var offer = await mediator.Send(new GetOffer(id), cancel);
        Etag.Write(http, offer.Version);
        return offer;
    }
}
