using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Assignments;

/// <summary>列入候补: a manager puts a proposal at the end of the waiting list of the park.</summary>
[Needs(Permission.AssignmentsDecide)]
public sealed record WaitAssignment : IRequest
{
    public Guid Id { get; set; }

    /// <summary>The space it waits for; whatever becomes free in the park when left out.</summary>
    public Guid? SpaceId { get; set; }

    /// <summary>What the proposer should know.</summary>
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

internal sealed class WaitAssignmentValidator : AbstractValidator<WaitAssignment>
{
    public WaitAssignmentValidator() => RuleFor(r => r.Reason).MaximumLength(500);
}

internal sealed class WaitAssignmentHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<WaitAssignment, Unit>
{
    public async Task<Unit> Handle(WaitAssignment request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var assignment = await db.ManagedAssignmentAsync(actor, request.Id, request.Version, cancellationToken);
        var space = request.SpaceId is { } id ? await db.SpaceInAsync(assignment.ParkId, id, cancellationToken) : null;
        var line = await db.Assignments.InLine(assignment.ParkId).ToListAsync(cancellationToken);
        assignment.Wait(space, line.Count == 0 ? 1 : line[^1].WaitOrder + 1, request.Reason, now, actor.Id);
        await db.TellPositionsAsync(actor, [.. line, assignment], [assignment], now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
