using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.Imports;

/// <summary>Wakes the runner when there is something to import.</summary>
public sealed class ImportSignal : IDisposable
{
    private readonly SemaphoreSlim _raised = new(0);

    public void Raise() => _raised.Release();

    /// <returns>When it was raised since the last wait, or when the time is over.</returns>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancel)
    {
        await _raised.WaitAsync(atMost, cancel);
        while (await _raised.WaitAsync(0, cancel)) { /* one round serves all who raised it */ }
    }

    public void Dispose() => _raised.Dispose();
}

/// <summary>
/// 后台导入: carries out the imports that are running, at the start and whenever one is handed over. Of two nodes one has an
/// import in hand at a time; the other looks again in case it is lost on the way.
/// </summary>
public sealed class ImportRunner(IServiceScopeFactory scopes, ImportSignal signal, ILogger<ImportRunner> log) : BackgroundService
{
    private readonly Guid _node = Guid.CreateVersion7();

    private static readonly TimeSpan Patience = TimeSpan.FromHours(1), AfterFailure = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var fine = false;
            try
            {
                fine = await RunAllAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "The imports could not be read");
            }
            await signal.WaitAsync(fine ? Patience : AfterFailure, stoppingToken);
        }
    }

    /// <summary>One round over everything that waits.</summary>
    /// <returns>False when something has to be tried again.</returns>
    internal async Task<bool> RunAllAsync(CancellationToken cancel)
    {
        var fine = await SendAsync(Actor.System, new TidyImports(), cancel) is not null;
        foreach (var (id, starter) in await RunningAsync(cancel)) fine &= await SendAsync(starter, new RunImportRows { Id = id, Runner = _node }, cancel) == true;
        return fine;
    }

    private async Task<List<(Guid Id, Actor Starter)>> RunningAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        var running = await db.Imports.AsNoTracking().Where(i => i.Status == ImportStatus.Running).OrderBy(i => i.Id).ToListAsync(cancel);
        var found = new List<(Guid, Actor)>();
        foreach (var import in running) found.Add((import.Id, await db.StarterAsync(import, scope.ServiceProvider.GetRequiredService<Catalogue>(), cancel)));
        return found;
    }

    /// <returns>The answer, or nothing when it failed.</returns>
    private async Task<T?> SendAsync<T>(Actor actor, IRequest<T> request, CancellationToken cancel) where T : struct
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<ActorSlot>().Actor = actor;
            return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "{Request} failed and will be tried again", request.GetType().Name);
            return null;
        }
    }
}
