using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Spreadsheets;
using JinshanBio.Crm.Texts;
using MediatR;

namespace JinshanBio.Crm.Imports;

/// <summary>上传并预演: reads a list (CSV or Excel), recognises its columns and says of each row what it would do. Nothing enters the register yet.</summary>
[Needs(Permission.ImportsRun)]
public sealed record UploadImport : IRequest<Guid>
{
    public string FileName { get; set; } = "";

    /// <summary>Seekable; read to its end and disposed.</summary>
    public Stream? Content { get; set; }
    public ImportKind? Kind { get; set; }
}

internal sealed class UploadImportValidator : AbstractValidator<UploadImport>
{
    public UploadImportValidator()
    {
        RuleFor(r => r.FileName).NotEmpty().OneLine(200);
        RuleFor(r => r.Content).NotEmpty().OverridePropertyName(UploadImportHandler.FileField);
        RuleFor(r => r.Kind).NotEmpty().IsInEnum();
    }
}

internal sealed class UploadImportHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<UploadImport, Guid>
{
    public const string FileField = "file";

    public async Task<Guid> Handle(UploadImport request, CancellationToken cancellationToken)
    {
        var kind = request.Kind!.Value;
        if (!actor.May(kind == ImportKind.Leads ? Permission.LeadsWrite : Permission.EnterprisesWrite)) throw new Refusal(RefusalCode.NotPermitted);
        try
        {
            using var sheet = Sheet.Open(request.Content!, request.FileName);
            return await StoreAsync(sheet, request.FileName, kind, cancellationToken);
        }
        catch (SheetException e)
        {
            throw Refused(e.Fault);
        }
    }

    private async Task<Guid> StoreAsync(Sheet sheet, string fileName, ImportKind kind, CancellationToken cancel)
    {
        var import = new Import
        {
            Kind = kind,
            FileName = fileName,
            Format = sheet.Format,
            Encoding = sheet.Encoding,
            StartedById = actor.Id,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
            Columns = ImportColumns.Recognise(sheet.Headers, kind),
            Status = ImportStatus.Reading,
        };
        db.Imports.Add(import);
        await db.SaveChangesAsync(cancel);
        try
        {
            var count = await DryRun.StoreAsync(db, catalogue, import, sheet.Rows(), cancel);
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

    private static Refusal Refused(SheetFault fault)
    {
        if (fault == SheetFault.TooLarge) return new Refusal(RefusalCode.TooLarge, Sheet.MaxBytes / (1024 * 1024)) { Field = FileField };
        var said = fault == SheetFault.TooManyColumns ? Text.Of("import.fault.TooManyColumns", Sheet.MaxColumns) : Text.Of($"import.fault.{fault}");
        return new Refusal(RefusalCode.FileUnreadable, said) { Field = FileField, Details = new { fault } };
    }
}
