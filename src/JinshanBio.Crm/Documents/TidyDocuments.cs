using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Documents;

/// <summary>清理附件: deletes the bytes of documents removed long ago, and those that no row names because a save broke off. Rows and audit trail stay.</summary>
[Needs(Permission.JobsManage)]
public sealed record TidyDocuments : IRequest<string>
{
    /// <summary>Days for which a removed document can still be brought back by an administrator from the store.</summary>
    public const int DaysKept = 30;
}

internal sealed class TidyDocumentsHandler(CrmDb db, FileStore store, TimeProvider clock) : IRequestHandler<TidyDocuments, string>
{
    private const int Batch = 200;
    private static readonly TimeSpan UploadsLast = TimeSpan.FromDays(1);

    public async Task<string> Handle(TidyDocuments request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var forgotten = await ForgetAsync(now.AddDays(-TidyDocuments.DaysKept), cancellationToken);
        var deleted = 0;
        foreach (var hashes in store.SavedBefore(now - UploadsLast).Chunk(Batch))
        {
            var named = await db.Documents.Where(d => hashes.Contains(d.Sha256) && !d.IsGone).Select(d => d.Sha256).Distinct().ToListAsync(cancellationToken);
            deleted += hashes.Except(named).Count(hash => store.Delete(hash, now - UploadsLast));
        }
        return Sentence.Of("job.said.documents", forgotten, deleted, store.DropUnfinished(now - UploadsLast));
    }

    private async Task<int> ForgetAsync(DateTime before, CancellationToken cancel)
    {
        for (var forgotten = 0; ;)
        {
            var rows = await db.Documents.Where(d => d.IsGone == false && d.RemovedAt < before).OrderBy(d => d.Id).Take(Batch).ToListAsync(cancel);
            if (rows.Count == 0) return forgotten;
            foreach (var row in rows) row.Forget();
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
            forgotten += rows.Count;
        }
    }
}
