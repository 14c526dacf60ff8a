using JinshanBio.Crm.People;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/people.</summary>
internal static class PeopleApi
{
    public static void MapPeople(this IEndpointRouteBuilder api)
    {
        api.MapList<ListPeople, Page<PersonRow>>("/people");
        api.MapGet("/people/{id:guid}", (Guid id, IMediator mediator, CancellationToken cancel) => mediator.Send(new GetPerson(id), cancel));
        api.MapPost("/people", async (AddPerson request, IMediator mediator, CancellationToken cancel) =>
        {
            var added = await mediator.Send(request, cancel);
            return TypedResults.Created($"/api/v1/people/{added.Id}", added);
        });
        api.MapPut("/people/{id:guid}", async (Guid id, EditPerson request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id }, cancel);
            return await mediator.Send(new GetPerson(id), cancel);
        });
        api.MapPost("/people/{id:guid}/password", async (Guid id, IMediator mediator, CancellationToken cancel)
            => new AddedPerson(id, await mediator.Send(new ResetPassword(id), cancel)));
        api.MapPost("/people/{id:guid}/unlock", async (Guid id, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new UnlockPerson(id), cancel);
            return TypedResults.NoContent();
        });
    }
}
