using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/chain, for whoever keeps the map. The version of a link or an edge, its ETag, is the number of its editions.</summary>
internal static class ChainKeepApi
{
    public static void MapChainKeep(this IEndpointRouteBuilder api)
    {
        api.MapPost("/chain/links", async (AddLink request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var code = await mediator.Send(request, cancel);
            return TypedResults.Created($"/api/v1/chain/links/{code}/history", await LinkAsync(code, http, mediator, cancel));
        });
        api.MapPut("/chain/links/{code}", async (string code, EditLink request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await LinkAsync(code, http, mediator, cancel);
            await mediator.Send(request with { Code = code, Version = Etag.Require(http) }, cancel);
            return await LinkAsync(code, http, mediator, cancel);
        });
        api.MapPost("/chain/links/{code}/retirement", async (string code, RetireLink request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Code = code, Version = Etag.Read(http) }, cancel);
            return await LinkAsync(code, http, mediator, cancel);
        });
        api.MapPost("/chain/links/{code}/restoration", async (string code, RestoreLink request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Code = code, Version = Etag.Read(http) }, cancel);
            return await LinkAsync(code, http, mediator, cancel);
        });
        api.MapGet("/chain/links/{code}/history", LinkAsync);

        api.MapPost("/chain/edges", async (AddEdge request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request, cancel);
            return TypedResults.Created($"/api/v1/chain/edges/{request.Supplier}/{request.Buyer}/{Name(request.Kind!.Value)}/history", await EdgeAsync(request.Supplier, request.Buyer, request.Kind!.Value, http, mediator, cancel));
        });
        api.MapPut("/chain/edges/{supplier}/{buyer}/{kind}", async (string supplier, string buyer, string kind, EditEdge request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await EdgeAsync(supplier, buyer, KindOf(kind), http, mediator, cancel);
            await mediator.Send(request with { Supplier = supplier, Buyer = buyer, Kind = KindOf(kind), Version = Etag.Require(http) }, cancel);
            return await EdgeAsync(supplier, buyer, KindOf(kind), http, mediator, cancel);
        });
        api.MapPost("/chain/edges/{supplier}/{buyer}/{kind}/removal", async (string supplier, string buyer, string kind, RemoveEdge request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Supplier = supplier, Buyer = buyer, Kind = KindOf(kind), Version = Etag.Read(http) }, cancel);
            return await EdgeAsync(supplier, buyer, KindOf(kind), http, mediator, cancel);
        });
        api.MapGet("/chain/edges/{supplier}/{buyer}/{kind}/history", (string supplier, string buyer, string kind, HttpContext http, IMediator mediator, CancellationToken cancel)
            => EdgeAsync(supplier, buyer, KindOf(kind), http, mediator, cancel));

        api.MapGet("/chain/problems", (IMediator mediator, CancellationToken cancel) => mediator.Send(new GetMapProblems(), cancel));
        api.MapList<GetMapChanges, MapChanges>("/chain/changes");
        api.MapList<ListMapEdits, IReadOnlyList<MapChangeRow>>("/chain/edits");
        api.MapList<ListKeptLinks, IReadOnlyList<KeptLinkRow>>("/chain/kept-links");
        api.MapProposals();
    }

    private static void MapProposals(this IEndpointRouteBuilder api)
    {
        api.MapList<ListMapProposals, Page<MapProposalLine>>("/chain/proposals");
        api.MapPost("/chain/proposals", async (HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            if (!http.Request.HasFormContentType) throw new Refusal(RefusalCode.UnsupportedMedia);
            IFormCollection form;
            try { form = await http.Request.ReadFormAsync(cancel); }
            catch (InvalidDataException) { throw new Refusal(RefusalCode.Invalid); }
            var file = form.Files["file"];
            var request = new UploadMapProposal { FileName = file?.FileName ?? "", Content = file?.OpenReadStream() };
            if (InputBinder.Fill(request, form, asTyped: false) is { Count: > 0 } unreadable) throw new Refusal(RefusalCode.Invalid) { Details = unreadable };
            var id = await mediator.Send(request, cancel);
            return TypedResults.Created($"/api/v1/chain/proposals/{id}", await mediator.Send(new GetMapProposal { Id = id }, cancel));
        }).Accepts<ProposalForm>("multipart/form-data");
        api.MapGet("/chain/proposals/{id:guid}", (Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
            => mediator.Send(InputBinder.Query<GetMapProposal>(http) with { Id = id }, cancel)).WithMetadata(new QueryOf(typeof(GetMapProposal)));
        api.MapPost("/chain/proposals/{id:guid}/verdicts", (Guid id, JudgeMapProposal request, IMediator mediator, CancellationToken cancel) => mediator.Send(request with { Id = id }, cancel));
    }

    private static async Task<KeptLink> LinkAsync(string code, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        var link = await mediator.Send(new GetKeptLink(code), cancel);
        Etag.Write(http, link.Version);
        return link;
    }

    private static async Task<KeptEdgeRecord> EdgeAsync(string supplier, string buyer, SupplyKind kind, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        var edge = await mediator.Send(new GetKeptEdge(supplier, buyer, kind), cancel);
        Etag.Write(http, edge.Version);
        return edge;
    }

    /// <exception cref="Refusal">NotFound for a word that is no kind.</exception>
    private static SupplyKind KindOf(string said) => Enum.TryParse<SupplyKind>(said, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : throw new Refusal(RefusalCode.NotFound);

    private static string Name(SupplyKind kind) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    /// <summary>The upload as the description of the API shows it.</summary>
    private sealed record ProposalForm(IFormFile File, string? Encoding);
}
