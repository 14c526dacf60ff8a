using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.People;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>环节与沿革: what the map says of a link, what points to it, and all that was changed.</summary>
[Needs(Permission.ChainKeep)]
public sealed record GetKeptLink(string Code) : IRequest<KeptLink>;

/// <param name="Version">Number of editions, the ETag.</param>
/// <param name="Terms">As it last was, for a link that is off the map.</param>
/// <param name="Use">How many records name it.</param>
/// <param name="Edges">Into it and out of it, also dangling ones.</param>
/// <param name="History">The latest first.</param>
public sealed record KeptLink(string Code, int Version, bool IsOnMap, LinkTerms Terms, LinkUse Use, IReadOnlyList<KeptEdge> Edges, IReadOnlyList<HistoryRow> History);

/// <param name="IsDangling">One end is off the map.</param>
public sealed record KeptEdge(string Supplier, string SupplierName, string Buyer, string BuyerName, SupplyKind Kind, EdgeTerms Terms, bool IsDangling);

/// <summary>供应关系与沿革.</summary>
[Needs(Permission.ChainKeep)]
public sealed record GetKeptEdge(string Supplier, string Buyer, SupplyKind Kind) : IRequest<KeptEdgeRecord>;

/// <param name="Version">Number of editions, the ETag.</param>
public sealed record KeptEdgeRecord(int Version, bool IsOnMap, KeptEdge Edge, IReadOnlyList<HistoryRow> History);

/// <param name="By">Empty for what came with the product.</param>
public sealed record HistoryRow(MapAct Act, int Version, DateTime At, string By, string Source, string? Reason, IReadOnlyList<TermChange> Changes)
{
    internal static async Task<IReadOnlyList<HistoryRow>> OfAsync(CrmDb db, IReadOnlyList<MapEntry> entries, CancellationToken cancel)
    {
        var names = await db.NamesAsync(entries.Select(e => e.ById).OfType<Guid>(), cancel);
        return [.. entries.Select(e => new HistoryRow(e.Act, e.Version, e.At, e.ById is { } by ? names.Of(by) : "", e.Source, e.Reason, e.Changes))];
    }
}

internal sealed class GetKeptLinkHandler(CrmDb db, Catalogue catalogue) : IRequestHandler<GetKeptLink, KeptLink>, IRequestHandler<GetKeptEdge, KeptEdgeRecord>
{
    public async Task<KeptLink> Handle(GetKeptLink request, CancellationToken cancellationToken)
    {
        var history = await db.LinkAsync(request.Code, cancellationToken);
        if (history.Last is not { } last) throw new Refusal(RefusalCode.NotFound);
        var edges = await db.EdgeEditions.AsNoTracking().Where(e => e.To == ChainMap.Open && (e.Supplier == request.Code || e.Buyer == request.Code)).ToListAsync(cancellationToken);
        var use = (await LinkUses.CountAsync(db, cancellationToken)).FirstOrDefault(u => u.Link == request.Code) ?? new LinkUse(request.Code, 0, 0, 0, 0);
        return new KeptLink(request.Code, history.Version, history.IsOnMap, last.Terms, use,
            [.. edges.OrderBy(e => e.Buyer == request.Code ? 0 : 1).ThenBy(e => e.Supplier, StringComparer.Ordinal).ThenBy(e => e.Buyer, StringComparer.Ordinal).Select(e => Row(e, catalogue))],
            await HistoryRow.OfAsync(db, history.Entries, cancellationToken));
    }

    public async Task<KeptEdgeRecord> Handle(GetKeptEdge request, CancellationToken cancellationToken)
    {
        var history = await db.EdgeAsync(new EdgeKey(request.Supplier, request.Buyer, request.Kind), cancellationToken);
        return history.Last is { } last ? new KeptEdgeRecord(history.Version, history.IsOnMap, Row(last, catalogue), await HistoryRow.OfAsync(db, history.Entries, cancellationToken))
            : throw new Refusal(RefusalCode.NotFound);
    }

    internal static KeptEdge Row(EdgeEdition e, Catalogue catalogue) => new(e.Supplier, catalogue.LinkName(e.Supplier), e.Buyer, catalogue.LinkName(e.Buyer), e.Kind, e.Terms,
        !catalogue.IsOnMap(e.Supplier) || !catalogue.IsOnMap(e.Buyer));
}
