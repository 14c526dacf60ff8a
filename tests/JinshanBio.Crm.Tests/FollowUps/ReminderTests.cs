using System.Globalization;
using JinshanBio.Crm.Channels;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.FollowUps;

public sealed class ReminderTests
{
    [OnEveryDatabase]
    public async Task The_owner_is_told_once_before_and_once_when_it_is_due_and_anew_after_a_new_time(string provider)
    {
        await using var world = await EmptyAsync(provider);
        var id = await PlanAsync(world, "2026-11-20 11:30");
        Assert.Empty(await RemindAsync(world));
        world.Clock.Now = At("2026-11-20 10:30");
        Assert.Equal([NoticeKind.FollowUpSoon], await RemindAsync(world));
        Assert.Empty(await RemindAsync(world));
        world.Clock.Now = At("2026-11-20 11:30");
        Assert.Equal([NoticeKind.FollowUpDue], await RemindAsync(world));
        Assert.Empty(await RemindAsync(world));

        await world.As("officer").Send(new SnoozeFollowUp { Id = id, To = At("2026-11-20 15:00"), Reason = "对方开会" });
        Assert.Empty(await RemindAsync(world));
        world.Clock.Now = At("2026-11-20 15:00");
        Assert.Equal([NoticeKind.FollowUpDue], await RemindAsync(world));
        Assert.Equal(3, await world.Db(db => db.Notices.CountAsync(n => n.Key.Contains(id.ToString()))));
    }

    [OnEveryDatabase]
    public async Task Each_person_chooses_how_long_before(string provider)
    {
        await using var world = await EmptyAsync(provider);
        await world.As("officer").Send(new SaveNoticeSettings { RemindBefore = 1440, QuietFrom = "21:00", QuietTo = "08:00" });
        await world.As("officer2").Send(new SaveNoticeSettings { RemindBefore = 0, QuietFrom = "21:00", QuietTo = "08:00" });
        await PlanAsync(world, "2026-11-21 09:00");
        await PlanAsync(world, "2026-11-20 10:30", "officer2");
        Assert.Equal([NoticeKind.FollowUpSoon], await RemindAsync(world));
        Assert.Equal(await world.PersonAsync("officer"), (await world.Db(db => db.Notices.SingleAsync(n => n.Kind == NoticeKind.FollowUpSoon))).PersonId);
    }

