using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Lists;
using JinshanBio.Crm.Projects;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>Working with lists: /api/v1/views, tags, and one step on many rows.</summary>
internal static class ListsApi
{
    public static void MapLists(this IEndpointRouteBuilder api)
    {
        api.MapList<GetListChoices, ListChoices>("/views");
        api.MapPost("/views", async (SaveView request, IMediator mediator, CancellationToken cancel)
            => TypedResults.Created((string?)null, new Created(await mediator.Send(request, cancel))));
        api.MapPut("/views/{id:guid}", async (Guid id, EditView request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, Version = Etag.Require(http) }, cancel);
            return TypedResults.NoContent();
        });
        api.MapDelete("/views/{id:guid}", async (Guid id, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new RemoveView(id), cancel);
            return TypedResults.NoContent();
        });
        api.MapPut("/views/columns", async (ChooseColumns request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request, cancel);
            return TypedResults.NoContent();
        });

        api.MapList<ListTags, IReadOnlyList<string>>("/tags");
        api.MapPut("/leads/{id:guid}/tags/{tag}", (Guid id, string tag, IMediator mediator, CancellationToken cancel) => DoAsync(new LabelLead { Id = id, Tag = tag }, mediator, cancel));
        api.MapDelete("/leads/{id:guid}/tags/{tag}", (Guid id, string tag, IMediator mediator, CancellationToken cancel) => DoAsync(new LabelLead { Id = id, Tag = tag, Remove = true }, mediator, cancel));
        api.MapPut("/projects/{id:guid}/tags/{tag}", (Guid id, string tag, IMediator mediator, CancellationToken cancel) => DoAsync(new LabelProject { Id = id, Tag = tag }, mediator, cancel));
        api.MapDelete("/projects/{id:guid}/tags/{tag}", (Guid id, string tag, IMediator mediator, CancellationToken cancel) => DoAsync(new LabelProject { Id = id, Tag = tag, Remove = true }, mediator, cancel));

        api.MapPost("/leads/steps", (StepOnLeads request, IMediator mediator, CancellationToken cancel) => mediator.Send(request, cancel));
        api.MapPost("/projects/steps", (StepOnProjects request, IMediator mediator, CancellationToken cancel) => mediator.Send(request, cancel));
    }

    private static async Task<IResult> DoAsync(IRequest<Unit> request, IMediator mediator, CancellationToken cancel)
    {
        await mediator.Send(request, cancel);
        return TypedResults.NoContent();
    }
}
