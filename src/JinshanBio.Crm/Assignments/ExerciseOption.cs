using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Identity;
using MediatR;

namespace JinshanBio.Crm.Assignments;

/// <summary>行权: the area that was kept is held or occupied like the rest of the place.</summary>
[Needs(Permission.AssignmentsDecide)]
public sealed record ExerciseOption : IRequest
{
    public Guid Id { get; set; }
    public Guid OptionId { get; set; }
    public int? Version { get; set; }
}

internal sealed class ExerciseOptionHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<ExerciseOption, Unit>
{
    public async Task<Unit> Handle(ExerciseOption request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var assignment = await db.ManagedAssignmentAsync(actor, request.Id, request.Version, cancellationToken);
        assignment.Exercise(request.OptionId, ShanghaiTime.Day(now), now, actor.Id);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
