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
/// 后台导入: carries out the imports that are running, at the start and whenever one is handed over. Two nodes may take the
/// same one: they alternate, and no row is applied twice.
/// </summary>
public sealed class ImportRunner(IServiceScopeFactory scopes, ImportSignal signal, ILogger<ImportRunner> log) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1), AfterFailure = TimeSpan.FromSeconds(15);

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
        var fine = await SendAsync(Actor.System, new TidyImports(), cancel);
        foreach (var (id, starter) in await RunningAsync(cancel)) fine &= await SendAsync(starter, new RunImportRows { Id = id }, cancel);
        return fine;
    }

    private async Task<List<(Guid Id, Actor Starter)>> RunningAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        var running = await db.Imports.AsNoTracking().Where(i => i.Status == ImportStatus.Running).OrderBy(i => i.Id)
            .Join(db.Users, i => i.StartedById, p => p.Id, (i, p) => new { i.Id, PersonId = p.Id, p.UserName, p.DisplayName }).ToListAsync(cancel);
        // Whoever started it had the right to; half an import, because the right has been withdrawn since, helps nobody.
        return running.ConvertAll(i => (i.Id, new Actor
        {
            Id = i.PersonId,
            UserName = i.UserName!,
            DisplayName = i.DisplayName,
            Permissions = new HashSet<Permission> { Permission.ImportsRun },
        }));
    }

    private async Task<bool> SendAsync(Actor actor, IRequest request, CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<ActorSlot>().Actor = actor;
            await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancel);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "{Request} failed and will be tried again", request.GetType().Name);
            return false;
        }
    }
}
