using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using MediatR;

namespace JinshanBio.Crm.Assignments;

/// <summary>撤回: the proposing side takes a proposal or a reservation back; what was held is free again.</summary>
[Needs(Permission.AssignmentsPropose)]
public sealed record WithdrawAssignment : IRequest
{
    public Guid Id { get; set; }
    public int? Version { get; set; }
}

internal sealed class WithdrawAssignmentHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<WithdrawAssignment, Unit>
{
    public async Task<Unit> Handle(WithdrawAssignment request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var assignment = await db.AssignmentAsync(actor, request.Id, request.Version, cancellationToken);
        await db.WithdrawAsync(assignment, actor, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
