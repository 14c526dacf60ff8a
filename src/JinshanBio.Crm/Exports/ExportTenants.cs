using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Tenants;
using JinshanBio.Crm.Texts;
using MediatR;

namespace JinshanBio.Crm.Exports;

/// <summary>导出在园企业: the filtered tenants of a park in the order of the list; the code name until signing.</summary>
[Needs(Permission.ListsExport)]
public sealed record ExportTenants : TenantFilter, IRequest<ExportedFile>
{
    public ExportFormat Format { get; set; }
}

internal sealed class ExportTenantsValidator : AbstractValidator<ExportTenants>
{
    public ExportTenantsValidator()
    {
        Include(new TenantFilterValidator());
        RuleFor(r => r.Sort).SortedBy(TenantFilter.Sortable.Keys);
        RuleFor(r => r.Format).IsInEnum();
    }
}

internal sealed class ExportTenantsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ExportTenants, ExportedFile>
{
    public async Task<ExportedFile> Handle(ExportTenants request, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.AssignmentsRead)) throw new Refusal(RefusalCode.NotPermitted);
        var (_, rows) = await request.RowsAsync(db, actor, catalogue.Graduation, ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime), cancellationToken);
        var byId = rows.ToDictionary(r => r.Id);
        return await db.ExportAsync(actor, clock, "tenants", request.Format, request, Columns(), [.. rows.Select(r => r.Id)], _ => Task.FromResult(byId), cancellationToken);
    }

    private static List<ExportColumn<TenantRow>> Columns() =>
    [
        new("projectNumber", t => t.ProjectNumber),
        new("title", t => t.ProjectTitle),
        new("park", t => t.ParkName),
        new("tenantSpaces", t => string.Join(Text.Of("list.comma"), t.Spaces)),
        new("areaM2", t => t.AreaM2),
        new("movedInOn", t => t.MovedInOn),
        new("leaseUntil", t => t.LeaseUntil),
        new("reportedOn", t => t.ReportedOn),
        new("headcount", t => t.Headcount),
        new("tenantRevenue", t => t.Revenue),
        new("tenantOutput", t => t.Output),
        new("outputPerM2", t => t.OutputPerM2),
        new("productStage", t => t.Product is { } product ? Text.Of(product) : null),
        new("areaNeedM2", t => t.AreaNeedM2),
        new("openRequests", t => t.OpenRequests),
        new("graduation", t => Text.Of(t.Graduation.State)),
        new("stayEnds", t => t.Graduation.StayEnds),
        new("owner", t => t.OwnerName),
    ];
}
