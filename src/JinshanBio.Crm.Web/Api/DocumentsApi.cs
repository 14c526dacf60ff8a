using JinshanBio.Crm.Documents;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Documents;
using JinshanBio.Crm.Parks;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Web.Door;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/documents, and those of leads and projects.</summary>
internal static class DocumentsApi
{
    /// <summary>What a form says beside the file.</summary>
    private static readonly HashSet<string> Said = new(StringComparer.OrdinalIgnoreCase) { "title", "purpose", "label" };

    public static void MapDocuments(this IEndpointRouteBuilder api)
    {
        MapOf(api, "/projects", (list, id) => list.ProjectId = id, (upload, id) => upload.ProjectId = id);
        MapOf(api, "/leads", (list, id) => list.LeadId = id, (upload, id) => upload.LeadId = id);
        MapOfSpaces(api);
        api.MapGet("/documents/{id:guid}", AnswerAsync);
        api.MapGet("/documents/{id:guid}/content", ContentAsync);
        api.MapPost("/documents/{id:guid}/versions", async (Guid id, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var request = new AddDocumentVersion { Id = id, Version = Etag.Read(http) };
            await using var content = await FillAsync(http, request, cancel);
            (request.FileName, request.Content) = (content.Name, content.Stream);
            return await CreatedAsync(await mediator.Send(request, cancel), http, mediator, cancel);
        }).Accepts<VersionForm>("multipart/form-data");
        api.MapDelete("/documents/{id:guid}", async (Guid id, [FromBody] RemoveDocument request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, Version = Etag.Read(http) }, cancel);
            return await AnswerAsync(id, http, mediator, cancel);
        });
    }

    /// <summary>The same beside the pages, for people who are signed in there.</summary>
    public static void MapDocumentPages(this IEndpointRouteBuilder app) => app.MapGet("/documents/{id:guid}/content", ContentAsync).ExcludeFromDescription();

    private static void MapOf(IEndpointRouteBuilder api, string records, Action<ListDocuments, Guid> ofList, Action<UploadDocument, Guid> ofUpload)
    {
        api.MapGet(records + "/{id:guid}/documents", async (Guid id, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var list = InputBinder.Query<ListDocuments>(http);
            (list.LeadId, list.ProjectId, list.SpaceId) = (null, null, null);
            ofList(list, id);
            return await mediator.Send(list, cancel);
        }).WithMetadata(new QueryOf(typeof(ListDocuments)));
        api.MapPost(records + "/{id:guid}/documents", async (Guid id, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var request = new UploadDocument();
            await using var content = await FillAsync(http, request, cancel);
            (request.LeadId, request.ProjectId, request.FileName, request.Content) = (null, null, content.Name, content.Stream);
            ofUpload(request, id);
            return await CreatedAsync(await mediator.Send(request, cancel), http, mediator, cancel);
        }).Accepts<UploadForm>("multipart/form-data");
    }

    /// <summary>Plans and photographs of a space.</summary>
    private static void MapOfSpaces(IEndpointRouteBuilder api)
    {
        api.MapGet("/parks/{id:guid}/spaces/{spaceId:guid}/documents", async (Guid id, Guid spaceId, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new GetSpace(id, spaceId), cancel);
            return await mediator.Send(InputBinder.Query<ListDocuments>(http) with { LeadId = null, ProjectId = null, SpaceId = spaceId }, cancel);
        }).WithMetadata(new QueryOf(typeof(ListDocuments)));
        api.MapPost("/parks/{id:guid}/spaces/{spaceId:guid}/documents", async (Guid id, Guid spaceId, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new GetSpace(id, spaceId), cancel);
            var request = new UploadSpaceDocument();
            await using var content = await FillAsync(http, request, cancel);
            (request.SpaceId, request.FileName, request.Content) = (spaceId, content.Name, content.Stream);
            return await CreatedAsync(await mediator.Send(request, cancel), http, mediator, cancel);
        }).Accepts<SpaceUploadForm>("multipart/form-data");
        api.MapDelete("/parks/{id:guid}/spaces/{spaceId:guid}/documents/{documentId:guid}", async (Guid id, Guid spaceId, Guid documentId, [FromBody] RemoveSpaceDocument request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new GetSpace(id, spaceId), cancel);
            await mediator.Send(request with { Id = documentId, SpaceId = spaceId, Version = Etag.Read(http) }, cancel);
            return await AnswerAsync(documentId, http, mediator, cancel);
        });
    }

    private static async Task<DocumentRow> AnswerAsync(Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        var document = await mediator.Send(new GetDocument(id), cancel);
        Etag.Write(http, document.Version);
        return document;
    }

    private static async Task<Created<DocumentRow>> CreatedAsync(Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
        => TypedResults.Created($"/api/v1/documents/{id}", await AnswerAsync(id, http, mediator, cancel));

    private static async Task<FileStreamHttpResult> ContentAsync(Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        var opened = await mediator.Send(new OpenDocument(id), cancel);
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.File(opened.Content, opened.ContentType, opened.FileName);
    }

    private static async Task<Part> FillAsync(HttpContext http, object request, CancellationToken cancel)
    {
        if (!http.Request.HasFormContentType) throw new Refusal(RefusalCode.UnsupportedMedia);
        IFormCollection form;
        try { form = await http.Request.ReadFormAsync(cancel); }
        catch (InvalidDataException) { throw new Refusal(RefusalCode.Invalid); }
        if (form.Keys.FirstOrDefault(key => !Said.Contains(key)) is { } unknown) throw new Refusal(RefusalCode.UnknownField, unknown) { Field = unknown };
        var unreadable = InputBinder.Fill(request, form, asTyped: false);
        if (unreadable.Count > 0) throw new Refusal(RefusalCode.Invalid) { Details = unreadable };
        return new Part(form.Files["file"]);
    }

    /// <summary>The file of a form: held on disk by the server when it is large, closed with the request.</summary>
    private sealed class Part(IFormFile? file) : IAsyncDisposable
    {
        public string Name => file?.FileName ?? "";
        public Stream? Stream { get; } = file?.OpenReadStream();
        public ValueTask DisposeAsync() => Stream?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>The uploads as the description of the API shows them.</summary>
    private sealed record UploadForm(IFormFile File, DocumentPurpose? Purpose, DocumentLabel? Label, string? Title);

    private sealed record SpaceUploadForm(IFormFile File, DocumentPurpose? Purpose, string? Title);

    private sealed record VersionForm(IFormFile File, string? Title);
}
