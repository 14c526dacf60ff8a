using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>
/// 招商目标: enterprises that are not here, in the order in which they close the gaps of the chain: each counts only what those before it leave open.
/// The figures of the gaps are the district's; names of projects are for those who see them.
/// </summary>
[Needs(Permission.LeadsRead)]
public sealed record ListSuggestions : IRequest<SuggestionList>, IPaged
{
    /// <summary>Only gaps of this field, also of links that belong to it besides another.</summary>
    public string? Field { get; set; }

    /// <summary>Only the gap of this link.</summary>
    public string? Link { get; set; }

    /// <summary>Only enterprises with a link that this park is meant for.</summary>
    public Guid? Park { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = 20;

    string? IPaged.Sort => null;
}

/// <param name="Total">How many are in order; at most 300.</param>
/// <param name="Candidates">Of how many with a link in a gap.</param>
/// <param name="Gap">Sum of the weighted gaps asked about, yuan a year.</param>
/// <param name="Closes">What all that are in order would close of it together.</param>
public sealed record SuggestionList(IReadOnlyList<SuggestionRow> Items, int Total, [property: System.Text.Json.Serialization.JsonPropertyName("page")] int Number, int Size, int Candidates, decimal Gap, decimal Closes);

/// <summary>A target. Money in yuan a year.</summary>
/// <param name="Closes">Weighted gap that it closes beside all that stand before it.</param>
/// <param name="Alone">The same if it were the only one.</param>
/// <param name="Output">What it is taken to make here, by its size class.</param>
/// <param name="Source">File of the import that brought it; null when somebody put it on the register.</param>
/// <param name="Contact">Set when somebody is in contact with it already; then no second lead is made.</param>
public sealed record SuggestionRow(
    int Rank, Guid EnterpriseId, string Name, string Country, string? Address, string? Kind, EnterpriseSize? EnterpriseSize, string? IndustryCode, decimal Closes, decimal Alone, decimal Output,
    IReadOnlyList<ClosingRow> Closing, IReadOnlyList<NeighbourRow> Supplies, IReadOnlyList<NeighbourRow> Buys, IReadOnlyList<TargetPark> Parks, TargetContact? Contact, string? Source);

/// <param name="Confidence">0–1; 1 when the link is confirmed.</param>
/// <param name="Supply">What the district would get of it in the link.</param>
/// <param name="Before">Weighted gap before it, and after.</param>
public sealed record ClosingRow(string Link, string Name, string Field, decimal Confidence, decimal Supply, decimal Before, decimal After, decimal Closes);

internal sealed class ListSuggestionsValidator : AbstractValidator<ListSuggestions>
{
    public ListSuggestionsValidator() => this.MustBePaged([]);
}

internal sealed class ListSuggestionsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ListSuggestions, SuggestionList>
{
    public async Task<SuggestionList> Handle(ListSuggestions request, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.EnterprisesRead)) throw new Refusal(RefusalCode.NotPermitted);
        if (request.Field is { Length: > 0 } field && catalogue.Field(field) is null) throw new Refusal(RefusalCode.UnknownFieldCode, field) { Field = "field" };
        var now = clock.GetUtcNow().UtcDateTime;
        var ground = await TargetGround.LoadAsync(db, catalogue, actor, now, null, cancellationToken);
        var (map, counts) = (ground.Chain.Map, Counts(request, ground.Chain.Map));
        var candidates = ground.Candidates.Where(c => counts is null || c.Links.Any(l => counts.Contains(l.Link))).ToList();
        if (request.Park is { } park)
        {
            var place = await db.Parks.AsNoTracking().VisibleTo(actor).FirstOrDefaultAsync(p => p.Id == park, cancellationToken) ?? throw new Refusal(RefusalCode.NotFound);
            candidates = candidates.FindAll(c => c.Links.Any(l => map.Find(l.Link) is { } link && place.IsMeantFor(link)));
        }
        var ranked = TargetRanking.Of(ground.Coverage, candidates, TargetGround.Most, counts);
        var page = ranked.Skip((request.Page - 1) * request.Size).Take(request.Size).ToList();
        var view = await TargetView.LoadAsync(db, actor, catalogue, ground.Chain, page, now, cancellationToken);
        var ids = page.ConvertAll(r => r.Candidate.EnterpriseId);
        var facts = await db.Enterprises.AsNoTracking().Where(e => ids.Contains(e.Id)).Select(e => new { e.Id, e.Name, e.Country, e.Address, e.Kind, e.Size, e.IndustryCode,
            Source = db.Imports.Where(i => i.Id == e.ImportId).Select(i => i.FileName).FirstOrDefault() }).ToDictionaryAsync(e => e.Id, cancellationToken);
        var rows = page.Select(r => facts[r.Candidate.EnterpriseId] is var e ? new SuggestionRow(r.Rank, e.Id, e.Name, e.Country, e.Address, e.Kind, e.Size, e.IndustryCode, Yuan(r.Closes), Yuan(r.Alone), r.Candidate.Output,
            [.. r.Gains.Select(g => Closing(map, g))], view.Buyers(r.Candidate), view.Suppliers(r.Candidate), view.ParksFor(r), view.ContactWith(e.Id), e.Source) : null!);
        var gaps = ground.Coverage.Gaps.Where(g => counts is null || counts.Contains(g.Link)).Sum(g => g.WeightedGap);
        return new SuggestionList([.. rows], ranked.Count, request.Page, request.Size, candidates.Count, Yuan(gaps), Yuan(ranked.Sum(r => r.Closes)));
    }

    internal static ClosingRow Closing(ChainMap map, TargetGain g) => map.Find(g.Link) is { } link
        ? new ClosingRow(g.Link, Texts.Text.Pick(link.NameZh, link.NameEn), link.Field, g.Confidence, Yuan(g.Supply), Yuan(g.Before), Yuan(g.After), Yuan(g.Closes)) : null!;

    internal static decimal Yuan(decimal amount) => decimal.Round(amount, 2);

    private static HashSet<string>? Counts(ListSuggestions request, ChainMap map)
    {
        if (request.Link is { Length: > 0 } link) return map.Has(link) ? [link] : throw new Refusal(RefusalCode.UnknownLink, link) { Field = "link" };
        return request.Field is { Length: > 0 } field ? [.. map.Links.Where(l => l.IsIn(field)).Select(l => l.Code)] : null;
    }
}

internal static class ParkFits
{
    /// <summary>The policy places the link here: by its slot, or by a field of it.</summary>
    public static bool IsMeantFor(this Park park, LinkEdition link) => (link.Slot is not null && park.LayoutSlot == link.Slot) || park.Fields.Any(link.IsIn);
}
