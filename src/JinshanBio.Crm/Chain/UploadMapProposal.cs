using System.Text.Json;
using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Spreadsheets;
using JinshanBio.Crm.Texts;
using MediatR;

namespace JinshanBio.Crm.Chain;

/// <summary>上传提案: reads links and edges from a file and says what of the map they would change. The map stays as it is.</summary>
[Needs(Permission.ChainKeep)]
public sealed record UploadMapProposal : IRequest<Guid>
{
    public string FileName { get; set; } = "";

    /// <summary>CSV, workbook or JSON; read to its end and disposed.</summary>
    public Stream? Content { get; set; }

    /// <summary>A person's choice, such as GBK, where the guess is wrong.</summary>
    public string? Encoding { get; set; }
}

internal sealed class UploadMapProposalValidator : AbstractValidator<UploadMapProposal>
{
    public UploadMapProposalValidator()
    {
        RuleFor(r => r.FileName).NotEmpty().OneLine(200);
        RuleFor(r => r.Content).NotEmpty().OverridePropertyName(UploadImportHandler.FileField);
        RuleFor(r => r.Encoding).OneLine(32);
    }
}

internal sealed class UploadMapProposalHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<UploadMapProposal, Guid>
{
    private const int MostMegabytes = 10, MostRows = 5000;

    /// <param name="Sheet">Null where the file has only one table.</param>
    private sealed record Table(string? Sheet, IReadOnlyList<string> Headings, IReadOnlyList<SheetRow> Rows, bool IsTable);

    public async Task<Guid> Handle(UploadMapProposal request, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        await using (var content = request.Content!)
        {
            if (content.Length > MostMegabytes * 1024 * 1024) throw new Refusal(RefusalCode.TooLarge, MostMegabytes) { Field = UploadImportHandler.FileField };
            await content.CopyToAsync(file, cancellationToken);
        }
        try
        {
            var (format, tables) = IsJson(file) ? ("json", FromJson(file)) : FromSheets(file, request.FileName, string.IsNullOrWhiteSpace(request.Encoding) ? null : request.Encoding.Trim());
            var proposal = await ProposeAsync(request.FileName, format, tables, cancellationToken);
            db.MapProposals.Add(proposal);
            await db.SaveChangesAsync(cancellationToken);
            return proposal.Id;
        }
        catch (SheetException e)
        {
            throw UploadImportHandler.Refused(e.Fault);
        }
        catch (JsonException)
        {
            throw new Refusal(RefusalCode.FileUnreadable, Text.Of("binding.json")) { Field = UploadImportHandler.FileField };
        }
    }

