using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;

namespace JinshanBio.Crm.Assignments;

/// <summary>接收: a manager of the park accepts a proposal, which holds its area in a space.</summary>
[Needs(Permission.AssignmentsDecide)]
public sealed record AcceptAssignment : IRequest
{
    public Guid Id { get; set; }

    /// <summary>The space; the proposed one when left out.</summary>
    public Guid? SpaceId { get; set; }

    /// <summary>Last day of the reservation.</summary>
    public DateOnly? HoldUntil { get; set; }

    /// <summary>破例: why the space is taken although it does not meet every need of the project.</summary>
    public string? Override { get; set; }
    public int? Version { get; set; }
}

internal sealed class AcceptAssignmentValidator : AbstractValidator<AcceptAssignment>
{
    public AcceptAssignmentValidator(TimeProvider clock)
    {
        RuleFor(r => r.Override).MaximumLength(FitCheck.ReasonLength);
        RuleFor(r => r.HoldUntil).PlausibleDay()
            .Must(day => day is null || day >= ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime)).WithMessage(_ => Text.Of("assignments.holdIsPast"));
    }
}

internal sealed class AcceptAssignmentHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<AcceptAssignment, Unit>
{
    public async Task<Unit> Handle(AcceptAssignment request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var assignment = await db.ManagedAssignmentAsync(actor, request.Id, request.Version, cancellationToken);
        var spaceId = request.SpaceId ?? assignment.SpaceId ?? throw new Refusal(RefusalCode.SpaceRequired) { Field = "spaceId" };
        var space = await db.SpaceInAsync(assignment.ParkId, spaceId, cancellationToken);
        await db.MustFitAsync(assignment, [space.Id], request.Override, actor, now, cancellationToken);
        assignment.Accept(space, request.HoldUntil, ShanghaiTime.Day(now), now, actor.Id);
        await db.TellProposerAsync(assignment, actor, NoticeKind.AssignmentAccepted, "assignment-accepted",
            [assignment.Project!.Title, NoticeText.Both(assignment.Park!.NameZh, assignment.Park.NameEn), space.Name, NoticeText.Area(assignment.AreaM2)], now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
