using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.FollowUps;

/// <summary>修改跟进: kind, time, note, participants and repetition of one that is still open.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record EditFollowUp : FollowUpInput, IRequest
{
    public Guid Id { get; set; }
    public int? Version { get; set; }
}

internal sealed class EditFollowUpValidator : AbstractValidator<EditFollowUp>
{
    public EditFollowUpValidator() => Include(new FollowUpInputValidator());
}

internal sealed class EditFollowUpHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<EditFollowUp, Unit>
{
    public async Task<Unit> Handle(EditFollowUp request, CancellationToken cancellationToken)
    {
        var followUp = await db.FollowUps.VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        await db.ExpectAsync(followUp, request.Version, cancellationToken);
        var due = request.DueAt!.Value.ToUtc();
        if (due > followUp.DueAt) followUp.MustNotBeEvaded(actor.May(Permission.FollowUpsSupervise));
        followUp.Edit(request.Kind, due, request.Note, await db.ParticipantsAsync(request.Participants, cancellationToken), clock.GetUtcNow().UtcDateTime);
        followUp.Repeat(request.Repeat, request.RepeatEvery ?? 1, request.RepeatUntil);
        await NextDue.RefreshAsync(db, followUp, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
