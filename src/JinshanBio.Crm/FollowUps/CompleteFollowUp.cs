using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.FirstTalks;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.FollowUps;

/// <summary>完成跟进: what came of it, and when the next one is due.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record CompleteFollowUp : IRequest
{
    public Guid Id { get; set; }
    public string? Outcome { get; set; }

    /// <summary>Plans the next one of the same kind; without a zone it is Shanghai's.</summary>
    public DateTime? NextDueAt { get; set; }
}

internal sealed class CompleteFollowUpValidator : AbstractValidator<CompleteFollowUp>
{
    public CompleteFollowUpValidator()
    {
        RuleFor(r => r.Outcome).NotEmpty().MaximumLength(4000);
        RuleFor(r => r.NextDueAt).PlausibleTime();
    }
}

internal sealed class CompleteFollowUpHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<CompleteFollowUp, Unit>
{
    public async Task<Unit> Handle(CompleteFollowUp request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var followUp = await db.FollowUps.VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        followUp.Complete(request.Outcome!, now, actor.Id);
        if (request.NextDueAt is { } next)
        {
            db.FollowUps.Add(new FollowUp(followUp.LeadId, followUp.ProjectId, followUp.OwnerId, followUp.Kind, next.ToUtc(), null, now));
        }
        await db.BeatAsync(followUp, now, actor.Id, cancellationToken);
        await NextDue.RefreshAsync(db, followUp, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
