using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.People;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>两日对照: what the map says at the end of one day and did not at the end of another.</summary>
[Needs(Permission.ChainKeep)]
public sealed record GetMapChanges : IRequest<MapChanges>
{
    /// <summary>The earlier day; its end in Shanghai.</summary>
    public DateOnly? From { get; set; }

    /// <summary>The later day, today when left out.</summary>
    public DateOnly? To { get; set; }
}

/// <param name="Links">On the map at the end of the later day.</param>
public sealed record MapChanges(DateOnly From, DateOnly To, int Links, int Edges, IReadOnlyList<MapChangeRow> Items);

/// <param name="Code">Of the link; null for an edge.</param>
/// <param name="Name">Of the link, or of both ends and the kind.</param>
/// <param name="At">When the last of it happened; <paramref name="By"/> is empty for what came with the product.</param>
public sealed record MapChangeRow(MapAct Act, string? Code, EdgeKey? Edge, string Name, IReadOnlyList<TermChange> Changes, DateTime At, string By, string Source, string? Reason);

/// <summary>最近修改 of the map by people, the latest first.</summary>
[Needs(Permission.ChainKeep)]
public sealed record ListMapEdits : IRequest<IReadOnlyList<MapChangeRow>>
{
    /// <summary>At most so many.</summary>
    public int Size { get; set; } = 20;
}

internal sealed class GetMapChangesValidator : AbstractValidator<GetMapChanges>
{
    public GetMapChangesValidator()
    {
        RuleFor(r => r.From).NotEmpty().PlausibleDay();
        RuleFor(r => r.To).PlausibleDay().GreaterThanOrEqualTo(r => r.From).WithMessage(_ => Text.Of("keep.toBeforeFrom"));
    }
}

internal sealed class ListMapEditsValidator : AbstractValidator<ListMapEdits>
{
    public ListMapEditsValidator() => RuleFor(r => r.Size).InclusiveBetween(1, Paging.MaxSize);
}

internal sealed class GetMapChangesHandler(CrmDb db, Catalogue catalogue, TimeProvider clock)
    : IRequestHandler<GetMapChanges, MapChanges>, IRequestHandler<ListMapEdits, IReadOnlyList<MapChangeRow>>
{
    public async Task<MapChanges> Handle(GetMapChanges request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (from, to) = (request.From!.Value, request.To ?? ShanghaiTime.Day(now));
        var before = await ChainGround.MapAsync(db, EndOf(from), cancellationToken);
        var after = await ChainGround.MapAsync(db, EndOf(to), cancellationToken);
        var rows = MapDifference.Between(before, after).Select(d => (d.Act, d.Code, d.Edge, d.Changes, d.Edition, IsEnd: d.Act == MapAct.Removed)).ToList();
        return new MapChanges(from, to, after.Links.Count, after.Edges.Count + after.Dangling.Count, await RowsAsync(rows, cancellationToken));
    }

    public async Task<IReadOnlyList<MapChangeRow>> Handle(ListMapEdits request, CancellationToken cancellationToken)
    {
        var codes = await db.LinkEditions.Where(l => l.ById != null || l.EndSource != null).Select(l => l.Code).Distinct().ToListAsync(cancellationToken);
        var links = (await db.LinkEditions.AsNoTracking().Where(l => codes.Contains(l.Code)).ToListAsync(cancellationToken)).GroupBy(l => l.Code).Select(g => new LinkHistory(g.Key, g));
        var suppliers = await db.EdgeEditions.Where(e => e.ById != null || e.EndSource != null).Select(e => e.Supplier).Distinct().ToListAsync(cancellationToken);
        var edges = (await db.EdgeEditions.AsNoTracking().Where(e => suppliers.Contains(e.Supplier)).ToListAsync(cancellationToken)).GroupBy(e => e.Key).Select(g => new EdgeHistory(g.Key, g));
        List<(string? Code, EdgeKey? Edge, MapEntry Entry)> entries = [.. links.SelectMany(h => h.Entries.Select(e => ((string?)h.Code, (EdgeKey?)null, e))), .. edges.SelectMany(h => h.Entries.Select(e => ((string?)null, (EdgeKey?)h.Key, e)))];
        var latest = entries.Where(e => e.Entry.ById is not null).OrderByDescending(e => e.Entry.At).Take(request.Size).ToList();
        var names = await db.NamesAsync(latest.Select(e => e.Entry.ById!.Value), cancellationToken);
        return [.. latest.Select(e => new MapChangeRow(e.Entry.Act, e.Code, e.Edge, NameOf(e.Code, e.Edge), e.Entry.Changes, e.Entry.At, names.Of(e.Entry.ById!.Value), e.Entry.Source, e.Entry.Reason))];
    }

    private async Task<IReadOnlyList<MapChangeRow>> RowsAsync(List<(MapAct Act, string? Code, EdgeKey? Edge, IReadOnlyList<TermChange> Changes, Edition Edition, bool IsEnd)> rows, CancellationToken cancel)
    {
        var names = await db.NamesAsync(rows.Select(r => r.IsEnd ? r.Edition.EndedById : r.Edition.ById).OfType<Guid>(), cancel);
        return [.. rows.Select(r => r.IsEnd
            ? new MapChangeRow(r.Act, r.Code, r.Edge, NameOf(r.Code, r.Edge), r.Changes, r.Edition.To, Said(r.Edition.EndedById), r.Edition.EndSource ?? r.Edition.Source, r.Edition.EndReason)
            : new MapChangeRow(r.Act, r.Code, r.Edge, NameOf(r.Code, r.Edge), r.Changes, r.Edition.From, Said(r.Edition.ById), r.Edition.Source, r.Edition.Reason))];
        string Said(Guid? by) => by is { } id ? names.Of(id) : "";
    }

    private string NameOf(string? code, EdgeKey? edge) => edge is null ? catalogue.LinkName(code!) : $"{catalogue.LinkName(edge.Supplier)} → {catalogue.LinkName(edge.Buyer)} · {Text.Of(edge.Kind)}";

    /// <summary>The last moment of the day that the databases tell from the next day.</summary>
    private static DateTime EndOf(DateOnly day) => ShanghaiTime.StartOfDayUtc(day.AddDays(1)).AddMilliseconds(-1);
}
