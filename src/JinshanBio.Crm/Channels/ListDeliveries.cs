using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Channels;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Channels;

/// <summary>投递记录: what did not get through and why, and what is waiting or was sent. Never what stood in it.</summary>
[Needs(Permission.JobsManage)]
public sealed record ListDeliveries : IRequest<Page<DeliveryRow>>, IPaged
{
    /// <summary>Failed when left out.</summary>
    public DeliveryStatus? Status { get; set; }

    /// <summary>There is one order; any name is refused.</summary>
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;
}

/// <param name="Address">Enough of it to recognise it.</param>
/// <param name="Error">Why the last attempt failed, in the reader's language.</param>
public sealed record DeliveryRow(
    Guid Id, string Person, ChannelKind Kind, string Address, NoticeKind Notice, DeliveryStatus Status, DateTime CreatedAt, DateTime DueAt, int Attempts, DateTime? SentAt, string? Error);

/// <summary>重发: tries a delivery again that was given up.</summary>
[Needs(Permission.JobsManage)]
public sealed record SendAgain : IRequest
{
    public Guid Id { get; set; }
}

internal sealed class ListDeliveriesValidator : AbstractValidator<ListDeliveries>
{
    public ListDeliveriesValidator()
    {
        this.MustBePaged([]);
        RuleFor(r => r.Status).IsInEnum();
    }
}

internal sealed class ListDeliveriesHandler(CrmDb db, TimeProvider clock) : IRequestHandler<ListDeliveries, Page<DeliveryRow>>, IRequestHandler<SendAgain, Unit>
{
    public async Task<Page<DeliveryRow>> Handle(ListDeliveries request, CancellationToken cancellationToken)
    {
        var status = request.Status ?? DeliveryStatus.Failed;
        var deliveries = db.Deliveries.AsNoTracking().Where(d => d.Status == status);
        var total = await deliveries.Take(Paging.CountCap).CountAsync(cancellationToken);
        return await deliveries.OrderByDescending(d => d.DueAt).ThenByDescending(d => d.Id)
            .Select(d => new DeliveryRow(d.Id, db.Users.Where(p => p.Id == d.PersonId).Select(p => p.DisplayName).First(), d.Kind, d.Shown, d.Notice!.Kind,
                d.Status, d.CreatedAt, d.DueAt, d.Attempts, d.SentAt, Sentence.Say(d.Error))).PageAsync(total, request, cancellationToken);
    }

    public async Task<Unit> Handle(SendAgain request, CancellationToken cancellationToken)
    {
        var delivery = await db.Deliveries.FirstOrDefaultAsync(d => d.Id == request.Id, cancellationToken) ?? throw new Refusal(RefusalCode.NotFound);
        delivery.SendAgain(clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
