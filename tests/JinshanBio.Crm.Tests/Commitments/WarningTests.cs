using JinshanBio.Crm.Commitments;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Commitments;

public sealed class WarningTests
{
    private const string Signed = "一次性生物工艺耗材工厂";

    [OnEveryDatabase]
    public async Task Owner_and_responsible_hear_once_before_and_once_when_overdue_and_leaders_after_the_workdays(string provider)
    {
        await using var world = await EmptyAsync(provider);
        var (officer, officer2, leader) = (await world.PersonAsync("officer"), await world.PersonAsync("officer2"), await world.PersonAsync("leader"));
        var id = await AddAsync(world, new DateOnly(2026, 12, 25), officer2);
        Assert.Empty(await WarnAsync(world, "2026-11-24"));
        Assert.Equal([(NoticeKind.CommitmentSoon, officer), (NoticeKind.CommitmentSoon, officer2)], await WarnAsync(world, "2026-11-25"), Same);
        Assert.Empty(await WarnAsync(world, "2026-12-25"));
        Assert.Equal([(NoticeKind.CommitmentOverdue, officer), (NoticeKind.CommitmentOverdue, officer2)], await WarnAsync(world, "2026-12-26"), Same);
        // Five workdays after Friday 25 December: New Year's Day is off, and Saturday 2 January.
        Assert.Empty(await WarnAsync(world, "2026-12-31"));
        Assert.Equal([(NoticeKind.CommitmentEscalated, leader)], await WarnAsync(world, "2027-01-05"));
        Assert.Empty(await WarnAsync(world, "2027-02-01"));

        var pages = await world.Db(db => db.Notices.Where(n => n.Kind == NoticeKind.CommitmentOverdue).ToDictionaryAsync(n => n.PersonId, n => n.Path));
        Assert.Equal(($"/projects/{await world.ProjectAsync(Signed)}/promises", true), (pages[officer], pages[officer2].StartsWith("/promises?project=", StringComparison.Ordinal)));

        // A new day is a new round.
        await world.As("officer").Send(new PostponeCommitment { Id = id, NewDueDay = new DateOnly(2027, 2, 10), Reason = "双方同意", DocumentNumber = "补充协议" });
        Assert.Equal(2, (await WarnAsync(world, "2027-02-02")).Count(n => n.Kind == NoticeKind.CommitmentSoon));
    }

    [OnEveryDatabase]
    public async Task Nobody_is_warned_of_what_is_kept_released_waits_to_be_verified_or_has_ended(string provider)
    {
        await using var world = await EmptyAsync(provider);
        var due = new DateOnly(2026, 11, 10);
        var (waiting, released, _) = (await AddAsync(world, due), await AddAsync(world, due), await AddAsync(world, due));
        await world.As("officer").Send(new RecordFulfilment { Id = waiting, Text = "已办结", Day = due });
        await world.As("officer").Send(new ReleaseCommitment { Id = released, Reason = "登记重复" });
        Assert.Single(await WarnAsync(world, "2026-11-20"), n => n.Kind == NoticeKind.CommitmentOverdue);

        await AddAsync(world, due);
        await world.Db(async db => { (await db.Projects.SingleAsync(p => p.Name == Signed)).SetStatus(SideState.None(ProjectStatus.Terminated), "解约", new Dictionary<string, string?>(), world.Clock.Now, Crm.Identity.Actor.System.Id); await db.SaveChangesAsync(); });
        Assert.Empty(await WarnAsync(world, "2026-12-20"));
    }

    [OnEveryDatabase]
    public async Task Four_runs_at_the_same_moment_say_everything_once(string provider)
    {
        await using var world = await EmptyAsync(provider);
        var project = await world.ProjectAsync(Signed);
        await world.Db(async db =>
        {
            for (var i = 0; i < 450; i++)
                db.Commitments.Add(new Commitment(project, CommitmentKind.Permits, new CommitmentTerms(null, new DateOnly(2026, 1, 1), new DateOnly(2026, 10, 1).AddDays(i % 80)), world.Clock.Now, Actor.System.Id));
            await db.SaveChangesAsync();
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => world.As(Actor.System).Send(new WarnOfCommitments()))));
        await world.As(Actor.System).Send(new WarnOfCommitments());

        var (notices, all) = await world.Db(async db => (await db.Notices.ToListAsync(), await db.Commitments.AsNoTracking().ToListAsync()));
        var today = new DateOnly(2026, 11, 20);
        Assert.Equal(all.Count(c => c.DueDay < today), notices.Count(n => n.Kind == NoticeKind.CommitmentOverdue));
        Assert.Equal(all.Count(c => c.Told == CommitmentTold.Escalated), notices.Count(n => n.Kind == NoticeKind.CommitmentEscalated));
        Assert.DoesNotContain(all, c => c.Told == CommitmentTold.Nothing && c.DueDay < today.AddDays(30));
        Assert.Contains(all, c => c.Told == CommitmentTold.Escalated);
    }

    [OnEveryDatabase]
    public async Task An_administrator_sets_how_long_before_and_how_late(string provider)
    {
        await using var world = await EmptyAsync(provider);
        await AddAsync(world, new DateOnly(2026, 12, 4));
        await world.As("admin").Send(new SetCommitmentParameters { SoonDays = 14, EscalateWorkdays = 1, EnoughDecided = 40 });
        Assert.Equal(new CommitmentParameters(14, 1, 40), await world.As("leader").Send(new GetCommitmentParameters()));
        Assert.Single(await WarnAsync(world, "2026-11-20"));
        await WarnAsync(world, "2026-12-05");
        Assert.Single(await WarnAsync(world, "2026-12-07"), n => n.Kind == NoticeKind.CommitmentEscalated);
        await world.Malformed(() => world.As("admin").Send(new SetCommitmentParameters()), "soonDays", "escalateWorkdays", "enoughDecided");
        await world.NotPermitted(() => new SetCommitmentParameters(), "officer", "leader", "manager.park");
    }

    private static bool Same((NoticeKind, Guid) a, (NoticeKind, Guid) b) => a == b;

    private static async Task<List<(NoticeKind Kind, Guid PersonId)>> WarnAsync(World world, string day)
    {
        world.Clock.Now = DateTime.SpecifyKind(DateTime.Parse(day + " 00:35", System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);
        var before = await world.Db(db => db.Notices.Select(n => n.Id).ToListAsync());
        await world.As(Actor.System).Send(new WarnOfCommitments());
        var fresh = await world.Db(db => db.Notices.Where(n => !before.Contains(n.Id)).Select(n => new { n.Kind, n.PersonId }).ToListAsync());
        return [.. fresh.Select(n => (n.Kind, n.PersonId)).OrderBy(n => n.PersonId)];
    }

    private static async Task<World> EmptyAsync(string provider)
    {
        var world = await World.OpenAsync(provider);
        await world.Db(db => db.Set<Fulfilment>().ExecuteDeleteAsync());
        await world.Db(db => db.Set<Postponement>().ExecuteDeleteAsync());
        await world.Db(db => db.Commitments.ExecuteDeleteAsync());
        await world.Db(db => db.Notices.ExecuteDeleteAsync());
        return world;
    }

    private static async Task<Guid> AddAsync(World world, DateOnly due, Guid? responsible = null)
        => await world.As("officer").Send(new AddCommitment { ProjectId = await world.ProjectAsync(Signed), Kind = CommitmentKind.Permits, Since = new DateOnly(2026, 10, 1), DueDay = due, ResponsibleId = responsible });
}
