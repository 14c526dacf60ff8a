using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Projects;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>设想的对象: projects that the person sees and that may land or be lost, enterprises here that may leave, and known ones elsewhere that may come.</summary>
[Needs(Permission.EnterprisesRead)]
public sealed record ListScenarioChoices : IRequest<IReadOnlyList<ScenarioChoice>>
{
    public AssumptionKind Kind { get; set; }

    /// <summary>Part of a name, pinyin or number; without it the largest, or those in the links with the largest gaps.</summary>
    public string? Q { get; set; }
    public int Size { get; set; } = 12;
}

/// <param name="Assumption">As it stands in an address.</param>
/// <param name="Output">CNY yuan a year; null where nothing is on record.</param>
/// <param name="Links">Codes.</param>
public sealed record ScenarioChoice(string Assumption, Guid Id, string Name, string? Number, string? Stage, decimal? Output, IReadOnlyList<string> Links);

internal sealed class ListScenarioChoicesValidator : AbstractValidator<ListScenarioChoices>
{
    public ListScenarioChoicesValidator()
    {
        RuleFor(r => r.Kind).IsInEnum();
        RuleFor(r => r.Q).MaximumLength(100);
        RuleFor(r => r.Size).InclusiveBetween(1, 50);
    }
}

internal sealed class ListScenarioChoicesHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ListScenarioChoices, IReadOnlyList<ScenarioChoice>>
{
    // Among so many, the one in the largest gap comes first.
    private const int TopGaps = 45, LookedAt = 200;

    public async Task<IReadOnlyList<ScenarioChoice>> Handle(ListScenarioChoices request, CancellationToken cancellationToken)
    {
        actor.MustSeeTheChain();
        return request.Kind switch
        {
            AssumptionKind.Lands or AssumptionKind.Lost => await ProjectsAsync(request, cancellationToken),
            AssumptionKind.Leaves => await HereAsync(request, cancellationToken),
            _ => await ElsewhereAsync(request, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<ScenarioChoice>> ProjectsAsync(ListScenarioChoices request, CancellationToken cancel)
    {
        if (!actor.May(Permission.ProjectsRead)) return [];
        var stages = catalogue.Stages.All.Where(s => s.Order < Stage.InProductionOrder).Select(s => s.Code).ToList();
        var projects = await db.Projects.AsNoTracking().Live().VisibleTo(actor).Search(db, actor, request.Q).Where(p => stages.Contains(p.Stage)).OrderByDescending(p => p.OutputAtCapacity).ThenBy(p => p.Id).Take(request.Size)
            .Select(p => new { p.Id, p.Title, p.Number, p.Stage, p.OutputAtCapacity, Links = p.Links.Select(l => l.Code).ToList() }).ToListAsync(cancel);
        return projects.ConvertAll(p => Choice(request.Kind, p.Id, p.Title, p.Number, p.Stage, p.OutputAtCapacity > 0 ? p.OutputAtCapacity : null, p.Links));
    }

    private async Task<IReadOnlyList<ScenarioChoice>> HereAsync(ListScenarioChoices request, CancellationToken cancel)
    {
        var landed = catalogue.Stages.All.Where(s => s.Order >= Stage.LandedOrder).Select(s => s.Code).ToList();
        var projects = actor.May(Permission.ProjectsRead) ? db.Projects.Live().VisibleTo(actor).Where(p => landed.Contains(p.Stage)) : db.Projects.Where(p => false);
        var businesses = db.Presences.Where(p => p.To == ChainMap.Open);
        var enterprises = db.Enterprises.AsNoTracking().Where(e => e.MergedIntoId == null && (businesses.Any(p => p.EnterpriseId == e.Id) || projects.Any(p => p.EnterpriseId == e.Id)));
        if (Ids(request.Q) is { } ids) enterprises = enterprises.Where(e => ids.Contains(e.Id));
        var found = await enterprises.Select(e => new
        {
            e.Id, e.Name, Output = businesses.Where(p => p.EnterpriseId == e.Id).Max(p => p.AnnualOutput), Projects = projects.Where(p => p.EnterpriseId == e.Id).Max(p => (decimal?)p.OutputAtCapacity),
            Links = e.Links.Select(l => l.Code).ToList(),
        }).OrderByDescending(e => e.Output ?? e.Projects ?? 0).ThenBy(e => e.Id).Take(request.Size).ToListAsync(cancel);
        return found.ConvertAll(e => Choice(AssumptionKind.Leaves, e.Id, e.Name, null, null, e.Output ?? e.Projects, e.Links));
    }

    private async Task<IReadOnlyList<ScenarioChoice>> ElsewhereAsync(ListScenarioChoices request, CancellationToken cancel)
    {
        var enterprises = db.Enterprises.AsNoTracking().Away(db, actor);
        List<string> top = [];
        if (Ids(request.Q) is { } ids) enterprises = enterprises.Where(e => ids.Contains(e.Id) && e.Links.Any());
        else
        {
            var coverage = (await ChainGround.LoadAsync(db, catalogue, clock.GetUtcNow().UtcDateTime, cancel)).Coverage();
            top = coverage.Gaps.Take(TopGaps).Select(g => g.Link).ToList();
            enterprises = enterprises.Where(e => e.Links.Any(l => top.Contains(l.Code)));
        }
        var found = await enterprises.OrderBy(e => e.Name).ThenBy(e => e.Id).Take(top.Count > 0 ? LookedAt : request.Size).Select(e => new { e.Id, e.Name, e.Size, Links = e.Links.Select(l => l.Code).ToList() }).ToListAsync(cancel);
        return [.. found.OrderBy(e => e.Links.Select(l => top.IndexOf(l)).Where(i => i >= 0).DefaultIfEmpty(TopGaps).Min()).Take(request.Size)
            .Select(e => Choice(AssumptionKind.Comes, e.Id, e.Name, null, null, catalogue.Coverage.OutputOf(null, e.Size), e.Links))];
    }

    /// <summary>Null when nothing is searched for.</summary>
    private IQueryable<Guid>? Ids(string? q) => string.IsNullOrWhiteSpace(q) ? null : db.IdsOf(actor, q) ?? db.Enterprises.Where(e => false).Select(e => e.Id);

    private static ScenarioChoice Choice(AssumptionKind kind, Guid id, string name, string? number, string? stage, decimal? output, List<string> links)
        => new(new AssumptionInput { Kind = kind, Id = id }.ToString(), id, name, number, stage, output, [.. links.Order(StringComparer.Ordinal)]);
}
