using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>闭环数字的出处: whom a figure of the loop counts, as far as the person sees them; and how many there are besides.</summary>
[Needs(Permission.ReportsRead)]
public sealed record ListLoopItems : IRequest<LoopItems>
{
    /// <summary>A figure, or else a cause.</summary>
    public LoopFigure? Figure { get; set; }

    /// <summary>Why the gap changed.</summary>
    public GapCause? Cause { get; set; }

    /// <summary>Only those of this link.</summary>
    public string? Link { get; set; }
    public DateOnly? From { get; set; }
    public DateOnly? Until { get; set; }
    public string? Field { get; set; }
}

/// <param name="Hidden">Counted, but not among the rows that the person may see.</param>
public sealed record LoopItems(IReadOnlyList<LoopItem> Items, int Hidden);

/// <summary>A lead, a project or an enterprise.</summary>
/// <param name="Kind">leads, projects or enterprises: where its page is.</param>
/// <param name="Title">The code name where the name is not to be known.</param>
public sealed record LoopItem(Guid Id, string Kind, string? Number, string Title, string? Stage, IReadOnlyList<string> Links);

internal sealed class ListLoopItemsValidator : AbstractValidator<ListLoopItems>
{
    public ListLoopItemsValidator()
    {
        RuleFor(r => r.Figure).NotNull().When(r => r.Cause is null).IsInEnum();
        RuleFor(r => r.Cause).IsInEnum();
        RuleFor(r => r.From).PlausibleDay();
        RuleFor(r => r.Until).PlausibleDay();
    }
}

internal sealed class ListLoopItemsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ListLoopItems, LoopItems>
{
    /// <summary>More than these nobody reads on one page.</summary>
    private const int Most = 500;

    public async Task<LoopItems> Handle(ListLoopItems request, CancellationToken cancellationToken)
    {
        var book = await LoopBook.LoadAsync(db, catalogue, LoopTime.Of(request.From, request.Until, clock.GetUtcNow().UtcDateTime), request.Field, cancellationToken);
        List<Guid> leads = [], projects = [], enterprises = [];
        if (request.Cause is { } cause)
        {
            var who = book.Steps.Single(s => s.Cause == cause).Who.Where(s => request.Link is null || s.Links.Contains(request.Link)).ToList();
            projects = [.. who.Select(s => s.ProjectId).OfType<Guid>().Distinct()];
            enterprises = [.. who.Where(s => s.ProjectId is null).Select(s => s.EnterpriseId).Distinct()];
        }
        else
        {
            var ids = book.Figures[request.Figure!.Value].Where(g => request.Link is null || g.Key == request.Link).SelectMany(g => g).Distinct().ToList();
            if (request.Figure is LoopFigure.Targets or LoopFigure.Leads) leads = ids;
            else projects = ids;
        }
        List<LoopItem> items =
        [
            .. actor.May(Permission.LeadsRead) ? await LeadsAsync(leads, cancellationToken) : [],
            .. actor.May(Permission.ProjectsRead) ? await ProjectsAsync(projects, cancellationToken) : [],
            .. actor.May(Permission.EnterprisesRead) ? await EnterprisesAsync(enterprises, cancellationToken) : [],
        ];
        return new LoopItems(items, leads.Count + projects.Count + enterprises.Count - items.Count);
    }

    private async Task<List<LoopItem>> LeadsAsync(List<Guid> ids, CancellationToken cancel)
        => [.. (await db.Leads.AsNoTracking().VisibleTo(actor).Where(l => ids.Contains(l.Id)).OrderByDescending(l => l.Id).Take(Most)
            .Select(l => new { l.Id, l.Number, Title = l.CodeName ?? l.Enterprise!.Name, l.Stage, Links = l.Links.Select(x => x.Code).ToList() }).ToListAsync(cancel))
            .Select(l => new LoopItem(l.Id, "leads", l.Number, l.Title, l.Stage, l.Links))];

    private async Task<List<LoopItem>> ProjectsAsync(List<Guid> ids, CancellationToken cancel)
        => [.. (await db.Projects.AsNoTracking().VisibleTo(actor).Where(p => ids.Contains(p.Id)).OrderByDescending(p => p.Id).Take(Most)
            .Select(p => new { p.Id, p.Number, p.Title, p.Stage, Links = p.Links.Select(x => x.Code).ToList() }).ToListAsync(cancel))
            .Select(p => new LoopItem(p.Id, "projects", p.Number, p.Title, p.Stage, p.Links))];

    private async Task<List<LoopItem>> EnterprisesAsync(List<Guid> ids, CancellationToken cancel)
        => [.. (await db.Enterprises.AsNoTracking().Where(e => ids.Contains(e.Id)).OrderBy(e => e.Name).Take(Most)
            .Select(e => new { e.Id, e.Name, Links = e.Links.Select(x => x.Code).ToList() }).ToListAsync(cancel))
            .Select(e => new LoopItem(e.Id, "enterprises", null, e.Name, null, e.Links))];
}