    private async Task<MapProposal> ProposeAsync(string fileName, string format, List<Table> tables, CancellationToken cancel)
    {
        var known = tables.Select(t => (Table: t, Columns: MapColumns.Recognise(t.Headings))).Where(t => t.Columns is not null).Select(t => (t.Table, t.Columns!.Value.IsEdge, t.Columns.Value.Columns)).ToList();
        if (known.Count == 0) throw new Refusal(RefusalCode.ColumnMissing, Text.Of("keep.neededColumns")) { Field = UploadImportHandler.FileField };
        if (known.Sum(t => t.Table.Rows.Count) is var count && count > MostRows) throw new Refusal(RefusalCode.TooManyRows, MostRows) { Field = UploadImportHandler.FileField };
        var ignored = known.SelectMany(t => t.Table.Headings.Zip(t.Columns).Where(c => c.Second is null && c.First.Length > 0).Select(c => c.First)).Distinct(StringComparer.Ordinal).Take(40);
        var proposal = new MapProposal(fileName, format, ignored, clock.GetUtcNow().UtcDateTime, actor.Id);
        // Links before edges: an edge may lead to a link that the file puts on the map.
        var rows = known.OrderBy(t => t.IsEdge).SelectMany(t => t.Table.Rows.Select(r => (t.IsEdge, Row: RowOf(proposal, t.IsEdge, t.Table, r, t.Columns), Overflows: t.Table.IsTable && r.Cells.Count > t.Table.Headings.Count && format == "csv"))).ToList();
        var announced = rows.Where(r => !r.IsEdge).SelectMany(r => new[] { r.Row.Cells.GetValueOrDefault(MapColumns.Code), r.Row.Cells.GetValueOrDefault(MapColumns.NameZh) }).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var reader = new MapRowReader(catalogue, await MapState.LoadAsync(db, cancel));
        var subjects = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (isEdge, row, overflows) in rows)
        {
            if (!Judge(row, overflows, reader, announced, subjects)) proposal.Unchanged++;
            else proposal.Add(row);
        }
        return proposal;
    }

    /// <returns>False where the map says the same already.</returns>
    private static bool Judge(MapProposalRow row, bool overflows, MapRowReader reader, HashSet<string> announced, Dictionary<string, int> subjects)
    {
        (MapRowFault Fault, string? Value)? fault;
        (string Subject, Action Read)? said;
        if (row.IsEdge) said = reader.Edge(row.Cells, announced.Contains, out fault) is { } edge ? (edge.Subject, () => row.Read(edge.Act, edge.Subject, edge.BasedOn, edge.Changes)) : null;
        else said = reader.Link(row.Cells, out fault) is { } link ? (link.Code ?? link.Terms!.NameZh, () => row.Read(link.Act, link.Code, link.BasedOn, link.Changes)) : null;
        if (overflows) fault = (MapRowFault.TooManyCells, null);
        if (fault is null && said is null) return false;
        if (fault is null && !subjects.TryAdd(said!.Value.Subject, row.Number)) fault = (MapRowFault.Twice, subjects[said.Value.Subject].ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (fault is { } wrong) row.Refuse(wrong.Fault, wrong.Value);
        else said!.Value.Read();
        return true;
    }

    private static MapProposalRow RowOf(MapProposal proposal, bool isEdge, Table table, SheetRow row, IReadOnlyList<string?> columns)
    {
        var cells = columns.Zip(row.Cells).Where(c => c.First is not null && c.Second.Length > 0).ToDictionary(c => c.First!, c => Short(c.Second), StringComparer.Ordinal);
        return new MapProposalRow(proposal.Id, isEdge, row.Number, table.Sheet, cells, cells.GetValueOrDefault(MapColumns.Source) ?? proposal.FileName, cells.GetValueOrDefault(MapColumns.Reason));
    }

    // Far beyond what any column takes; the rule of its field refuses it then.
    private static string Short(string cell) => cell.Length > 3000 ? cell[..3000] : cell;

    private static bool IsJson(MemoryStream file)
        => file.GetBuffer().AsSpan(0, (int)file.Length).TrimStart([(byte)0xEF, (byte)0xBB, (byte)0xBF, (byte)' ', (byte)'\r', (byte)'\n', (byte)'\t']) is [(byte)'{' or (byte)'[', ..];

    private static List<Table> FromJson(MemoryStream file)
    {
        var text = new ReadOnlyMemory<byte>(file.GetBuffer(), 0, (int)file.Length);
        using var json = JsonDocument.Parse(text.Span is [0xEF, 0xBB, 0xBF, ..] ? text[3..] : text);
        return [.. MapColumns.Tables(json.RootElement).Select(t => new Table(t.Name, t.Headings, [.. t.Rows.Select((r, i) => new SheetRow(i + 1, r))], IsTable: false))];
    }

    private static (string Format, List<Table> Tables) FromSheets(MemoryStream file, string fileName, string? encoding)
    {
        var tables = new List<Table>();
        // A sheet disposes what it reads.
        Sheet Open(string? name) => Sheet.Open(new MemoryStream(file.ToArray()), fileName, encoding, name, MapColumns.IsHeading);
        using var first = Open(null);
        Add(first);
        foreach (var other in first.Others)
        {
            try
            {
                using var sheet = Open(other);
                Add(sheet);
            }
            catch (SheetException e) when (e.Fault is SheetFault.NoHeader or SheetFault.Empty)
            {
                // A sheet of notes beside the tables.
            }
        }
        return (first.Format, tables);

        void Add(Sheet sheet) => tables.Add(new Table(first.Others.Count > 0 ? sheet.Name : null, sheet.Headers, [.. sheet.Rows().Take(MostRows + 1)], IsTable: true));
    }
}
