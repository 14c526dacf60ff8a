using JinshanBio.Crm.Commitments;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Reports;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace JinshanBio.Crm.Tests.Reports;

public sealed class ProbabilityTests
{
    [OnEveryDatabase]
    public async Task Few_projects_leave_the_factory_values_in_force_and_are_shown_with_their_sample(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.Db(db => db.StageProbabilities.ExecuteDeleteAsync());
        var factory = await world.As("leader").Send(new ListProbabilities());
        Assert.All(factory.Rows, r => Assert.Equal((r.Factory, ProbabilitySource.Factory, null, 0), (r.Value, r.Source, r.Since, r.Reached)));
        var before = await world.As("leader").Send(new GetPipeline());

        Assert.StartsWith("job.said.probabilities|10|", await EstimateAsync(world));
        var report = await world.As("leader").Send(new ListProbabilities());
        var talks = report.Rows[0];
        // Ten projects, one of which produces and one is lost; the others are under way.
        Assert.Equal((10, 2, ProbabilitySource.Factory), (talks.Reached, talks.Decided, talks.Source));
        Assert.NotNull(talks.ToSigning);
        Assert.Equal(before.Total, (await world.As("leader").Send(new GetPipeline())).Total);
        Assert.Equal(["S40", "S50", "S60", "S65", "S70", "S80", "S90"], report.Rows.Select(r => r.Stage));
        Assert.DoesNotContain(report.ByTrack, r => r is { Track: Track.Lease, Stage: "S70" });
        Assert.Equal(10, report.ByTrack.Where(r => r.Stage == "S40").Sum(r => r.Reached));

        Assert.EndsWith("|0|0", await EstimateAsync(world));
        await world.NotPermitted(() => new ListProbabilities(), "officer", "officer2", "manager.park");
    }

    [OnEveryDatabase]
    public async Task With_enough_history_the_own_value_comes_into_force_and_the_past_keeps_what_it_reckoned_with(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var moment = world.Clock.Now;
        var before = (await world.As("leader").Send(new GetPipeline { AsOf = moment })).Total;
        world.Clock.Advance(TimeSpan.FromDays(1));
        await HistoryAsync(world, talks: 14, review: 6, producing: 20);
        var running = (await world.As("leader").Send(new GetPipeline())).Total;
        world.Clock.Advance(TimeSpan.FromDays(1));
        await EstimateAsync(world);

        var report = await world.As("leader").Send(new ListProbabilities());
        var (talks, review) = (report.Rows[0], report.Rows[1]);
        // 41 left S40 forward or by ending … the demo world's own ten are among them.
        Assert.Equal((42, ProbabilitySource.Mixed), (talks.Decided, talks.Source));
        Assert.True(talks.Value < review.Value && review.Factory == review.Value, $"{talks} {review}");
        Assert.True(talks.Low < talks.Own && talks.Own < talks.High);
        Assert.Equal(world.Clock.Now, talks.Since);

        var after = await world.As("leader").Send(new GetPipeline());
        Assert.NotEqual(running.Weighted, after.Total.Weighted);
        Assert.Equal(running.Investment, after.Total.Investment);
        Assert.Equal(talks.Value, after.Probabilities.Single(p => p.Stage == "S40").Probability);
        Assert.Equal(before, (await world.As("leader").Send(new GetPipeline { AsOf = moment })).Total);
        Assert.Equal(after.Total, (await world.As("leader").Send(new GetPipeline { AsOf = world.Clock.Now })).Total);
        var items = await world.As("leader").Send(new ListPipelineItems { Size = 200 });
        Assert.Equal(after.Total.Weighted, items.Items.Sum(i => i.Weighted), 1);
    }

