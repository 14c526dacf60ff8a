using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Assignments;

/// <summary>续期或提前到期: sets another last day for a place that is held or occupied; a longer stay is refused where its space is promised to somebody else.</summary>
[Needs(Permission.AssignmentsDecide)]
public sealed record ExtendAssignment : IRequest
{
    public Guid Id { get; set; }

    /// <summary>The new last day; null without an end.</summary>
    public DateOnly? Until { get; set; }
    public int? Version { get; set; }

    /// <summary>Whether the second last day frees days that the first had taken.</summary>
    internal static bool GivesBack(DateOnly? before, DateOnly? after) => after is not null && (before is null || after < before);
}

internal sealed class ExtendAssignmentValidator : AbstractValidator<ExtendAssignment>
{
    public ExtendAssignmentValidator() => RuleFor(r => r.Until).PlausibleDay();
}

internal sealed class ExtendAssignmentHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<ExtendAssignment, Unit>
{
    public async Task<Unit> Handle(ExtendAssignment request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var assignment = await db.ManagedAssignmentAsync(actor, request.Id, request.Version, cancellationToken);
        var (spaces, before) = (assignment.TakenSpaces(), assignment.Until);
        assignment.Extend(request.Until, ShanghaiTime.Day(now));
        if (ExtendAssignment.GivesBack(before, request.Until)) await db.TellNextInLineAsync(assignment, spaces, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
