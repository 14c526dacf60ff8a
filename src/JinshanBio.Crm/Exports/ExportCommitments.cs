using FluentValidation;
using JinshanBio.Crm.Commitments;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Exports;

/// <summary>导出承诺: the filtered promises in the order of the list; the code name until signing.</summary>
[Needs(Permission.ListsExport)]
public sealed record ExportCommitments : CommitmentFilter, IRequest<ExportedFile>
{
    public string? Sort { get; set; }
    public ExportFormat Format { get; set; }
}

internal sealed class ExportCommitmentsValidator : AbstractValidator<ExportCommitments>
{
    public ExportCommitmentsValidator()
    {
        Include(new CommitmentFilterValidator());
        RuleFor(r => r.Sort).SortedBy(ListCommitments.Sortable.Names);
        RuleFor(r => r.Format).IsInEnum();
    }
}

internal sealed class ExportCommitmentsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ExportCommitments, ExportedFile>
{
    public async Task<ExportedFile> Handle(ExportCommitments request, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ProjectsRead)) throw new Refusal(RefusalCode.NotPermitted);
        var rows = request.Rows(db, actor, clock.Today(), catalogue.Commitments.SoonDays);
        var ids = await ListCommitments.Sortable.Apply(rows, request.Sort is { Length: > 0 } sort ? sort : ListCommitments.UsualSort).Select(c => c.Id).ToListAsync(cancellationToken);
        return await db.ExportAsync(actor, clock, "commitments", request.Format, request, Columns(), ids, chunk => LoadAsync(chunk, cancellationToken), cancellationToken);
    }

    private async Task<Dictionary<Guid, CommitmentRow>> LoadAsync(List<Guid> ids, CancellationToken cancel)
        => (await db.Commitments.AsNoTracking().VisibleTo(actor).Where(c => ids.Contains(c.Id)).ToDrafts(db, actor).ToListAsync(cancel))
            .ToDictionary(r => r.Row.Id, r => r.ToRow(clock.Today(), catalogue) with { What = null });

    // What was promised in words may name whoever stands behind a code name: it is left out, as it is of every file.
    private List<ExportColumn<CommitmentRow>> Columns() =>
    [
        new("projectNumber", c => c.ProjectNumber),
        new("title", c => c.ProjectTitle),
        new("field", c => catalogue.FieldName(c.Field)),
        new("side", c => Text.Of(c.Side)),
        new("commitmentKind", c => Text.Of(c.Kind)),
        new("measure", c => Text.Of(c.Measure)),
        new("target", c => c.Target),
        new("reached", c => c.Reached),
        new("reachedOn", c => c.ReachedOn),
        new("dueDay", c => c.DueDay),
        new("light", c => Text.Of(c.Light.Colour)),
        new("lightReason", c => c.Light.Words),
        new("status", c => Text.Of(c.Status)),
        new("unit", c => c.Unit is null ? null : catalogue.UnitName(c.Unit)),
        new("responsible", c => c.ResponsibleName ?? c.OwnerName),
        new("owner", c => c.OwnerName),
    ];
}
