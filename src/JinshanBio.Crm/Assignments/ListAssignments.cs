using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Assignments;

/// <summary>落位列表: proposals and places of the projects and parks a person sees; the inbox of a park manager.</summary>
[Needs(Permission.AssignmentsRead)]
public sealed record ListAssignments : IRequest<Page<AssignmentRow>>, IPaged
{
    public Guid? Park { get; set; }
    public Guid? Project { get; set; }

    /// <summary>All when left out.</summary>
    public AssignmentStatus? Status { get; set; }

    /// <summary>True for those that are held and not moved into: accepted or with a lease.</summary>
    public bool? Held { get; set; }

    /// <summary>True for those that are over: refused, withdrawn, graduated, exited; false for those that stand.</summary>
    public bool? Ended { get; set; }
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<Assignment> Sortable = new(a => a.Id)
    {
        ["proposedAt"] = a => a.ProposedAt,
        ["areaM2"] = a => a.AreaM2,
        ["from"] = a => a.From,
        ["respondBy"] = a => a.RespondBy,
        ["holdUntil"] = a => a.HoldUntil,
        ["until"] = a => a.Until,
        ["waitOrder"] = a => a.WaitOrder,
    };
}

/// <param name="AreaM2">m²: asked for, from the acceptance on what was given.</param>
/// <param name="Reason">Why it was refused or left, another area was given, or it has to wait.</param>
/// <param name="FreeM2">Free area of the space on the wanted day; null while none is named.</param>
public sealed record AssignmentRow(
    Guid Id, Guid ProjectId, string ProjectNumber, string ProjectTitle, Guid ParkId, string ParkName, Guid? SpaceId, string? SpaceName,
    decimal AreaM2, DateOnly From, AssignmentStatus Status, DateOnly? HoldUntil, string? Reason, string ProposedBy, DateTime ProposedAt,
    DateTime? DecidedAt, decimal? FreeM2, int Version)
{
    /// <summary>破例: why the space was taken although it does not meet every need, by whom, and which limits were set aside.</summary>
    public string? OverrideReason { get; init; }
    public string? OverriddenBy { get; init; }
    public DateTime? OverriddenAt { get; init; }
    public ICollection<string> OverriddenLimits { get; init; } = [];

    /// <summary>m² that were asked for.</summary>
    public decimal WantedM2 { get; init; }

    /// <summary>Last day of the stay; null while no end is agreed.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Last day for the answer of the park.</summary>
    public DateOnly? RespondBy { get; init; }

    /// <summary>候补顺位 from 1 and length of the park's list; null when it does not wait.</summary>
    public int? Position { get; init; }
    public int? Waiting { get; init; }
    public string? OrderReason { get; init; }
    public string? LeaseNumber { get; init; }
    public string? LeaseNote { get; init; }
    public DateOnly? AgreedOn { get; init; }
    public DateTime? MovedInAt { get; init; }
    public DateTime? EndedAt { get; init; }

    /// <summary>The spaces held or occupied for it, until the last day of the stay.</summary>
    public IReadOnlyList<PlacePart> Spaces => [.. Booked.Where(p => p.Until == Until)];

    /// <summary>All of them, also those that ended before the stay: what was held until it was moved into.</summary>
    internal IReadOnlyList<PlacePart> Booked { get; init; } = [];

    /// <summary>扩租选择权, the latest first.</summary>
    public IReadOnlyList<OptionRow> Options { get; init; } = [];
}

/// <summary>So much of a space, m².</summary>
public sealed record PlacePart(Guid SpaceId, string SpaceName, decimal AreaM2, DateOnly From, DateOnly? Until);

/// <param name="AreaM2">m².</param>
/// <param name="Until">Last day on which it can be exercised.</param>
/// <param name="ClosedBy">Null while it is open, and when it ended by itself.</param>
public sealed record OptionRow(
    Guid Id, Guid SpaceId, string SpaceName, decimal AreaM2, DateOnly From, DateOnly Until, OptionStatus Status, string? Note, DateTime GrantedAt, string GrantedBy, DateTime? ClosedAt, string? ClosedBy);

internal sealed class ListAssignmentsValidator : AbstractValidator<ListAssignments>
{
    public ListAssignmentsValidator()
    {
        this.MustBePaged(ListAssignments.Sortable.Names);
        RuleFor(r => r.Status).IsInEnum();
    }
}

