using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Documents;

/// <summary>新版本: a newer file in the place of a document; the older one stays readable.</summary>
[Needs(Permission.DocumentsWrite)]
public sealed record AddDocumentVersion : IRequest<Guid>
{
    /// <summary>Any version of the document.</summary>
    public Guid Id { get; set; }

    /// <summary>As before when left out.</summary>
    public string? Title { get; set; }
    public string FileName { get; set; } = "";
    public Stream? Content { get; set; }

    /// <summary>Of the current version, when the person read it.</summary>
    public int? Version { get; set; }
}

internal sealed class AddDocumentVersionValidator : AbstractValidator<AddDocumentVersion>
{
    public AddDocumentVersionValidator()
    {
        RuleFor(r => r.Title).OneLine(200);
        RuleFor(r => r.Content).NotNull().OverridePropertyName("file");
    }
}

internal sealed class AddDocumentVersionHandler(CrmDb db, Actor actor, FileStore store, TimeProvider clock) : IRequestHandler<AddDocumentVersion, Guid>
{
    public async Task<Guid> Handle(AddDocumentVersion request, CancellationToken cancellationToken)
    {
        var known = await db.Documents.VisibleTo(actor).Where(d => d.SpaceId == null).AsNoTracking().OneAsync(request.Id, cancellationToken);
        var current = await db.Documents.SingleOrDefaultAsync(d => d.SeriesId == known.SeriesId && d.IsCurrent, cancellationToken)
            ?? throw new Refusal(RefusalCode.DocumentRemoved, known.Number);
        await db.ExpectAsync(current, request.Version, cancellationToken);
        var last = await db.Documents.Where(d => d.SeriesId == known.SeriesId).MaxAsync(d => d.Edition, cancellationToken);
        var file = await store.TakeInAsync(request.Content!, request.FileName, cancellationToken);
        var next = current.Supersede(last + 1, request.Title, request.FileName, file, clock.GetUtcNow().UtcDateTime, actor.Id);
        db.Documents.Add(next);
        await db.SaveWithBytesAsync(store, next, request.Content!, cancellationToken);
        return next.Id;
    }
}
