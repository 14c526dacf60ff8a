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
    };
}

/// <param name="AreaM2">m².</param>
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
}

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
        });
    }
}
