using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Exports;

/// <summary>导出跟进: exactly the follow-ups that the list shows with the same filters.</summary>
[Needs(Permission.ListsExport)]
public sealed record ExportFollowUps : FollowUpFilter, IRequest<ExportedFile>
{
    public string? Sort { get; set; }
    public ExportFormat Format { get; set; }
}

internal sealed class ExportFollowUpsValidator : AbstractValidator<ExportFollowUps>
{
    public ExportFollowUpsValidator()
    {
        Include(new FollowUpFilterValidator());
        RuleFor(r => r.Sort).SortedBy(ListFollowUps.Sortable.Names);
        RuleFor(r => r.Format).IsInEnum();
    }
}

internal sealed class ExportFollowUpsHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<ExportFollowUps, ExportedFile>
{
    public async Task<ExportedFile> Handle(ExportFollowUps request, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.LeadsRead)) throw new Refusal(RefusalCode.NotPermitted);
        var ids = await ListFollowUps.Sortable.Apply(request.Rows(db, actor), request.Sort is { Length: > 0 } sort ? sort : "dueAt").Select(f => f.Id).ToListAsync(cancellationToken);
        return await db.ExportAsync(actor, clock, "followUps", request.Format, request, Columns, ids,
            chunk => db.FollowUps.AsNoTracking().Where(f => chunk.Contains(f.Id)).ToItems(db).ToDictionaryAsync(f => f.Id, cancellationToken), cancellationToken);
    }

    private static readonly List<ExportColumn<FollowUpItem>> Columns =
    [
        new("title", f => f.Title),
        new("owner", f => f.Owner),
        new("followUpKind", f => Text.Of(f.Kind)),
        new("dueAt", f => f.DueAt),
        new("status", f => Text.Of(f.Status)),
        new("note", f => f.Note),
        new("outcome", f => f.Outcome),
        new("doneAt", f => f.DoneAt),
    ];
}
