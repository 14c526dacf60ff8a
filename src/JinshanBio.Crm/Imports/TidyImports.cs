using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Imports;

/// <summary>Ends what a crash left in the middle of reading: an upload that never became whole is removed, a new mapping is judged to the end.</summary>
[Needs(Permission.JobsManage)]
internal sealed record TidyImports : IRequest;

internal sealed class TidyImportsHandler(CrmDb db, Catalogue catalogue, TimeProvider clock) : IRequestHandler<TidyImports, Unit>
{
    // Longer than any file takes, so that what another node is just reading is left alone.
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    public async Task<Unit> Handle(TidyImports request, CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow().UtcDateTime - Abandoned;
        var left = await db.Imports.Where(i => i.Status == ImportStatus.Reading && i.CreatedAt < before).ToListAsync(cancellationToken);
        foreach (var import in left)
        {
            if (import.Rows > 0)
            {
                await MapImportHandler.FinishAsync(db, catalogue, import, cancellationToken);
                continue;
            }
            db.ChangeTracker.Clear();
            db.Imports.Remove(import);
            await db.SaveChangesAsync(cancellationToken);
        }
        return Unit.Value;
    }
}