internal sealed class ListAssignmentsHandler(CrmDb db, Actor actor) : IRequestHandler<ListAssignments, Page<AssignmentRow>>
{
    public async Task<Page<AssignmentRow>> Handle(ListAssignments request, CancellationToken cancellationToken)
    {
        var assignments = db.Assignments.AsNoTracking().VisibleTo(actor);
        if (request.Park is { } park) assignments = assignments.Where(a => a.ParkId == park);
        if (request.Project is { } project) assignments = assignments.Where(a => a.ProjectId == project);
        if (request.Status is { } status) assignments = assignments.Where(a => a.Status == status);
        if (request.Held is { } held) assignments = assignments.Where(a => (a.Status == AssignmentStatus.Accepted || a.Status == AssignmentStatus.Agreed) == held);
        if (request.Ended is { } ended) assignments = assignments.Where(a => Assignment.Standing.Contains(a.Status) != ended);

        var total = await assignments.Take(Paging.CountCap).CountAsync(cancellationToken);
        return await ListAssignments.Sortable.Apply(assignments, request.Sort ?? "-proposedAt").ToRows(db).PageAsync(total, request, cancellationToken);
    }
}

internal static class AssignmentQueries
{
    public static IQueryable<AssignmentRow> ToRows(this IQueryable<Assignment> assignments, CrmDb db)
    {
        var english = Text.IsEnglish;
        return assignments.Select(a => new AssignmentRow(a.Id, a.ProjectId, a.Project!.Number, a.Project.Title, a.ParkId,
            english ? a.Park!.NameEn : a.Park!.NameZh, a.SpaceId, a.Space!.Name, a.AreaM2, a.From, a.Status, a.HoldUntil, a.Reason,
            db.Users.Where(p => p.Id == a.ProposedById).Select(p => p.DisplayName).FirstOrDefault() ?? "", a.ProposedAt, a.DecidedAt,
            a.SpaceId == null ? null : db.SpaceSpans.Where(s => s.SpaceId == a.SpaceId && s.From <= a.From).OrderByDescending(s => s.From).Select(s => (decimal?)(s.AreaM2 - s.HeldM2 - s.OccupiedM2)).FirstOrDefault(), a.Version)
        {
            OverrideReason = a.OverrideReason, OverriddenAt = a.OverriddenAt, OverriddenLimits = a.OverriddenLimits,
            OverriddenBy = a.OverriddenById == null ? null : db.Users.Where(p => p.Id == a.OverriddenById).Select(p => p.DisplayName).FirstOrDefault(),
            WantedM2 = a.WantedM2,
            Until = a.Until,
            RespondBy = a.RespondBy,
            Position = a.Status != AssignmentStatus.Waiting ? null : 1 + db.Assignments.Count(x => x.ParkId == a.ParkId && x.Status == AssignmentStatus.Waiting
                && (x.WaitOrder < a.WaitOrder || (x.WaitOrder == a.WaitOrder && x.WaitingSince < a.WaitingSince))),
            Waiting = a.Status != AssignmentStatus.Waiting ? null : db.Assignments.Count(x => x.ParkId == a.ParkId && x.Status == AssignmentStatus.Waiting),
            OrderReason = a.OrderReason,
            LeaseNumber = a.LeaseNumber,
            LeaseNote = a.LeaseNote,
            AgreedOn = a.AgreedOn,
            MovedInAt = a.MovedInAt,
            EndedAt = a.EndedAt,
            Booked = a.Bookings.Where(b => b.Kind != BookingKind.Option).OrderByDescending(b => b.AreaM2).ThenBy(b => b.Id)
                .Select(b => new PlacePart(b.SpaceId, b.Space!.Name, b.AreaM2, b.From, b.Until)).ToList(),
            Options = a.Options.OrderByDescending(o => o.GrantedAt).ThenBy(o => o.Id).Select(o => new OptionRow(o.Id, o.SpaceId, o.Space!.Name, o.AreaM2, o.From, o.Until, o.Status, o.Note, o.GrantedAt,
                db.Users.Where(p => p.Id == o.GrantedById).Select(p => p.DisplayName).FirstOrDefault() ?? "", o.ClosedAt,
                db.Users.Where(p => p.Id == o.ClosedById).Select(p => p.DisplayName).FirstOrDefault())).ToList(),
        });
    }
}
