using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Tenants;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Assignments;

/// <summary>落位: proposes a place in a park for a project and asks its managers to accept.</summary>
[Needs(Permission.AssignmentsPropose)]
public sealed record ProposeAssignment : IRequest<Guid>
{
    public Guid ProjectId { get; set; }
    public Guid ParkId { get; set; }

    /// <summary>May be left to the manager of the park.</summary>
    public Guid? SpaceId { get; set; }

    /// <summary>m².</summary>
    public decimal AreaM2 { get; set; }

    /// <summary>Day from which the space is wanted; today when left out.</summary>
    public DateOnly? From { get; set; }

    /// <summary>破例: why the space is proposed although it does not meet every need of the project; only a manager of the park may.</summary>
    public string? Override { get; set; }

    /// <summary>The stay that it goes on from; that one ends when the project moves in here.</summary>
    public Guid? PreviousId { get; set; }
}

internal sealed class ProposeAssignmentValidator : AbstractValidator<ProposeAssignment>
{
    public ProposeAssignmentValidator()
    {
        RuleFor(r => r.ProjectId).NotEmpty();
        RuleFor(r => r.ParkId).NotEmpty();
        RuleFor(r => r.AreaM2).Area();
        RuleFor(r => r.From).PlausibleDay();
        RuleFor(r => r.Override).MaximumLength(FitCheck.ReasonLength);
    }
}

internal sealed class ProposeAssignmentHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ProposeAssignment, Guid>
{
    public async Task<Guid> Handle(ProposeAssignment request, CancellationToken cancellationToken)
    {
        var project = await db.Projects.VisibleTo(actor).OneAsync(request.ProjectId, cancellationToken);
        if (project.IsClosed) throw new Refusal(RefusalCode.ProjectClosed, project.Number);
        var park = await db.Parks.VisibleTo(actor).OneAsync(request.ParkId, cancellationToken);
        if (request.SpaceId is { } spaceId) await db.SpaceInAsync(park.Id, spaceId, cancellationToken);
        await db.MustGoOnFromAsync(actor, project.Id, request.PreviousId, cancellationToken);
        if (await db.Assignments.AnyAsync(a => a.ProjectId == project.Id && a.ParkId == park.Id && a.Id != request.PreviousId && Assignment.Standing.Contains(a.Status), cancellationToken))
            throw new Refusal(RefusalCode.AssignmentExists, project.Number) { Field = "parkId" };

        var now = clock.GetUtcNow().UtcDateTime;
        var assignment = new Assignment(project.Id, park.Id, request.SpaceId, request.AreaM2, request.From ?? ShanghaiTime.Day(now), now, actor.Id) { PreviousId = request.PreviousId }
            .DueBy(catalogue.Workdays.Add(ShanghaiTime.Day(now), catalogue.Places.RespondWorkdays));
        await db.MustFitAsync(assignment, [request.SpaceId], request.Override, actor, now, cancellationToken);
        db.Assignments.Add(assignment);
        await db.TellManagersAsync(assignment, actor, NoticeKind.AssignmentProposed, "assignment-proposed",
            [project.Title, Notices.NoticeText.Both(park.NameZh, park.NameEn), Notices.NoticeText.Area(request.AreaM2)], now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return assignment.Id;
    }
}
