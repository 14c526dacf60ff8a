using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Imports;

/// <summary>导入详情: how an import stands, before, while and after it runs.</summary>
[Needs(Permission.ImportsRun)]
public sealed record GetImport(Guid Id) : IRequest<ImportView>;

/// <param name="Verdicts">What the rows would do, or did.</param>
/// <param name="Done">Rows handled so far.</param>
/// <param name="Sheet">Of a workbook, the sheet that was read.</param>
/// <param name="OtherSheets">Visible sheets with content that were not.</param>
/// <param name="Mapping">Name of the saved mapping by which the columns are read.</param>
public sealed record ImportView(
    Guid Id, ImportKind Kind, string FileName, ImportStatus Status, string? Encoding, IReadOnlyList<ImportColumn> Columns, int Rows, VerdictCounts Verdicts,
    int Done, int Created, int Updated, int Skipped, int Refused, Guid StartedById, string StartedByName, DateTime CreatedAt, DateTime? FinishedAt, int Version,
    string? Delimiter, string? Sheet, IReadOnlyList<string> OtherSheets, string? Mapping);

public sealed record VerdictCounts(int Create, int Update, int Match, int Skip, int Refuse);

internal sealed class GetImportHandler(CrmDb db, Actor actor) : IRequestHandler<GetImport, ImportView>
{
    public async Task<ImportView> Handle(GetImport request, CancellationToken cancellationToken)
    {
        var counts = await db.ImportRows.Where(r => r.ImportId == request.Id).GroupBy(r => r.Verdict)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var verdicts = new VerdictCounts(counts.GetValueOrDefault(ImportVerdict.Create), counts.GetValueOrDefault(ImportVerdict.Update), counts.GetValueOrDefault(ImportVerdict.Match),
            counts.GetValueOrDefault(ImportVerdict.Skip), counts.GetValueOrDefault(ImportVerdict.Refuse));
        return await db.Imports.AsNoTracking().VisibleTo(actor).Where(i => i.Id == request.Id)
            .Select(i => new ImportView(i.Id, i.Kind, i.FileName, i.Status, i.Encoding, i.Columns, i.Rows, verdicts,
                i.Done, i.Created, i.Updated, i.Skipped, i.Refused, i.StartedById, db.Users.Where(p => p.Id == i.StartedById).Select(p => p.DisplayName).First(),
                i.CreatedAt, i.FinishedAt, i.Version,
                i.Delimiter, i.Sheet, i.OtherSheets, i.MappingName))
            .FirstOrDefaultAsync(cancellationToken) ?? throw new Refusal(RefusalCode.NotFound);
    }
}
