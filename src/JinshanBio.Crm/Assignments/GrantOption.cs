using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Assignments;

/// <summary>扩租选择权: keeps area of a further space for a place until a day.</summary>
[Needs(Permission.AssignmentsDecide)]
public sealed record GrantOption : IRequest<Guid>
{
    public Guid Id { get; set; }
    public Guid SpaceId { get; set; }

    /// <summary>m².</summary>
    public decimal AreaM2 { get; set; }

    /// <summary>Day from which the area is kept, such as the one after another tenant leaves; today when left out.</summary>
    public DateOnly? From { get; set; }

    /// <summary>Last day on which it can be exercised.</summary>
    public DateOnly? Until { get; set; }
    public string? Note { get; set; }
    public int? Version { get; set; }
}

internal sealed class GrantOptionValidator : AbstractValidator<GrantOption>
{
    public GrantOptionValidator()
    {
        RuleFor(r => r.SpaceId).NotEmpty();
        RuleFor(r => r.AreaM2).Area();
        RuleFor(r => r.From).PlausibleDay();
        RuleFor(r => r.Until).NotEmpty().PlausibleDay();
        RuleFor(r => r.Note).MaximumLength(500);
    }
}

internal sealed class GrantOptionHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<GrantOption, Guid>
{
    public async Task<Guid> Handle(GrantOption request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = ShanghaiTime.Day(now);
        var assignment = await db.ManagedAssignmentAsync(actor, request.Id, request.Version, cancellationToken);
        var space = await db.SpaceInAsync(assignment.ParkId, request.SpaceId, cancellationToken);
        var option = assignment.Grant(new Allotment(space, request.AreaM2), request.From ?? today, request.Until!.Value, request.Note, today, now, actor.Id);
        await db.SaveChangesAsync(cancellationToken);
        return option.Id;
    }
}
