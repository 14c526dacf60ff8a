using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Assignments;

/// <summary>取消预留: a manager of the park takes back what is held for a project that has not moved in, and says why.</summary>
[Needs(Permission.AssignmentsDecide)]
public sealed record ReleaseAssignment : IRequest
{
    public Guid Id { get; set; }
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

internal sealed class ReleaseAssignmentValidator : AbstractValidator<ReleaseAssignment>
{
    public ReleaseAssignmentValidator() => RuleFor(r => r.Reason).Reason();
}

internal sealed class ReleaseAssignmentHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<ReleaseAssignment, Unit>
{
    public async Task<Unit> Handle(ReleaseAssignment request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var assignment = await db.ManagedAssignmentAsync(actor, request.Id, request.Version, cancellationToken);
        var spaces = assignment.TakenSpaces();
        assignment.Release(request.Reason!, ShanghaiTime.Day(now), now, actor.Id);
        await db.TellProposerAsync(assignment, actor, NoticeKind.AssignmentRefused, "assignment-released",
            [assignment.Project!.Title, NoticeText.Both(assignment.Park!.NameZh, assignment.Park.NameEn), assignment.Reason!], now, cancellationToken);
        await db.TellNextInLineAsync(assignment, spaces, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
