using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Projects;

/// <summary>项目看板: the live projects by stage, with the sum of each lane and its largest projects.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record BoardOfProjects : IRequest<ProjectBoard>
{
    public const int CardsPerLane = 20;

    public string? Q { get; set; }
    public string? Field { get; set; }
    public Guid? Owner { get; set; }
}

public sealed record ProjectBoard(IReadOnlyList<ProjectLane> Lanes);

/// <param name="Count">All projects at the stage, not only the cards.</param>
/// <param name="Investment">Their investment, yuan.</param>
/// <param name="Cards">The largest by investment.</param>
public sealed record ProjectLane(string Stage, string Name, int Count, decimal Investment, IReadOnlyList<ProjectRow> Cards);

internal sealed class BoardOfProjectsValidator : AbstractValidator<BoardOfProjects>
{
    public BoardOfProjectsValidator() => RuleFor(r => r.Q).MaximumLength(100);
}

internal sealed class BoardOfProjectsHandler(CrmDb db, Actor actor, Catalogue catalogue) : IRequestHandler<BoardOfProjects, ProjectBoard>
{
    private const int FirstLane = 40, LastLane = 110;

    public async Task<ProjectBoard> Handle(BoardOfProjects request, CancellationToken cancellationToken)
    {
        var projects = db.Projects.AsNoTracking().VisibleTo(actor).Live();
        if (request.Field is { Length: > 0 } field) projects = projects.Where(p => p.Field == field);
        if (request.Owner is { } owner) projects = projects.Where(p => p.OwnerId == owner);
        projects = projects.Search(db, actor, request.Q);

        var sums = await projects.GroupBy(p => p.Stage)
            .Select(g => new { Stage = g.Key, Count = g.Count(), Investment = g.Sum(p => p.Investment) })
            .ToDictionaryAsync(g => g.Stage, StringComparer.Ordinal, cancellationToken);
        var lanes = new List<ProjectLane>();
        foreach (var stage in catalogue.Stages.All.Where(s => s.Order is >= FirstLane and <= LastLane))
        {
            var sum = sums.GetValueOrDefault(stage.Code);
            var cards = sum is null ? [] : await CardsAsync(projects, stage, cancellationToken);
            lanes.Add(new ProjectLane(stage.Code, Text.Pick(stage.NameZh, stage.NameEn), sum?.Count ?? 0, sum?.Investment ?? 0, cards));
        }
        return new ProjectBoard(lanes);
    }

    private Task<List<ProjectRow>> CardsAsync(IQueryable<Domain.Projects.Project> projects, Stage stage, CancellationToken cancel)
        => projects.Where(p => p.Stage == stage.Code).OrderByDescending(p => p.Investment).ThenBy(p => p.Id)
            .Take(BoardOfProjects.CardsPerLane).ToRows(db, actor).ToListAsync(cancel);
}
