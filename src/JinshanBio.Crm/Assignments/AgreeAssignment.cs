using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Assignments;

/// <summary>签租约: records the lease of a place that is held; it does not lapse any more. Also for one that was moved into before.</summary>
[Needs(Permission.AssignmentsDecide)]
public sealed record AgreeAssignment : IRequest
{
    public Guid Id { get; set; }

    /// <summary>Number of the lease.</summary>
    public string? LeaseNumber { get; set; }

    /// <summary>What proves it, in words.</summary>
    public string? LeaseNote { get; set; }

    /// <summary>Day on which it was signed; today when left out.</summary>
    public DateOnly? AgreedOn { get; set; }

    /// <summary>Last day of the lease; null without an end.</summary>
    public DateOnly? Until { get; set; }
    public int? Version { get; set; }
}

internal sealed class AgreeAssignmentValidator : AbstractValidator<AgreeAssignment>
{
    public AgreeAssignmentValidator()
    {
        RuleFor(r => r.LeaseNumber).NotEmpty().OneLine(64);
        RuleFor(r => r.LeaseNote).MaximumLength(500);
        RuleFor(r => r.AgreedOn).PlausibleDay();
        RuleFor(r => r.Until).PlausibleDay();
    }
}

internal sealed class AgreeAssignmentHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<AgreeAssignment, Unit>
{
    public async Task<Unit> Handle(AgreeAssignment request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = ShanghaiTime.Day(now);
        var assignment = await db.ManagedAssignmentAsync(actor, request.Id, request.Version, cancellationToken);
        var (spaces, before) = (assignment.TakenSpaces(), assignment.Until);
        assignment.Agree(new LeaseTerms(request.LeaseNumber!, request.AgreedOn ?? today, request.Until, request.LeaseNote), today, now, actor.Id);
        await db.TellProposerAsync(assignment, actor, NoticeKind.AssignmentAgreed, "assignment-agreed",
            [assignment.Project!.Title, NoticeText.Both(assignment.Park!.NameZh, assignment.Park.NameEn), assignment.LeaseNumber!], now, cancellationToken);
        if (ExtendAssignment.GivesBack(before, assignment.Until)) await db.TellNextInLineAsync(assignment, spaces, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
