using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Projects;

/// <summary>项目看板: what the list shows, by stage: the sum of each lane and its largest projects; the further ones are a page of the list each.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record BoardOfProjects : ProjectFilter, IRequest<ProjectBoard>
{
    public const int CardsPerLane = 20, CardsPerCell = 4, RowsPerPage = 8;

    /// <summary>Divides the board into one row for each field or owner; undivided when left out.</summary>
    public BoardDivision? By { get; set; }

    /// <summary>Page of the rows, from 1.</summary>
    public int Page { get; set; } = 1;
}

/// <summary>泳道: what the rows of a board are.</summary>
public enum BoardDivision
{
    /// <summary>按领域</summary>
    Field,
    /// <summary>按负责人</summary>
    Owner,
}

/// <param name="Lanes">All stages with their sums; with cards when the board is not divided.</param>
/// <param name="Rows">One page of the rows, the largest first; empty when the board is not divided.</param>
/// <param name="RowCount">All rows.</param>
public sealed record ProjectBoard(IReadOnlyList<ProjectLane> Lanes, IReadOnlyList<BoardRow> Rows, int RowCount);

/// <param name="Key">Code of the field or id of the owner.</param>
public sealed record BoardRow(string Key, string Name, int Count, decimal Investment, IReadOnlyList<ProjectLane> Lanes);

/// <param name="Count">All projects at the stage, not only the cards.</param>
/// <param name="Investment">Their investment, yuan.</param>
/// <param name="Cards">The largest by investment.</param>
public sealed record ProjectLane(string Stage, string Name, int Count, decimal Investment, IReadOnlyList<ProjectRow> Cards);

internal sealed class BoardOfProjectsValidator : AbstractValidator<BoardOfProjects>
{
    public BoardOfProjectsValidator()
    {
        Include(new ProjectFilterValidator());
        RuleFor(r => r.By).IsInEnum();
        RuleFor(r => r.Page).InclusiveBetween(1, 10_000);
    }
}

internal sealed class BoardOfProjectsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<BoardOfProjects, ProjectBoard>
{
    private const int FirstLane = 40;

    public async Task<ProjectBoard> Handle(BoardOfProjects request, CancellationToken cancellationToken)
    {
        var projects = request.Rows(db, actor);
        var sums = await SumsAsync(projects, request.By, cancellationToken);
        if (request.By is null)
        {
            var cards = await CardsAsync(projects, sums, BoardOfProjects.CardsPerLane, cancellationToken);
            return new ProjectBoard(Lanes(sums, cards), [], 0);
        }
        var rows = sums.GroupBy(s => s.Row!, StringComparer.Ordinal)
            .Select(g => (Key: g.Key, Sums: g.ToList(), Investment: g.Sum(s => s.Investment)))
            .OrderByDescending(r => r.Investment).ThenBy(r => r.Key, StringComparer.Ordinal).ToList();
        var shown = rows.Skip((request.Page - 1) * BoardOfProjects.RowsPerPage).Take(BoardOfProjects.RowsPerPage).ToList();
        var some = await CardsAsync(projects, [.. shown.SelectMany(r => r.Sums)], BoardOfProjects.CardsPerCell, cancellationToken);
        var names = await NamesAsync(request.By.Value, shown.ConvertAll(r => r.Key), cancellationToken);
        return new ProjectBoard(Lanes(sums, []),
            [.. shown.Select(r => new BoardRow(r.Key, names(r.Key), r.Sums.Sum(s => s.Count), r.Investment, Lanes(r.Sums, [.. some.Where(c => RowOf(c, request.By.Value) == r.Key)])))], rows.Count);
    }

    private static async Task<List<Sum>> SumsAsync(IQueryable<Project> projects, BoardDivision? by, CancellationToken cancel) => by switch
    {
        BoardDivision.Field => await projects.GroupBy(p => new { p.Stage, p.Field })
            .Select(g => new Sum(g.Key.Stage, g.Key.Field, null, g.Count(), g.Sum(p => p.Investment))).ToListAsync(cancel),
        BoardDivision.Owner => await projects.GroupBy(p => new { p.Stage, p.OwnerId })
            .Select(g => new Sum(g.Key.Stage, null, g.Key.OwnerId, g.Count(), g.Sum(p => p.Investment))).ToListAsync(cancel),
        _ => await projects.GroupBy(p => p.Stage).Select(g => new Sum(g.Key, null, null, g.Count(), g.Sum(p => p.Investment))).ToListAsync(cancel),
    };

    /// <summary>The largest of every cell in three statements: each cell's are read off the index, these turned into rows, and told whose turn it is.</summary>
    private async Task<List<ProjectRow>> CardsAsync(IQueryable<Project> projects, List<Sum> cells, int most, CancellationToken cancel)
    {
        IQueryable<Guid>? largest = null;
        foreach (var cell in cells)
        {
            var some = projects.Where(p => p.Stage == cell.Stage);
            if (cell.Field is { } field) some = some.Where(p => p.Field == field);
            if (cell.OwnerId is { } owner) some = some.Where(p => p.OwnerId == owner);
            var ids = some.OrderByDescending(p => p.Investment).ThenBy(p => p.Id).Take(most).Select(p => p.Id);
            largest = largest?.Concat(ids) ?? ids;
        }
        if (largest is null) return [];
        var found = await largest.ToListAsync(cancel);
        var rows = await db.Projects.AsNoTracking().Where(p => found.Contains(p.Id)).ToRows(db, actor).ToListAsync(cancel);
        return [.. (await db.WithTurnsAsync(actor, catalogue, rows, clock.GetUtcNow().UtcDateTime, cancel)).OrderByDescending(r => r.Investment).ThenBy(r => found.IndexOf(r.Id))];
    }

    private List<ProjectLane> Lanes(List<Sum> sums, List<ProjectRow> cards) => [.. catalogue.Stages.All.Where(s => s.Order >= FirstLane).Select(stage =>
    {
        var here = sums.Where(s => s.Stage == stage.Code).ToList();
        return new ProjectLane(stage.Code, Text.Pick(stage.NameZh, stage.NameEn), here.Sum(s => s.Count), here.Sum(s => s.Investment), [.. cards.Where(c => c.Stage == stage.Code)]);
    })];

    private async Task<Func<string, string>> NamesAsync(BoardDivision by, List<string> keys, CancellationToken cancel)
    {
        if (by == BoardDivision.Field) return catalogue.FieldName;
        var names = await People.Names.NamesAsync(db, keys.Select(Guid.Parse), cancel);
        return key => names.GetValueOrDefault(Guid.Parse(key), "");
    }

    private static string RowOf(ProjectRow card, BoardDivision by) => by == BoardDivision.Field ? card.Field : card.OwnerId.ToString();

    private sealed record Sum(string Stage, string? Field, Guid? OwnerId, int Count, decimal Investment)
    {
        public string? Row => Field ?? OwnerId?.ToString();
    }
}
