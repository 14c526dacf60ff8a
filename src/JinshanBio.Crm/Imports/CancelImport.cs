using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using MediatR;

namespace JinshanBio.Crm.Imports;

/// <summary>取消导入: stops a running import after the batch in hand. What is done stays and can be undone; the rest is never applied.</summary>
[Needs(Permission.ImportsRun)]
public sealed record CancelImport : IRequest
{
    public Guid Id { get; set; }
}

internal sealed class CancelImportHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<CancelImport, Unit>
{
    public async Task<Unit> Handle(CancelImport request, CancellationToken cancellationToken)
    {
        var import = await db.Imports.OwnAsync(request.Id, actor, cancellationToken);
        if (import.Status != ImportStatus.Running) throw new Refusal(RefusalCode.ImportNotReady);
        (import.Status, import.FinishedAt) = (ImportStatus.Cancelled, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
