using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Exports;

/// <summary>导出环节: the links of the map of now, as a proposal reads them back; also the template for one.</summary>
[Needs(Permission.ChainKeep)]
public sealed record ExportMapLinks : IRequest<ExportedFile>
{
    public ExportFormat Format { get; set; }
}

/// <summary>导出供应关系 of the map of now, as a proposal reads them back.</summary>
[Needs(Permission.ChainKeep)]
public sealed record ExportMapEdges : IRequest<ExportedFile>
{
    public ExportFormat Format { get; set; }
}

internal sealed class ExportMapLinksValidator : AbstractValidator<ExportMapLinks>
{
    public ExportMapLinksValidator() => RuleFor(r => r.Format).IsInEnum();
}

internal sealed class ExportMapEdgesValidator : AbstractValidator<ExportMapEdges>
{
    public ExportMapEdgesValidator() => RuleFor(r => r.Format).IsInEnum();
}

internal sealed class ExportMapHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<ExportMapLinks, ExportedFile>, IRequestHandler<ExportMapEdges, ExportedFile>
{
    public async Task<ExportedFile> Handle(ExportMapLinks request, CancellationToken cancellationToken)
    {
        var links = (await db.LinkEditions.AsNoTracking().Where(l => l.To == ChainMap.Open).ToListAsync(cancellationToken)).OrderBy(l => l.Code, StringComparer.Ordinal).ToDictionary(l => l.Id);
        return await db.ExportAsync(actor, clock, "mapLinks", request.Format, request, Links(), [.. links.Keys], _ => Task.FromResult(links), cancellationToken);
    }

    public async Task<ExportedFile> Handle(ExportMapEdges request, CancellationToken cancellationToken)
    {
        var edges = (await db.EdgeEditions.AsNoTracking().Where(e => e.To == ChainMap.Open).ToListAsync(cancellationToken))
            .OrderBy(e => e.Supplier, StringComparer.Ordinal).ThenBy(e => e.Buyer, StringComparer.Ordinal).ThenBy(e => e.Kind).ToDictionary(e => e.Id);
        return await db.ExportAsync(actor, clock, "mapEdges", request.Format, request, Edges(), [.. edges.Keys], _ => Task.FromResult(edges), cancellationToken);
    }

    // Source and reason are of the next change, not of the last.
    private static List<ExportColumn<LinkEdition>> Links() =>
    [
        new("map.code", l => l.Code),
        new("map.field", l => l.Field),
        new("map.alsoFields", l => Items(l.AlsoFields)),
        new("map.tier", l => Text.Of(l.Tier)),
        new("map.nameZh", l => l.NameZh),
        new("map.nameEn", l => l.NameEn),
        new("map.products", l => Items(l.Products)),
        new("map.industryCodes", l => Items(l.IndustryCodes)),
        new("map.constraints", l => Items(l.Constraints)),
        new("map.isEnabling", l => Text.Of(l.IsEnabling ? "audit.yes" : "audit.no")),
        new("map.slot", l => l.Slot),
        new("map.source", _ => null), new("map.reason", _ => null), new("map.action", _ => null),
    ];

    private static List<ExportColumn<EdgeEdition>> Edges() =>
    [
        new("map.supplier", e => e.Supplier),
        new("map.buyer", e => e.Buyer),
        new("map.kind", e => Text.Of(e.Kind)),
        new("map.suppliesZh", e => e.SuppliesZh),
        new("map.suppliesEn", e => e.SuppliesEn),
        new("map.isCritical", e => Text.Of(e.IsCritical ? "audit.yes" : "audit.no")),
        new("map.needPercent", e => e.NeedPercent is { } percent ? percent.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) + "%" : null),
        new("map.phrase", e => e.Phrase),
        new("map.source", _ => null), new("map.reason", _ => null), new("map.action", _ => null),
    ];

    private static string Items(IEnumerable<string> items) => string.Join("; ", items);
}
