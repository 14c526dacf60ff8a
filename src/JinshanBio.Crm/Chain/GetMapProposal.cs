using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.People;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>提案清单, the latest first.</summary>
[Needs(Permission.ChainKeep)]
public sealed record ListMapProposals : IRequest<Page<MapProposalLine>>, IPaged
{
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;
    public string? Sort { get; set; }
}

/// <param name="Unchanged">Rows that said what the map said already.</param>
public sealed record MapProposalLine(Guid Id, string FileName, string Format, DateTime CreatedAt, string By, int Open, int Accepted, int Refused, int Unreadable, int Unchanged, IReadOnlyList<string> IgnoredColumns);

/// <summary>图谱提案 with a page of its rows.</summary>
[Needs(Permission.ChainKeep)]
public sealed record GetMapProposal : IRequest<MapProposalRecord>, IPaged
{
    public Guid Id { get; set; }

    /// <summary>Only rows with this verdict.</summary>
    public MapVerdict? Verdict { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;
    public string? Sort { get; set; }
}

public sealed record MapProposalRecord(MapProposalLine Proposal, Page<MapProposalRowView> Rows);

/// <param name="Number">As the file numbers it.</param>
/// <param name="Name">Of the link, or of both ends and the kind; what the file says where it cannot be read.</param>
/// <param name="IsStale">Its subject was changed since it was read; accepting it shows it anew first.</param>
/// <param name="Fault">Why it cannot be read or applied, in the reader's language.</param>
public sealed record MapProposalRowView(
    Guid Id, bool IsEdge, int Number, string? Sheet, MapAct? Act, string? Subject, string Name, IReadOnlyDictionary<string, string> Cells, string Source, string? Reason, IReadOnlyList<TermChange> Changes,
    MapVerdict Verdict, bool IsMoved, bool IsStale, string? Fault, DateTime? JudgedAt, string? JudgedBy, string? Why);

internal sealed class ListMapProposalsValidator : AbstractValidator<ListMapProposals>
{
    public ListMapProposalsValidator() => this.MustBePaged([]);
}

internal sealed class GetMapProposalValidator : AbstractValidator<GetMapProposal>
{
    public GetMapProposalValidator()
    {
        this.MustBePaged([]);
        RuleFor(r => r.Verdict).IsInEnum();
    }
}

internal sealed class GetMapProposalHandler(CrmDb db, Catalogue catalogue) : IRequestHandler<ListMapProposals, Page<MapProposalLine>>, IRequestHandler<GetMapProposal, MapProposalRecord>
{
    public async Task<Page<MapProposalLine>> Handle(ListMapProposals request, CancellationToken cancellationToken)
    {
        var query = db.MapProposals.AsNoTracking().OrderByDescending(p => p.CreatedAt).ThenByDescending(p => p.Id);
        var page = await query.PageAsync(await query.CountAsync(cancellationToken), request, cancellationToken);
        return new Page<MapProposalLine>(await LinesAsync(page.Items, cancellationToken), page.Total, page.Number, page.Size);
    }

    public async Task<MapProposalRecord> Handle(GetMapProposal request, CancellationToken cancellationToken)
    {
        var proposal = await db.MapProposals.AsNoTracking().FirstOrDefaultAsync(p => p.Id == request.Id, cancellationToken) ?? throw new Refusal(RefusalCode.NotFound);
        var line = (await LinesAsync([proposal], cancellationToken))[0];
        var query = db.MapProposalRows.AsNoTracking().Where(r => r.ProposalId == request.Id && (request.Verdict == null || r.Verdict == request.Verdict)).OrderBy(r => r.IsEdge).ThenBy(r => r.Number).ThenBy(r => r.Id);
        var page = await query.PageAsync(await query.CountAsync(cancellationToken), request, cancellationToken);
        var names = await db.NamesAsync(page.Items.Select(r => r.JudgedById).OfType<Guid>(), cancellationToken);
        var versions = await VersionsAsync(page.Items, cancellationToken);
        return new MapProposalRecord(line, new Page<MapProposalRowView>([.. page.Items.Select(r => new MapProposalRowView(
            r.Id, r.IsEdge, r.Number, r.Sheet, r.Act, r.Subject, NameOf(r), r.Cells, r.Source, r.Reason, r.Changes, r.Verdict, r.IsMoved,
            r.Verdict == MapVerdict.Open && r.Subject is { } subject && versions.GetValueOrDefault(subject) != r.BasedOn,
            r.Fault is { } fault ? Text.Of($"MapRowFault.{fault}", r.FaultValue) : null, r.JudgedAt, r.JudgedById is { } by ? names.Of(by) : null, r.Why))], page.Total, page.Number, page.Size));
    }

