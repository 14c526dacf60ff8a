using JinshanBio.Crm.Assignments;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Projects;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/projects.</summary>
internal static class ProjectsApi
{
    public static void MapProjects(this IEndpointRouteBuilder api)
    {
        api.MapList<ListProjects, Page<ProjectRow>>("/projects");
        api.MapGet("/projects/{id:guid}", AnswerAsync);
        api.MapPut("/projects/{id:guid}", async (Guid id, EditProject request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, Version = Etag.Require(http) }, cancel);
            return await AnswerAsync(id, http, mediator, cancel);
        });
        api.MapPost("/projects/{id:guid}/stage", async (Guid id, MoveProject request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, Version = Etag.Read(http) }, cancel);
            return await AnswerAsync(id, http, mediator, cancel);
        });
        api.MapPost("/projects/{id:guid}/status", async (Guid id, SetProjectStatus request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, Version = Etag.Read(http) }, cancel);
            return await AnswerAsync(id, http, mediator, cancel);
        });
        api.MapPost("/projects/{id:guid}/assignments", async (Guid id, ProposeAssignment request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var assignment = await mediator.Send(new GetAssignment(await mediator.Send(request with { ProjectId = id }, cancel)), cancel);
            Etag.Write(http, assignment.Version);
            return TypedResults.Created($"/api/v1/assignments/{assignment.Id}", assignment);
        });
    }

    private static async Task<ProjectRecord> AnswerAsync(Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        var project = await mediator.Send(new GetProject(id), cancel);
        Etag.Write(http, project.Version);
        return project;
    }
}
