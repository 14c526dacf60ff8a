using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Spreadsheets;
using JinshanBio.Crm.Web.Door;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/enterprises, with their contacts, notes, timeline and merges.</summary>
internal static class EnterprisesApi
{
    public static void MapEnterprises(this IEndpointRouteBuilder api)
    {
        api.MapList<ListEnterprises, Page<EnterpriseRow>>("/enterprises");
        // A question, but phones and addresses do not belong into a URL.
        api.MapPost("/enterprises/duplicates", async (FindDuplicates request, IMediator mediator, CancellationToken cancel) => await mediator.Send(request, cancel));
        api.MapGet("/enterprises/{id:guid}", AnswerAsync);
        api.MapPost("/enterprises", async (AddEnterprise request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            var enterprise = await AnswerAsync(await mediator.Send(request, cancel), http, mediator, cancel);
            return TypedResults.Created($"/api/v1/enterprises/{enterprise.Id}", enterprise);
        });
        api.MapPut("/enterprises/{id:guid}", async (Guid id, EditEnterprise request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, Version = Etag.Require(http) }, cancel);
            return await AnswerAsync(id, http, mediator, cancel);
        });
        api.MapGet("/enterprises/{id:guid}/timeline", async (Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
            => await mediator.Send(InputBinder.Query<GetTimeline>(http) with { EnterpriseId = id }, cancel)).WithMetadata(new QueryOf(typeof(GetTimeline)));
        api.MapPost("/enterprises/{id:guid}/notes", async (Guid id, AddNote request, IMediator mediator, CancellationToken cancel)
            => TypedResults.Created((string?)null, new Created(await mediator.Send(request with { EnterpriseId = id }, cancel))));
        api.MapPost("/enterprises/{id:guid}/merge", async (Guid id, MergeEnterprises request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { Id = id, Version = request.Version ?? Etag.Read(http) }, cancel);
            return await AnswerAsync(id, http, mediator, cancel);
        });
        api.MapDelete("/enterprises/{id:guid}/merges/{mergeId:guid}", async (Guid id, Guid mergeId, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new UndoMerge(id, mergeId), cancel);
            return await AnswerAsync(id, http, mediator, cancel);
        });
        api.MapContacts();
    }

    private static void MapContacts(this IEndpointRouteBuilder api)
    {
        const string Contacts = "/enterprises/{id:guid}/contacts", One = Contacts + "/{contactId:guid}";
        api.MapPost(Contacts, async (Guid id, AddContact request, IMediator mediator, CancellationToken cancel) =>
        {
            var contact = await mediator.Send(request with { EnterpriseId = id }, cancel);
            return TypedResults.Created($"/api/v1/enterprises/{id}/contacts/{contact}/export", await ContactAsync(id, contact, mediator, cancel));
        });
        api.MapPut(One, async (Guid id, Guid contactId, EditContact request, HttpContext http, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(request with { EnterpriseId = id, Id = contactId, Version = Etag.Require(http) }, cancel);
            var contact = await ContactAsync(id, contactId, mediator, cancel);
            Etag.Write(http, contact.Version);
            return contact;
        });
        api.MapDelete(One, async (Guid id, Guid contactId, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new EraseContact { EnterpriseId = id, Id = contactId }, cancel);
            return TypedResults.NoContent();
        });
        api.MapGet(One + "/export", ExportAsync).Produces<PersonalData>();
    }

    /// <summary>What is kept about one person, as JSON or with ?format=csv.</summary>
    internal static async Task<IResult> ExportAsync(Guid id, Guid contactId, string? format, IMediator mediator, CancellationToken cancel)
    {
        if (format is not (null or "json" or "csv")) throw new Refusal(RefusalCode.UnknownField, format) { Field = "format" };
        var data = await mediator.Send(new ExportContact(id, contactId), cancel);
        if (format != "csv") return Results.Ok(data);
        var file = new MemoryStream();
        await CsvSheet.WriteAsync(file, data.Rows(), cancel);
        file.Position = 0;
        return Results.File(file, "text/csv; charset=utf-8", $"contact-{contactId}.csv");
    }

    private static async Task<ContactRecord> ContactAsync(Guid id, Guid contactId, IMediator mediator, CancellationToken cancel)
        => (await mediator.Send(new GetEnterprise(id), cancel)).Contacts.FirstOrDefault(c => c.Id == contactId) ?? throw new Refusal(RefusalCode.NotFound);

    private static async Task<EnterpriseRecord> AnswerAsync(Guid id, HttpContext http, IMediator mediator, CancellationToken cancel)
    {
        var enterprise = await mediator.Send(new GetEnterprise(id), cancel);
        Etag.Write(http, enterprise.Version);
        return enterprise;
    }
}
