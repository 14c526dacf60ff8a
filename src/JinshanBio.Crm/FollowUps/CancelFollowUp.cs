using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FollowUps;

/// <summary>取消跟进: with a reason. A series ends with it, unless only this one is left out.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record CancelFollowUp : IRequest
{
    public Guid Id { get; set; }
    public string? Reason { get; set; }

    /// <summary>The series goes on with its next one.</summary>
    public bool KeepSeries { get; set; }
}

internal sealed class CancelFollowUpValidator : AbstractValidator<CancelFollowUp>
{
    public CancelFollowUpValidator() => RuleFor(r => r.Reason).Reason();
}

internal sealed class CancelFollowUpHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<CancelFollowUp, Unit>
{
    public async Task<Unit> Handle(CancelFollowUp request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var followUp = await db.FollowUps.VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        followUp.MustNotBeEvaded(actor.May(Permission.FollowUpsSupervise));
        followUp.Cancel(now, actor.Id, request.Reason);
        if (request.KeepSeries && followUp.NextOccurrence(catalogue.Workdays, now) is { } occurrence) db.FollowUps.Add(occurrence);
        await NextDue.RefreshAsync(db, followUp, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
