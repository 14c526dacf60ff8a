using JinshanBio.Crm.Exports;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>Every list as a file: /api/v1/…/export for programs, the same beside the page of the list for people. The query string is the filter of the list.</summary>
internal static class ExportsApi
{
    public static void MapExports(this IEndpointRouteBuilder api) => Map(api, isPage: false);

    public static void MapExportPages(this IEndpointRouteBuilder app) => Map(app, isPage: true);

    private static void Map(IEndpointRouteBuilder routes, bool isPage)
    {
        Map<ExportLeads>(routes, "/leads/export", isPage);
        Map<ExportEnterprises>(routes, "/enterprises/export", isPage);
        Map<ExportProjects>(routes, "/projects/export", isPage);
        Map<ExportCommitments>(routes, isPage ? "/promises/export" : "/commitments/export", isPage);
        Map<ExportTenants>(routes, "/tenants/export", isPage);
        Map<ExportFollowUps>(routes, "/follow-ups/export", isPage);
        Map<ExportPeople>(routes, "/people/export", isPage);
        Map<ExportMapLinks>(routes, "/chain/keep/links/export", isPage);
        Map<ExportMapEdges>(routes, "/chain/keep/edges/export", isPage);
        Map<ExportInvitations>(routes, "/chain/invitations/export", isPage);
        Map<ExportAudit>(routes, "/audit/export", isPage);
    }

    private static void Map<TRequest>(IEndpointRouteBuilder routes, string pattern, bool isPage) where TRequest : IRequest<ExportedFile>, new()
    {
        var route = routes.MapGet(pattern, async (HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var file = await mediator.Send(InputBinder.Query<TRequest>(http), cancel);
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers["X-Row-Count"] = file.Rows.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return TypedResults.File(file.Content, file.ContentType, file.FileName);
        });
        if (isPage) route.ExcludeFromDescription();
        else route.WithMetadata(new QueryOf(typeof(TRequest)));
    }
}
