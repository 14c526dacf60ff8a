using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Exports;

/// <summary>导出企业: the filtered register in the order of the list, without contacts. The file imports again: our own id is its key.</summary>
[Needs(Permission.ListsExport)]
public sealed record ExportEnterprises : EnterpriseFilter, IRequest<ExportedFile>
{
    public string? Sort { get; set; }
    public ExportFormat Format { get; set; }
}

internal sealed class ExportEnterprisesValidator : AbstractValidator<ExportEnterprises>
{
    public ExportEnterprisesValidator()
    {
        Include(new EnterpriseFilterValidator());
        RuleFor(r => r.Sort).SortedBy(ListEnterprises.Sortable.Names);
        RuleFor(r => r.Format).IsInEnum();
    }
}

internal sealed class ExportEnterprisesHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<ExportEnterprises, ExportedFile>
{
    public async Task<ExportedFile> Handle(ExportEnterprises request, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.EnterprisesRead)) throw new Refusal(RefusalCode.NotPermitted);
        var ids = await ListEnterprises.Sortable.Apply(request.Rows(db, actor), request.Sort is { Length: > 0 } sort ? sort : "-createdAt").Select(e => e.Id).ToListAsync(cancellationToken);
        return await db.ExportAsync(actor, clock, "enterprises", request.Format, request, Columns, ids, chunk => LoadAsync(chunk, cancellationToken), cancellationToken);
    }

    private Task<Dictionary<Guid, ExportedEnterprise>> LoadAsync(List<Guid> ids, CancellationToken cancel)
    {
        var leads = db.Leads.VisibleTo(actor).Where(l => l.Status == LeadStatus.Open);
        var projects = db.Projects.VisibleTo(actor);
        return db.Enterprises.AsNoTracking().Where(e => ids.Contains(e.Id))
            .Select(e => new ExportedEnterprise(e.Id, e.Name, e.CreditCode, e.Country, e.Kind, e.IndustryCode, e.Scope, e.Address,
                leads.Count(l => l.EnterpriseId == e.Id), projects.Count(p => p.EnterpriseId == e.Id), e.CreatedAt))
            .ToDictionaryAsync(e => e.Id, cancel);
    }

    private static readonly List<ExportColumn<ExportedEnterprise>> Columns =
    [
        new("systemId", e => e.Id),
        new("enterpriseName", e => e.Name),
        new("creditCode", e => e.CreditCode),
        new("country", e => Countries.Name(e.Country)),
        new("kind", e => e.Kind),
        new("industryCode", e => e.IndustryCode),
        new("scope", e => e.Scope),
        new("address", e => e.Address),
        new("openLeads", e => e.OpenLeads),
        new("projects", e => e.Projects),
        new("createdAt", e => e.CreatedAt),
    ];

    private sealed record ExportedEnterprise(
        Guid Id, string Name, string? CreditCode, string Country, string? Kind, string? IndustryCode, string? Scope, string? Address, int OpenLeads, int Projects, DateTime CreatedAt);
}
