using JinshanBio.Crm.Domain.Chain;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.Data;

/// <summary>基础数据同步: a node hears within seconds of changes of the map and of parameters that were made on another; the node that makes one knows it at once.</summary>
public sealed class CatalogueWatch(IServiceScopeFactory scopes, CatalogueSlot slot, TimeProvider clock, ILogger<CatalogueWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await RefreshAsync(scope.ServiceProvider.GetRequiredService<CrmDb>(), slot, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogError(exception, "The reference data could not be compared");
            }
        }
    }

    /// <returns>Whether there was news.</returns>
    internal static async Task<bool> RefreshAsync(CrmDb db, CatalogueSlot slot, CancellationToken cancel)
    {
        if (slot.Loaded is not { } loaded || await StampAsync(db, cancel) == loaded.Stamp) return false;
        slot.Replace(await Catalogue.LoadAsync(db, cancel));
        return true;
    }

    /// <summary>Differs after every change: editions are only added and ended, parameters carry when they were edited.</summary>
    internal static async Task<string> StampAsync(CrmDb db, CancellationToken cancel)
    {
        var links = await db.LinkEditions.GroupBy(_ => 1).Select(g => new { All = g.Count(), Open = g.Count(l => l.To == ChainMap.Open) }).FirstOrDefaultAsync(cancel);
        var edges = await db.EdgeEditions.GroupBy(_ => 1).Select(g => new { All = g.Count(), Open = g.Count(e => e.To == ChainMap.Open) }).FirstOrDefaultAsync(cancel);
        var edited = await db.ReferenceRecords.MaxAsync(r => r.EditedAt, cancel);
        return $"{links} {edges} {edited?.Ticks}";
    }
}
