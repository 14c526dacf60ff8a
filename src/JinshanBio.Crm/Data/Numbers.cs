using System.Collections.Concurrent;
using JinshanBio.Crm.Domain.Calendar;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>
/// Gives out the short human numbers: XS-2026-00001 for a lead, XM-2026-00001 for a project. Unique across nodes;
/// on the server databases a node takes ten at a time, so a restart may leave a small gap.
/// </summary>
public sealed class Numbers(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Block> _blocks = new(StringComparer.Ordinal);

    public Task<string> NextLeadAsync(CrmDb db, CancellationToken cancel) => NextAsync(db, "XS", cancel);
    public Task<string> NextProjectAsync(CrmDb db, CancellationToken cancel) => NextAsync(db, "XM", cancel);

    public Task<string> NextReviewAsync(CrmDb db, CancellationToken cancel) => NextAsync(db, "PS", cancel);
    public Task<string> NextDocumentAsync(CrmDb db, CancellationToken cancel) => NextAsync(db, "WJ", cancel);
    public Task<string> NextCompanyRequestAsync(CrmDb db, CancellationToken cancel) => NextAsync(db, "SQ", cancel);
    public Task<string> NextOfferAsync(CrmDb db, CancellationToken cancel) => NextAsync(db, "GX", cancel);

    private async Task<string> NextAsync(CrmDb db, string prefix, CancellationToken cancel)
    {
        var series = $"{prefix}-{ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime).Year}";
        var block = _blocks.GetOrAdd(series, _ => new Block());
        await block.Gate.WaitAsync(cancel);
        try
        {
            if (block.Next > block.Last)
            {
                var size = db.Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal) ? 1 : 10;
                block.Last = await TakeAsync(db, series, size, cancel);
                block.Next = block.Last - size + 1;
            }
            return $"{series}-{block.Next++:D5}";
        }
        finally
        {
            block.Gate.Release();
        }
    }

    /// <summary>Takes a range of numbers at once, for imports and the filling of test databases. Returns the last one.</summary>
    public static async Task<int> TakeAsync(CrmDb db, string series, int count, CancellationToken cancel)
    {
        if (db.ChangeTracker.HasChanges()) throw new InvalidOperationException("Take a number before changing records: taking one saves.");
        while (true)
        {
            var last = await db.NumberSeries.Where(s => s.Key == series).Select(s => (int?)s.Last).FirstOrDefaultAsync(cancel);
            if (last is null)
            {
                var first = new NumberSeries { Key = series };
                db.NumberSeries.Add(first);
                try { await db.SaveChangesAsync(cancel); }
                catch (DbUpdateException e) when (CrmDatabase.IsDuplicate(e)) { /* another node was first */ }
                db.Entry(first).State = EntityState.Detached;
            }
            else if (await db.NumberSeries.Where(s => s.Key == series && s.Last == last)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.Last, last.Value + count), cancel) == 1)
            {
                return last.Value + count;
            }
        }
    }

    private sealed class Block
    {
        public SemaphoreSlim Gate { get; } = new(1);
        public int Next { get; set; } = 1;
        public int Last { get; set; }
    }
}
