using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>邀请名单 of a chain leader: partners known by name that are not here yet, then known enterprises elsewhere in the links of its circle that are not strong here.</summary>
[Needs(Permission.EnterprisesRead)]
public sealed record ListInvitations(Guid LeaderId) : IRequest<InvitationList>;

/// <param name="More">Further enterprises that are not listed because there are too many.</param>
public sealed record InvitationList(Guid LeaderId, string Leader, DateTime AsOf, IReadOnlyList<InvitationRow> Rows, int More);

/// <summary>An enterprise to be invited.</summary>
/// <param name="IsNamed">Known by name as a partner of the leader; else by its links alone.</param>
/// <param name="Link">The link of the circle for which it is invited; null for a named partner of which no link is known.</param>
/// <param name="Reason">In the language of the reader.</param>
/// <param name="WeightedGap">Of that link, yuan a year.</param>
/// <param name="Leads">Open leads that the person sees.</param>
/// <param name="FollowedBy">Colleagues who have open leads with it that the person does not see.</param>
/// <param name="LeadField">Field and links for a new lead.</param>
public sealed record InvitationRow(
    Guid EnterpriseId, string Name, string Country, string? Address, bool IsNamed, PartnerRole Relation, string? Link, string? LinkName, LinkState? State, bool IsCritical, decimal WeightedGap, string Reason,
    IReadOnlyList<InvitationLead> Leads, IReadOnlyList<string> FollowedBy, string LeadField, IReadOnlyList<string> LeadLinks);

public sealed record InvitationLead(Guid Id, string Number, string Owner);

internal sealed class ListInvitationsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ListInvitations, InvitationList>
{
    private const int AtMost = 200;
    private const string Shared = "CMN";

    public async Task<InvitationList> Handle(ListInvitations request, CancellationToken cancellationToken)
    {
        actor.MustSeeTheChain();
        var leader = await db.LeaderAsync(request.LeaderId, cancellationToken);
        var ground = await ChainGround.LoadAsync(db, catalogue, clock.GetUtcNow().UtcDateTime, cancellationToken);
        var coverage = ground.Coverage();
        var circle = LeaderCircle.Of(coverage.Map, (await db.LinksOfAsync(actor, [leader.Id], cancellationToken))[leader.Id]);
        // What is missing first, what cannot be done without before the rest, the larger gap before the smaller.
        List<(PartnerRole Relation, CircleLink Link, LinkCoverage Reckoned)> wanted = [.. circle.Suppliers.Select(l => (Relation: PartnerRole.Supplier, Link: l)).Concat(circle.Customers.Select(l => (Relation: PartnerRole.Customer, Link: l)))
            .Select(w => (w.Relation, w.Link, Reckoned: coverage[w.Link.Link])).Where(w => w.Reckoned.State != LinkState.Strong)
            .OrderBy(w => w.Relation).ThenByDescending(w => w.Link.IsCritical).ThenByDescending(w => w.Reckoned.State).ThenByDescending(w => w.Reckoned.WeightedGap).ThenBy(w => w.Link.Link, StringComparer.Ordinal)];

        var partners = await db.Partners.AsNoTracking().Where(p => p.LeaderId == leader.Id).Join(db.Enterprises.Away(db, actor), p => p.PartnerId, e => e.Id, (p, e) => new { Partner = p, Firm = new Firm(e.Id, e.Name, e.Country, e.Address) })
            .OrderBy(p => p.Partner.Relation == PartnerRole.Customer).ThenBy(p => p.Partner.At).ToListAsync(cancellationToken);
        List<InvitationRow> rows = [.. partners.DistinctBy(p => p.Firm.Id).Select(p => Named(leader, p.Firm, p.Partner, coverage))];
        var known = new HashSet<Guid>(rows.Select(r => r.EnterpriseId)) { leader.Id };
        var codes = wanted.Select(w => w.Link.Link).Distinct().ToList();
        var all = await In(codes).CountAsync(e => !known.Contains(e.Id), cancellationToken);
        foreach (var w in wanted)
        {
            if (rows.Count >= AtMost) break;
            var firms = await In([w.Link.Link]).Where(e => !known.Contains(e.Id)).OrderBy(e => e.Name).ThenBy(e => e.Id).Take(AtMost - rows.Count).Select(e => new Firm(e.Id, e.Name, e.Country, e.Address)).ToListAsync(cancellationToken);
            all -= firms.Count;
            known.UnionWith(firms.Select(f => f.Id));
            rows.AddRange(firms.Select(f => Known(leader, f, w.Relation, w.Link, w.Reckoned)));
        }
        return new InvitationList(leader.Id, leader.Name, ground.AsOf, await WithContactsAsync(rows, cancellationToken), all);
    }

