using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using MediatR;

namespace JinshanBio.Crm.Imports;

/// <summary>执行导入: hands a judged import to the background, where it goes on also after a restart.</summary>
[Needs(Permission.ImportsRun)]
public sealed record RunImport : IRequest
{
    public Guid Id { get; set; }
}

internal sealed class RunImportHandler(CrmDb db, Actor actor, ImportSignal signal) : IRequestHandler<RunImport, Unit>
{
    public async Task<Unit> Handle(RunImport request, CancellationToken cancellationToken)
    {
        var import = await db.Imports.OwnAsync(request.Id, actor, cancellationToken);
        if (import.Status != ImportStatus.Ready) throw new Refusal(RefusalCode.ImportNotReady);
        MapImportHandler.MustNameWhatIsNeeded(import);
        import.Status = ImportStatus.Running;
        await db.SaveChangesAsync(cancellationToken);
        signal.Raise();
        return Unit.Value;
    }
}
