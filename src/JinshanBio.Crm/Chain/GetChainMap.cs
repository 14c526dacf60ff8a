using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>产业链图谱: the links of a field, or of all, with who supplies whom, and of each its state and how many are here and coming.</summary>
[Needs(Permission.ChainRead)]
public sealed record GetChainMap : IRequest<ChainMapReport>
{
    /// <summary>The links of this field, and those of others that supply it; the whole map when left out.</summary>
    public string? Field { get; set; }

    /// <summary>Now when left out; a day alone means its end in Shanghai.</summary>
    public DateTime? AsOf { get; set; }
}

/// <param name="Coverage">Of the links of the field, 0–1; <see cref="WholeCoverage"/> of all there are.</param>
/// <param name="Fields">Every field, whichever was asked for.</param>
/// <param name="Links">In the order of fields and codes; for a field also those of others that supply it.</param>
/// <param name="Edges">Into and out of these links; the other end may be a link that is not listed.</param>
public sealed record ChainMapReport(DateTime AsOf, string? Field, decimal Coverage, IReadOnlyList<ChainFieldRow> Fields, IReadOnlyList<ChainMapLink> Links, IReadOnlyList<ChainMapEdge> Edges)
{
    public decimal WholeCoverage { get; init; }

    /// <summary>Links of the whole map that are missing.</summary>
    public int WholeMissing { get; init; }

    public IEnumerable<ChainMapEdge> Into(string link) => Edges.Where(e => e.Buyer == link);

    public IEnumerable<ChainMapEdge> OutOf(string link) => Edges.Where(e => e.Supplier == link);
}

/// <summary>One field. The coverage is 0–1, the gap weighted and in yuan a year.</summary>
public sealed record ChainFieldRow(string Field, string Name, int Links, decimal Coverage, decimal WeightedGap, int Strong, int Weak, int InPipeline, int Missing);

/// <param name="IsGuest">Of another field, and here because it supplies this one.</param>
/// <param name="Leads">Open leads, by the links they carry today.</param>
/// <param name="Leaders">链主 that operate or have landed in the link.</param>
/// <param name="Row">State, need, supply and gap.</param>
public sealed record ChainMapLink(string Code, string Name, string Field, IReadOnlyList<string> AlsoFields, ChainTier Tier, bool IsEnabling, bool IsGuest, int Leads, int Leaders, CoverageRow Row);

/// <param name="Supplies">供应内容.</param>
public sealed record ChainMapEdge(string Supplier, string Buyer, SupplyKind Kind, bool IsCritical, string Supplies, bool CrossesFields);

internal sealed class GetChainMapValidator : AbstractValidator<GetChainMap>
{
    public GetChainMapValidator() => RuleFor(r => r.AsOf).PlausibleTime();
}