    private IQueryable<Enterprise> In(List<string> links) => db.Enterprises.AsNoTracking().Away(db, actor).Where(e => e.Links.Any(l => links.Contains(l.Code)));

    private InvitationRow Named(Enterprise leader, Firm firm, Partner partner, Coverage coverage)
    {
        var link = partner.Link is { } code && coverage.Map.Has(code) ? coverage[code] : null;
        var reason = Text.Of(partner.Relation == PartnerRole.Supplier ? "circle.reason.buys" : "circle.reason.sells", leader.Name, partner.Supply, partner.KnownFrom);
        return Row(leader, firm, true, partner.Relation, link, false, link is null ? reason : $"{reason}{Text.Of("list.semicolon")}{Says(link)}");
    }

    private InvitationRow Known(Enterprise leader, Firm firm, PartnerRole relation, CircleLink link, LinkCoverage reckoned)
    {
        var what = string.Join(Text.Of("list.comma"), link.Edges.OrderByDescending(e => e.IsCritical).Select(e => Text.Pick(e.SuppliesZh, e.SuppliesEn)).Distinct().Take(3));
        var reason = Text.Of((relation, link.IsCritical) switch
        {
            (PartnerRole.Supplier, true) => "circle.reason.suppliesCritical", (PartnerRole.Supplier, false) => "circle.reason.supplies", (_, true) => "circle.reason.usesCritical", _ => "circle.reason.uses",
        }, catalogue.LinkName(link.Link), what, leader.Name);
        return Row(leader, firm, false, relation, reckoned, link.IsCritical, $"{reason}{Text.Of("list.semicolon")}{Says(reckoned)}");
    }

    private InvitationRow Row(Enterprise leader, Firm firm, bool isNamed, PartnerRole relation, LinkCoverage? link, bool isCritical, string reason)
    {
        var field = link?.Link[..3] is { } of && of != Shared ? of : leader.LeaderFields.FirstOrDefault() ?? "";
        return new InvitationRow(firm.Id, firm.Name, firm.Country, firm.Address, isNamed, relation, link?.Link, link is null ? null : catalogue.LinkName(link.Link), link?.State, isCritical,
            decimal.Round(link?.WeightedGap ?? 0, 2), reason, [], [], field, link is null ? [] : [link.Link]);
    }

    private static string Says(LinkCoverage link) => link.State switch
    {
        LinkState.Missing => Text.Of("circle.reason.nobody"),
        LinkState.InPipeline => Text.Of("circle.reason.inTalks", link.Coming),
        LinkState.Strong => Text.Of("circle.reason.strong", link.Suppliers),
        _ => link.HangsOnOne ? Text.Of("circle.reason.onlyOne") : Text.Of("circle.reason.weak", link.Suppliers),
    };

    /// <summary>As the record of an enterprise says it: the own leads, and who else is at it.</summary>
    private async Task<IReadOnlyList<InvitationRow>> WithContactsAsync(List<InvitationRow> rows, CancellationToken cancel)
    {
        if (!actor.May(Permission.LeadsRead)) return rows;
        var ids = rows.ConvertAll(r => r.EnterpriseId);
        var open = db.Leads.NamedFor(actor).Where(l => l.Status == LeadStatus.Open && ids.Contains(l.EnterpriseId));
        var seen = (await open.VisibleTo(actor).OrderBy(l => l.Id).Select(l => new { l.EnterpriseId, l.Id, l.Number, Owner = db.Users.Where(u => u.Id == l.OwnerId).Select(u => u.DisplayName).First() }).ToListAsync(cancel)).ToLookup(l => l.EnterpriseId);
        var others = actor.May(Permission.LeadsWrite) && !actor.May(Permission.EverybodysRows)
            ? (await open.Where(l => l.OwnerId != actor.Id).Select(l => new { l.EnterpriseId, Owner = db.Users.Where(u => u.Id == l.OwnerId).Select(u => u.DisplayName).First() }).Distinct().ToListAsync(cancel)).ToLookup(l => l.EnterpriseId, l => l.Owner) : null;
        return rows.ConvertAll(r => r with
        {
            Leads = [.. seen[r.EnterpriseId].Select(l => new InvitationLead(l.Id, l.Number, l.Owner))],
            FollowedBy = others is null ? [] : [.. others[r.EnterpriseId].Order(StringComparer.Ordinal)],
        });
    }

    private sealed record Firm(Guid Id, string Name, string Country, string? Address);
}
