using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>供需列表: what is posted in the district, the newest first; open when nothing else is asked for.</summary>
[Needs(Permission.ChainRead)]
public sealed record ListOffers : IRequest<Page<OfferRow>>, IPaged
{
    /// <summary>Part of the product or of the enterprise's name, or the number GX-….</summary>
    public string? Q { get; set; }

    /// <summary>Main field of the link.</summary>
    public string? Field { get; set; }
    public OfferKind? Kind { get; set; }
    public string? Link { get; set; }
    public Guid? Park { get; set; }
    public Guid? Enterprise { get; set; }

    /// <summary>Open or closed; a year without it means both.</summary>
    public OfferStatus? Status { get; set; }

    /// <summary>Posted in this year.</summary>
    public int? Year { get; set; }

    /// <summary>Has been introduced at least once, or never.</summary>
    public bool? Introduced { get; set; }
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<Offer> Sortable = new(o => o.Id) { ["postedAt"] = o => o.PostedAt, ["validUntil"] = o => o.ValidUntil, ["number"] = o => o.Number };

    internal IQueryable<Offer> Rows(CrmDb db, DateOnly today)
    {
        var offers = db.Offers.AsNoTracking();
        var status = Status ?? (Year is null ? OfferStatus.Open : null);
        if (status == OfferStatus.Open) offers = offers.OpenOn(today);
        if (status == OfferStatus.Closed) offers = offers.Where(o => o.Status == OfferStatus.Closed || o.ValidUntil < today);
        if (Field is { Length: > 0 } field) offers = offers.Where(o => o.Field == field);
        if (Kind is { } kind) offers = offers.Where(o => o.Kind == kind);
        if (Link is { Length: > 0 } link) offers = offers.Where(o => o.Link == link);
        if (Park is { } park) offers = offers.Where(o => o.ParkId == park);
        if (Enterprise is { } enterprise) offers = offers.Where(o => o.EnterpriseId == enterprise);
        if (Introduced is { } introduced) offers = offers.Where(o => o.IntroductionCount > 0 == introduced);
        if (Year is { } year)
        {
            var (from, to) = Years.Of(year);
            offers = offers.Where(o => o.PostedAt >= from && o.PostedAt < to);
        }
        if (Q?.Trim().ToLowerInvariant() is { Length: > 0 } q) offers = offers.Where(o => o.Product.ToLower().Contains(q) || o.Enterprise!.Name.ToLower().Contains(q) || o.Number.ToLower().StartsWith(q));
        return offers;
    }
}

internal sealed class ListOffersValidator : AbstractValidator<ListOffers>
{
    public ListOffersValidator()
    {
        this.MustBePaged(ListOffers.Sortable.Names);
        RuleFor(r => r.Q).MaximumLength(100);
        RuleFor(r => r.Kind).IsInEnum();
        RuleFor(r => r.Status).IsInEnum();
        RuleFor(r => r.Year).InclusiveBetween(2000, 2100);
    }
}

internal sealed class ListOffersHandler(CrmDb db, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ListOffers, Page<OfferRow>>
{
    public async Task<Page<OfferRow>> Handle(ListOffers request, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var page = await request.Rows(db, today).PageAsync(ListOffers.Sortable, request.Sort is { Length: > 0 } sort ? sort : "-postedAt", request, rows => rows.ToRows(db, today), cancellationToken);
        return page with { Items = [.. page.Items.Select(o => o.Named(catalogue))] };
    }
}

/// <summary>A calendar year in Shanghai as moments in UTC.</summary>
internal static class Years
{
    public static (DateTime From, DateTime To) Of(int year) => (ShanghaiTime.StartOfDayUtc(new DateOnly(year, 1, 1)), ShanghaiTime.StartOfDayUtc(new DateOnly(year + 1, 1, 1)));
}
