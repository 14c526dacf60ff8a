using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Jobs;

/// <summary>定时任务: every entry of the timetable with its last run.</summary>
[Needs(Permission.JobsManage)]
public sealed record ListJobs : IRequest<IReadOnlyList<JobRow>>;

/// <param name="Schedule">Five fields of unix cron, Asia/Shanghai.</param>
/// <param name="LastRun">When the last run started, UTC; null before the first.</param>
/// <param name="DurationMs">Of the last run, once it has finished.</param>
/// <param name="Trigger">"schedule" or a user name.</param>
public sealed record JobRow(string Name, string Schedule, DateTime? LastRun, long? DurationMs, string? Trigger, JobOutcome? Outcome, string? Summary);

/// <summary>运行记录: the ledger of runs, newest first.</summary>
[Needs(Permission.JobsManage)]
public sealed record ListJobRuns : IRequest<Page<JobRunRow>>, IPaged
{
    public string? Name { get; set; }
    public JobOutcome? Outcome { get; set; }

    /// <summary>There is one order; any name is refused.</summary>
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;
}

public sealed record JobRunRow(Guid Id, string Name, DateTime ScheduledAt, DateTime StartedAt, DateTime? FinishedAt, string Trigger, JobOutcome Outcome, string? Summary)
{
    public long? DurationMs => FinishedAt is { } finished ? (long)(finished - StartedAt).TotalMilliseconds : null;
}

internal sealed class ListJobRunsValidator : AbstractValidator<ListJobRuns>
{
    public ListJobRunsValidator()
    {
        this.MustBePaged([]);
        RuleFor(r => r.Outcome).IsInEnum();
    }
}

internal sealed class ListJobsHandler(CrmDb db) : IRequestHandler<ListJobs, IReadOnlyList<JobRow>>, IRequestHandler<ListJobRuns, Page<JobRunRow>>
{
    public async Task<IReadOnlyList<JobRow>> Handle(ListJobs request, CancellationToken cancellationToken)
    {
        var jobs = new List<JobRow>();
        foreach (var entry in Timetable.Entries)
        {
            var last = await Rows(db.JobRuns.Where(r => r.Name == entry.Name)).FirstOrDefaultAsync(cancellationToken);
            jobs.Add(new JobRow(entry.Name, entry.Cron, last?.StartedAt, last?.DurationMs, last?.Trigger, last?.Outcome, Sentence.Say(last?.Summary)));
        }
        return jobs;
    }

    public async Task<Page<JobRunRow>> Handle(ListJobRuns request, CancellationToken cancellationToken)
    {
        var runs = db.JobRuns.AsQueryable();
        if (request.Name is { Length: > 0 } name) runs = runs.Where(r => r.Name == name);
        if (request.Outcome is { } outcome) runs = runs.Where(r => r.Outcome == outcome);
        var total = await runs.Take(Paging.CountCap).CountAsync(cancellationToken);
        return await Rows(runs).PageAsync(total, request, cancellationToken);
    }

    private static IQueryable<JobRunRow> Rows(IQueryable<JobRun> runs) => runs.AsNoTracking().OrderByDescending(r => r.ScheduledAt).ThenByDescending(r => r.Id)
        .Select(r => new JobRunRow(r.Id, r.Name, r.ScheduledAt, r.StartedAt, r.FinishedAt, r.Trigger, r.Outcome, Sentence.Say(r.Summary)));
}