internal sealed class GetChainMapHandler(CrmDb db, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetChainMap, ChainMapReport>
{
    public async Task<ChainMapReport> Handle(GetChainMap request, CancellationToken cancellationToken)
    {
        var field = request.Field is { Length: > 0 } given ? given : null;
        if (field is not null && catalogue.Field(field) is null) throw new Refusal(RefusalCode.UnknownFieldCode, field) { Field = "field" };
        var asOf = request.AsOf.AsOf(clock.GetUtcNow().UtcDateTime);
        var ground = await ChainGround.LoadAsync(db, catalogue, asOf, cancellationToken);
        var (coverage, map) = (ground.Coverage(), ground.Map);
        var leads = await LeadsAsync(db, asOf, cancellationToken);
        var leaders = await LeadersAsync(db, ground, cancellationToken);

        var own = map.Links.Where(l => field is null || l.IsIn(field)).Select(l => l.Code).ToHashSet(StringComparer.Ordinal);
        var shown = own.Union(map.Edges.Where(e => own.Contains(e.Buyer)).Select(e => e.Supplier)).ToHashSet(StringComparer.Ordinal);
        var edges = map.Edges.Where(e => shown.Contains(e.Buyer) || shown.Contains(e.Supplier)).ToList();
        return new ChainMapReport(asOf, field, decimal.Round(coverage.OfField(field), 4), [.. catalogue.Fields.Select(f => FieldRow(coverage, f))],
            [.. map.Links.Where(l => shown.Contains(l.Code)).OrderBy(l => catalogue.Fields.Index().First(f => f.Item.Code == l.Field).Index).ThenBy(l => l.Code, StringComparer.Ordinal)
                .Select(l => new ChainMapLink(l.Code, Text.Pick(l.NameZh, l.NameEn), l.Field, l.AlsoFields, l.Tier, l.IsEnabling, !own.Contains(l.Code),
                    leads.GetValueOrDefault(l.Code), coverage[l.Code].Supplies.Where(s => s.IsHere && leaders.Contains(s.Subject.EnterpriseId)).Select(s => s.Subject.EnterpriseId).Distinct().Count(),
                    CoverageHandler.Row(coverage, coverage[l.Code])))],
            [.. edges.Select(e => Edge(map, e))])
        {
            WholeCoverage = decimal.Round(coverage.OfField(null), 4),
            WholeMissing = coverage.Links.Count(l => l.State == LinkState.Missing),
        };
    }

    internal static ChainMapEdge Edge(ChainMap map, EdgeEdition e)
        => new(e.Supplier, e.Buyer, e.Kind, e.IsCritical, Text.Pick(e.SuppliesZh, e.SuppliesEn), map.Find(e.Supplier)!.Field != map.Find(e.Buyer)!.Field);

    /// <summary>线索数: leads that were open then, in the links they carry today: what they carried before is not kept.</summary>
    internal static async Task<IReadOnlyDictionary<string, int>> LeadsAsync(CrmDb db, DateTime asOf, CancellationToken cancel)
        => (await db.PipelinePeriods.AsNoTracking().Where(p => p.From <= asOf && p.To > asOf && !p.IsProject && p.IsLive)
            .Join(db.Set<Domain.Leads.LeadLink>(), p => p.SubjectId, l => l.LeadId, (p, l) => l.Code).GroupBy(code => code).Select(g => new { Link = g.Key, Leads = g.Count() }).ToListAsync(cancel))
            .ToDictionary(l => l.Link, l => l.Leads, StringComparer.Ordinal);

    /// <summary>链主 among those who operate or have landed. Who is only in talks stays unnamed, also by a star.</summary>
    internal static async Task<IReadOnlySet<Guid>> LeadersAsync(CrmDb db, ChainGround ground, CancellationToken cancel)
    {
        // From those who are here: the register of enterprises is far larger.
        var asOf = ground.AsOf;
        var leaders = await db.Presences.AsNoTracking().Where(p => p.From <= asOf && p.To > asOf).Join(db.Enterprises.Where(e => e.IsChainLeader), p => p.EnterpriseId, e => e.Id, (p, e) => e.Id)
            .Concat(db.PipelinePeriods.Where(p => p.From <= asOf && p.To > asOf && p.IsProject && p.IsLive).Join(db.Projects, p => p.SubjectId, x => x.Id, (p, x) => x.EnterpriseId)
                .Join(db.Enterprises.Where(e => e.IsChainLeader), id => id, e => e.Id, (id, e) => e.Id)).ToListAsync(cancel);
        return ground.Subjects.Where(s => s.Phase != SupplyPhase.Pipeline).Select(s => s.EnterpriseId).Intersect(leaders).ToHashSet();
    }

    private static ChainFieldRow FieldRow(Coverage coverage, Named field)
    {
        var links = coverage.Links.Where(l => coverage.Map.Find(l.Link)!.IsIn(field.Code)).ToList();
        int Count(LinkState state) => links.Count(l => l.State == state);
        return new ChainFieldRow(field.Code, field.Name, links.Count, decimal.Round(coverage.OfField(field.Code), 4), decimal.Round(links.Sum(l => l.WeightedGap), 2),
            Count(LinkState.Strong), Count(LinkState.Weak), Count(LinkState.InPipeline), Count(LinkState.Missing));
    }
}
