using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Assignments;

/// <summary>退回: a manager of the park refuses a proposal and says why.</summary>
[Needs(Permission.AssignmentsDecide)]
public sealed record RefuseAssignment : IRequest
{
    public Guid Id { get; set; }
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

internal sealed class RefuseAssignmentValidator : AbstractValidator<RefuseAssignment>
{
    public RefuseAssignmentValidator() => RuleFor(r => r.Reason).Reason();
}

internal sealed class RefuseAssignmentHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<RefuseAssignment, Unit>
{
    public async Task<Unit> Handle(RefuseAssignment request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var assignment = await db.ManagedAssignmentAsync(actor, request.Id, request.Version, cancellationToken);
        assignment.Refuse(request.Reason!, now, actor.Id);
        await db.TellProposerAsync(assignment, actor, NoticeKind.AssignmentRefused, "assignment-refused",
            [assignment.Project!.Title, NoticeText.Both(assignment.Park!.NameZh, assignment.Park.NameEn), assignment.Reason!], now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
