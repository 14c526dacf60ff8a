using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Reports;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Reports;

/// <summary>数字的出处: the leads or projects that a figure of the pipeline counts, as they stood at the same moment.</summary>
[Needs(Permission.ReportsRead)]
public sealed record ListPipelineItems : IRequest<Page<PipelineItem>>, IPaged
{
    public PipelineMeasure Measure { get; set; } = PipelineMeasure.Projects;
    public string? Field { get; set; }

    /// <summary>Now when left out; without a zone it is Shanghai's.</summary>
    public DateTime? AsOf { get; set; }
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<PipelinePeriod> Sortable = new(p => p.SubjectId)
    {
        ["investment"] = p => p.Investment,
        ["outputAtCapacity"] = p => p.OutputAtCapacity,
        ["signed"] = p => p.Signed,
        ["fundsInPlace"] = p => p.FundsInPlace,
        ["annualOutput"] = p => p.AnnualOutput,
        // "S100" comes after "S90".
        ["stage"] = p => p.Stage.Length == 4 ? p.Stage : "S0" + p.Stage.Substring(1),
    };
}

/// <summary>Which figure of the pipeline.</summary>
public enum PipelineMeasure
{
    /// <summary>Every live project: the number, the investment, the weighted value and the output are counted over these.</summary>
    Projects,
    Leads,
    /// <summary>签约: with a formal agreement.</summary>
    Signed,
    /// <summary>落地: with a registered local entity.</summary>
    Landed,
    /// <summary>投产: producing.</summary>
    InProduction,
    /// <summary>到位资金: with verified money in place.</summary>
    FundsInPlace,
    /// <summary>年产值: with a verified output.</summary>
    AnnualOutput,
}

/// <summary>One lead or project at the moment of the report. Money in yuan.</summary>
/// <param name="Number">Null when the record has been deleted since.</param>
/// <param name="Title">The code name until signing, then the name.</param>
/// <param name="Signed">What it counts for as signed; 0 before signing.</param>
public sealed record PipelineItem(
    Guid Id, bool IsProject, string? Number, string? Title, string Field, string Stage, string OwnerName, decimal Investment, decimal Weighted, decimal OutputAtCapacity,
    decimal Signed, decimal FundsInPlace, decimal AnnualOutput);

internal sealed class ListPipelineItemsValidator : AbstractValidator<ListPipelineItems>
{
    public ListPipelineItemsValidator()
    {
        this.MustBePaged(ListPipelineItems.Sortable.Names);
        RuleFor(r => r.Measure).IsInEnum();
        RuleFor(r => r.AsOf).PlausibleTime();
    }
}

internal sealed class ListPipelineItemsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ListPipelineItems, Page<PipelineItem>>
{
    public async Task<Page<PipelineItem>> Handle(ListPipelineItems request, CancellationToken cancellationToken)
    {
        var asOf = request.AsOf.AsOf(clock.GetUtcNow().UtcDateTime);
        var isProject = request.Measure != PipelineMeasure.Leads;
        var periods = db.PipelinePeriods.AsNoTracking().VisibleTo(actor).Where(p => p.From <= asOf && p.To > asOf && p.IsLive && p.IsProject == isProject);
        if (request.Field is { Length: > 0 } field) periods = periods.Where(p => p.Field == field);
        if (From(request.Measure) is { } order)
        {
            var stages = catalogue.Stages.All.Where(s => s.Order >= order).Select(s => s.Code).ToList();
            periods = periods.Where(p => stages.Contains(p.Stage));
        }
        if (request.Measure == PipelineMeasure.FundsInPlace) periods = periods.Where(p => p.FundsInPlace != 0);
        if (request.Measure == PipelineMeasure.AnnualOutput) periods = periods.Where(p => p.AnnualOutput != 0);
        var book = await ProbabilityBook.AtAsync(db, catalogue, asOf, cancellationToken);
        var total = await periods.Take(Paging.CountCap).CountAsync(cancellationToken);
        var page = await ListPipelineItems.Sortable.Apply(periods, request.Sort ?? "-investment").Select(p => new
        {
            Period = p,
            Number = isProject ? db.Projects.Where(x => x.Id == p.SubjectId).Select(x => x.Number).FirstOrDefault() : db.Leads.Where(x => x.Id == p.SubjectId).Select(x => x.Number).FirstOrDefault(),
            Title = isProject ? db.Projects.Where(x => x.Id == p.SubjectId).Select(x => x.Title).FirstOrDefault()
                : db.Leads.Where(x => x.Id == p.SubjectId).Select(x => x.CodeName ?? x.Enterprise!.Name).FirstOrDefault(),
            Owner = db.Users.Where(x => x.Id == p.OwnerId).Select(x => x.DisplayName).FirstOrDefault() ?? "",
        }).PageAsync(total, request, cancellationToken);
        return new Page<PipelineItem>([.. page.Items.Select(x => new PipelineItem(x.Period.SubjectId, isProject, x.Number, x.Title, x.Period.Field, x.Period.Stage, x.Owner,
            x.Period.Investment, isProject ? decimal.Round(book.Weigh(x.Period.Investment, x.Period.Stage), 2) : 0, x.Period.OutputAtCapacity,
            x.Period.Signed, x.Period.FundsInPlace, x.Period.AnnualOutput))],
            page.Total, page.Number, page.Size);
    }

    private static int? From(PipelineMeasure measure) => measure switch
    {
        PipelineMeasure.Signed => Stage.SignedOrder,
        PipelineMeasure.Landed => Stage.LandedOrder,
        PipelineMeasure.InProduction => Stage.InProductionOrder,
        _ => null,
    };
}
