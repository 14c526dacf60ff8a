using JinshanBio.Crm.Imports;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JinshanBio.Crm.Web.Pages.Imports;

/// <summary>What the page of an import asks for beside itself: how far it is, and the refused rows as a file.</summary>
internal static class ImportEndpoints
{
    public static void MapImportPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/imports/{id:guid}/progress", async (Guid id, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return new RazorComponentResult<ImportProgress>(new { Import = await mediator.Send(new GetImport(id), cancel) });
        }).ExcludeFromDescription();

        app.MapGet("/imports/space-template", async (IMediator mediator, CancellationToken cancel) =>
        {
            var file = await mediator.Send(new SpaceTemplate(), cancel);
            return TypedResults.File(file.Content, file.ContentType, file.FileName);
        }).ExcludeFromDescription();

        app.MapGet("/imports/{id:guid}/errors", async (Guid id, IMediator mediator, CancellationToken cancel) =>
        {
            var file = await mediator.Send(new ImportErrors(id), cancel);
            return TypedResults.File(file.Content, file.ContentType, file.FileName);
        }).ExcludeFromDescription();
    }
}
