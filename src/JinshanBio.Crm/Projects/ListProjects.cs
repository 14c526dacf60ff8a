using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Projects;

/// <summary>项目列表: one page of the projects a person may see.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record ListProjects : IRequest<Page<ProjectRow>>, IPaged
{
    /// <summary>Part of the title or the number XM-…; with the right to real names also of the name and the enterprise.</summary>
    public string? Q { get; set; }
    public string? Field { get; set; }
    public string? Stage { get; set; }

    /// <summary>Active and on hold when left out.</summary>
    public ProjectStatus? Status { get; set; }

    /// <summary>Proposed to, held in or moved into this park.</summary>
    public Guid? Park { get; set; }
    public Guid? Owner { get; set; }
    public Guid? Enterprise { get; set; }
    public string? Link { get; set; }
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<Project> Sortable = new(p => p.Id)
    {
        ["number"] = p => p.Number,
        ["title"] = p => p.Title,
        ["investment"] = p => p.Investment,
        ["outputAtCapacity"] = p => p.OutputAtCapacity,
        // "S100" comes after "S90".
        ["stage"] = p => p.Stage.Length == 4 ? p.Stage : "S0" + p.Stage.Substring(1),
        ["stageSince"] = p => p.StageSince,
        ["nextFollowUp"] = p => p.NextFollowUpAt,
        ["createdAt"] = p => p.Id,
    };
}

/// <param name="Title">The code name until signing, then the name.</param>
/// <param name="ParkName">Park that holds the place or that it moved into.</param>
public sealed record ProjectRow(
    Guid Id, string Number, string Title, string Field, string Stage, DateTime StageSince, ProjectStatus Status, Track Track,
    decimal Investment, decimal OutputAtCapacity, decimal AreaM2, Guid OwnerId, string OwnerName, string? ParkName, DateTime? NextFollowUp, int Version);

internal sealed class ListProjectsValidator : AbstractValidator<ListProjects>
{
    public ListProjectsValidator()
    {
        this.MustBePaged(ListProjects.Sortable.Names);
        RuleFor(r => r.Q).MaximumLength(100);
        RuleFor(r => r.Status).IsInEnum();
    }
}

internal sealed class ListProjectsHandler(CrmDb db, Actor actor) : IRequestHandler<ListProjects, Page<ProjectRow>>
{
    public async Task<Page<ProjectRow>> Handle(ListProjects request, CancellationToken cancellationToken)
    {
        var projects = db.Projects.AsNoTracking().VisibleTo(actor);
        projects = request.Status is { } status ? projects.In(status) : projects.Live();
        if (request.Field is { Length: > 0 } field) projects = projects.Where(p => p.Field == field);
        if (request.Stage is { Length: > 0 } stage) projects = projects.Where(p => p.Stage == stage);
        if (request.Park is { } park) projects = projects.Where(p => p.Assignments.Any(a => a.ParkId == park && Assignment.Standing.Contains(a.Status)));
        if (request.Owner is { } owner) projects = projects.Where(p => p.OwnerId == owner);
        if (request.Enterprise is { } enterprise)
        {
            projects = projects.Where(p => p.EnterpriseId == enterprise);
            // Asking enterprise by enterprise must not tell who stands behind a code name.
            if (!actor.May(Permission.RealNames)) projects = projects.Where(p => p.Title == p.Name);
        }
        if (request.Link is { Length: > 0 } link) projects = projects.Where(p => p.Links.Any(l => l.Code == link));
        projects = projects.Search(db, actor, request.Q);

        return await projects.PageAsync(ListProjects.Sortable, request.Sort ?? "-createdAt", request, page => page.ToRows(db, actor), cancellationToken);
    }
}

internal static class ProjectQueries
{
    /// <summary>Active and on hold.</summary>
    public static IQueryable<Project> Live(this IQueryable<Project> projects)
    {
        // Compared with a parameter: "not closed" would not use the index on SQLite.
        var closed = false;
        return projects.Where(p => p.IsClosed == closed);
    }

    /// <summary>The indexes begin with whether a project is closed.</summary>
    public static IQueryable<Project> In(this IQueryable<Project> projects, ProjectStatus status)
    {
        var closed = status is not (ProjectStatus.Active or ProjectStatus.OnHold);
        return projects.Where(p => p.IsClosed == closed && p.Status == status);
    }

    /// <summary>By number when it reads like one; else by title, and by name and enterprise only for those who may know them.</summary>
    public static IQueryable<Project> Search(this IQueryable<Project> projects, CrmDb db, Actor actor, string? q)
    {
        q = q?.Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(q)) return projects;
        if (q.StartsWith("xm-", StringComparison.Ordinal))
        {
            var from = q.ToUpperInvariant();
            return projects.Where(p => p.Number.StartsWith(from));
        }
        if (!actor.May(Permission.RealNames)) return projects.Where(p => p.Title.ToLower().Contains(q));
        return db.IdsOf(q) is { } enterprises
            ? projects.Where(p => p.Name.ToLower().Contains(q) || p.Title.ToLower().Contains(q) || enterprises.Contains(p.EnterpriseId))
            : projects.Where(p => p.Name.ToLower().Contains(q) || p.Title.ToLower().Contains(q));
    }

    public static IQueryable<ProjectRow> ToRows(this IQueryable<Project> projects, CrmDb db, Actor actor)
    {
        var english = Text.IsEnglish;
        var places = db.Assignments.VisibleTo(actor).Where(a => a.Status == AssignmentStatus.Accepted || a.Status == AssignmentStatus.MovedIn);
        // A join, not a subselect for the name: it makes the page first and the rows from it.
        return projects.Join(db.Users, p => p.OwnerId, u => u.Id, (p, u) => new ProjectRow(p.Id, p.Number, p.Title, p.Field, p.Stage, p.StageSince, p.Status, p.Track,
            p.Investment, p.OutputAtCapacity, p.AreaM2, p.OwnerId, u.DisplayName,
            places.Where(a => a.ProjectId == p.Id).OrderByDescending(a => a.DecidedAt).Select(a => english ? a.Park!.NameEn : a.Park!.NameZh).FirstOrDefault(),
            p.NextFollowUpAt, p.Version));
    }
}
