using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Documents;

/// <summary>移除附件: marks one version as removed, with a reason. The version before stands again; the bytes go some days later.</summary>
[Needs(Permission.DocumentsWrite)]
public sealed record RemoveDocument : IRequest
{
    public Guid Id { get; set; }
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

internal sealed class RemoveDocumentValidator : AbstractValidator<RemoveDocument>
{
    public RemoveDocumentValidator() => RuleFor(r => r.Reason).Reason();
}

internal sealed class RemoveDocumentHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<RemoveDocument, Unit>
{
    public async Task<Unit> Handle(RemoveDocument request, CancellationToken cancellationToken)
    {
        var document = await db.Documents.VisibleTo(actor).Where(d => d.SpaceId == null).OneAsync(request.Id, cancellationToken);
        await db.ExpectAsync(document, request.Version, cancellationToken);
        var before = await db.Documents.Where(d => d.SeriesId == document.SeriesId && d.Id != document.Id && d.RemovedAt == null)
            .OrderByDescending(d => d.Edition).FirstOrDefaultAsync(cancellationToken);
        document.Remove(request.Reason!, before, clock.GetUtcNow().UtcDateTime, actor.Id);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
