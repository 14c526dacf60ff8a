using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>供需匹配: who here may answer a supply or demand, the likeliest first, with the terms of each score.</summary>
[Needs(Permission.ChainRead)]
public sealed record GetOfferMatches(Guid Id) : IRequest<OfferMatchReport>;

/// <param name="More">Further ones below those that are shown.</param>
/// <param name="Hidden">Enterprises that have posted nothing and whose names the person may not know.</param>
public sealed record OfferMatchReport(Guid OfferId, IReadOnlyList<OfferMatchRow> Items, int More, int Hidden);

/// <param name="Answer">What it has posted itself; null for one that only might supply or buy.</param>
/// <param name="IsIntroduced">The two have been brought together over this one already.</param>
public sealed record OfferMatchRow(Guid EnterpriseId, string Enterprise, string? Park, OfferRow? Answer, int Score, IReadOnlyList<OfferMatchTermRow> Terms, bool IsIntroduced);

/// <param name="Detail">The common words, what the edge supplies, or the size.</param>
/// <param name="IsCritical">Of an edge: without it the buyer cannot produce.</param>
public sealed record OfferMatchTermRow(OfferMatchReason Reason, int Points, string? Detail, bool IsCritical = false);

internal sealed class GetOfferMatchesHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetOfferMatches, OfferMatchReport>
{
    internal const int AtMost = 30;

    public async Task<OfferMatchReport> Handle(GetOfferMatches request, CancellationToken cancellationToken)
    {
        var (now, cancel) = (clock.GetUtcNow().UtcDateTime, cancellationToken);
        var today = ShanghaiTime.Day(now);
        var offer = await db.Offers.AsNoTracking().OneAsync(request.Id, cancel);
        var map = await ChainGround.MapAsync(db, now, cancel);
        var posts = await db.Offers.AsNoTracking().OpenOn(today).Where(o => o.Link == offer.Link && o.Kind != offer.Kind && o.EnterpriseId != offer.EnterpriseId).ToListAsync(cancel);
        var tenants = await TenantsAsync(offer, map, [.. posts.Select(p => p.EnterpriseId).Distinct()], cancel);
        var parks = await Here.ParksAsync(db, catalogue, [offer.EnterpriseId], cancel);
        var links = await Here.LinksAsync(db, catalogue, db.Enterprises.Where(e => e.Id == offer.EnterpriseId).Select(e => e.Id), cancel);
        var matches = OfferMatching.Of(new OfferQuestion(offer.Kind, offer.Link, offer.Product, offer.EnterpriseId, links[offer.EnterpriseId].ToHashSet(StringComparer.Ordinal), parks[offer.EnterpriseId].ToHashSet()),
            map, tenants, posts.Select(p => new OfferPost(p.Id, p.Kind, p.Link, p.EnterpriseId, p.Product)));

        var known = await KnownAsync(tenants, cancel);
        var seen = matches.Where(m => m.OfferId is not null || known.Contains(m.EnterpriseId)).ToList();
        var shown = seen.Take(AtMost).ToList();
        return new OfferMatchReport(offer.Id, await RowsAsync(offer, shown, tenants, today, cancel), seen.Count - shown.Count, matches.Count - seen.Count);
    }

    private async Task<List<OfferTenant>> TenantsAsync(Offer offer, ChainMap map, List<Guid> posting, CancellationToken cancel)
    {
        var links = OfferMatching.LinksOfAnswers(offer.Kind, offer.Link, map).ToList();
        var here = Here.Enterprises(db, catalogue);
        var answering = here.WorkingIn(db, catalogue, links).Union(here.Where(e => posting.Contains(e.Id)));
        var rows = await answering.Where(e => e.Id != offer.EnterpriseId).Select(e => new { e.Id, e.Name, e.Size }).ToListAsync(cancel);
        var ids = rows.ConvertAll(r => r.Id);
        var working = await Here.LinksAsync(db, catalogue, answering.Select(e => e.Id), cancel);
        var parks = await Here.ParksAsync(db, catalogue, ids, cancel);
        return rows.ConvertAll(r => new OfferTenant(r.Id, r.Name, r.Size, working[r.Id].ToHashSet(StringComparer.Ordinal), parks[r.Id].ToHashSet()));
    }

    /// <summary>Whose names the person may know although they have posted nothing.</summary>
    private async Task<HashSet<Guid>> KnownAsync(List<OfferTenant> tenants, CancellationToken cancel)
    {
        if (actor.May(Permission.EnterprisesRead)) return [.. tenants.Select(t => t.EnterpriseId)];
        return [.. await Here.Enterprises(db, catalogue, actor).Select(e => e.Id).ToListAsync(cancel)];
    }

    private async Task<List<OfferMatchRow>> RowsAsync(Offer offer, List<OfferMatch> shown, List<OfferTenant> tenants, DateOnly today, CancellationToken cancel)
    {
        var (answers, parkIds) = (shown.Select(m => m.OfferId).OfType<Guid>().ToList(), tenants.ToDictionary(t => t.EnterpriseId, t => t.Parks.Count == 0 ? (Guid?)null : t.Parks.First()));
        var posts = await db.Offers.AsNoTracking().Where(o => answers.Contains(o.Id)).ToRows(db, today).ToDictionaryAsync(o => o.Id, cancel);
        var parks = (await db.Parks.AsNoTracking().Select(p => new { p.Id, p.NameZh, p.NameEn }).ToListAsync(cancel)).ToDictionary(p => p.Id, p => Text.Pick(p.NameZh, p.NameEn));
        var introduced = (await db.Introductions.Where(i => i.OfferId == offer.Id || i.CounterOfferId == offer.Id)
            .Select(i => i.OfferId == offer.Id ? i.EnterpriseId : i.Offer!.EnterpriseId).ToListAsync(cancel)).ToHashSet();
        return shown.ConvertAll(m => new OfferMatchRow(m.EnterpriseId, m.Name, parkIds[m.EnterpriseId] is { } park ? parks[park] : null, m.OfferId is { } id ? posts[id].Named(catalogue) : null, m.Score,
            [.. m.Terms.Select(t => new OfferMatchTermRow(t.Reason, t.Points, Detail(t), t.Edge?.IsCritical == true))], introduced.Contains(m.EnterpriseId)));
    }

    private string? Detail(OfferMatchTerm term) => term switch
    {
        { Edge: { } edge } => Text.Of("offers.edge", catalogue.LinkName(edge.Supplier), catalogue.LinkName(edge.Buyer), Text.Pick(edge.SuppliesZh, edge.SuppliesEn)),
        { Size: { } size } => Text.Of(size),
        { Words.Count: > 0 } => string.Join(' ', term.Words),
        _ => null,
    };
}
