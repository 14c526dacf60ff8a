using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.FirstTalks;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FollowUps;

/// <summary>完成跟进: what came of it, and when the next one is due. The next one of a series comes by itself.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record CompleteFollowUp : FollowUpReport, IRequest
{
    public Guid Id { get; set; }
}

internal sealed class CompleteFollowUpValidator : AbstractValidator<CompleteFollowUp>
{
    public CompleteFollowUpValidator() => Include(new FollowUpReportValidator());
}

internal sealed class CompleteFollowUpHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<CompleteFollowUp, Unit>
{
    public async Task<Unit> Handle(CompleteFollowUp request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var followUp = await db.FollowUps.VisibleTo(actor).Include(f => f.Lead).Include(f => f.Project).OneAsync(request.Id, cancellationToken);
        followUp.Complete(request.Result, request.Outcome, now, actor.Id);
        if (followUp.NextOccurrence(catalogue.Workdays, now) is { } occurrence) db.FollowUps.Add(occurrence);
        else if (request.NextOf(followUp.Kind, followUp.Project?.Stage ?? followUp.Lead!.Stage, now, catalogue.Workdays) is { } next)
            db.FollowUps.Add(new FollowUp(followUp.LeadId, followUp.ProjectId, followUp.OwnerId, next.Kind, next.DueAt, null, now));
        await db.BeatAsync(followUp, now, actor.Id, cancellationToken);
        await NextDue.RefreshAsync(db, followUp, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
