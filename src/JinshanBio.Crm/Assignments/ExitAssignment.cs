using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Assignments;

/// <summary>迁出: the project leaves the park, and why.</summary>
[Needs(Permission.AssignmentsDecide)]
public sealed record ExitAssignment : IRequest
{
    public Guid Id { get; set; }
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

internal sealed class ExitAssignmentValidator : AbstractValidator<ExitAssignment>
{
    public ExitAssignmentValidator() => RuleFor(r => r.Reason).Reason();
}

internal sealed class ExitAssignmentHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<ExitAssignment, Unit>
{
    public async Task<Unit> Handle(ExitAssignment request, CancellationToken cancellationToken)
    {
        var assignment = await db.ManagedAssignmentAsync(actor, request.Id, request.Version, cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var spaces = assignment.TakenSpaces();
        assignment.Exit(request.Reason!, ShanghaiTime.Day(now), now);
        await db.TellNextInLineAsync(assignment, spaces, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
