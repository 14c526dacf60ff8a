using System.Data.Common;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.Notices;

/// <summary>
/// 只说一次: what a reminder has to say is claimed on its rows and written as notices in one transaction, so each is told once, whoever runs it how often and on how
/// many nodes. A claim goes past the aggregate: a reminder is no change of the record, and neither its version nor the audit trail shall show one.
/// </summary>
internal sealed class TellOnce(CrmDb db, ILogger log)
{
    private const int Batch = 200, MostFailures = 1000;

    private readonly HashSet<Guid> _failed = [];

    /// <summary>How many rows could not be told; the others were.</summary>
    public int Failed => _failed.Count;

    /// <param name="read">The first so many rows that wait to be told, without those that failed.</param>
    /// <param name="idOf">Id of a row.</param>
    /// <param name="claim">Marks those of the ids that still wait as told and says how many they were.</param>
    /// <returns>How many were told.</returns>
    public async Task<int> TellAsync<T>(Func<HashSet<Guid>, int, Task<List<T>>> read, Func<T, Guid> idOf, Func<List<Guid>, Task<int>> claim, Func<T, IEnumerable<Notice>> notices, CancellationToken cancel)
    {
        var told = 0;
        while (_failed.Count < MostFailures && await read(_failed, Batch) is { Count: > 0 } rows)
        {
            if (await TryAsync(rows) is null) { told += rows.Count; continue; }
            // One of them is bad, or another node has some: each for itself.
            foreach (var row in rows)
            {
                var problem = await TryAsync([row]);
                if (problem is null) told++;
                else if (problem is not TakenException) Fail(idOf(row), problem);
            }
        }
        return told;

        Task<Exception?> TryAsync(List<T> some) => OnceAsync(some.Count, () => claim(some.ConvertAll(r => idOf(r))), () =>
        {
            db.Notices.AddRange(some.SelectMany(notices));
            return Task.CompletedTask;
        }, cancel);
    }

    /// <summary>The same for one row whose readers are found on the way.</summary>
    /// <returns>Whether it was told now.</returns>
    public async Task<bool> TellAsync(Guid id, Func<Task<int>> claim, Func<Task> tell, CancellationToken cancel)
    {
        var problem = await OnceAsync(1, claim, tell, cancel);
        if (problem is not null and not TakenException) Fail(id, problem);
        return problem is null;
    }

    private async Task<Exception?> OnceAsync(int rows, Func<Task<int>> claim, Func<Task> tell, CancellationToken cancel)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            if (await claim() != rows) return new TakenException();
            await tell();
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            return null;
        }
        catch (Exception exception) when (exception is DbUpdateException or DbException or InvalidOperationException)
        {
            return exception;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private void Fail(Guid id, Exception problem)
    {
        _failed.Add(id);
        log.LogError(problem, "Reminder for {Row} failed", id);
    }

    private sealed class TakenException : Exception;
}
