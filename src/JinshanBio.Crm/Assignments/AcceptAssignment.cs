using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
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

    /// <summary>Several spaces, or another area than was asked for; instead of <see cref="SpaceId"/>.</summary>
    public List<AcceptedPlace> Places { get; set; } = [];

    /// <summary>Why the area is another one than was asked for; the proposer reads it.</summary>
    public string? Reason { get; set; }

    /// <summary>Last day of the reservation; so many days as the parameters say when left out.</summary>
    public DateOnly? HoldUntil { get; set; }

    /// <summary>破例: why the space is taken although it does not meet every need of the project.</summary>
    public string? Override { get; set; }

    /// <summary>Last day of the stay; null without an end.</summary>
    public DateOnly? Until { get; set; }
    public int? Version { get; set; }
}

/// <param name="AreaM2">m².</param>
public sealed record AcceptedPlace(Guid SpaceId, decimal AreaM2);

internal sealed class AcceptAssignmentValidator : AbstractValidator<AcceptAssignment>
{
    private const int MostPlaces = 20;

    public AcceptAssignmentValidator(TimeProvider clock)
    {
        RuleFor(r => r.Override).MaximumLength(FitCheck.ReasonLength);
        RuleFor(r => r.HoldUntil).PlausibleDay()
            .Must(day => day is null || day >= ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime)).WithMessage(_ => Text.Of("assignments.holdIsPast"));
        RuleFor(r => r.Until).PlausibleDay()
            .Must(day => day is null || day >= ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime)).WithMessage(_ => Text.Of("assignments.endIsPast"));
        RuleFor(r => r.Reason).MaximumLength(500);
        RuleFor(r => r.Places).NotNull().Must(p => p is null || p.Count <= MostPlaces).WithMessage(_ => Text.Of("assignments.tooManyPlaces", MostPlaces))
            .Must(p => p is null || p.DistinctBy(x => x.SpaceId).Count() == p.Count).WithMessage(_ => Text.Of("assignments.spaceTwice"));
        RuleForEach(r => r.Places).ChildRules(place => place.RuleFor(p => p.AreaM2).Area());
    }
}

internal sealed class AcceptAssignmentHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<AcceptAssignment, Unit>
{
    public async Task<Unit> Handle(AcceptAssignment request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = ShanghaiTime.Day(now);
        var assignment = await db.ManagedAssignmentAsync(actor, request.Id, request.Version, cancellationToken);
        var places = await PlacesAsync(request, assignment, cancellationToken);
        await db.MustFitAsync(assignment, places.Select(p => (Guid?)p.Space.Id), request.Override, actor, now, cancellationToken);
        assignment.Accept(places, request.Until, request.Reason, request.HoldUntil ?? today.AddDays(catalogue.Places.HoldDays), today, now, actor.Id);
        await db.TellProposerAsync(assignment, actor, NoticeKind.AssignmentAccepted, "assignment-accepted",
            [assignment.Project!.Title, NoticeText.Both(assignment.Park!.NameZh, assignment.Park.NameEn), string.Join(" + ", places.Select(p => p.Space.Name)), NoticeText.Area(assignment.AreaM2)], now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    private async Task<List<Allotment>> PlacesAsync(AcceptAssignment request, Assignment assignment, CancellationToken cancel)
    {
        List<AcceptedPlace> asked = request.Places.Count > 0 ? request.Places
            : [new(request.SpaceId ?? assignment.SpaceId ?? throw new Refusal(RefusalCode.SpaceRequired) { Field = "spaceId" }, assignment.AreaM2)];
        var places = new List<Allotment>();
        foreach (var place in asked) places.Add(new(await db.SpaceInAsync(assignment.ParkId, place.SpaceId, cancel), place.AreaM2));
        return places;
    }
}
