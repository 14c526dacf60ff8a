using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Chain;

/// <summary>闭环报告: the gaps at the beginning of the year, targets, leads, projects, landed, and the gaps now; and why they changed.</summary>
[Needs(Permission.ReportsRead)]
public sealed record GetLoop : IRequest<LoopReport>
{
    /// <summary>First day; 1 January when left out.</summary>
    public DateOnly? From { get; set; }

    /// <summary>Last day; today when left out.</summary>
    public DateOnly? Until { get; set; }
    public string? Field { get; set; }
}

/// <summary>Figures are the whole district's. Gaps are weighted, yuan a year.</summary>
/// <param name="AsOf">UTC: the moment of "now".</param>
/// <param name="Steps">They add up to the change of the gap.</param>
/// <param name="Total">Each target, lead and project once, however many links it has.</param>
public sealed record LoopReport(
    DateOnly From, DateOnly Until, DateTime AsOf, string? Field, decimal GapThen, decimal GapNow, decimal CoverageThen, decimal CoverageNow, int MissingThen, int MissingNow, int Filled,
    LoopCounts Total, IReadOnlyList<LoopStep> Steps, IReadOnlyList<LoopRow> Rows);

public sealed record LoopCounts(int Targets, int Leads, int Projects, int Landed);

/// <param name="Closes">What supply closed.</param>
/// <param name="Opens">What need opened.</param>
/// <param name="Count">Enterprises and projects it is about.</param>
public sealed record LoopStep(GapCause Cause, decimal Closes, decimal Opens, int Count)
{
    public decimal Change => Opens - Closes;
}

/// <summary>One link. A state is null when the link was not on the map then, or is not any more.</summary>
public sealed record LoopRow(string Link, string Name, string Field, LinkState? StateThen, LinkState? StateNow, decimal GapThen, decimal GapNow, LoopCounts Counts);

internal sealed class GetLoopValidator : AbstractValidator<GetLoop>
{
    public GetLoopValidator()
    {
        RuleFor(r => r.From).PlausibleDay();
        RuleFor(r => r.Until).PlausibleDay().Must((r, until) => until is null || r.From is null || until >= r.From).WithMessage(_ => Texts.Text.Of("loop.untilBeforeFrom"));
    }
}

internal sealed class GetLoopHandler(CrmDb db, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetLoop, LoopReport>
{
    public async Task<LoopReport> Handle(GetLoop request, CancellationToken cancellationToken)
    {
        if (request.Field is not null && catalogue.Field(request.Field) is null) throw new Refusal(RefusalCode.UnknownFieldCode, request.Field) { Field = "field" };
        var time = LoopTime.Of(request.From, request.Until, clock.GetUtcNow().UtcDateTime);
        var book = await LoopBook.LoadAsync(db, catalogue, time, request.Field, cancellationToken);
        LinkCoverage? At(Coverage coverage, string link) => coverage.Map.Has(link) ? coverage[link] : null;
        var rows = book.Links.Select(code =>
        {
            var (then, now) = (At(book.CoverageThen, code), At(book.CoverageNow, code));
            var link = book.Now.Map.Find(code) ?? book.Then.Map.Find(code)!;
            return new LoopRow(code, Texts.Text.Pick(link.NameZh, link.NameEn), link.Field, then?.State, now?.State, Yuan(then?.WeightedGap), Yuan(now?.WeightedGap),
                new LoopCounts(book.Count(LoopFigure.Targets, code), book.Count(LoopFigure.Leads, code), book.Count(LoopFigure.Projects, code), book.Count(LoopFigure.Landed, code)));
        }).OrderByDescending(r => r.GapThen).ThenBy(r => r.Link, StringComparer.Ordinal).ToList();
        static bool IsEmpty(LinkState? state) => state is LinkState.Missing or LinkState.InPipeline;
        return new LoopReport(time.From, time.Until, time.End, request.Field, rows.Sum(r => r.GapThen), rows.Sum(r => r.GapNow),
            decimal.Round(book.CoverageThen.OfField(request.Field), 4), decimal.Round(book.CoverageNow.OfField(request.Field), 4),
            rows.Count(r => IsEmpty(r.StateThen)), rows.Count(r => IsEmpty(r.StateNow)), rows.Count(r => IsEmpty(r.StateThen) && r.StateNow is LinkState.Weak or LinkState.Strong),
            new LoopCounts(book.Count(LoopFigure.Targets), book.Count(LoopFigure.Leads), book.Count(LoopFigure.Projects), book.Count(LoopFigure.Landed)),
            [.. book.Steps.Select(s => new LoopStep(s.Cause, decimal.Round(s.Closes, 2), decimal.Round(s.Opens, 2), s.Who.Count))], rows);
    }

    private static decimal Yuan(decimal? amount) => decimal.Round(amount ?? 0, 2);
}
