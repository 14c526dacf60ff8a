using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>对接成效: what was posted, brought together and contracted in a year, by field. Introductions and contracts as far as the person sees them, so that each figure opens to its rows.</summary>
[Needs(Permission.ChainRead)]
public sealed record GetOfferResults : IRequest<OfferResults>
{
    /// <summary>This year when left out.</summary>
    public int? Year { get; set; }
}

/// <param name="Rows">Fields in which there was anything; each post counts in the main field of its link.</param>
public sealed record OfferResults(int Year, IReadOnlyList<OfferResult> Rows, OfferResult Total);

/// <param name="Field">Empty for the total.</param>
/// <param name="Offers">Posted in the year.</param>
/// <param name="Matched">Of these, brought together with somebody at least once.</param>
/// <param name="Introductions">Made in the year, also over older posts.</param>
/// <param name="Contracts">Signed in the year.</param>
/// <param name="Amount">Of these contracts, yuan.</param>
public sealed record OfferResult(string Field, int Offers, int Matched, int Introductions, int Contracts, decimal Amount);

internal sealed class GetOfferResultsValidator : AbstractValidator<GetOfferResults>
{
    public GetOfferResultsValidator() => RuleFor(r => r.Year).InclusiveBetween(2000, 2100);
}

internal sealed class GetOfferResultsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetOfferResults, OfferResults>
{
    public async Task<OfferResults> Handle(GetOfferResults request, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var year = request.Year ?? today.Year;
        var offers = await new ListOffers { Year = year }.Rows(db, today).GroupBy(o => o.Field)
            .Select(g => new { g.Key, Count = g.Count(), Matched = g.Count(o => o.IntroductionCount > 0) }).ToDictionaryAsync(g => g.Key, cancellationToken);
        var introductions = await new ListIntroductions { Year = year }.Rows(db, actor, today).GroupBy(i => i.Offer!.Field)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var contracts = (await new ListIntroductions { ContractYear = year }.Rows(db, actor, today).Select(i => new { i.Offer!.Field, i.Amount }).ToListAsync(cancellationToken)).ToLookup(c => c.Field, c => c.Amount ?? 0);
        OfferResult Row(string field) => new(field, offers.GetValueOrDefault(field)?.Count ?? 0, offers.GetValueOrDefault(field)?.Matched ?? 0, introductions.GetValueOrDefault(field), contracts[field].Count(), contracts[field].Sum());
        var rows = catalogue.Fields.Select(f => f.Code).Where(f => offers.ContainsKey(f) || introductions.ContainsKey(f) || contracts.Contains(f)).Select(Row).ToList();
        return new OfferResults(year, rows, new OfferResult("", rows.Sum(r => r.Offers), rows.Sum(r => r.Matched), rows.Sum(r => r.Introductions), rows.Sum(r => r.Contracts), rows.Sum(r => r.Amount)));
    }
}
