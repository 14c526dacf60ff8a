using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Projects;

/// <summary>项目列表: one page of the projects a person may see.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record ListProjects : ProjectFilter, IRequest<Page<ProjectRow>>, IPaged
{
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
    decimal Investment, decimal OutputAtCapacity, decimal AreaM2, Guid OwnerId, string OwnerName, string? ParkName, DateTime? NextFollowUp, int Version)
{
    public IReadOnlyList<string> Tags { get; init; } = [];
    public int DaysInStage { get; init; }

    /// <summary>Days after which the stage counts as stalled; null when it never does.</summary>
    public int? StallDays { get; init; }

    /// <summary>Active, and at its stage for longer than that.</summary>
    public bool IsStalled { get; init; }
    public ProjectTurn? Turn { get; init; }
}

internal sealed class ListProjectsValidator : AbstractValidator<ListProjects>
{
    public ListProjectsValidator()
    {
        this.MustBePaged(ListProjects.Sortable.Names);
        Include(new ProjectFilterValidator());
    }
}

internal sealed class ListProjectsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ListProjects, Page<ProjectRow>>
{
    public async Task<Page<ProjectRow>> Handle(ListProjects request, CancellationToken cancellationToken)
    {
        var page = await request.Rows(db, actor).PageAsync(ListProjects.Sortable, request.Sort ?? "-createdAt", request, rows => rows.ToRows(db, actor), cancellationToken);
        var ids = page.Items.Select(p => p.Id).ToList();
        var tags = (await db.Set<ProjectTag>().AsNoTracking().Where(t => ids.Contains(t.ProjectId)).OrderBy(t => t.Name).ToListAsync(cancellationToken)).ToLookup(t => t.ProjectId, t => t.Name);
        var rows = await db.WithTurnsAsync(actor, catalogue, page.Items, clock.GetUtcNow().UtcDateTime, cancellationToken);
        return page with { Items = [.. rows.Select(p => tags[p.Id].Any() ? p with { Tags = [.. tags[p.Id]] } : p)] };
    }
}
