using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Enterprises;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Chain;

public sealed class PresenceTests
{
    private const string Media = "上海延培培养基有限公司", Drugs = "无锡策源生物装备有限公司";
    private const decimal Output = 500_000_000;

    [OnEveryDatabase]
    public async Task Recording_changing_and_leaving_keep_every_line_with_who_and_when(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (id, park) = (await world.EnterpriseAsync(Drugs), await world.ParkAsync("CAR-06"));
        Assert.Null((await world.As("leader").Send(new GetPresence(id))).Current);
        await world.Refused(RefusalCode.EnterpriseNotHere, () => world.As("officer").Send(new ChangePresence { EnterpriseId = id, KnownFrom = "x" }));
        await world.Refused(RefusalCode.EnterpriseNotHere, () => world.As("officer").Send(new EndPresence { EnterpriseId = id, LeftOn = new(2026, 11, 1), Why = "x" }));
        var first = await world.As("officer").Send(new RecordPresence { EnterpriseId = id, Since = new(2019, 5, 1), AnnualOutput = Output, ParkId = park, KnownFrom = "走访" });
        await world.Refused(RefusalCode.EnterpriseHereAlready, () => world.As("officer2").Send(new RecordPresence { EnterpriseId = id, KnownFrom = "名录" }));

        world.Clock.Advance(TimeSpan.FromDays(1));
        var second = await world.As("officer2").Send(new ChangePresence { EnterpriseId = id, Line = first, Since = new(2019, 5, 1), AnnualOutput = null, KnownFrom = "名录" });
        await world.Refused(RefusalCode.StaleVersion, () => world.As("officer").Send(new ChangePresence { EnterpriseId = id, Line = first, AnnualOutput = 1, KnownFrom = "走访" }));
        Assert.Equal(second, await world.As("officer2").Send(new ChangePresence { EnterpriseId = id, Line = second, Since = new(2019, 5, 1), KnownFrom = "名录" }));
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.As("officer").Send(new EndPresence { EnterpriseId = id, Line = second, LeftOn = new(2026, 11, 22), Why = "整体搬迁" });

        var presence = await world.As("leader").Send(new GetPresence(id));
        Assert.Null(presence.Current);
        Assert.Equal([(second, "顾晓岑", null, "整体搬迁"), (first, "陆知遥", Output, null)], presence.Lines.Select(l => (l.Id, l.By, l.AnnualOutput, l.WhyLeft)));
        Assert.Equal((park, new DateOnly(2019, 5, 1)), (presence.Lines[1].ParkId!.Value, presence.Lines[1].Since!.Value));
        Assert.DoesNotContain((await world.As("leader").Send(new ListEnterprises { Here = true })).Items, e => e.Id == id);
        Assert.Contains((await world.As("leader").Send(new ListEnterprises { Here = false, Size = 200 })).Items, e => e.Id == id);
        // It may come back.
        await world.As("officer").Send(new RecordPresence { EnterpriseId = id, KnownFrom = "走访" });
        Assert.Equal(3, (await world.As("leader").Send(new GetPresence(id))).Lines.Count);
    }

