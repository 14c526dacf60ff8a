using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Imports;

/// <summary>导入行: one page of the rows of an import in the order of the file, with verdict and reason.</summary>
[Needs(Permission.ImportsRun)]
public sealed record ListImportRows : IRequest<Page<ImportRowLine>>, IPaged
{
    public Guid Id { get; set; }
    public ImportVerdict? Verdict { get; set; }

    /// <summary>True for those that undo left as they are.</summary>
    public bool? Kept { get; set; }
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<ImportRow> Sortable = new(r => r.Number) { ["number"] = r => r.Number };
}

/// <param name="Number">As a spreadsheet shows it.</param>
/// <param name="Reason">One of <see cref="ImportReason"/>, or null.</param>
/// <param name="ReasonText">The reason in the reader's language; empty when there is none.</param>
/// <param name="Kept">Why undo left the record as it is, in the reader's language; null when it did not.</param>
/// <param name="SubjectId">The enterprise or lead that it created or met.</param>
public sealed record ImportRowLine(int Number, IReadOnlyList<string> Cells, ImportVerdict Verdict, string? Reason, string ReasonText, Guid? SubjectId, bool Applied, string? Kept);

internal sealed class ListImportRowsValidator : AbstractValidator<ListImportRows>
{
    public ListImportRowsValidator()
    {
        this.MustBePaged(ListImportRows.Sortable.Names);
        RuleFor(r => r.Verdict).IsInEnum();
    }
}

internal sealed class ListImportRowsHandler(CrmDb db, Actor actor) : IRequestHandler<ListImportRows, Page<ImportRowLine>>
{
    public async Task<Page<ImportRowLine>> Handle(ListImportRows request, CancellationToken cancellationToken)
    {
        var import = await db.Imports.AsNoTracking().VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        var rows = db.ImportRows.AsNoTracking().Where(r => r.ImportId == import.Id);
        if (request.Verdict is { } verdict) rows = rows.Where(r => r.Verdict == verdict);
        if (request.Kept is { } kept) rows = rows.Where(r => r.Kept != null == kept);
        var total = request is { Verdict: null, Kept: null } ? import.Rows : await rows.CountAsync(cancellationToken);
        var page = await ListImportRows.Sortable.Apply(rows, request.Sort ?? "number").PageAsync(total, request, cancellationToken);
        return new Page<ImportRowLine>([.. page.Items.Select(r =>
            new ImportRowLine(r.Number, r.Cells, r.Verdict, r.Reason, ImportReason.Say(r.Reason, r.ReasonValue), r.SubjectId, r.Applied, r.Kept is null ? null : Text.Of(r.Kept)))], page.Total, page.Number, page.Size);
    }
}
