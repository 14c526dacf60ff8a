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
        api.MapGet("/projects/{id:guid}/timeline", async (Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
            => await mediator.Send(InputBinder.Query<GetProjectTimeline>(http) with { Id = id }, cancel)).WithMetadata(new QueryOf(typeof(GetProjectTimeline)));
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
        api.MapGet("/projects/{id:guid}/form", FormAsync);
        api.MapPut("/projects/{id:guid}/form", async (Guid id, FillProjectForm request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, Version = Etag.Require(http) }, cancel);
            return await FormAsync(id, http, mediator, cancel);
        });
        api.MapPost("/projects/{id:guid}/history/{changeId:guid}/correction", async (Guid id, Guid changeId, CorrectStageChange request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, ChangeId = changeId, Version = Etag.Read(http) }, cancel);
            return await AnswerAsync(id, http, mediator, cancel);
        });
        api.MapGet("/parameters/gates", (IMediator mediator, CancellationToken cancel) => mediator.Send(new GetGates(), cancel));
        api.MapPut("/parameters/gates", async (SetGates request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request, cancel);
            return await mediator.Send(new GetGates(), cancel);
        });
        api.MapPost("/projects/{id:guid}/assignments", async (Guid id, ProposeAssignment request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var assignment = await mediator.Send(new GetAssignment(await mediator.Send(request with { ProjectId = id }, cancel)), cancel);
            Etag.Write(http, assignment.Version);
            return TypedResults.Created($"/api/v1/assignments/{assignment.Id}", assignment);
        });
    }

    private static async Task<ProjectFormRecord> FormAsync(Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        var form = await mediator.Send(new GetProjectForm(id), cancel);
        Etag.Write(http, form.Version);
        return form;
    }

    private static async Task<ProjectRecord> AnswerAsync(Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        var project = await mediator.Send(new GetProject(id), cancel);
        Etag.Write(http, project.Version);
        return project;
    }
}
