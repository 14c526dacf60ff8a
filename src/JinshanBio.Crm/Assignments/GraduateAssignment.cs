using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Identity;
using MediatR;

namespace JinshanBio.Crm.Assignments;

/// <summary>毕业: the project leaves for the next carrier; that one is proposed like any other place.</summary>
[Needs(Permission.AssignmentsDecide)]
public sealed record GraduateAssignment : IRequest
{
    public Guid Id { get; set; }
    public int? Version { get; set; }
}

internal sealed class GraduateAssignmentHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<GraduateAssignment, Unit>
{
    public async Task<Unit> Handle(GraduateAssignment request, CancellationToken cancellationToken)
    {
        var assignment = await db.ManagedAssignmentAsync(actor, request.Id, request.Version, cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var spaces = assignment.TakenSpaces();
        assignment.Graduate(ShanghaiTime.Day(now), now);
        await db.TellNextInLineAsync(assignment, spaces, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
