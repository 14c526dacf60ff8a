using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.Jobs;

/// <summary>Runs one entry of the timetable as the system and keeps the ledger of runs. Every engine calls this and nothing else.</summary>
public sealed class JobRunner(IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobRunner> log)
{
    public const string Schedule = "schedule";

    /// <param name="trigger"><see cref="Schedule"/>, or the user name of whoever starts it by hand.</param>
    /// <exception cref="Refusal">UnknownJob; JobRunning when a run is under way or another node took this one.</exception>
    public async Task RunAsync(string name, string trigger, CancellationToken cancel)
    {
        var entry = Timetable.Find(name) ?? throw new Refusal(RefusalCode.UnknownJob, name);
        var now = clock.GetUtcNow().UtcDateTime;
        // A schedule has minutes; two nodes that fire in the same minute compete for one ledger row.
        var scheduledAt = trigger == Schedule ? new DateTime(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0, DateTimeKind.Utc) : now;
        var run = await OpenAsync(name, trigger, scheduledAt, now, cancel);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<ActorSlot>().Actor = Actor.System;
            run.Summary = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(entry.Request(scheduledAt), cancel);
            run.Outcome = JobOutcome.Succeeded;
        }
        catch (Exception exception)
        {
            run.Outcome = JobOutcome.Failed;
            run.Summary = exception is Refusal refusal ? refusal.Code.ToString() : exception.GetType().Name;
            log.LogError(exception, "Job {Job} failed", name);
        }
        await CloseAsync(run);
    }

    private async Task<JobRun> OpenAsync(string name, string trigger, DateTime scheduledAt, DateTime now, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        var hourAgo = now.AddHours(-1);
        if (await db.JobRuns.AnyAsync(r => r.Name == name && r.Outcome == JobOutcome.Running && r.StartedAt > hourAgo, cancel))
            throw new Refusal(RefusalCode.JobRunning, name);
        var run = new JobRun { Name = name, Trigger = trigger, ScheduledAt = scheduledAt, StartedAt = now };
        db.JobRuns.Add(run);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException e) when (CrmDatabase.IsDuplicate(e)) { throw new Refusal(RefusalCode.JobRunning, name); }
        return run;
    }

    private async Task CloseAsync(JobRun run)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        run.FinishedAt = clock.GetUtcNow().UtcDateTime;
        db.JobRuns.Update(run);
        await db.SaveChangesAsync(CancellationToken.None);
    }
}
