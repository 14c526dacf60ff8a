using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Jobs;
using JinshanBio.Crm.Texts;
using Xunit;

namespace JinshanBio.Crm.Tests.Jobs;

public sealed class JobTests
{
    [OnEveryDatabase]
    public async Task An_administrator_runs_a_job_and_sees_when_how_and_by_whom_it_ran(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        Assert.All(await world.As("admin").Send(new ListJobs()), j => Assert.Null(j.LastRun));
        await world.As("admin").Send(new RunJob("pipeline-roll-up"));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.As("admin").Send(new RunJob("pipeline-roll-up"));

        var job = (await world.As("admin").Send(new ListJobs())).Single(j => j.Name == "pipeline-roll-up");
        Assert.Equal((world.Clock.Now, 0L, "admin", JobOutcome.Succeeded), (job.LastRun, job.DurationMs, job.Trigger, job.Outcome));
        Assert.Equal(Sentence.Say("job.said.pipelineThere|2026-11-20"), job.Summary);
        Assert.Equal("10 * * * *", job.Schedule);
        var runs = await world.As("admin").Send(new ListJobRuns { Name = "pipeline-roll-up" });
        Assert.Equal((2, world.Clock.Now), (runs.Total, runs.Items[0].StartedAt));
        Assert.Equal(0, (await world.As("admin").Send(new ListJobRuns { Outcome = JobOutcome.Failed })).Total);
        Assert.Equal(2, (await world.As("admin").Send(new ListJobRuns { Size = 1, Page = 2 })).Total);
    }

    [OnEveryDatabase]
    public async Task What_is_no_job_or_runs_already_or_is_asked_by_others_is_refused(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.Refused(RefusalCode.UnknownJob, () => world.As("admin").Send(new RunJob("clean-up")));
        await world.Db(async db =>
        {
            db.JobRuns.Add(new JobRun { Name = "reminders", Trigger = "schedule", ScheduledAt = world.Clock.Now, StartedAt = world.Clock.Now });
            await db.SaveChangesAsync();
        });
        await world.Refused(RefusalCode.JobRunning, () => world.As("admin").Send(new RunJob("reminders")));
        string[] others = ["officer", "leader", "manager.park"];
        await world.NotPermitted(() => new RunJob("reminders"), others);
        await world.NotPermitted(() => new ListJobs(), others);
        await world.NotPermitted(() => new ListJobRuns(), others);
        await world.Malformed(() => world.As("admin").Send(new ListJobRuns { Sort = "name", Size = 500 }), "sort", "size");
    }
}
