using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Projects;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Exports;

/// <summary>导出项目: the filtered projects in the order of the list; the code name until signing, for everybody.</summary>
[Needs(Permission.ListsExport)]
public sealed record ExportProjects : ProjectFilter, IRequest<ExportedFile>
{
    public string? Sort { get; set; }
    public ExportFormat Format { get; set; }
}

internal sealed class ExportProjectsValidator : AbstractValidator<ExportProjects>
{
    public ExportProjectsValidator()
    {
        Include(new ProjectFilterValidator());
        RuleFor(r => r.Sort).SortedBy(ListProjects.Sortable.Names);
        RuleFor(r => r.Format).IsInEnum();
    }
}

internal sealed class ExportProjectsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ExportProjects, ExportedFile>
{
    public async Task<ExportedFile> Handle(ExportProjects request, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ProjectsRead)) throw new Refusal(RefusalCode.NotPermitted);
        var ids = await ListProjects.Sortable.Apply(request.Rows(db, actor), request.Sort is { Length: > 0 } sort ? sort : "-createdAt").Select(p => p.Id).ToListAsync(cancellationToken);
        return await db.ExportAsync(actor, clock, "projects", request.Format, request, Columns(), ids, chunk => LoadAsync(chunk, cancellationToken), cancellationToken);
    }

    private async Task<Dictionary<Guid, Row>> LoadAsync(List<Guid> ids, CancellationToken cancel)
    {
        var projects = db.Projects.AsNoTracking().VisibleTo(actor).Where(p => ids.Contains(p.Id));
        var rows = await db.WithTurnsAsync(actor, catalogue, await projects.ToRows(db, actor).ToListAsync(cancel), clock.GetUtcNow().UtcDateTime, cancel);
        var more = await projects.AsSplitQuery().Select(p => new { p.Id, p.CreatedAt, Links = p.Links.Select(l => l.Code).ToList(), Tags = p.Tags.Select(t => t.Name).ToList() }).ToDictionaryAsync(p => p.Id, cancel);
        return rows.Where(r => more.ContainsKey(r.Id)).ToDictionary(r => r.Id, r => new Row(r, more[r.Id].Links, more[r.Id].Tags, more[r.Id].CreatedAt));
    }

    private List<ExportColumn<Row>> Columns() =>
    [
        new("projectNumber", p => p.Project.Number),
        new("title", p => p.Project.Title),
        new("field", p => catalogue.FieldName(p.Project.Field)),
        new("links", p => string.Join(Text.Of("export.separator"), p.Links.Order(StringComparer.Ordinal).Select(catalogue.LinkName))),
        new("stage", p => catalogue.StageName(p.Project.Stage)),
        new("stageSince", p => ShanghaiTime.Day(p.Project.StageSince)),
        new("daysInStage", p => p.Project.DaysInStage),
        new("stallDays", p => p.Project.StallDays),
        new("turn", p => p.Project.Turn?.Name),
        new("status", p => Text.Of(p.Project.Status)),
        new("track", p => Text.Of(p.Project.Track)),
        new("investment", p => Exporting.Money("investment", p.Project.Investment)),
        new("outputAtCapacity", p => Exporting.Money("outputAtCapacity", p.Project.OutputAtCapacity)),
        new("areaM2", p => p.Project.AreaM2),
        new("park", p => p.Project.ParkName),
        new("owner", p => p.Project.OwnerName),
        new("nextFollowUp", p => p.Project.NextFollowUp is { } at ? ShanghaiTime.Day(at) : null),
        new("tags", p => string.Join(Text.Of("export.separator"), p.Tags.Order(StringComparer.Ordinal))),
        new("createdAt", p => p.CreatedAt),
    ];

    private sealed record Row(ProjectRow Project, List<string> Links, List<string> Tags, DateTime CreatedAt);
}
