using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Leads;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Chain;

public sealed class LoopTests
{
    [OnEveryDatabase]
    public async Task The_loop_of_the_year_goes_from_the_gap_then_to_the_gap_now_and_every_step_adds_up(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var loop = await world.As("leader").Send(new GetLoop());
        Assert.Equal(new DateOnly(2026, 1, 1), loop.From);
        Assert.Equal((90, 90), (loop.Rows.Count, loop.MissingThen));
        Assert.Equal(loop.GapNow - loop.GapThen, loop.Steps.Sum(s => s.Change), 1);
        Assert.True(loop.CoverageNow > loop.CoverageThen && loop.Filled > 0 && loop.Steps.Sum(s => s.Closes) > 0);
        Assert.Equal(5, loop.Steps.Single(s => s.Cause == GapCause.Recorded).Count);
        var now = await world.As("leader").Send(new GetCoverage());
        Assert.Equal(now.Rows.Sum(r => r.WeightedGap), loop.GapNow, 1);
        var (leads, projects) = await world.Db(async db => (await db.Leads.CountAsync(l => l.Links.Any()), await db.Projects.CountAsync()));
        Assert.Equal((leads, projects), (loop.Total.Leads, loop.Total.Projects));
        // A lead in two links counts in both of them, and once in all.
        Assert.True(loop.Rows.Sum(r => r.Counts.Leads) > loop.Total.Leads);
    }

    [OnEveryDatabase]
    public async Task Every_figure_opens_to_what_the_person_sees_and_says_how_many_there_are_besides(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var loop = await world.As("officer").Send(new GetLoop());
        foreach (var (figure, count) in new (LoopFigure, int)[] { (LoopFigure.Targets, loop.Total.Targets), (LoopFigure.Leads, loop.Total.Leads), (LoopFigure.Projects, loop.Total.Projects), (LoopFigure.Landed, loop.Total.Landed) })
        {
            var (all, own) = (await world.As("leader").Send(new ListLoopItems { Figure = figure }), await world.As("officer").Send(new ListLoopItems { Figure = figure }));
            Assert.Equal((count, 0), (all.Items.Count, all.Hidden));
            Assert.Equal(count, own.Items.Count + own.Hidden);
            if (count > 1) Assert.InRange(own.Hidden, 1, count - 1);
        }
        var row = loop.Rows.First(r => r.Counts.Leads > 0);
        Assert.Equal(row.Counts.Leads, (await world.As("leader").Send(new ListLoopItems { Figure = LoopFigure.Leads, Link = row.Link })).Items.Count);
        foreach (var step in loop.Steps.Where(s => s.Count > 0))
            Assert.Equal(step.Count, (await world.As("leader").Send(new ListLoopItems { Cause = step.Cause })).Items.Count);
        await world.Refused(RefusalCode.NotPermitted, () => world.As("manager.park").Send(new GetLoop()));
        await world.Refused(RefusalCode.NotPermitted, () => world.As("manager.park").Send(new ListLoopItems { Figure = LoopFigure.Leads }));
    }

    [OnEveryDatabase]
    public async Task The_loop_of_a_past_time_stays_what_it_was(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var past = new GetLoop { From = new DateOnly(2026, 6, 1), Until = new DateOnly(2026, 10, 31), Field = "MED" };
        var before = await world.As("leader").Send(past);
        Assert.Equal(20, before.Rows.Count);
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.As("officer").Send(new CreateLead { Enterprise = new() { Name = "新来生物有限公司", Country = "CN" }, Field = "MED", Links = ["MED-06"], Source = LeadSource.Visit, ExpectedInvestment = 1 });
        var after = await world.As("leader").Send(past);
        Assert.Equal((before.GapThen, before.GapNow, before.Total, before.AsOf), (after.GapThen, after.GapNow, after.Total, after.AsOf));
        Assert.Equal(before.Rows, after.Rows);
        await world.Malformed(() => world.As("leader").Send(new GetLoop { From = new DateOnly(2026, 6, 1), Until = new DateOnly(2026, 5, 1) }), "until");
        await world.Refused(RefusalCode.UnknownFieldCode, () => world.As("leader").Send(new GetLoop { Field = "XXX" }));
    }
}