    [OnEveryDatabase]
    public async Task Only_who_writes_the_register_records_and_only_who_reads_it_knows(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.EnterpriseAsync(Media);
        await world.NotPermitted(() => new RecordPresence { EnterpriseId = id, KnownFrom = "x" }, "leader", "manager.park", "reviewer");
        await world.NotPermitted(() => new ChangePresence { EnterpriseId = id, KnownFrom = "x" }, "leader", "manager.park", "reviewer");
        await world.NotPermitted(() => new EndPresence { EnterpriseId = id, LeftOn = new(2026, 11, 1), Why = "x" }, "leader", "manager.park", "reviewer");
        await world.NotPermitted(() => new GetPresence(id), "manager.park", "reviewer");
        await world.Malformed(() => world.As("officer").Send(new RecordPresence { EnterpriseId = id, AnnualOutput = -1, Since = new(1800, 1, 1) }), "annualOutput", "knownFrom", "since");
        await world.Malformed(() => world.As("officer").Send(new EndPresence { EnterpriseId = id }), "leftOn", "why");
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(new RecordPresence { EnterpriseId = Guid.NewGuid(), KnownFrom = "x" }));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(new ChangePresence { EnterpriseId = id, ParkId = Guid.NewGuid(), KnownFrom = "x" }));
    }

    [OnEveryDatabase]
    public async Task Of_two_who_record_it_in_the_same_moment_one_is_told(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.EnterpriseAsync(Drugs);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
        {
            try
            {
                await world.As(i % 2 == 0 ? "officer" : "officer2").Send(new RecordPresence { EnterpriseId = id, AnnualOutput = i + 1, KnownFrom = "走访" });
                return (RefusalCode?)null;
            }
            catch (Refusal refusal)
            {
                return refusal.Code;
            }
        }));
        Assert.Single(answers, a => a is null);
        Assert.Equal(3, answers.Count(a => a == RefusalCode.EnterpriseHereAlready));
        Assert.Equal(1, await world.Db(db => db.Presences.CountAsync(p => p.EnterpriseId == id)));
    }

    [OnEveryDatabase]
    public async Task Of_two_who_change_it_in_the_same_moment_the_second_is_told_what_it_did_not_see(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.EnterpriseAsync(Media);
        var line = (await world.As("officer").Send(new GetPresence(id))).Current!.Id;
        world.Clock.Advance(TimeSpan.FromHours(1));
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(async i =>
        {
            try
            {
                await world.As("officer").Send(new ChangePresence { EnterpriseId = id, Line = line, AnnualOutput = i + 1, KnownFrom = "走访" });
                return (RefusalCode?)null;
            }
            catch (Refusal refusal)
            {
                return refusal.Code;
            }
        }));
        Assert.Single(answers, a => a is null);
        Assert.Equal(2, answers.Count(a => a == RefusalCode.StaleVersion));
        Assert.Equal(1, await world.Db(db => db.Presences.CountAsync(p => p.EnterpriseId == id && p.To == ChainMap.Open)));
    }

    [OnEveryDatabase]
    public async Task Coverage_follows_from_the_moment_on_and_past_days_stay(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.EnterpriseAsync(Drugs);
        await world.As("officer").Send(new EditEnterprise { Id = id, Name = Drugs, Country = "CN", Links = ["MED-11"], Version = (await world.As("officer").Send(new GetEnterprise(id))).Version });
        async Task<CoverageRow> Row(DateTime? asOf = null) => (await world.As("leader").Send(new GetCoverage { AsOf = asOf })).Rows.Single(r => r.Link == "MED-11");
        var (before, start) = (await Row(), world.Clock.Now);
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.As("officer").Send(new RecordPresence { EnterpriseId = id, AnnualOutput = Output, KnownFrom = "走访" });
        var (here, during) = (await Row(), world.Clock.Now);
        Assert.Equal((before.Suppliers + 1, true), (here.Suppliers, here.SupplyHere > before.SupplyHere));
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.As("officer").Send(new EndPresence { EnterpriseId = id, LeftOn = new(2026, 11, 21), Why = "搬迁" });
        Assert.Equal(before.SupplyHere, (await Row()).SupplyHere);
        Assert.Equal(here.SupplyHere, (await Row(during)).SupplyHere);
        Assert.Equal(before.SupplyHere, (await Row(start)).SupplyHere);
    }

    [OnEveryDatabase]
    public async Task A_merge_takes_the_presence_along_and_undoing_gives_it_back_while_past_coverage_stays(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var loser = await world.EnterpriseAsync(Media);
        var winner = await world.As("officer").Send(new AddEnterprise { Name = "延培培养基（上海）有限公司", Country = "CN", DuplicateReason = "名录里另有一条" });
        var (start, before) = (world.Clock.Now, await SupplyAsync(world));
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.As("officer").Send(new MergeEnterprises { Id = winner, LoserId = loser });
        Assert.Equal(60_000_000, (await world.As("leader").Send(new GetPresence(winner))).Current!.AnnualOutput);
        Assert.Null((await world.As("leader").Send(new GetPresence(loser))).Current);
        await world.Refused(RefusalCode.EnterpriseMerged, () => world.As("officer").Send(new ChangePresence { EnterpriseId = loser, KnownFrom = "x" }));
        await world.Refused(RefusalCode.EnterpriseMerged, () => world.As("officer").Send(new RecordPresence { EnterpriseId = loser, KnownFrom = "x" }));
        Assert.Equal(before, await SupplyAsync(world));
        Assert.Equal(before, await SupplyAsync(world, start));

        var (merged, merge) = (world.Clock.Now, (await world.As("officer").Send(new GetEnterprise(winner))).Merges.Single().Id);
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.As("officer").Send(new UndoMerge(winner, merge));
        Assert.Null((await world.As("leader").Send(new GetPresence(winner))).Current);
        Assert.Equal(60_000_000, (await world.As("leader").Send(new GetPresence(loser))).Current!.AnnualOutput);
        foreach (var asOf in (DateTime?[])[start, merged, null]) Assert.Equal(before, await SupplyAsync(world, asOf));
    }

    [OnEveryDatabase]
    public async Task Of_two_that_are_here_the_winners_words_hold_after_a_merge(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (winner, loser) = (await world.EnterpriseAsync(Media), await world.EnterpriseAsync(Drugs));
        await world.As("officer").Send(new RecordPresence { EnterpriseId = loser, AnnualOutput = Output, KnownFrom = "走访" });
        world.Clock.Advance(TimeSpan.FromDays(1));
        var twin = await world.As("officer").Send(new AddEnterprise { Name = "甲乙丙测试有限公司", Country = "CN" });
        await world.As("officer").Send(new RecordPresence { EnterpriseId = twin, AnnualOutput = 1, KnownFrom = "走访" });
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.As("officer").Send(new MergeEnterprises { Id = winner, LoserId = twin });
        Assert.Equal(60_000_000, (await world.As("leader").Send(new GetPresence(winner))).Current!.AnnualOutput);
        Assert.Null((await world.As("leader").Send(new GetPresence(twin))).Current);
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.As("officer").Send(new UndoMerge(winner, (await world.As("officer").Send(new GetEnterprise(winner))).Merges.Single().Id));
        Assert.Equal((60_000_000, 1), ((await world.As("leader").Send(new GetPresence(winner))).Current!.AnnualOutput, (await world.As("leader").Send(new GetPresence(twin))).Current!.AnnualOutput));
    }

    private static async Task<(decimal, int)> SupplyAsync(World world, DateTime? asOf = null)
    {
        var row = (await world.As("leader").Send(new GetCoverage { AsOf = asOf })).Rows.Single(r => r.Link == "CMN-06");
        return (row.SupplyHere, row.Suppliers);
    }
}
