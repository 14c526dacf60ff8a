using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Spreadsheets;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Imports;

/// <summary>上传并预演: reads a list (CSV or Excel), recognises its columns and says of each row what it would do. Nothing enters the register yet.</summary>
[Needs(Permission.ImportsRun)]
public sealed record UploadImport : IRequest<Guid>
{
    public string FileName { get; set; } = "";

    /// <summary>Seekable; read to its end and disposed.</summary>
    public Stream? Content { get; set; }
    public ImportKind? Kind { get; set; }

    /// <summary>Name of the sheet of a workbook; the first visible one with content when left out.</summary>
    public string? Sheet { get; set; }

    /// <summary>A person's choice, such as GBK, where the guess is wrong.</summary>
    public string? Encoding { get; set; }
}

internal sealed class UploadImportValidator : AbstractValidator<UploadImport>
{
    public UploadImportValidator()
    {
        RuleFor(r => r.FileName).NotEmpty().OneLine(200);
        RuleFor(r => r.Content).NotEmpty().OverridePropertyName(UploadImportHandler.FileField);
        RuleFor(r => r.Kind).NotEmpty().IsInEnum();
        RuleFor(r => r.Sheet).OneLine(100);
        RuleFor(r => r.Encoding).OneLine(32);
    }
}

internal sealed class UploadImportHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<UploadImport, Guid>
{
    public const string FileField = "file";

    public async Task<Guid> Handle(UploadImport request, CancellationToken cancellationToken)
    {
        var kind = request.Kind!.Value;
        if (!actor.May(ImportColumns.RightTo(kind))) throw new Refusal(RefusalCode.NotPermitted);
        try
        {
            using var sheet = Sheet.Open(request.Content!, request.FileName, Given(request.Encoding), Given(request.Sheet), ImportColumns.IsHeading);
            return await StoreAsync(sheet, request.FileName, kind, cancellationToken);
        }
        catch (SheetException e)
        {
            throw Refused(e.Fault);
        }
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private async Task<Guid> StoreAsync(Sheet sheet, string fileName, ImportKind kind, CancellationToken cancel)
    {
        var columns = ImportColumns.Recognise(sheet.Headers, kind);
        var mapping = await KnownAsync(columns, kind, cancel);
        var import = new Import
        {
            Kind = kind,
            FileName = fileName,
            Format = sheet.Format,
            Encoding = sheet.Encoding,
            StartedById = actor.Id,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
            Delimiter = sheet.Delimiter?.ToString(),
            Sheet = sheet.Name,
            OtherSheets = sheet.Others,
            Columns = mapping?.For(columns) ?? columns,
            MappingName = mapping?.Name,
            Status = ImportStatus.Reading,
        };
        db.Imports.Add(import);
        await db.SaveChangesAsync(cancel);
        try
        {
            var count = await DryRun.StoreAsync(db, catalogue, import, actor, sheet.Rows(), cancel);
            if (count == 0) throw new SheetException(SheetFault.Empty);
            db.Attach(import);
            (import.Rows, import.Status) = (count, ImportStatus.Ready);
            await db.SaveChangesAsync(cancel);
            return import.Id;
        }
        catch
        {
            db.ChangeTracker.Clear();
            db.Imports.Remove(import);
            await db.SaveChangesAsync(CancellationToken.None);
            throw;
        }
    }

    // A list of the same make as before is read as before: one's own mapping first, then the latest.
    private Task<ImportMapping?> KnownAsync(IReadOnlyList<ImportColumn> columns, ImportKind kind, CancellationToken cancel)
    {
        var headers = ImportMapping.Fingerprint(columns.Select(c => c.Header));
        return db.ImportMappings.AsNoTracking().VisibleTo(actor).Where(m => m.Headers == headers && m.Kind == kind)
            .OrderBy(m => m.OwnerId == actor.Id ? 0 : 1).ThenByDescending(m => m.CreatedAt).ThenBy(m => m.Id).FirstOrDefaultAsync(cancel);
    }

    internal static Refusal Refused(SheetFault fault)
    {
        if (fault == SheetFault.TooLarge) return new Refusal(RefusalCode.TooLarge, Sheet.MaxBytes / (1024 * 1024)) { Field = FileField };
        var said = fault == SheetFault.TooManyColumns ? Text.Of("import.fault.TooManyColumns", Sheet.MaxColumns) : Text.Of($"import.fault.{fault}");
        return new Refusal(RefusalCode.FileUnreadable, said) { Field = FileField, Details = new { fault } };
    }
}
