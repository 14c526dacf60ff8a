using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Chain;

/// <summary>缺口对比: the gaps of one day beside those of another; also what has been closed since.</summary>
[Needs(Permission.ChainRead)]
public sealed record CompareGaps : IRequest<GapComparison>
{
    public string? Field { get; set; }
    public LinkState? State { get; set; }

    /// <summary>Now when left out; a day alone means its end in Shanghai.</summary>
    public DateTime? AsOf { get; set; }

    /// <summary>The day to compare with; none when left out.</summary>
    public DateTime? Since { get; set; }

    /// <summary>One column, the largest weighted gap first unless said otherwise.</summary>
    public string? Sort { get; set; }

    internal static readonly Dictionary<string, Func<GapSince, object?>> Sortable = new(StringComparer.Ordinal)
    {
        ["weightedGap"] = g => g.Now.WeightedGap,
        ["gap"] = g => g.Now.Gap,
        ["need"] = g => g.Now.Need,
        ["supplyHere"] = g => g.Now.SupplyHere,
        ["coming"] = g => g.Coming,
        ["coverage"] = g => g.Now.Coverage,
        ["suppliers"] = g => g.Now.Suppliers,
        ["change"] = g => g.Change,
        ["link"] = g => g.Now.Link,
    };
}

/// <param name="Since">Null when nothing was to be compared with.</param>
public sealed record GapComparison(DateTime AsOf, DateTime? Since, decimal Coverage, decimal? CoverageBefore, IReadOnlyList<GapSince> Rows)
{
    public decimal WeightedGap => Rows.Sum(r => r.Now.WeightedGap);
    public decimal? WeightedGapBefore => Since is null ? null : Rows.Sum(r => r.Before?.WeightedGap ?? 0);
}

/// <param name="Before">The same link on the other day; null when it was not on the map, or nothing is compared.</param>
public sealed record GapSince(CoverageRow Now, CoverageRow? Before)
{
    /// <summary>Likely pipeline, yuan a year.</summary>
    public decimal Coming => Now.Supply - Now.SupplyHere;

    /// <summary>Of the weighted gap: less than 0 has been closed.</summary>
    public decimal? Change => Before is null ? null : Now.WeightedGap - Before.WeightedGap;
}

internal sealed class CompareGapsValidator : AbstractValidator<CompareGaps>
{
    public CompareGapsValidator()
    {
        RuleFor(r => r.AsOf).PlausibleTime();
        RuleFor(r => r.Since).PlausibleTime();
        RuleFor(r => r.State).IsInEnum();
        RuleFor(r => r.Sort).Must(s => string.IsNullOrEmpty(s) || CompareGaps.Sortable.ContainsKey(s.StartsWith('-') ? s[1..] : s))
            .WithErrorCode("unknownSort").WithMessage(_ => Texts.Text.Of("validation.unknownSort", string.Join(", ", CompareGaps.Sortable.Keys)));
    }
}

internal sealed class CompareGapsHandler(CrmDb db, Catalogue catalogue, TimeProvider clock) : IRequestHandler<CompareGaps, GapComparison>
{
    public async Task<GapComparison> Handle(CompareGaps request, CancellationToken cancellationToken)
    {
        var field = request.Field is { Length: > 0 } given ? given : null;
        if (field is not null && catalogue.Field(field) is null) throw new Refusal(RefusalCode.UnknownFieldCode, field) { Field = "field" };
        var now = clock.GetUtcNow().UtcDateTime;
        var asOf = request.AsOf.AsOf(now);
        var coverage = (await ChainGround.LoadAsync(db, catalogue, asOf, cancellationToken)).Coverage();
        DateTime? since = request.Since is null ? null : request.Since.AsOf(now);
        var before = since is { } other ? (await ChainGround.LoadAsync(db, catalogue, other, cancellationToken)).Coverage() : null;

        CoverageRow? Before(string link) => before is null || !before.Map.Has(link) ? null : CoverageHandler.Row(before, before[link]);
        var rows = coverage.Links.Where(l => (field is null || coverage.Map.Find(l.Link)!.IsIn(field)) && (request.State is null || l.State == request.State))
            .Select(l => new GapSince(CoverageHandler.Row(coverage, l), Before(l.Link))).Where(g => g.Now.WeightedGap > 0 || g.Before?.WeightedGap > 0 || request.State is not null);
        return new GapComparison(asOf, since, coverage.OfField(field), before?.OfField(field), [.. Sorted(rows, request.Sort is { Length: > 0 } sort ? sort : "-weightedGap")]);
    }

    private static IOrderedEnumerable<GapSince> Sorted(IEnumerable<GapSince> rows, string sort)
    {
        var column = CompareGaps.Sortable[sort.TrimStart('-')];
        return (sort[0] == '-' ? rows.OrderByDescending(column) : rows.OrderBy(column)).ThenBy(r => r.Now.Link, StringComparer.Ordinal);
    }
}
