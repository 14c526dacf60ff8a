using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Parks;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/parks.</summary>
internal static class ParksApi
{
    public static void MapParks(this IEndpointRouteBuilder api)
    {
        api.MapList<ListParks, ParkList>("/parks");
        api.MapList<GetCapacity, CapacityReport>("/parks/capacity");
        api.MapList<GetOccupancyByMonth, MonthlyOccupancy>("/parks/months");
        api.MapList<GetMatches, SpaceMatches>("/parks/matches");
        api.MapGet("/parameters/fit", (IMediator mediator, CancellationToken cancel) => mediator.Send(new GetFitWeights(), cancel));
        api.MapPut("/parameters/fit", async (SetFitWeights request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request, cancel);
            return await mediator.Send(new GetFitWeights(), cancel);
        });
        api.MapGet("/parks/{id:guid}", async (Guid id, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var record = await mediator.Send(new GetPark(id), cancel);
            Etag.Write(http, record.Park.Version);
            return record;
        });
        api.MapGet("/parks/{id:guid}/occupancy", async (Guid id, HttpContext http, IMediator mediator, CancellationToken cancel) => await mediator.Send(new GetOccupancy(id, InputBinder.Query<AsOf>(http).On), cancel))
            .WithMetadata(new QueryOf(typeof(AsOf)));
        api.MapGet("/parks/reference", async (IMediator mediator, CancellationToken cancel) => await mediator.Send(new GetParksReference(), cancel));
        api.MapGet("/parks/{id:guid}/spaces/{spaceId:guid}/history", async (Guid id, Guid spaceId, IMediator mediator, CancellationToken cancel)
            => (await mediator.Send(new GetSpace(id, spaceId), cancel)).History);
        api.MapGet("/parks/{id:guid}/spaces/{spaceId:guid}", SpaceAsync);
        api.MapPost("/parks/{id:guid}/spaces", async (Guid id, AddSpace request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var spaceId = await mediator.Send(request with { ParkId = id }, cancel);
            return TypedResults.Created($"/api/v1/parks/{id}/spaces/{spaceId}", await SpaceAsync(id, spaceId, http, mediator, cancel));
        });
        api.MapPut("/parks/{id:guid}/spaces/{spaceId:guid}", async (Guid id, Guid spaceId, EditSpace request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await SpaceAsync(id, spaceId, http, mediator, cancel);
            await mediator.Send(request with { Id = spaceId, Version = Etag.Require(http) }, cancel);
            return await SpaceAsync(id, spaceId, http, mediator, cancel);
        });
        api.MapPost("/parks/{id:guid}/spaces/{spaceId:guid}/split", async (Guid id, Guid spaceId, SplitSpace request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await SpaceAsync(id, spaceId, http, mediator, cancel);
            var made = await mediator.Send(request with { Id = spaceId, Version = Etag.Read(http) }, cancel);
            return await ManyAsync(id, made, mediator, cancel);
        });
        api.MapPost("/parks/{id:guid}/spaces/join", async (Guid id, JoinSpaces request, IMediator mediator, CancellationToken cancel) =>
        {
            var made = await mediator.Send(request with { ParkId = id }, cancel);
            return TypedResults.Created($"/api/v1/parks/{id}/spaces/{made}", (await ManyAsync(id, [made], mediator, cancel))[0]);
        });
    }

    private static async Task<List<SpaceOccupancy>> ManyAsync(Guid id, List<Guid> spaces, IMediator mediator, CancellationToken cancel)
    {
        var rows = new List<SpaceOccupancy>();
        foreach (var space in spaces) rows.Add((await mediator.Send(new GetSpace(id, space), cancel)).Space);
        return rows;
    }

    /// <exception cref="Refusal">NotFound, also for a space of another park.</exception>
    private static async Task<SpaceOccupancy> SpaceAsync(Guid id, Guid spaceId, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        var space = (await mediator.Send(new GetSpace(id, spaceId), cancel)).Space;
        Etag.Write(http, space.Version);
        return space;
    }

    /// <summary>The day to look at, past or future.</summary>
    private sealed record AsOf
    {
        public DateOnly? On { get; set; }
    }
}