    private async Task<List<MapProposalLine>> LinesAsync(IReadOnlyList<MapProposal> proposals, CancellationToken cancel)
    {
        var ids = proposals.Select(p => p.Id).ToList();
        var counts = (await db.MapProposalRows.Where(r => ids.Contains(r.ProposalId)).GroupBy(r => new { r.ProposalId, r.Verdict }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel))
            .ToDictionary(g => (g.Key.ProposalId, g.Key.Verdict), g => g.Count);
        var names = await db.NamesAsync(proposals.Select(p => p.ById), cancel);
        int Of(MapProposal p, MapVerdict v) => counts.GetValueOrDefault((p.Id, v));
        return [.. proposals.Select(p => new MapProposalLine(p.Id, p.FileName, p.Format, p.CreatedAt, names.Of(p.ById), Of(p, MapVerdict.Open), Of(p, MapVerdict.Accepted), Of(p, MapVerdict.Refused), Of(p, MapVerdict.Unreadable), p.Unchanged, p.IgnoredColumns))];
    }

    /// <summary>How many editions there are now of what the rows are about.</summary>
    private async Task<Dictionary<string, int>> VersionsAsync(IReadOnlyList<MapProposalRow> rows, CancellationToken cancel)
    {
        var codes = rows.Where(r => !r.IsEdge).Select(r => r.Subject).OfType<string>().Distinct().ToList();
        var suppliers = rows.Where(r => r is { IsEdge: true, Subject: not null }).Select(r => r.Subject!.Split(' ')[0]).Distinct().ToList();
        var links = await db.LinkEditions.Where(l => codes.Contains(l.Code)).GroupBy(l => l.Code).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        var edges = await db.EdgeEditions.Where(e => suppliers.Contains(e.Supplier)).GroupBy(e => new { e.Supplier, e.Buyer, e.Kind }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        return links.Select(l => (l.Key, l.Count)).Concat(edges.Select(e => ($"{e.Key.Supplier} {e.Key.Buyer} {e.Key.Kind}", e.Count))).ToDictionary(v => v.Item1, v => v.Item2, StringComparer.Ordinal);
    }

    private string NameOf(MapProposalRow row)
    {
        if (!row.IsEdge) return row.Cells.GetValueOrDefault(MapColumns.NameZh) ?? (row.Subject is { } code ? catalogue.LinkName(code) : row.Cells.GetValueOrDefault(MapColumns.Code) ?? "");
        var kind = row.Subject?.Split(' ') is [_, _, var known] ? Text.Of(Enum.Parse<SupplyKind>(known)) : row.Cells.GetValueOrDefault(MapColumns.Kind);
        return $"{End(row, MapColumns.Supplier, 0)} → {End(row, MapColumns.Buyer, 1)} · {kind}";
    }

    private string End(MapProposalRow row, string column, int place)
        => row.Subject?.Split(' ') is { Length: 3 } ends && catalogue.LinkName(ends[place]) is var name && name != ends[place] ? name : row.Cells.GetValueOrDefault(column) ?? "?";
}
