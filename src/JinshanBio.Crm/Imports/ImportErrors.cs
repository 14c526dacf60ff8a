using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Spreadsheets;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Imports;

/// <summary>退回行文件: the refused rows as they came, with the reason behind them, to be corrected and uploaded again.</summary>
[Needs(Permission.ImportsRun)]
public sealed record ImportErrors(Guid Id) : IRequest<ImportErrorFile>;

/// <param name="Content">A CSV at its beginning; whoever asked disposes it.</param>
public sealed record ImportErrorFile(string FileName, Stream Content);

internal sealed class ImportErrorsHandler(CrmDb db, Actor actor) : IRequestHandler<ImportErrors, ImportErrorFile>
{
    public async Task<ImportErrorFile> Handle(ImportErrors request, CancellationToken cancellationToken)
    {
        var import = await db.Imports.AsNoTracking().VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        var refused = db.ImportRows.AsNoTracking().Where(r => r.ImportId == import.Id && r.Verdict == ImportVerdict.Refuse).OrderBy(r => r.Number);
        // On disk, because a list of a hundred thousand rows may be refused as a whole.
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
        try
        {
            await CsvSheet.WriteAsync(file, Rows(import, refused), cancellationToken);
            file.Position = 0;
            return new ImportErrorFile(Text.Of("import.errorFileName", Path.GetFileNameWithoutExtension(import.FileName)), file);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static IEnumerable<IReadOnlyList<string?>> Rows(Import import, IQueryable<ImportRow> refused)
    {
        yield return [.. import.Columns.Select(c => c.Header), Text.Of("import.reasonColumn")];
        foreach (var row in refused.AsEnumerable())
        {
            // What runs past the header goes behind the reason, so that the reason stands in its column.
            yield return [.. row.Cells.Take(import.Columns.Count), ImportReason.Say(row.Reason, row.ReasonValue), .. row.Cells.Skip(import.Columns.Count)];
        }
    }
}
