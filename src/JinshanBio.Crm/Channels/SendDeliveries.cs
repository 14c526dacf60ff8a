using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Channels;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.Channels;

/// <summary>
/// 投递: takes what is due on lease, sends it and marks it. A crash between sending and marking lets the lease run out, and the message goes out once
/// more under the same id: at least once, and once where the channel knows the id. Answers how many were sent and how many failed.
/// </summary>
[Needs(Permission.JobsManage)]
public sealed record SendDeliveries : IRequest<DeliveryRound>;

public sealed record DeliveryRound(int Sent, int Failed);

internal sealed class SendDeliveriesHandler(
    CrmDb db, IEnumerable<IChannel> channels, AddressSeal seal, ChannelOptions options, TimeProvider clock, ILogger<SendDeliveriesHandler> log)
    : IRequestHandler<SendDeliveries, DeliveryRound>
{
    private const int Batch = 20;

    // Longer than any channel takes, so that nothing is sent by two at a time.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public async Task<DeliveryRound> Handle(SendDeliveries request, CancellationToken cancellationToken)
    {
        var (sent, failed) = (0, 0);
        while (await TakeAsync(cancellationToken) is { Count: > 0 } taken)
        {
            var people = taken.Select(d => d.PersonId).ToList();
            var settings = await db.NoticeSettings.AsNoTracking().Where(s => people.Contains(s.PersonId)).ToDictionaryAsync(s => s.PersonId, cancellationToken);
            NoticeSettings Of(Delivery d) => settings.GetValueOrDefault(d.PersonId) ?? new NoticeSettings(d.PersonId);
            await foreach (var one in Task.WhenEach(taken.Select(d => TrySendAsync(d, Of(d).InEnglish, cancellationToken))).WithCancellation(cancellationToken))
            {
                var (delivery, error) = await one;
                await MarkAsync(delivery, error, Of(delivery));
                if (error is null) sent++;
                else failed++;
            }
        }
        return new DeliveryRound(sent, failed);
    }

    private async Task<List<Delivery>> TakeAsync(CancellationToken cancel)
    {
        var (now, mine) = (clock.GetUtcNow().UtcDateTime, Guid.CreateVersion7());
        var free = db.Deliveries.Where(d => d.Status == DeliveryStatus.Waiting && d.DueAt <= now && (d.LeasedUntil == null || d.LeasedUntil <= now));
        var ids = await free.OrderBy(d => d.DueAt).ThenBy(d => d.Id).Select(d => d.Id).Take(Batch).ToListAsync(cancel);
        if (ids.Count == 0) return [];
        // An attempt counts when it begins: what brings the program down is given up as well.
        await free.Where(d => ids.Contains(d.Id)).ExecuteUpdateAsync(d => d.SetProperty(x => x.LeasedBy, mine)
            .SetProperty(x => x.LeasedUntil, now + Lease).SetProperty(x => x.Attempts, x => x.Attempts + 1), cancel);
        var taken = await db.Deliveries.AsNoTracking().Include(d => d.Notice).Where(d => d.LeasedBy == mine).ToListAsync(cancel);
        // Another runner was quicker with all of these; there may be more behind them.
        return taken.Count > 0 ? taken : await TakeAsync(cancel);
    }

    private async Task<(Delivery Delivery, string? Error)> TrySendAsync(Delivery delivery, bool inEnglish, CancellationToken cancel)
    {
        try
        {
            if (delivery.Attempts > Delivery.MostAttempts) return (delivery, "delivery.error.crashed");
            if (channels.FirstOrDefault(c => c.Kind == delivery.Kind) is not { IsOffered: true } channel) return (delivery, "delivery.error.notOffered");
            await channel.SendAsync(seal.Open(delivery.ProtectedAddress), OutMessages.Of(delivery.Id, delivery.Notice!, inEnglish, options.SiteAddress), cancel);
            return (delivery, null);
        }
        catch (DeliveryException exception)
        {
            return (delivery, exception.Message);
        }
        catch (Exception exception) when (!cancel.IsCancellationRequested)
        {
            // One bad row must not stop the others. The kind alone: a message may hold an address.
            log.LogError("Delivery {Delivery} failed with {Kind}", delivery.Id, exception.GetType().Name);
            return (delivery, Sentence.Of("delivery.error.unexpected", exception.GetType().Name));
        }
    }

    /// <summary>Only what is still leased by this runner; not cancelled, because what was sent shall be known.</summary>
    private async Task MarkAsync(Delivery delivery, string? error, NoticeSettings settings)
    {
        DateTime? now = clock.GetUtcNow().UtcDateTime;
        var mine = db.Deliveries.Where(d => d.Id == delivery.Id && d.LeasedBy == delivery.LeasedBy);
        if (error is null)
        {
            await mine.ExecuteUpdateAsync(d => d.SetProperty(x => x.Status, DeliveryStatus.Sent).SetProperty(x => x.SentAt, now).SetProperty(x => x.Error, (string?)null)
                .SetProperty(x => x.LeasedBy, (Guid?)null).SetProperty(x => x.LeasedUntil, (DateTime?)null), CancellationToken.None);
            return;
        }
        var status = delivery.Attempts >= Delivery.MostAttempts ? DeliveryStatus.Failed : DeliveryStatus.Waiting;
        var next = settings.NotBefore(now.Value + Delivery.Pause(delivery.Attempts));
        await mine.ExecuteUpdateAsync(d => d.SetProperty(x => x.Status, status).SetProperty(x => x.Error, error).SetProperty(x => x.DueAt, next)
            .SetProperty(x => x.LeasedBy, (Guid?)null).SetProperty(x => x.LeasedUntil, (DateTime?)null), CancellationToken.None);
    }
}
