using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Documents;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Parks;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Documents;

/// <summary>空间图片和平面图: puts a plan or a photograph on a space. Whoever sees the park sees it.</summary>
[Needs(Permission.SpacesWrite)]
public sealed record UploadSpaceDocument : IRequest<Guid>
{
    public Guid SpaceId { get; set; }
    public DocumentPurpose Purpose { get; set; } = DocumentPurpose.Photo;

    /// <summary>The name of the file without its ending when left out.</summary>
    public string? Title { get; set; }
    public string FileName { get; set; } = "";
    public Stream? Content { get; set; }
}

internal sealed class UploadSpaceDocumentValidator : AbstractValidator<UploadSpaceDocument>
{
    public UploadSpaceDocumentValidator()
    {
        RuleFor(r => r.Purpose).Must(p => p is DocumentPurpose.Plan or DocumentPurpose.Photo or DocumentPurpose.Other).WithMessage(_ => Texts.Text.Of("spaces.documentPurpose"));
        RuleFor(r => r.Title).OneLine(200);
        RuleFor(r => r.Content).NotNull().OverridePropertyName("file");
    }
}

internal sealed class UploadSpaceDocumentHandler(CrmDb db, Actor actor, FileStore store, Numbers numbers, TimeProvider clock) : IRequestHandler<UploadSpaceDocument, Guid>
{
    public async Task<Guid> Handle(UploadSpaceDocument request, CancellationToken cancellationToken)
    {
        var space = await db.Spaces.VisibleTo(actor).OneAsync(request.SpaceId, cancellationToken);
        actor.MustManage(space.ParkId);
        var file = await store.TakeInAsync(request.Content!, request.FileName, cancellationToken);
        var document = new Document(await numbers.NextDocumentAsync(db, cancellationToken), null, null, request.Purpose, DocumentLabel.Internal, request.Title, request.FileName, file,
            clock.GetUtcNow().UtcDateTime, actor.Id, space.Id);
        db.Documents.Add(document);
        await db.SaveWithBytesAsync(store, document, request.Content!, cancellationToken);
        return document.Id;
    }
}

/// <summary>移除空间图片: marks it as removed, with a reason.</summary>
[Needs(Permission.SpacesWrite)]
public sealed record RemoveSpaceDocument : IRequest
{
    public Guid Id { get; set; }
    public Guid SpaceId { get; set; }
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

internal sealed class RemoveSpaceDocumentValidator : AbstractValidator<RemoveSpaceDocument>
{
    public RemoveSpaceDocumentValidator() => RuleFor(r => r.Reason).Reason();
}

internal sealed class RemoveSpaceDocumentHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<RemoveSpaceDocument, Unit>
{
    public async Task<Unit> Handle(RemoveSpaceDocument request, CancellationToken cancellationToken)
    {
        var space = await db.Spaces.VisibleTo(actor).OneAsync(request.SpaceId, cancellationToken);
        actor.MustManage(space.ParkId);
        var document = await db.Documents.Where(d => d.SpaceId == space.Id).OneAsync(request.Id, cancellationToken);
        await db.ExpectAsync(document, request.Version, cancellationToken);
        document.Remove(request.Reason!, null, clock.GetUtcNow().UtcDateTime, actor.Id);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
