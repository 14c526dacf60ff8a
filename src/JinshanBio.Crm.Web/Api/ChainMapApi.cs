using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/chain/links, the comparison of gaps, and the parameters of the measure.</summary>
internal static class ChainMapApi
{
    public static void MapChainMap(this IEndpointRouteBuilder api)
    {
        api.MapList<GetChainMap, ChainMapReport>("/chain/links");
        api.MapGet("/chain/links/{code}", async (string code, HttpContext http, IMediator mediator, CancellationToken cancel)
            => await mediator.Send(InputBinder.Query<GetChainLink>(http) with { Code = code }, cancel)).WithMetadata(new QueryOf(typeof(GetChainLink)));
        api.MapList<CompareGaps, GapComparison>("/chain/gaps/changes");
        api.MapGet("/parameters/chain", (IMediator mediator, CancellationToken cancel) => mediator.Send(new GetCoverageWeights(), cancel));
        api.MapPut("/parameters/chain", async (SetCoverageWeights request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request, cancel);
            return await mediator.Send(new GetCoverageWeights(), cancel);
        });
    }
}
