using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Projects;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/leads.</summary>
internal static class LeadsApi
{
    public static void MapLeads(this IEndpointRouteBuilder api)
    {
        api.MapList<ListLeads, Page<LeadRow>>("/leads");
        api.MapGet("/leads/{id:guid}", async (Guid id, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var lead = await mediator.Send(new GetLead(id), cancel);
            Etag.Write(http, lead.Version);
            return lead;
        });
        api.MapPost("/leads", async (CreateLead request, IMediator mediator, CancellationToken cancel) =>
        {
            var lead = await mediator.Send(new GetLead(await mediator.Send(request, cancel)), cancel);
            return TypedResults.Created($"/api/v1/leads/{lead.Id}", lead);
        });
        api.MapPut("/leads/{id:guid}", async (Guid id, EditLead request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, Version = Etag.Require(http) }, cancel);
            return await AnswerAsync(id, http, mediator, cancel);
        });
        api.MapPost("/leads/{id:guid}/screening", async (Guid id, ScreenLead request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, Version = Etag.Read(http) }, cancel);
            return await AnswerAsync(id, http, mediator, cancel);
        });
        api.MapPost("/leads/{id:guid}/conversion", async (Guid id, ConvertLead request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var project = await mediator.Send(new GetProject(await mediator.Send(request with { Id = id, Version = Etag.Read(http) }, cancel)), cancel);
            Etag.Write(http, project.Version);
            return TypedResults.Created($"/api/v1/projects/{project.Id}", project);
        });
        api.MapPost("/leads/{id:guid}/drop", async (Guid id, DropLead request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, Version = Etag.Read(http) }, cancel);
            return await AnswerAsync(id, http, mediator, cancel);
        });
        api.MapDelete("/leads/{id:guid}/drop", async (Guid id, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new ReopenLead { Id = id, Version = Etag.Read(http) }, cancel);
            return await AnswerAsync(id, http, mediator, cancel);
        });
    }

    private static async Task<LeadRecord> AnswerAsync(Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        var lead = await mediator.Send(new GetLead(id), cancel);
        Etag.Write(http, lead.Version);
        return lead;
    }
}

/// <summary>The id of what was created, where there is nothing more to say.</summary>
internal sealed record Created(Guid Id);
