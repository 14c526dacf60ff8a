using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Identity;
using MediatR;

namespace JinshanBio.Crm.Assignments;

/// <summary>放弃扩租选择权: the area that was kept is free again.</summary>
[Needs(Permission.AssignmentsDecide)]
public sealed record GiveUpOption : IRequest
{
    public Guid Id { get; set; }
    public Guid OptionId { get; set; }
    public int? Version { get; set; }
}

internal sealed class GiveUpOptionHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<GiveUpOption, Unit>
{
    public async Task<Unit> Handle(GiveUpOption request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var assignment = await db.ManagedAssignmentAsync(actor, request.Id, request.Version, cancellationToken);
        assignment.GiveUp(request.OptionId, ShanghaiTime.Day(now), now, actor.Id);
        await db.TellNextInLineAsync(assignment, assignment.SpacesOf(request.OptionId), now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
