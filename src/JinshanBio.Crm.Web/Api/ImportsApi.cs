using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/imports.</summary>
internal static class ImportsApi
{
    public static void MapImports(this IEndpointRouteBuilder api)
    {
        api.MapList<ListImports, Page<ImportLine>>("/imports");
        api.MapPost("/imports", async (HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var view = await mediator.Send(new GetImport(await mediator.Send(await ReadAsync(http, cancel), cancel)), cancel);
            return TypedResults.Created($"/api/v1/imports/{view.Id}", view);
        }).Accepts<UploadForm>("multipart/form-data");
        api.MapGet("/imports/{id:guid}", (Guid id, IMediator mediator, CancellationToken cancel) => mediator.Send(new GetImport(id), cancel));
        api.MapGet("/imports/{id:guid}/rows", (Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
            => mediator.Send(InputBinder.Query<ListImportRows>(http) with { Id = id }, cancel)).WithMetadata(new QueryOf(typeof(ListImportRows)));
        api.MapPut("/imports/{id:guid}/mapping", async (Guid id, MapImport request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id }, cancel);
            return await mediator.Send(new GetImport(id), cancel);
        });
        api.MapPost("/imports/{id:guid}/run", async (Guid id, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new RunImport { Id = id }, cancel);
            return TypedResults.Accepted($"/api/v1/imports/{id}", await mediator.Send(new GetImport(id), cancel));
        });
        api.MapPost("/imports/{id:guid}/cancellation", async (Guid id, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new CancelImport { Id = id }, cancel);
            return await mediator.Send(new GetImport(id), cancel);
        });
        api.MapGet("/imports/{id:guid}/errors", async (Guid id, IMediator mediator, CancellationToken cancel) =>
        {
            var file = await mediator.Send(new ImportErrors(id), cancel);
            return TypedResults.File(file.Content, file.ContentType, file.FileName);
        });
        api.MapGet("/imports/space-template", async (IMediator mediator, CancellationToken cancel) =>
        {
            var file = await mediator.Send(new SpaceTemplate(), cancel);
            return TypedResults.File(file.Content, file.ContentType, file.FileName);
        });
        api.MapDelete("/imports/{id:guid}", (Guid id, IMediator mediator, CancellationToken cancel) => mediator.Send(new UndoImport(id), cancel));

        api.MapList<ListMappings, IReadOnlyList<MappingLine>>("/import-mappings");
        api.MapPost("/imports/{id:guid}/saved-mapping", async (Guid id, SaveMapping request, IMediator mediator, CancellationToken cancel) =>
        {
            var mapping = await mediator.Send(request with { Id = id }, cancel);
            return TypedResults.Created($"/api/v1/import-mappings/{mapping}", (await mediator.Send(new ListMappings(), cancel)).First(m => m.Id == mapping));
        });
        api.MapPut("/import-mappings/{id:guid}", async (Guid id, RenameMapping request, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id }, cancel);
            return (await mediator.Send(new ListMappings(), cancel)).First(m => m.Id == id);
        });
        api.MapDelete("/import-mappings/{id:guid}", async (Guid id, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new DeleteMapping(id), cancel);
            return TypedResults.NoContent();
        });
    }

    private static async Task<UploadImport> ReadAsync(HttpContext http, CancellationToken cancel)
    {
        if (!http.Request.HasFormContentType) throw new Refusal(RefusalCode.UnsupportedMedia);
        IFormCollection form;
        try { form = await http.Request.ReadFormAsync(cancel); }
        catch (InvalidDataException) { throw new Refusal(RefusalCode.Invalid); }
        var file = form.Files["file"];
        var request = new UploadImport { FileName = file?.FileName ?? "", Content = file?.OpenReadStream() };
        var unreadable = InputBinder.Fill(request, form, asTyped: false);
        return unreadable.Count == 0 ? request : throw new Refusal(RefusalCode.Invalid) { Details = unreadable };
    }

    /// <summary>The upload as the description of the API shows it.</summary>
    private sealed record UploadForm(IFormFile File, ImportKind Kind, string? Sheet, string? Encoding);
}