    [OnEveryDatabase]
    public async Task An_administrator_pins_the_factory_value_and_lets_the_history_in_again(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        world.Clock.Advance(TimeSpan.FromHours(1));
        await HistoryAsync(world, talks: 20, review: 5, producing: 20);
        await EstimateAsync(world);
        var own = await RowAsync(world, "S40");
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.As("admin").Send(new PinProbability { Stage = "S40", Reason = "样本来自旧口径" });
        Assert.Equal((own.Factory, ProbabilitySource.Pinned, "样本来自旧口径"), await RowAsync(world, "S40") is var pinned ? (pinned.Value, pinned.Source, pinned.Reason) : default);
        Assert.Equal(own.Own, pinned.Own);

        world.Clock.Advance(TimeSpan.FromHours(1));
        await HistoryAsync(world, talks: 5, review: 0, producing: 0);
        await EstimateAsync(world);
        Assert.Equal((own.Factory, ProbabilitySource.Pinned), await RowAsync(world, "S40") is var still ? (still.Value, still.Source) : default);
        Assert.True(still.Decided > own.Decided);

        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.As("admin").Send(new PinProbability { Stage = "S40", Pinned = false, Reason = "口径已统一" });
        Assert.Equal(ProbabilitySource.Mixed, (await RowAsync(world, "S40")).Source);
        await world.Refused(RefusalCode.NotFound, () => world.As("admin").Send(new PinProbability { Stage = "S100", Reason = "不存在" }));
        await world.Malformed(() => world.As("admin").Send(new PinProbability { Stage = "S40" }), "reason");
        await world.NotPermitted(() => new PinProbability { Stage = "S40", Reason = "无权" }, "leader", "officer", "manager.park");
    }

    [OnEveryDatabase]
    public async Task Every_sum_opens_down_to_its_projects(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var total = (await world.As("leader").Send(new GetPipeline())).Total;
        Assert.True(total is { FundsInPlace: > 0, AnnualOutput: > 0 });
        async Task<IReadOnlyList<PipelineItem>> Items(PipelineMeasure measure) => (await world.As("leader").Send(new ListPipelineItems { Measure = measure, Size = 200 })).Items;
        Assert.Equal(total.Signed, (await Items(PipelineMeasure.Signed)).Sum(i => i.Signed));
        Assert.Equal(total.Landed, (await Items(PipelineMeasure.Landed)).Sum(i => i.Investment));
        Assert.Equal(total.InProduction, (await Items(PipelineMeasure.InProduction)).Sum(i => i.Investment));
        Assert.Equal(total.FundsInPlace, (await Items(PipelineMeasure.FundsInPlace)).Sum(i => i.FundsInPlace));
        Assert.Equal(total.AnnualOutput, (await Items(PipelineMeasure.AnnualOutput)).Sum(i => i.AnnualOutput));
        var projects = await world.Db(db => db.Projects.Where(p => !p.IsClosed).ToListAsync());
        Assert.Equal((projects.Sum(p => p.CountedAsSigned), projects.Sum(p => p.FundsInPlace)), (total.Signed, total.FundsInPlace));
    }

    private static Task<string> EstimateAsync(World world) => world.As(Actor.System).Send(new EstimateProbabilities());

    private static async Task<ProbabilityRow> RowAsync(World world, string stage) => (await world.As("leader").Send(new ListProbabilities())).Rows.Single(r => r.Stage == stage);

    /// <summary>So many projects that were lost in talks, lost in review, or went into production.</summary>
    private static async Task HistoryAsync(World world, int talks, int review, int producing) => await world.Db(async db =>
    {
        var stages = world.Services.GetRequiredService<Catalogue>().Stages;
        var (owner, enterprise, now) = (await world.PersonAsync("officer"), await db.Enterprises.FirstAsync(e => e.CreditCode != null), world.Clock.Now);
        var taken = await db.Projects.CountAsync();
        for (var i = 0; i < talks + review + producing; i++)
        {
            var lead = new Lead($"XS-H-{taken + i}", enterprise, new LeadTerms("MED", [], LeadSource.Visit, 1_000_000, null, null), owner, now, owner);
            var project = Project.From(lead, $"XM-H-{taken + i}", new ProjectTerms($"历史 {taken + i}", Track.Lease, 1_000_000, 0, 100), now, owner);
            db.AddRange(lead, project);
            foreach (var stage in stages.Of(Track.Lease).Where(s => s.Order is > 40 and <= 100).TakeWhile(s => i >= talks && (i >= talks + review || s.Order == 50)))
                project.MoveTo(stage.Code, stages, Finding.Answers(stages, Track.Lease, stage.Code), null, now, owner);
            if (i < talks + review) project.SetStatus(SideState.None(ProjectStatus.Lost), "外迁", new Dictionary<string, string?>(), project.StageSince, project.OwnerId);
        }
        await db.SaveChangesAsync();
    });
}
