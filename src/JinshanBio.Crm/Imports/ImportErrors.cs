using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Spreadsheets;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Imports;

/// <summary>退回行文件: the refused rows as they came, in the format they came in, with the reason behind them, to be corrected and uploaded again.</summary>
[Needs(Permission.ImportsRun)]
public sealed record ImportErrors(Guid Id) : IRequest<ImportErrorFile>;

/// <param name="Content">At its beginning; whoever asked disposes it.</param>
public sealed record ImportErrorFile(string FileName, Stream Content, string ContentType);

internal sealed class ImportErrorsHandler(CrmDb db, Actor actor) : IRequestHandler<ImportErrors, ImportErrorFile>
{
    public async Task<ImportErrorFile> Handle(ImportErrors request, CancellationToken cancellationToken)
    {
        var import = await db.Imports.AsNoTracking().VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        var refused = db.ImportRows.AsNoTracking().Where(r => r.ImportId == import.Id && r.Verdict == ImportVerdict.Refuse).OrderBy(r => r.Number);
        // On disk, because a list of a hundred thousand rows may be refused as a whole.
        var file = TemporaryFile.Create();
        try
        {
            var isText = import.Format == "csv";
            var encoding = TextEncoding.ForAnswer(import.Encoding, !Text.IsEnglish);
            if (isText) await CsvSheet.WriteAsync(file, Rows(import, refused), cancellationToken, encoding, import.Delimiter is { Length: 1 } delimiter ? delimiter[0] : ',');
            else XlsxSheet.Write(file, Rows(import, refused), import.Sheet ?? "");
            file.Position = 0;
            return new ImportErrorFile(Text.Of("import.errorFileName", Path.GetFileNameWithoutExtension(import.FileName), isText ? "csv" : "xlsx"), file,
                isText ? $"text/csv; charset={encoding.WebName}" : XlsxSheet.ContentType);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static IEnumerable<IReadOnlyList<string?>> Rows(Import import, IQueryable<ImportRow> refused)
    {
        // The reason of the last attempt makes room for that of this one.
        var columns = import.Columns.Index().Where(c => !ImportColumns.IsReason(c.Item.Header)).ToList();
        yield return [.. columns.Select(c => c.Item.Header), Text.Of("import.reasonColumn")];
        foreach (var row in refused.AsEnumerable())
        {
            // What runs past the header goes behind the reason, so that the reason stands in its column.
            yield return [.. columns.Select(c => row.Cells.ElementAtOrDefault(c.Index)), ImportReason.Say(row.Reason, row.ReasonValue), .. row.Cells.Skip(import.Columns.Count)];
        }
    }
}
