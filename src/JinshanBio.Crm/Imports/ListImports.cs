using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Imports;

/// <summary>导入列表: one page of the imports a person may see, the latest first.</summary>
[Needs(Permission.ImportsRun)]
public sealed record ListImports : IRequest<Page<ImportLine>>, IPaged
{
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<Import> Sortable = new(i => i.Id)
    {
        ["createdAt"] = i => i.CreatedAt,
        ["fileName"] = i => i.FileName,
        ["status"] = i => i.Status,
        ["rows"] = i => i.Rows,
    };
}

public sealed record ImportLine(
    Guid Id, ImportKind Kind, string FileName, ImportStatus Status, int Rows, int Done, int Created, int Updated, int Skipped, int Refused,
    Guid StartedById, string StartedByName, DateTime CreatedAt, DateTime? FinishedAt);

internal sealed class ListImportsValidator : AbstractValidator<ListImports>
{
    public ListImportsValidator() => this.MustBePaged(ListImports.Sortable.Names);
}

internal sealed class ListImportsHandler(CrmDb db, Actor actor) : IRequestHandler<ListImports, Page<ImportLine>>
{
    public async Task<Page<ImportLine>> Handle(ListImports request, CancellationToken cancellationToken)
    {
        var imports = db.Imports.AsNoTracking().VisibleTo(actor);
        var total = await imports.Take(Paging.CountCap).CountAsync(cancellationToken);
        return await ListImports.Sortable.Apply(imports, request.Sort ?? "-createdAt")
            .Select(i => new ImportLine(i.Id, i.Kind, i.FileName, i.Status, i.Rows, i.Done, i.Created, i.Updated, i.Skipped, i.Refused,
                i.StartedById, db.Users.Where(p => p.Id == i.StartedById).Select(p => p.DisplayName).First(), i.CreatedAt, i.FinishedAt))
            .PageAsync(total, request, cancellationToken);
    }
}
