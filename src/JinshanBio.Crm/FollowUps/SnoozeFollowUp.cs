using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.FollowUps;

/// <summary>推迟跟进: to a later time, with a reason. There is no limit, but everybody sees how often and why.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record SnoozeFollowUp : IRequest
{
    public Guid Id { get; set; }

    /// <summary>Without a zone it is Shanghai's; a day alone means 09:00 there.</summary>
    public DateTime? To { get; set; }
    public string? Reason { get; set; }
}

internal sealed class SnoozeFollowUpValidator : AbstractValidator<SnoozeFollowUp>
{
    public SnoozeFollowUpValidator()
    {
        RuleFor(r => r.To).NotEmpty().PlausibleTime();
        RuleFor(r => r.Reason).Reason();
    }
}

internal sealed class SnoozeFollowUpHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<SnoozeFollowUp, Unit>
{
    public async Task<Unit> Handle(SnoozeFollowUp request, CancellationToken cancellationToken)
    {
        var followUp = await db.FollowUps.VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        followUp.MustNotBeEvaded(actor.May(Permission.FollowUpsSupervise));
        followUp.SnoozeTo(request.To!.Value.ToUtc(), request.Reason!, clock.GetUtcNow().UtcDateTime, actor.Id);
        await NextDue.RefreshAsync(db, followUp, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
