using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Assignments;

/// <summary>延长预留: holds an accepted place until another day.</summary>
[Needs(Permission.AssignmentsDecide)]
public sealed record HoldAssignment : IRequest
{
    public Guid Id { get; set; }

    /// <summary>Last day of the reservation.</summary>
    public DateOnly? HoldUntil { get; set; }
    public int? Version { get; set; }
}

internal sealed class HoldAssignmentValidator : AbstractValidator<HoldAssignment>
{
    public HoldAssignmentValidator() => RuleFor(r => r.HoldUntil).NotEmpty().PlausibleDay();
}

internal sealed class HoldAssignmentHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<HoldAssignment, Unit>
{
    public async Task<Unit> Handle(HoldAssignment request, CancellationToken cancellationToken)
    {
        var assignment = await db.ManagedAssignmentAsync(actor, request.Id, request.Version, cancellationToken);
        assignment.HoldOn(request.HoldUntil!.Value, ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
