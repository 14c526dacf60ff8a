using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Spreadsheets;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Imports;

/// <summary>预演: judges every row of an import, a thousand at a time, so that memory does not grow with the file.</summary>
internal static class DryRun
{
    private const int Batch = 1000;

    /// <summary>Stores the rows of a file as they came, each with its verdict. Returns how many there were.</summary>
    /// <exception cref="SheetException">The file turned out to be damaged further down; what was stored is the caller's to remove.</exception>
    public static async Task<int> StoreAsync(CrmDb db, Catalogue catalogue, Import import, Actor starter, IEnumerable<SheetRow> rows, CancellationToken cancel)
    {
        var judge = new ImportJudge(db, catalogue, import, starter);
        var count = 0;
        foreach (var chunk in rows.Chunk(Batch))
        {
            var batch = Array.ConvertAll(chunk, row => new ImportRow { ImportId = import.Id, Number = row.Number, Cells = row.Cells });
            await judge.JudgeAsync(batch, running: false, cancel);
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await BulkWriter.InsertAsync(db, batch, cancel);
            await transaction.CommitAsync(cancel);
            count += batch.Length;
        }
        return count;
    }

    /// <summary>Judges the stored rows again, because the columns mean something else now.</summary>
    public static async Task RepeatAsync(CrmDb db, Catalogue catalogue, Import import, Actor starter, CancellationToken cancel)
    {
        var judge = new ImportJudge(db, catalogue, import, starter);
        for (var last = 0; ;)
        {
            db.ChangeTracker.Clear();
            var batch = await db.ImportRows.Where(r => r.ImportId == import.Id && r.Number > last).OrderBy(r => r.Number).Take(Batch).ToListAsync(cancel);
            if (batch.Count == 0) return;
            await judge.JudgeAsync(batch, running: false, cancel);
            await db.SaveChangesAsync(cancel);
            last = batch[^1].Number;
        }
    }
}
