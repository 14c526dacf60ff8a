using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Projects;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>配套圈: of one chain leader the links that supply it and those that it supplies: who is here, who is coming, what is missing, and the partners known by name.</summary>
[Needs(Permission.EnterprisesRead)]
public sealed record GetCircle(Guid Id) : IRequest<CircleRecord>;

/// <param name="AsOf">UTC.</param>
/// <param name="Output">年产值 here, CNY yuan, where it is on record.</param>
public sealed record CircleRecord(
    Guid Id, string Name, string Country, IReadOnlyList<string> Fields, Standing Standing, decimal? Output, DateTime AsOf, IReadOnlyList<CircleOwnLink> Links,
    CircleSide Suppliers, CircleSide Customers, IReadOnlyList<PartnerRow> Partners);

public sealed record CircleOwnLink(string Link, string Name, string Field, LinkState State);

/// <summary>One side of the circle, what cannot be done without first.</summary>
public sealed record CircleSide(CircleShare Share, IReadOnlyList<CircleRow> Rows);

/// <summary>A neighbouring link. Money in yuan a year.</summary>
/// <param name="What">What is supplied between it and the leader's own links.</param>
/// <param name="Here">The largest of those that operate or have landed; another <paramref name="HereMore"/> are not named.</param>
/// <param name="Coming">Projects that the person sees; another <paramref name="ComingMore"/> are not named.</param>
/// <param name="Leads">Open leads in the link, over the whole district.</param>
public sealed record CircleRow(
    string Link, string Name, string Field, LinkState State, bool IsCritical, decimal Gap, decimal WeightedGap, IReadOnlyList<CircleEdge> What,
    IReadOnlyList<CircleName> Here, int HereMore, IReadOnlyList<CircleName> Coming, int ComingMore, int Leads);

/// <param name="Link">The leader's own link at the other end.</param>
public sealed record CircleEdge(string Link, string LinkName, SupplyKind Kind, string What, bool IsCritical);

/// <param name="ProjectId">Null where the enterprise operates here; else the project by which it comes or has landed, under the name that lists show.</param>
public sealed record CircleName(Guid? EnterpriseId, Guid? ProjectId, string Name);

/// <param name="By">Who recorded it.</param>
public sealed record PartnerRow(Guid Id, Guid PartnerId, string Name, PartnerRole Relation, string? Link, string? LinkName, string Supply, string KnownFrom, Standing Standing, DateTime At, string By);

internal sealed class GetCircleHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetCircle, CircleRecord>
{
    // More are found on the page of the link.
    private const int Named = 8;

    public async Task<CircleRecord> Handle(GetCircle request, CancellationToken cancellationToken)
    {
        actor.MustSeeTheChain();
        var leader = await db.LeaderAsync(request.Id, cancellationToken);
        var ground = await ChainGround.LoadAsync(db, catalogue, clock.GetUtcNow().UtcDateTime, cancellationToken);
        var coverage = ground.Coverage();
        var own = (await db.LinksOfAsync(actor, [leader.Id], cancellationToken))[leader.Id].Where(coverage.Map.Has).ToList();
        var circle = LeaderCircle.Of(coverage.Map, own);
        var codes = circle.Suppliers.Concat(circle.Customers).Select(l => l.Link).Distinct().ToList();

        var names = await NamesAsync([.. codes.SelectMany(c => coverage[c].Supplies).Select(s => s.Subject)], cancellationToken);
        var leads = await db.LeadsInAsync(codes, cancellationToken);
        var partners = await PartnersAsync(leader.Id, cancellationToken);
        var standings = await db.StandingsAsync(actor, [leader.Id, .. partners.Select(p => p.PartnerId)], cancellationToken);
        var output = await db.Presences.Where(p => p.EnterpriseId == leader.Id && p.To == ChainMap.Open).Select(p => p.AnnualOutput).FirstOrDefaultAsync(cancellationToken);

        CircleSide Side(IReadOnlyList<CircleLink> links, Func<EdgeEdition, string> mine) => new(CircleShare.Of(links, coverage), [.. links.Select(l => Row(l, coverage, names, leads, mine))]);
        return new CircleRecord(leader.Id, leader.Name, leader.Country, [.. leader.LeaderFields], standings[leader.Id], output, ground.AsOf,
            [.. own.Select(c => new CircleOwnLink(c, catalogue.LinkName(c), coverage.Map.Find(c)!.Field, coverage[c].State))],
            Side(circle.Suppliers, e => e.Buyer), Side(circle.Customers, e => e.Supplier),
            [.. partners.Select(p => p with { Standing = standings[p.PartnerId], LinkName = p.Link is null ? null : catalogue.LinkName(p.Link) })]);
    }

