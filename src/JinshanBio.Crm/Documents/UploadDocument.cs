using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Documents;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Documents;

/// <summary>上传附件: puts a file on a lead or a project.</summary>
[Needs(Permission.DocumentsWrite)]
public sealed record UploadDocument : IRequest<Guid>
{
    /// <summary>".pdf .png …": endings of the kinds of files that are taken.</summary>
    public static string Accepted => ContentCheck.Accepted;

    public Guid? LeadId { get; set; }
    public Guid? ProjectId { get; set; }
    public DocumentPurpose Purpose { get; set; }
    public DocumentLabel Label { get; set; }

    /// <summary>The name of the file without its ending when left out.</summary>
    public string? Title { get; set; }
    public string FileName { get; set; } = "";

    /// <summary>Seekable; read in blocks and disposed by whoever opened it.</summary>
    public Stream? Content { get; set; }
}

internal sealed class UploadDocumentValidator : AbstractValidator<UploadDocument>
{
    public UploadDocumentValidator()
    {
        RuleFor(r => r.LeadId).NotEmpty().When(r => r.ProjectId is null);
        RuleFor(r => r.ProjectId).Null().When(r => r.LeadId is not null);
        RuleFor(r => r.Purpose).IsInEnum();
        RuleFor(r => r.Label).IsInEnum();
        RuleFor(r => r.Title).OneLine(200);
        RuleFor(r => r.Content).NotNull().OverridePropertyName("file");
    }
}

internal sealed class UploadDocumentHandler(CrmDb db, Actor actor, FileStore store, Numbers numbers, TimeProvider clock) : IRequestHandler<UploadDocument, Guid>
{
    public async Task<Guid> Handle(UploadDocument request, CancellationToken cancellationToken)
    {
        if (request.LeadId is { } lead) await db.Leads.VisibleTo(actor).OneAsync(lead, cancellationToken);
        else await db.Projects.VisibleTo(actor).OneAsync(request.ProjectId!.Value, cancellationToken);
        if (request.Label == DocumentLabel.Confidential && !actor.May(Permission.DocumentsConfidential)) throw new Refusal(RefusalCode.NotPermitted);
        var file = await store.TakeInAsync(request.Content!, request.FileName, cancellationToken);
        var document = new Document(await numbers.NextDocumentAsync(db, cancellationToken), request.LeadId, request.ProjectId, request.Purpose, request.Label,
            request.Title, request.FileName, file, clock.GetUtcNow().UtcDateTime, actor.Id);
        db.Documents.Add(document);
        await db.SaveWithBytesAsync(store, document, request.Content!, cancellationToken);
        return document.Id;
    }
}

internal static class TakingIn
{
    /// <summary>Checks what the file is and keeps its bytes.</summary>
    /// <exception cref="Refusal">FileEmpty, TooLarge, FileTypeNotAllowed, FileTypeMismatch, FileExecutable, FileHasMacros.</exception>
    public static Task<StoredFile> TakeInAsync(this FileStore store, Stream content, string fileName, CancellationToken cancel)
        => store.SaveAsync(content, ContentCheck.Check(content, fileName, store.MaxMegabytes), cancel);

    /// <summary>Bytes, row, commit, in this order; and the bytes once more if the same content was being thrown away in that very moment.</summary>
    public static async Task SaveWithBytesAsync(this CrmDb db, FileStore store, Document document, Stream content, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        if (!store.Has(document.Sha256)) await store.SaveAsync(content, document.ContentType, CancellationToken.None);
    }
}
