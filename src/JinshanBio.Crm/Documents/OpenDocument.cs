using System.Text.Json;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Documents;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.People;
using JinshanBio.Crm.Texts;
using MediatR;

namespace JinshanBio.Crm.Documents;

/// <summary>附件: one version, without its content.</summary>
[Needs(Permission.DocumentsRead)]
public sealed record GetDocument(Guid Id) : IRequest<DocumentRow>;

internal sealed class GetDocumentHandler(CrmDb db, Actor actor) : IRequestHandler<GetDocument, DocumentRow>
{
    public async Task<DocumentRow> Handle(GetDocument request, CancellationToken cancellationToken)
    {
        var (document, papers) = await db.DocumentAsync(actor, request.Id, cancellationToken);
        return papers.Row(document, await db.NamesAsync([document.ById, document.RemovedById ?? document.ById], cancellationToken));
    }
}

/// <summary>打开附件: the content of one version. Opening a confidential one stands in the audit trail.</summary>
[Needs(Permission.DocumentsRead)]
public sealed record OpenDocument(Guid Id) : IRequest<OpenedDocument>;

/// <param name="Content">At its beginning; whoever asked disposes it.</param>
/// <param name="FileName">To save it under; with the code name as long as that stands for the name.</param>
public sealed record OpenedDocument(Stream Content, string ContentType, string FileName);

internal sealed class OpenDocumentHandler(CrmDb db, Actor actor, FileStore store, TimeProvider clock) : IRequestHandler<OpenDocument, OpenedDocument>
{
    public async Task<OpenedDocument> Handle(OpenDocument request, CancellationToken cancellationToken)
    {
        var (document, papers) = await db.DocumentAsync(actor, request.Id, cancellationToken);
        if (!papers.IsOpen) throw new Refusal(RefusalCode.NotPermitted);
        document.MustStand();
        var content = store.Open(document.Sha256) ?? throw new Refusal(RefusalCode.DocumentGone, document.Number);
        try
        {
            if (document.Label == DocumentLabel.Confidential) await RecordAsync(document, cancellationToken);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
        return new OpenedDocument(content, document.ContentType,
            FileName.ToHandOut(papers.Title, Text.Of(document.Purpose), document.Edition, FileName.Extension(document.FileName)));
    }

    // Reading changes no record, so the trail that saving writes would hold nothing.
    private async Task RecordAsync(Document document, CancellationToken cancel)
    {
        db.AuditRecords.Add(new AuditRecord
        {
            At = clock.GetUtcNow().UtcDateTime, ActorId = actor.Id, Subject = nameof(Document), SubjectId = document.Id, SubjectVersion = document.Version, Action = AuditAction.Opened,
            Changes = JsonSerializer.Serialize(new Dictionary<string, object?[]>(StringComparer.Ordinal) { ["Number"] = [null, document.Number], ["Edition"] = [null, document.Edition] }),
        });
        await db.SaveChangesAsync(cancel);
    }
}
