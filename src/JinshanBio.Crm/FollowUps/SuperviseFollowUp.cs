using System.Globalization;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FollowUps;

/// <summary>督办: watches over a follow-up; its owner is told, can no longer put it off, and the head hears of a delay sooner.</summary>
[Needs(Permission.FollowUpsSupervise)]
public sealed record SuperviseFollowUp : IRequest
{
    public Guid Id { get; set; }
    public string? Note { get; set; }
}

/// <summary>解除督办.</summary>
[Needs(Permission.FollowUpsSupervise)]
public sealed record EndSupervision : IRequest
{
    public Guid Id { get; set; }
}

internal sealed class SuperviseFollowUpValidator : AbstractValidator<SuperviseFollowUp>
{
    public SuperviseFollowUpValidator() => RuleFor(r => r.Note).Reason();
}

internal sealed class SuperviseFollowUpHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<SuperviseFollowUp, Unit>, IRequestHandler<EndSupervision, Unit>
{
    public async Task<Unit> Handle(SuperviseFollowUp request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var followUp = await db.FollowUps.VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        followUp.Supervise(request.Note!, now, actor.Id);
        if (followUp.OwnerId != actor.Id)
        {
            var item = await db.FollowUps.Where(f => f.Id == followUp.Id).ToItems(db).SingleAsync(cancellationToken);
            db.Notices.Add(new Notice(followUp.OwnerId, NoticeKind.FollowUpSupervised, $"follow-up-supervised:{followUp.Id}:{now.Ticks.ToString(CultureInfo.InvariantCulture)}",
                [item.Title, actor.DisplayName, request.Note!.Trim()], item.Path, now));
        }
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    public async Task<Unit> Handle(EndSupervision request, CancellationToken cancellationToken)
    {
        var followUp = await db.FollowUps.VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        followUp.EndSupervision(clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
