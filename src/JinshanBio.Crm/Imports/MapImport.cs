using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Imports;

/// <summary>调整列对应: says which column fills which field, and judges every row again.</summary>
[Needs(Permission.ImportsRun)]
public sealed record MapImport : IRequest
{
    public Guid Id { get; set; }

    /// <summary>A column that is not named here is left out. Of columns with the same header the first is meant, then the second.</summary>
    public List<ImportColumn> Columns { get; set; } = [];

    /// <summary>Instead of columns: a saved mapping.</summary>
    public Guid? Mapping { get; set; }
}

internal sealed class MapImportValidator : AbstractValidator<MapImport>
{
    public MapImportValidator() => RuleFor(r => r.Columns).NotEmpty().When(r => r.Mapping is null, ApplyConditionTo.CurrentValidator)
        .Must(columns => columns is null || columns.All(c => c is not null) && columns.Where(c => !string.IsNullOrEmpty(c.Field)).GroupBy(c => c.Field).All(g => g.Count() == 1))
        .WithMessage(_ => Texts.Text.Of("import.fieldTwice"));
}

internal sealed class MapImportHandler(CrmDb db, Actor actor, Catalogue catalogue) : IRequestHandler<MapImport, Unit>
{
    private const string Columns = "columns";

    public async Task<Unit> Handle(MapImport request, CancellationToken cancellationToken)
    {
        var import = await db.Imports.OwnAsync(request.Id, actor, cancellationToken);
        if (import.Status != ImportStatus.Ready) throw new Refusal(RefusalCode.ImportNotReady);
        if (request.Mapping is { } id)
        {
            var mapping = await db.ImportMappings.AsNoTracking().VisibleTo(actor).Where(m => m.Kind == import.Kind).OneAsync(id, cancellationToken);
            (import.Columns, import.MappingName) = (mapping.For(import.Columns), mapping.Name);
        }
        else
        {
            var columns = Mapped(import, request.Columns);
            if (!columns.SequenceEqual(import.Columns)) (import.Columns, import.MappingName) = (columns, null);
        }
        MustNameWhatIsNeeded(import);
        import.Status = ImportStatus.Reading;
        await db.SaveChangesAsync(cancellationToken);
        await FinishAsync(db, catalogue, import, cancellationToken);
        return Unit.Value;
    }

    /// <summary>The second half, also for an import that a crash left between the two.</summary>
    internal static async Task FinishAsync(CrmDb db, Catalogue catalogue, Import import, CancellationToken cancel)
    {
        await DryRun.RepeatAsync(db, catalogue, import, await db.StarterAsync(import, catalogue, cancel), cancel);
        db.Attach(import).Entity.Status = ImportStatus.Ready;
        await db.SaveChangesAsync(cancel);
    }

    /// <exception cref="Refusal">ColumnMissing with the fields that no column fills.</exception>
    internal static void MustNameWhatIsNeeded(Import import)
    {
        var missing = ImportColumns.MissingIn(import.Kind, import.Columns);
        if (missing.Count > 0) throw new Refusal(RefusalCode.ColumnMissing, ImportReason.SayFields(missing)) { Field = Columns, Missing = missing };
    }

    private static List<ImportColumn> Mapped(Import import, List<ImportColumn> given)
    {
        var fields = ImportColumns.FieldsOf(import.Kind);
        var mapped = import.Columns.Select(c => c with { Field = null }).ToList();
        var taken = new HashSet<int>();
        foreach (var (header, field) in given)
        {
            var at = Enumerable.Range(0, mapped.Count).Where(i => mapped[i].Header == header && !taken.Contains(i)).Select(i => (int?)i).FirstOrDefault()
                ?? throw new Refusal(RefusalCode.UnknownField, header) { Field = Columns };
            if (!string.IsNullOrEmpty(field) && !fields.Contains(field)) throw new Refusal(RefusalCode.UnknownField, field) { Field = Columns };
            taken.Add(at);
            mapped[at] = mapped[at] with { Field = string.IsNullOrEmpty(field) ? null : field };
        }
        return mapped;
    }
}
