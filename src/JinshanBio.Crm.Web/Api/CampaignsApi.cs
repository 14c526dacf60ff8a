using JinshanBio.Crm.Campaigns;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/campaigns.</summary>
internal static class CampaignsApi
{
    public static void MapCampaigns(this IEndpointRouteBuilder api)
    {
        api.MapList<ListCampaigns, Page<CampaignRow>>("/campaigns");
        api.MapPost("/campaigns", async (AddCampaign request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var id = await mediator.Send(request, cancel);
            return TypedResults.Created($"/api/v1/campaigns/{id}", await OneAsync(id, http, mediator, cancel));
        });
        var campaign = api.MapGroup("/campaigns/{id:guid}");
        campaign.MapGet("", OneAsync);
        campaign.MapPut("", (Guid id, EditCampaign request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => DoAsync(id, request with { Id = id, Version = Etag.Require(http) }, http, mediator, cancel));
        campaign.MapPost("/costs", (Guid id, SpendOnCampaign request, HttpContext http, IMediator mediator, CancellationToken cancel) => DoAsync(id, request with { Id = id }, http, mediator, cancel));
        campaign.MapDelete("/costs/{costId:guid}", (Guid id, Guid costId, HttpContext http, IMediator mediator, CancellationToken cancel) => DoAsync(id, new StrikeCampaignCost(id, costId), http, mediator, cancel));
        campaign.MapPost("/cancellation", (Guid id, CancelCampaign request, HttpContext http, IMediator mediator, CancellationToken cancel)
            => DoAsync(id, request with { Id = id, Version = Etag.Read(http) }, http, mediator, cancel));
        api.MapPut("/leads/{id:guid}/campaign", async (Guid id, CreditCampaign request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { LeadId = id, Version = Etag.Require(http) }, cancel);
            var lead = await mediator.Send(new GetLead(id), cancel);
            Etag.Write(http, lead.Version);
            return lead;
        });
    }

    private static async Task<CampaignRecord> DoAsync(Guid id, IRequest<Unit> request, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        await mediator.Send(request, cancel);
        return await OneAsync(id, http, mediator, cancel);
    }

    private static async Task<CampaignRecord> OneAsync(Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        var record = await mediator.Send(new GetCampaign(id), cancel);
        Etag.Write(http, record.Version);
        return record;
    }
}
