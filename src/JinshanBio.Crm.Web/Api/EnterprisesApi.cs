using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/enterprises.</summary>
internal static class EnterprisesApi
{
    public static void MapEnterprises(this IEndpointRouteBuilder api)
    {
        api.MapList<ListEnterprises, Page<EnterpriseRow>>("/enterprises");
        api.MapGet("/enterprises/{id:guid}", AnswerAsync);
        api.MapPost("/enterprises", async (AddEnterprise request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var enterprise = await AnswerAsync(await mediator.Send(request, cancel), http, mediator, cancel);
            return TypedResults.Created($"/api/v1/enterprises/{enterprise.Id}", enterprise);
        });
        api.MapPut("/enterprises/{id:guid}", async (Guid id, EditEnterprise request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, Version = Etag.Require(http) }, cancel);
            return await AnswerAsync(id, http, mediator, cancel);
        });
    }

    private static async Task<EnterpriseRecord> AnswerAsync(Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        var enterprise = await mediator.Send(new GetEnterprise(id), cancel);
        Etag.Write(http, enterprise.Version);
        return enterprise;
    }
}