    private static CircleRow Row(CircleLink link, Coverage coverage, Names names, IReadOnlyDictionary<string, int> leads, Func<EdgeEdition, string> mine)
    {
        var (reckoned, on) = (coverage[link.Link], coverage.Map.Find(link.Link)!);
        var here = reckoned.Supplies.Where(s => s.IsHere).GroupBy(s => s.Subject.EnterpriseId).OrderByDescending(g => g.Sum(s => s.Amount)).Select(g => names.Here(g.Select(s => s.Subject))).ToList();
        var coming = reckoned.Supplies.Where(s => !s.IsHere).OrderByDescending(s => s.Amount).Select(s => names.Coming(s.Subject)).ToList();
        var (shownHere, shownComing) = (here.OfType<CircleName>().Take(Named).ToList(), coming.OfType<CircleName>().Take(Named).ToList());
        return new CircleRow(link.Link, Text.Pick(on.NameZh, on.NameEn), on.Field, reckoned.State, link.IsCritical, decimal.Round(reckoned.Gap, 2), decimal.Round(reckoned.WeightedGap, 2),
            [.. link.Edges.Select(e => new CircleEdge(mine(e), LinkName(coverage, mine(e)), e.Kind, Text.Pick(e.SuppliesZh, e.SuppliesEn), e.IsCritical))],
            shownHere, here.Count - shownHere.Count, shownComing, coming.Count - shownComing.Count, leads.GetValueOrDefault(link.Link));
    }

    private static string LinkName(Coverage coverage, string code) => coverage.Map.Find(code) is { } link ? Text.Pick(link.NameZh, link.NameEn) : code;

    private async Task<Names> NamesAsync(IReadOnlyList<ChainSubject> subjects, CancellationToken cancel)
    {
        var (enterprises, projects) = (subjects.Where(s => s.ProjectId is null).Select(s => s.EnterpriseId).Distinct().ToList(), subjects.Select(s => s.ProjectId).OfType<Guid>().Distinct().ToList());
        return new Names(
            await db.Enterprises.Where(e => enterprises.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Name, cancel),
            actor.May(Permission.ProjectsRead) ? await db.Projects.VisibleTo(actor).Where(p => projects.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Title, cancel) : []);
    }

    private async Task<List<PartnerRow>> PartnersAsync(Guid leaderId, CancellationToken cancel)
        => await db.Partners.AsNoTracking().NotMerged(db).Where(p => p.LeaderId == leaderId).OrderBy(p => p.Relation == PartnerRole.Customer).ThenBy(p => p.At)
            .Select(p => new PartnerRow(p.Id, p.PartnerId, db.Enterprises.Where(e => e.Id == p.PartnerId).Select(e => e.Name).First(), p.Relation, p.Link, null, p.Supply, p.KnownFrom, Standing.Away, p.At,
                db.Users.Where(u => u.Id == p.ById).Select(u => u.DisplayName).FirstOrDefault() ?? "")).ToListAsync(cancel);

    /// <summary>Names that the person may know; a project that is not seen has none.</summary>
    private sealed record Names(Dictionary<Guid, string> Enterprises, Dictionary<Guid, string> Projects)
    {
        public CircleName? Here(IEnumerable<ChainSubject> ofOne)
        {
            var all = ofOne.ToList();
            return all.Find(s => s.ProjectId is null) is { } business && Enterprises.TryGetValue(business.EnterpriseId, out var name) ? new CircleName(business.EnterpriseId, null, name)
                : all.Select(Coming).FirstOrDefault(n => n is not null);
        }

        public CircleName? Coming(ChainSubject subject) => subject.ProjectId is { } id && Projects.TryGetValue(id, out var title) ? new CircleName(null, id, title) : null;
    }
}
