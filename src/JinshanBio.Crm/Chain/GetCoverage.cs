using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Chain;

/// <summary>覆盖与缺口: of each link what is needed here, what it supplies here and what is missing, as of any moment, over the whole district.</summary>
[Needs(Permission.ChainRead)]
public sealed record GetCoverage : IRequest<CoverageReport>
{
    /// <summary>Only the links of this field, also those that belong to it besides another.</summary>
    public string? Field { get; set; }

    /// <summary>Now when left out; a day alone means its end in Shanghai.</summary>
    public DateTime? AsOf { get; set; }
}

/// <param name="Coverage">Of all that is needed from these links, what is covered, 0–1.</param>
/// <param name="Gap">Sum of the weighted gaps, yuan a year.</param>
public sealed record CoverageReport(DateTime AsOf, string? Field, decimal Coverage, decimal Gap, IReadOnlyList<CoverageRow> Rows, CoverageWeights Weights);

/// <summary>One link. Money in yuan a year.</summary>
/// <param name="Coverage">0–1, with the likely pipeline.</param>
/// <param name="CoverageHere">0–1, of what operates or has landed.</param>
/// <param name="WeightedGap">By which gaps are ranked: the gap with each need weighted by its field.</param>
/// <param name="Suppliers">Enterprises that operate or have landed in the link.</param>
/// <param name="Projects">Projects in talks, under review or signed.</param>
/// <param name="HangsOnOne">One supplier alone.</param>
public sealed record CoverageRow(
    string Link, string Name, string Field, ChainTier Tier, LinkState State, decimal Need, decimal Supply, decimal SupplyHere, decimal Coverage, decimal CoverageHere,
    decimal Gap, decimal WeightedGap, int Suppliers, int Projects, bool HangsOnOne);

/// <summary>缺口清单: the largest weighted gaps first.</summary>
[Needs(Permission.ChainRead)]
public sealed record ListGaps : IRequest<IReadOnlyList<CoverageRow>>
{
    public string? Field { get; set; }
    public DateTime? AsOf { get; set; }

    /// <summary>At most so many.</summary>
    public int Size { get; set; } = 90;
}

internal sealed class GetCoverageValidator : AbstractValidator<GetCoverage>
{
    public GetCoverageValidator() => RuleFor(r => r.AsOf).PlausibleTime();
}

internal sealed class ListGapsValidator : AbstractValidator<ListGaps>
{
    public ListGapsValidator()
    {
        RuleFor(r => r.AsOf).PlausibleTime();
        RuleFor(r => r.Size).InclusiveBetween(1, Paging.MaxSize);
    }
}

internal sealed class CoverageHandler(CrmDb db, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetCoverage, CoverageReport>, IRequestHandler<ListGaps, IReadOnlyList<CoverageRow>>
{
    public async Task<CoverageReport> Handle(GetCoverage request, CancellationToken cancellationToken)
    {
        var (asOf, coverage) = await ReckonAsync(request.Field, request.AsOf, cancellationToken);
        var links = coverage.Links.Where(l => request.Field is null || coverage.Map.Find(l.Link)!.IsIn(request.Field)).ToList();
        return new CoverageReport(asOf, request.Field, coverage.OfField(request.Field), links.Sum(l => l.WeightedGap), [.. links.Select(l => Row(coverage, l))], catalogue.Coverage);
    }

    public async Task<IReadOnlyList<CoverageRow>> Handle(ListGaps request, CancellationToken cancellationToken)
    {
        var (_, coverage) = await ReckonAsync(request.Field, request.AsOf, cancellationToken);
        return [.. coverage.Gaps.Where(l => request.Field is null || coverage.Map.Find(l.Link)!.IsIn(request.Field)).Take(request.Size).Select(l => Row(coverage, l))];
    }

    private async Task<(DateTime AsOf, Coverage Coverage)> ReckonAsync(string? field, DateTime? given, CancellationToken cancel)
    {
        if (field is not null && catalogue.Field(field) is null) throw new Domain.Refusal(Domain.RefusalCode.UnknownFieldCode, field) { Field = "field" };
        var asOf = given.AsOf(clock.GetUtcNow().UtcDateTime);
        return (asOf, (await ChainGround.LoadAsync(db, catalogue, asOf, cancel)).Coverage());
    }

    internal static CoverageRow Row(Coverage coverage, LinkCoverage l)
    {
        var link = coverage.Map.Find(l.Link)!;
        return new CoverageRow(l.Link, Texts.Text.Pick(link.NameZh, link.NameEn), link.Field, link.Tier, l.State, Yuan(l.Need), Yuan(l.Supply), Yuan(l.SupplyHere), Part(l.Coverage), Part(l.CoverageHere),
            Yuan(l.Gap), Yuan(l.WeightedGap), l.Suppliers, l.Coming, l.HangsOnOne);
    }

    private static decimal Yuan(decimal amount) => decimal.Round(amount, 2);

    private static decimal Part(decimal part) => decimal.Round(part, 4);
}
