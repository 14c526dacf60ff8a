using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Reports;

/// <summary>日快照: writes the pipeline by field as of the start of the day in Shanghai. A second run of a day changes nothing. Also folds the postings of the day.</summary>
[Needs(Permission.JobsManage)]
public sealed record RollUpPipeline : IRequest<string>
{
    /// <summary>Any time of the day to be written, UTC.</summary>
    public DateTime AsOf { get; set; }
}

internal sealed class RollUpPipelineHandler(CrmDb db, Catalogue catalogue) : IRequestHandler<RollUpPipeline, string>
{
    public async Task<string> Handle(RollUpPipeline request, CancellationToken cancellationToken)
    {
        await PipelineBook.FoldAsync(db, cancellationToken);
        var day = ShanghaiTime.Day(request.AsOf);
        var asOf = ShanghaiTime.StartOfDayUtc(day);
        if (await db.PipelineSnapshots.AnyAsync(s => s.AsOf == asOf, cancellationToken)) return Sentence.Of("job.said.pipelineThere", $"{day:yyyy-MM-dd}");

        var rows = await PipelineSum.ByFieldAsync(db.PipelinePeriods, catalogue, await ProbabilityBook.AtAsync(db, catalogue, asOf, cancellationToken), asOf, cancellationToken);
        db.PipelineSnapshots.AddRange(rows.Select(r => new PipelineSnapshot
        {
            AsOf = asOf, Key = r.Key, Leads = r.Leads, Projects = r.Projects, Investment = r.Investment, Weighted = r.Weighted, Signed = r.Signed,
            Landed = r.Landed, InProduction = r.InProduction, OutputAtCapacity = r.OutputAtCapacity,
            FundsInPlace = r.FundsInPlace, AnnualOutput = r.AnnualOutput,
        }));
        await db.SaveChangesAsync(cancellationToken);
        return Sentence.Of("job.said.pipelineWritten", $"{day:yyyy-MM-dd}", rows.Count);
    }
}
