using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>链主: the chain leaders, those in the district first, and how much of the circle of each is here.</summary>
[Needs(Permission.EnterprisesRead)]
public sealed record ListLeaders : IRequest<Page<LeaderRow>>
{
    public int Page { get; set; } = 1;
    public int Size { get; set; } = 50;
}

/// <param name="Fields">Codes of the fields that it leads.</param>
/// <param name="Links">Codes: on its record, and of its live projects that the person knows.</param>
/// <param name="Partners">Firms named as its partners, of them <paramref name="PartnersHere"/> are in the district.</param>
public sealed record LeaderRow(
    Guid Id, string Name, string Country, IReadOnlyList<string> Fields, IReadOnlyList<string> Links, Standing Standing, CircleShare Suppliers, CircleShare Customers, int Partners, int PartnersHere);

/// <summary>Of the neighbouring links: in how many somebody operates or has landed, in how many somebody is only coming, and in how many nobody is.</summary>
public sealed record CircleShare(int Links, int Here, int Coming, int Missing)
{
    internal static CircleShare Of(IReadOnlyList<CircleLink> links, Coverage coverage) => new(links.Count, links.Count(l => coverage[l.Link].Suppliers > 0),
        links.Count(l => coverage[l.Link].State == LinkState.InPipeline), links.Count(l => coverage[l.Link].State == LinkState.Missing));
}

internal sealed class ListLeadersValidator : AbstractValidator<ListLeaders>
{
    public ListLeadersValidator()
    {
        RuleFor(r => r.Page).GreaterThan(0);
        RuleFor(r => r.Size).InclusiveBetween(1, Paging.MaxSize);
    }
}

internal sealed class ListLeadersHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ListLeaders, Page<LeaderRow>>
{
    public async Task<Page<LeaderRow>> Handle(ListLeaders request, CancellationToken cancellationToken)
    {
        actor.MustSeeTheChain();
        var leaders = db.Enterprises.AsNoTracking().Where(e => e.IsChainLeader && e.MergedIntoId == null);
        var page = await leaders.OrderByDescending(e => db.Presences.Any(p => p.EnterpriseId == e.Id && p.To == ChainMap.Open)).ThenBy(e => e.Name).ThenBy(e => e.Id)
            .Skip((request.Page - 1) * request.Size).Take(request.Size).Select(e => new { e.Id, e.Name, e.Country, e.LeaderFields }).ToListAsync(cancellationToken);
        var ids = page.ConvertAll(e => e.Id);
        var links = await db.LinksOfAsync(actor, ids, cancellationToken);
        var partners = (await db.Partners.NotMerged(db).Where(p => ids.Contains(p.LeaderId)).Select(p => new { p.LeaderId, p.PartnerId }).ToListAsync(cancellationToken)).Distinct().ToLookup(p => p.LeaderId, p => p.PartnerId);
        var standings = await db.StandingsAsync(actor, [.. ids, .. partners.SelectMany(p => p)], cancellationToken);
        var coverage = (await ChainGround.LoadAsync(db, catalogue, clock.GetUtcNow().UtcDateTime, cancellationToken)).Coverage();
        return new Page<LeaderRow>(page.ConvertAll(e =>
        {
            var circle = LeaderCircle.Of(coverage.Map, links[e.Id]);
            return new LeaderRow(e.Id, e.Name, e.Country, [.. e.LeaderFields], [.. links[e.Id]], standings[e.Id], CircleShare.Of(circle.Suppliers, coverage), CircleShare.Of(circle.Customers, coverage),
                partners[e.Id].Count(), partners[e.Id].Count(p => standings[p] == Standing.Here));
        }), await leaders.CountAsync(cancellationToken), request.Page, request.Size);
    }
}
