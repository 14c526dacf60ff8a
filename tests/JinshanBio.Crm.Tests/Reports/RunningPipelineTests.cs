using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Projects;
using JinshanBio.Crm.Reports;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Reports;

/// <summary>The running sum of the pipeline against the plain sum over all periods.</summary>
public sealed class RunningPipelineTests
{
    private const int Workers = 6, Steps = 25;

    [OnEveryDatabase]
    public async Task The_running_sum_equals_the_plain_sum_after_random_changes_at_the_same_time(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var leads = await world.Db(db => db.Leads.Select(l => l.Id).ToListAsync());
        var projects = await world.Db(db => db.Projects.Select(p => p.Id).ToListAsync());
        var before = await world.As("leader").Send(new GetPipeline());
        var done = 0;

        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            for (var step = 0; step < Steps; step++)
            {
                lock (world.Clock) world.Clock.Advance(TimeSpan.FromMilliseconds(1));
                try
                {
                    await ChangeAsync(world.As("admin"), random, leads[random.Next(leads.Count)], projects[random.Next(projects.Count)]);
                    Interlocked.Increment(ref done);
                }
                catch (Exception e) when (e is Refusal or DbUpdateConcurrencyException)
                {
                    // Somebody else was faster, or the business says no: nothing may have been counted then.
                }
                if (worker == 0 && step % 10 == 9) await FoldAsync(world);
            }
        })));

        Assert.True(done > Workers, $"only {done} changes went through");
        Assert.NotEqual(before.Rows, await EqualForAsync(world, "leader"));
        await EqualForAsync(world, "officer");
        await EqualForAsync(world, "officer2");

        await FoldAsync(world);
        await EqualForAsync(world, "leader");
        var postings = await world.Db(db => db.PipelinePostings.AsNoTracking().ToListAsync());
        Assert.Distinct(postings.Select(p => (p.Field, p.OwnerId, p.IsProject, p.Stage)));
    }

    [OnEveryDatabase]
    public async Task A_change_that_fails_is_not_counted(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var lead = await world.Db(db => db.Leads.Where(l => l.Status == LeadStatus.Open).Select(l => l.Id).FirstAsync());
        var before = await world.As("leader").Send(new GetPipeline());

        await world.Refused(RefusalCode.StaleVersion, () => world.As("admin").Send(new DropLead { Id = lead, Reason = "gone", Version = 0 }));
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => world.Db(async db =>
        {
            var stale = await db.Leads.SingleAsync(l => l.Id == lead);
            stale.Drop("gone");
            db.Expect(stale, stale.Version + 1);
            await db.SaveChangesAsync();
        }));

        Assert.Equal(before.Rows, await EqualForAsync(world, "leader"));
    }

    private static async Task ChangeAsync(Desk desk, Random random, Guid lead, Guid project)
    {
        switch (random.Next(7))
        {
            case 0:
                await desk.Send(new CreateLead { Enterprise = new() { Name = $"Probe {random.Next()}" }, Field = "MED", Source = LeadSource.Visit, ExpectedInvestment = random.Next(1, 999) * 10_000m });
                break;
            case 1: await desk.Send(new ScreenLead { Id = lead, To = random.Next(2) == 0 ? Stage.Screened : Stage.FirstTalk }); break;
            case 2: await desk.Send(new EditLead { Id = lead, Field = random.Next(2) == 0 ? "MAT" : "AGR", Source = LeadSource.Event, ExpectedInvestment = random.Next(1, 999) + 0.25m }); break;
            case 3: await desk.Send(new DropLead { Id = lead, Reason = "no longer" }); break;
            case 4: await desk.Send(new ReopenLead { Id = lead }); break;
            case 5:
                await desk.Send(new ConvertLead { Id = lead, Name = $"Probe {random.Next()}", Track = Track.Lease, Investment = random.Next(1, 999) + 0.75m, OutputAtCapacity = random.Next(1, 999), AreaM2 = 100 });
                break;
            default:
                var hold = random.Next(2) == 0;
                await desk.Send(new SetProjectStatus { Id = project, Status = hold ? ProjectStatus.OnHold : ProjectStatus.Lost, Reason = "wait", Details = hold ? Finding.Pause : Finding.Loss });
                break;
        }
    }

    private static Task<string> FoldAsync(World world) => world.As(Actor.System).Send(new RollUpPipeline { AsOf = world.Clock.Now });

    private static async Task<IReadOnlyList<PipelineRow>> EqualForAsync(World world, string userName)
    {
        var running = await world.As(userName).Send(new GetPipeline());
        var plain = await world.As(userName).Send(new GetPipeline { AsOf = world.Clock.Now });
        Assert.Equal(plain.Rows, running.Rows);
        return running.Rows;
    }
}
