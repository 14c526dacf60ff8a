using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Tenants;
using MediatR;

namespace JinshanBio.Crm.Assignments;

/// <summary>入驻: the project moves into the space held for it.</summary>
[Needs(Permission.AssignmentsDecide)]
public sealed record MoveInAssignment : IRequest
{
    public Guid Id { get; set; }
    public int? Version { get; set; }
}

internal sealed class MoveInAssignmentHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<MoveInAssignment, Unit>
{
    public async Task<Unit> Handle(MoveInAssignment request, CancellationToken cancellationToken)
    {
        var assignment = await db.ManagedAssignmentAsync(actor, request.Id, request.Version, cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        assignment.MoveIn(ShanghaiTime.Day(now), now);
        await db.GraduatePreviousAsync(assignment, actor, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
