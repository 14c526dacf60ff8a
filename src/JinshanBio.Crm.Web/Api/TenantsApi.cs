using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Tenants;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/parks/{id}/tenants, /tenants/{id}, the stays of a project, the conditions of graduation and the report of it.</summary>
internal static class TenantsApi
{
    public static void MapTenants(this IEndpointRouteBuilder api)
    {
        api.MapGet("/parks/{park:guid}/tenants", async (Guid park, HttpContext http, IMediator mediator, CancellationToken cancel)
            => await mediator.Send(InputBinder.Query<ListTenants>(http) with { Park = park }, cancel)).WithMetadata(new QueryOf(typeof(ListTenants)));
        api.MapGet("/tenants/{id:guid}", async (Guid id, IMediator mediator, CancellationToken cancel) => await mediator.Send(new GetTenant(id), cancel));
        api.MapPost("/tenants/{id:guid}/reports", async (Guid id, ReportTenant request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id }, cancel);
            return TypedResults.Created($"/api/v1/tenants/{id}", await mediator.Send(new GetTenant(id), cancel));
        });
        api.MapGet("/projects/{id:guid}/stays", (Guid id, IMediator mediator, CancellationToken cancel) => mediator.Send(new GetStays(id), cancel));

        api.MapGet("/enterprises/{id:guid}/stays", (Guid id, IMediator mediator, CancellationToken cancel) => mediator.Send(new GetEnterpriseStays(id), cancel));

        api.MapGet("/parameters/graduation", (IMediator mediator, CancellationToken cancel) => mediator.Send(new GetGraduationRules(), cancel));
        api.MapPut("/parameters/graduation", async (SetGraduationRules request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request, cancel);
            return await mediator.Send(new GetGraduationRules(), cancel);
        });
        api.MapList<GetGraduationReport, GraduationReport>("/reports/graduation");
        api.MapList<ListPassages, Page<PassageRow>>("/reports/graduation/items");
    }
}
