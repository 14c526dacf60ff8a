using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.Channels;

/// <summary>后台投递: looks every few seconds for what is due. Any number of nodes may; each delivery is on lease to one.</summary>
public sealed class DeliveryRunner(IServiceScopeFactory scopes, TimeProvider clock, ILogger<DeliveryRunner> log) : BackgroundService
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
                scope.ServiceProvider.GetRequiredService<ActorSlot>().Actor = Actor.System;
                await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new SendDeliveries(), stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogError(exception, "The deliveries could not be read");
            }
        }
    }
}
