using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Searching;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>环节清单 for whoever keeps the map: also links that were taken off it.</summary>
[Needs(Permission.ChainKeep)]
public sealed record ListKeptLinks : IRequest<IReadOnlyList<KeptLinkRow>>
{
    /// <summary>Part of the code, a name or a product.</summary>
    public string? Q { get; set; }
    public string? Field { get; set; }
    public bool? OnMap { get; set; }
}

/// <param name="Into">Edges that supply it.</param>
/// <param name="OutOf">Edges by which it supplies.</param>
/// <param name="ChangedAt">Null while it stands as it came with the product.</param>
public sealed record KeptLinkRow(string Code, string Name, string Field, ChainTier Tier, bool IsOnMap, int Version, int Into, int OutOf, DateTime? ChangedAt);

internal sealed class ListKeptLinksValidator : AbstractValidator<ListKeptLinks>
{
    public ListKeptLinksValidator() => RuleFor(r => r.Q).OneLine(100);
}

internal sealed class ListKeptLinksHandler(CrmDb db, Catalogue catalogue) : IRequestHandler<ListKeptLinks, IReadOnlyList<KeptLinkRow>>
{
    public async Task<IReadOnlyList<KeptLinkRow>> Handle(ListKeptLinks request, CancellationToken cancellationToken)
    {
        var q = SearchText.Normalise(request.Q ?? "");
        var histories = (await db.LinkEditions.AsNoTracking().ToListAsync(cancellationToken)).GroupBy(l => l.Code).Select(g => new LinkHistory(g.Key, g))
            .Where(h => (request.Field is null || h.Last!.IsIn(request.Field)) && (request.OnMap is null || h.IsOnMap == request.OnMap) && Matches(h, q)).ToList();
        var edges = await db.EdgeEditions.AsNoTracking().Where(e => e.To == ChainMap.Open).Select(e => new { e.Supplier, e.Buyer }).ToListAsync(cancellationToken);
        var (into, outOf) = (edges.CountBy(e => e.Buyer).ToDictionary(), edges.CountBy(e => e.Supplier).ToDictionary());
        return [.. histories.OrderBy(h => catalogue.FieldPriority(h.Last!.Field)).ThenBy(h => h.Code, StringComparer.Ordinal).Select(h => new KeptLinkRow(
            h.Code, Text.Pick(h.Last!.NameZh, h.Last.NameEn), h.Last.Field, h.Last.Tier, h.IsOnMap, h.Version, into.GetValueOrDefault(h.Code), outOf.GetValueOrDefault(h.Code),
            h.Entries[0].At == ChainMap.Always ? null : h.Entries[0].At))];
    }

    private static bool Matches(LinkHistory h, string q) => q.Length == 0
        || h.Last!.Products.Append(h.Code).Append(h.Last.NameZh).Append(h.Last.NameEn).Any(t => SearchText.Normalise(t).Contains(q, StringComparison.Ordinal));
}

/// <summary>布局: the places of the layout that links name.</summary>
[Needs(Permission.ChainKeep)]
public sealed record ListSlots : IRequest<IReadOnlyList<string>>;

internal sealed class ListSlotsHandler(CrmDb db) : IRequestHandler<ListSlots, IReadOnlyList<string>>
{
    public async Task<IReadOnlyList<string>> Handle(ListSlots request, CancellationToken cancellationToken)
        => await db.LinkEditions.Where(l => l.Slot != null).Select(l => l.Slot!).Distinct().ToListAsync(cancellationToken);
}
