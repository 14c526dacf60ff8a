using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Assignments;

/// <summary>调整顺位: a manager gives one on the waiting list another position, and says why.</summary>
[Needs(Permission.AssignmentsDecide)]
public sealed record MoveInLine : IRequest
{
    public Guid Id { get; set; }

    /// <summary>From 1.</summary>
    public int Position { get; set; }
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

internal sealed class MoveInLineValidator : AbstractValidator<MoveInLine>
{
    public MoveInLineValidator()
    {
        RuleFor(r => r.Position).InclusiveBetween(1, 10_000);
        RuleFor(r => r.Reason).Reason();
    }
}

internal sealed class MoveInLineHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<MoveInLine, Unit>
{
    public async Task<Unit> Handle(MoveInLine request, CancellationToken cancellationToken)
    {
        var assignment = await db.ManagedAssignmentAsync(actor, request.Id, request.Version, cancellationToken);
        var line = await db.Assignments.InLine(assignment.ParkId).ToListAsync(cancellationToken);
        var moved = assignment.MoveInLine(line, request.Position, request.Reason!);
        await db.TellPositionsAsync(actor, line, moved, clock.GetUtcNow().UtcDateTime, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