    [OnEveryDatabase]
    public async Task Four_runs_at_the_same_moment_say_everything_once(string provider)
    {
        await using var world = await EmptyAsync(provider);
        var (lead, owner) = await OwnLeadAsync(world, "officer");
        await AddAsync(world, Enumerable.Range(0, 450).Select(i => New(lead, owner, At("2026-11-13 09:00").AddMinutes(i * 30))));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => world.As(Actor.System).Send(new SendReminders()))));
        await world.As(Actor.System).Send(new SendReminders());

        var notices = await world.Db(db => db.Notices.ToListAsync());
        var all = await world.Db(db => db.FollowUps.AsNoTracking().ToListAsync());
        Assert.Equal(all.Count(f => f.DueAt <= world.Clock.Now), notices.Count(n => n.Kind == NoticeKind.FollowUpDue));
        Assert.Equal(all.Count(f => f.Told == FollowUpTold.Escalated), notices.Count(n => n.Kind == NoticeKind.FollowUpEscalated));
        Assert.Contains(all, f => f.Told == FollowUpTold.Escalated);
        Assert.DoesNotContain(all, f => f.DueAt <= world.Clock.Now && f.Told is FollowUpTold.Nothing or FollowUpTold.Soon);
    }

    [OnEveryDatabase]
    public async Task One_bad_row_among_many_is_left_out_and_nothing_else(string provider)
    {
        await using var world = await EmptyAsync(provider);
        var (lead, owner) = await OwnLeadAsync(world, "officer");
        var many = Enumerable.Range(0, 430).Select(i => New(lead, owner, At("2026-11-20 09:00").AddSeconds(i))).ToList();
        await AddAsync(world, many);
        // Its notice is there although its step is not marked, as after a repair by hand.
        await world.Db(db => { db.Notices.Add(new Notice(owner, NoticeKind.FollowUpDue, $"follow-up-due:{many[250].Id}:0", ["", ""], "/", world.Clock.Now)); return db.SaveChangesAsync(); });

        Assert.Equal("job.said.reminders|0|429|0|1", await world.As(Actor.System).Send(new SendReminders()));
        Assert.Equal(many[250].Id, (await world.Db(db => db.FollowUps.SingleAsync(f => f.Told == FollowUpTold.Nothing))).Id);
    }

    [OnEveryDatabase]
    public async Task The_head_hears_after_three_workdays_and_of_a_supervised_one_after_one(string provider)
    {
        await using var world = await EmptyAsync(provider);
        // National Day 2026: off from 1 to 7 October, worked on Saturday 10.
        world.Clock.Now = At("2026-09-29 09:00");
        await PlanAsync(world, "2026-09-30 17:00");
        var supervised = await PlanAsync(world, "2026-09-30 17:00");
        await world.As("leader").Send(new SuperviseFollowUp { Id = supervised, Note = "节后务必答复" });
        async Task<int> Escalated(string at)
        {
            world.Clock.Now = At(at);
            return (await RemindAsync(world)).Count(k => k == NoticeKind.FollowUpEscalated);
        }

        Assert.Equal(0, await Escalated("2026-10-07 18:00"));
        Assert.Equal(0, await Escalated("2026-10-08 08:00"));
        Assert.Equal(1, await Escalated("2026-10-08 08:30"));
        Assert.Equal(0, await Escalated("2026-10-09 18:00"));
        Assert.Equal(1, await Escalated("2026-10-10 08:30"));
        Assert.Equal(0, await Escalated("2026-10-12 08:30"));
        var leader = await world.PersonAsync("leader");
        Assert.All(await world.Db(db => db.Notices.Where(n => n.Kind == NoticeKind.FollowUpEscalated).ToListAsync()), n => Assert.Equal(leader, n.PersonId));
    }

    [OnEveryDatabase]
    public async Task A_save_that_overlaps_the_reminder_still_arms_the_new_time(string provider)
    {
        await using var world = await EmptyAsync(provider);
        var id = await PlanAsync(world, "2026-11-20 10:00");
        await world.Db(async db =>
        {
            var read = await db.FollowUps.SingleAsync(f => f.Id == id);
            await RemindAsync(world);
            read.SnoozeTo(At("2026-11-20 12:00"), "同时修改", world.Clock.Now, read.OwnerId);
            await db.SaveChangesAsync();
        });
        world.Clock.Now = At("2026-11-20 12:00");
        Assert.Equal([NoticeKind.FollowUpDue], await RemindAsync(world));
    }

    [OnEveryDatabase]
    public async Task A_digest_comes_once_on_the_morning_of_a_workday(string provider)
    {
        await using var world = await EmptyAsync(provider);
        await PlanAsync(world, "2026-11-19 09:00");
        await PlanAsync(world, "2026-11-20 15:00");
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => world.As(Actor.System).Send(new SendDigests()))));
        Assert.All(results, r => Assert.StartsWith("job.said.digests|", r));

        var officer = await world.PersonAsync("officer");
        var digest = await world.Db(db => db.Notices.SingleAsync(n => n.Kind == NoticeKind.Digest && n.PersonId == officer));
        Assert.Equal(("digest:2026-11-20", "1", "1"), (digest.Key, digest.Args[0], digest.Args[1]));
        Assert.Equal(3 + 4, digest.Args.Count);

        world.Clock.Now = At("2026-11-21 08:30");
        Assert.Equal("job.said.digestDayOff", await world.As(Actor.System).Send(new SendDigests()));
        world.Clock.Now = At("2028-05-01 08:30");
        Assert.StartsWith("job.said.digestsUnknownYear|", await world.As(Actor.System).Send(new SendDigests()));
    }

    /// <summary>Runs the reminders and answers the kinds of what is new.</summary>
    private static async Task<List<NoticeKind>> RemindAsync(World world)
    {
        var before = await world.Db(db => db.Notices.Select(n => n.Id).ToListAsync());
        await world.As(Actor.System).Send(new SendReminders());
        return await world.Db(db => db.Notices.Where(n => !before.Contains(n.Id)).OrderBy(n => n.Id).Select(n => n.Kind).ToListAsync());
    }

    private static async Task<World> EmptyAsync(string provider)
    {
        var world = await World.OpenAsync(provider);
        await world.Db(db => db.FollowUps.ExecuteDeleteAsync());
        await world.Db(db => db.Notices.ExecuteDeleteAsync());
        return world;
    }

    private static async Task<Guid> PlanAsync(World world, string due, string userName = "officer")
        => await world.As(userName).Send(new PlanFollowUp { LeadId = (await OwnLeadAsync(world, userName)).Lead, DueAt = At(due) });

    private static async Task<(Guid Lead, Guid Owner)> OwnLeadAsync(World world, string userName)
    {
        var owner = await world.PersonAsync(userName);
        return (await world.Db(db => db.Leads.Where(l => l.OwnerId == owner && l.Status == Domain.Leads.LeadStatus.Open).OrderBy(l => l.Id).Select(l => l.Id).FirstAsync()), owner);
    }

    private static FollowUp New(Guid lead, Guid owner, DateTime due) => new(lead, null, owner, FollowUpKind.Call, due, null, At("2026-11-01 09:00"));

    private static async Task AddAsync(World world, IEnumerable<FollowUp> followUps) => await world.Db(db => { db.FollowUps.AddRange(followUps); return db.SaveChangesAsync(); });

    private static DateTime At(string local) => DateTime.SpecifyKind(DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture).AddHours(-8), DateTimeKind.Utc);
}
