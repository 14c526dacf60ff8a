using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>What everybody who sees the chain reads of a supply or demand: it is posted to be known.</summary>
/// <param name="Link">Code of the link that makes it.</param>
/// <param name="IsOpen">Not closed, and its last day is not over.</param>
public sealed record OfferRow(
    Guid Id, string Number, OfferKind Kind, Guid EnterpriseId, string Enterprise, string Link, string Field, Guid? ParkId, string? Park, string Product, string? Quantity,
    DateOnly? ValidUntil, bool IsOpen, OfferClosing? Closing, int Introductions, DateTime PostedAt, string PostedBy, int Version)
{
    public string LinkName { get; init; } = "";
}

/// <summary>引荐: from the offer's side, and as supplier and buyer.</summary>
/// <param name="EnterpriseId">The other side.</param>
/// <param name="Amount">Yuan, of a contract.</param>
/// <param name="NextOn">Day on which somebody asks what came of it.</param>
public sealed record IntroductionRow(
    Guid Id, Guid OfferId, string OfferNumber, OfferKind Kind, string Link, string Field, string Product, Guid SupplierId, string Supplier, Guid BuyerId, string Buyer, Guid EnterpriseId,
    Guid? CounterOfferId, string? Note, DateTime At, string By, string Owner, IntroductionState State, decimal? Amount, DateOnly? ContractOn, DateOnly? NextOn, Guid? FollowUpId, int Version)
{
    public IReadOnlyList<IntroductionLine> History { get; init; } = [];
}

public sealed record IntroductionLine(IntroductionState State, decimal? Amount, DateOnly? ContractOn, string? Note, DateTime At, string By);

internal static class OfferQueries
{
    public static IQueryable<Offer> OpenOn(this IQueryable<Offer> offers, DateOnly day) => offers.Where(o => o.Status == OfferStatus.Open && (o.ValidUntil == null || o.ValidUntil >= day));

    public static IQueryable<OfferRow> ToRows(this IQueryable<Offer> offers, CrmDb db, DateOnly day)
    {
        var english = Text.IsEnglish;
        return offers.Select(o => new OfferRow(o.Id, o.Number, o.Kind, o.EnterpriseId, o.Enterprise!.Name, o.Link, o.Field, o.ParkId,
            db.Parks.Where(p => p.Id == o.ParkId).Select(p => english ? p.NameEn : p.NameZh).FirstOrDefault(), o.Product, o.Quantity, o.ValidUntil,
            o.Status == OfferStatus.Open && (o.ValidUntil == null || o.ValidUntil >= day), o.Status == OfferStatus.Open && o.ValidUntil < day ? OfferClosing.Lapsed : o.Closing,
            o.IntroductionCount, o.PostedAt, db.Users.Where(u => u.Id == o.PostedById).Select(u => u.DisplayName).FirstOrDefault() ?? "", o.Version));
    }

    public static OfferRow Named(this OfferRow row, Catalogue catalogue) => row with { LinkName = catalogue.LinkName(row.Link) };

    public static IQueryable<IntroductionRow> ToRows(this IQueryable<Introduction> introductions, CrmDb db) => introductions.AsSplitQuery().Select(i => new IntroductionRow(
        i.Id, i.OfferId, i.Offer!.Number, i.Offer.Kind, i.Offer.Link, i.Offer.Field, i.Offer.Product,
        i.Offer.Kind == OfferKind.Supply ? i.Offer.EnterpriseId : i.EnterpriseId, i.Offer.Kind == OfferKind.Supply ? i.Offer.Enterprise!.Name : i.Enterprise!.Name,
        i.Offer.Kind == OfferKind.Supply ? i.EnterpriseId : i.Offer.EnterpriseId, i.Offer.Kind == OfferKind.Supply ? i.Enterprise!.Name : i.Offer.Enterprise!.Name, i.EnterpriseId,
        i.CounterOfferId, i.Note, i.At, db.Users.Where(u => u.Id == i.ById).Select(u => u.DisplayName).FirstOrDefault() ?? "", db.Users.Where(u => u.Id == i.OwnerId).Select(u => u.DisplayName).FirstOrDefault() ?? "",
        i.State, i.Amount, i.ContractOn, i.NextOn, i.FollowUpId, i.Version)
    {
        History = i.History.OrderBy(s => s.At).ThenBy(s => s.Id).Select(s => new IntroductionLine(s.State, s.Amount, s.ContractOn, s.Note, s.At, db.Users.Where(u => u.Id == s.ById).Select(u => u.DisplayName).FirstOrDefault() ?? "")).ToList(),
    });

    /// <summary>Park managers change what is posted for their own parks.</summary>
    /// <exception cref="Refusal">OfferBeyondParks.</exception>
    public static async Task MustSpeakForAsync(this CrmDb db, Actor actor, Offer offer, CancellationToken cancel)
    {
        if (!MaySpeakFor(actor, offer.ParkId, offer.PostedById))
            throw new Refusal(RefusalCode.OfferBeyondParks, await db.Enterprises.Where(e => e.Id == offer.EnterpriseId).Select(e => e.Name).FirstAsync(cancel));
    }

    public static bool MaySpeakFor(Actor actor, Guid? parkId, Guid postedById)
        => actor.May(Permission.OffersWrite) && (actor.May(Permission.EnterprisesRead) || postedById == actor.Id || parkId is { } park && actor.Parks.Contains(park));
}
