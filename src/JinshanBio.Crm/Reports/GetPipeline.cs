using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Reports;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Reports;

/// <summary>管线: leads, projects and their value by field, as of a time, over the rows the person may see.</summary>
[Needs(Permission.ReportsRead)]
public sealed record GetPipeline : IRequest<PipelineReport>
{
    /// <summary>"field".</summary>
    public string By { get; set; } = "field";

    /// <summary>Now when left out; a day alone means its end in Shanghai, a time without a zone is Shanghai's.</summary>
    public DateTime? AsOf { get; set; }
}

/// <summary>The pipeline as of a moment (UTC). Money in yuan.</summary>
public sealed record PipelineReport(DateTime AsOf, string By, IReadOnlyList<PipelineRow> Rows, PipelineRow Total)
{
    /// <summary>What the weighted value was reckoned with, as of the same moment.</summary>
    public IReadOnlyList<StageWeight> Probabilities { get; init; } = [];
}

/// <param name="Leads">Open leads.</param>
/// <param name="Projects">Projects that are active or on hold; each counts once.</param>
/// <param name="Investment">Their investment.</param>
/// <param name="Weighted">Investment times the probability that the stage leads to production, as it was in force at that moment.</param>
/// <param name="Signed">签约额: signed amount of projects with a formal agreement (S60 and beyond); the investment where no amount is on record.</param>
/// <param name="Landed">落地额: investment of projects whose local entity is registered (S65 and beyond).</param>
/// <param name="InProduction">投产额: investment of projects that produce (S100 and beyond).</param>
/// <param name="OutputAtCapacity">达产年产值 of all these projects, yuan a year.</param>
/// <param name="FundsInPlace">到位资金: what verified fulfilments prove to have been paid in so far.</param>
/// <param name="AnnualOutput">产值 of the last full year, as verified; what is produced, not what was promised.</param>
public sealed record PipelineRow(
    string Key, string Name, int Leads, int Projects, decimal Investment, decimal Weighted, decimal Signed, decimal Landed, decimal InProduction, decimal OutputAtCapacity,
    decimal FundsInPlace = 0, decimal AnnualOutput = 0);

internal sealed class GetPipelineValidator : AbstractValidator<GetPipeline>
{
    public GetPipelineValidator()
    {
        RuleFor(r => r.By).Equal("field");
        RuleFor(r => r.AsOf).PlausibleTime();
    }
}

internal sealed class GetPipelineHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetPipeline, PipelineReport>
{
    public async Task<PipelineReport> Handle(GetPipeline request, CancellationToken cancellationToken)
    {
        IReadOnlyList<PipelineRow> rows;
        ProbabilityBook book;
        DateTime asOf;
        if (request.AsOf is not null)
        {
            asOf = request.AsOf.AsOf(clock.GetUtcNow().UtcDateTime);
            book = await ProbabilityBook.AtAsync(db, catalogue, asOf, cancellationToken);
            rows = await PipelineSum.ByFieldAsync(db.PipelinePeriods.VisibleTo(actor), catalogue, book, asOf, cancellationToken);
        }
        else
        {
            book = await ProbabilityBook.AtAsync(db, catalogue, PipelinePeriod.Open, cancellationToken);
            rows = await PipelineSum.ByFieldAsync(db.PipelinePostings.VisibleTo(actor), catalogue, book, cancellationToken);
            // After reading: whatever was read had happened by then.
            asOf = clock.GetUtcNow().UtcDateTime;
        }
        return new PipelineReport(asOf, request.By, rows, Total(rows)) { Probabilities = book.Weights };
    }

    private static PipelineRow Total(IReadOnlyList<PipelineRow> rows) => new("total", Texts.Text.Of("pipeline.total"),
        rows.Sum(r => r.Leads), rows.Sum(r => r.Projects), rows.Sum(r => r.Investment), rows.Sum(r => r.Weighted), rows.Sum(r => r.Signed),
        rows.Sum(r => r.Landed), rows.Sum(r => r.InProduction), rows.Sum(r => r.OutputAtCapacity), rows.Sum(r => r.FundsInPlace), rows.Sum(r => r.AnnualOutput));
}

/// <summary>The one sum behind the live report and the daily snapshot.</summary>
internal static class PipelineSum
{
    /// <summary>As of any time.</summary>
    public static async Task<IReadOnlyList<PipelineRow>> ByFieldAsync(IQueryable<PipelinePeriod> periods, Catalogue catalogue, ProbabilityBook book, DateTime asOf, CancellationToken cancel)
        => ByField(catalogue, book, await periods.AsNoTracking().Where(p => p.From <= asOf && p.To > asOf && p.IsLive)
            .GroupBy(p => new { p.Field, p.IsProject, p.Stage })
            .Select(g => new Group(g.Key.Field, g.Key.IsProject, g.Key.Stage, g.Count(), g.Sum(p => p.Investment), g.Sum(p => p.OutputAtCapacity),
                g.Sum(p => p.Signed), g.Sum(p => p.FundsInPlace), g.Sum(p => p.AnnualOutput)))
            .ToListAsync(cancel));

    /// <summary>As it stands: the same figures from the running sum, without reading every lead and project.</summary>
    public static async Task<IReadOnlyList<PipelineRow>> ByFieldAsync(IQueryable<PipelinePosting> postings, Catalogue catalogue, ProbabilityBook book, CancellationToken cancel)
        => ByField(catalogue, book, await postings.AsNoTracking()
            .GroupBy(p => new { p.Field, p.IsProject, p.Stage })
            .Select(g => new Group(g.Key.Field, g.Key.IsProject, g.Key.Stage, g.Sum(p => p.Count), g.Sum(p => p.Investment), g.Sum(p => p.OutputAtCapacity),
                g.Sum(p => p.Signed), g.Sum(p => p.FundsInPlace), g.Sum(p => p.AnnualOutput)))
            .ToListAsync(cancel));

    private static IReadOnlyList<PipelineRow> ByField(Catalogue catalogue, ProbabilityBook book, List<Group> groups) => [.. catalogue.Fields.Select(field =>
    {
        var projects = groups.Where(g => g.Field == field.Code && g.IsProject).ToList();
        decimal From(int order) => projects.Where(g => Stage.OrderOf(g.Stage) >= order).Sum(g => g.Investment);
        return new PipelineRow(field.Code, field.Name,
            groups.Where(g => g.Field == field.Code && !g.IsProject).Sum(g => g.Count),
            projects.Sum(g => g.Count), projects.Sum(g => g.Investment),
            decimal.Round(projects.Sum(g => book.Weigh(g.Investment, g.Stage)), 2),
            projects.Sum(g => g.Signed), From(Stage.LandedOrder), From(Stage.InProductionOrder), projects.Sum(g => g.Output), projects.Sum(g => g.Funds), projects.Sum(g => g.Produced));
    })];

    private sealed record Group(string Field, bool IsProject, string Stage, int Count, decimal Investment, decimal Output, decimal Signed, decimal Funds, decimal Produced);
}
