using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Exports;

/// <summary>导出线索: the filtered leads in the order of the list. The file imports again: the lead's number is its key.</summary>
[Needs(Permission.ListsExport)]
public sealed record ExportLeads : LeadFilter, IRequest<ExportedFile>
{
    public string? Sort { get; set; }
    public ExportFormat Format { get; set; }
}

internal sealed class ExportLeadsValidator : AbstractValidator<ExportLeads>
{
    public ExportLeadsValidator()
    {
        Include(new LeadFilterValidator());
        RuleFor(r => r.Sort).SortedBy(ListLeads.Sortable.Names);
        RuleFor(r => r.Format).IsInEnum();
    }
}

internal sealed class ExportLeadsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ExportLeads, ExportedFile>
{
    public async Task<ExportedFile> Handle(ExportLeads request, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.LeadsRead)) throw new Refusal(RefusalCode.NotPermitted);
        var ids = await ListLeads.Sortable.Apply(request.Rows(db, actor), request.Sort is { Length: > 0 } sort ? sort : "-createdAt").Select(l => l.Id).ToListAsync(cancellationToken);
        return await db.ExportAsync(actor, clock, "leads", request.Format, request, Columns(), ids, chunk => LoadAsync(chunk, cancellationToken), cancellationToken);
    }

    private Task<Dictionary<Guid, Row>> LoadAsync(List<Guid> ids, CancellationToken cancel)
        => db.Leads.AsNoTracking().VisibleTo(actor).Where(l => ids.Contains(l.Id)).AsSplitQuery()
            .Select(l => new Row(l.Id, l.Number, l.Enterprise!.Name, l.Enterprise.CreditCode, l.CodeName, l.Field, l.Links.Select(x => x.Code).ToList(), l.Source, l.ExpectedInvestment,
                l.Stage, l.Status, db.Users.Where(p => p.Id == l.OwnerId).Select(p => p.DisplayName).First(), l.NextFollowUpAt, l.Note, l.Tags.Select(t => t.Name).ToList(), l.CreatedAt))
            .ToDictionaryAsync(l => l.Id, cancel);

    // The code name stands for the enterprise here too, and its credit code would tell as much as its name.
    private List<ExportColumn<Row>> Columns() =>
    [
        new("leadNumber", l => l.Number),
        new("enterpriseName", l => l.CodeName ?? l.Enterprise),
        new("creditCode", l => l.CodeName is null ? l.CreditCode : null),
        new("codeName", l => l.CodeName),
        new("field", l => catalogue.FieldName(l.Field)),
        new("links", l => string.Join(Text.Of("export.separator"), l.Links.Order(StringComparer.Ordinal).Select(catalogue.LinkName))),
        new("source", l => Text.Of(l.Source)),
        new("expectedInvestment", l => Exporting.Money("expectedInvestment", l.ExpectedInvestment)),
        new("stage", l => catalogue.StageName(l.Stage)),
        new("status", l => Text.Of(l.Status)),
        new("owner", l => l.Owner),
        new("nextFollowUp", l => l.NextFollowUpAt is { } at ? ShanghaiTime.Day(at) : null),
        new("tags", l => string.Join(Text.Of("export.separator"), l.Tags.Order(StringComparer.Ordinal))),
        new("note", l => l.Note),
        new("createdAt", l => l.CreatedAt),
    ];

    private sealed record Row(Guid Id, string Number, string Enterprise, string? CreditCode, string? CodeName, string Field, List<string> Links, LeadSource Source, decimal ExpectedInvestment,
        string Stage, LeadStatus Status, string Owner, DateTime? NextFollowUpAt, string? Note, List<string> Tags, DateTime CreatedAt);
}
