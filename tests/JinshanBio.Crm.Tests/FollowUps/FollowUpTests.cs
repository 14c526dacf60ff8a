using System.Globalization;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Projects;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.FollowUps;

public sealed class FollowUpTests
{
    [OnEveryDatabase]
    public async Task The_lead_shows_the_earliest_open_follow_up_whatever_is_planned_and_completed(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = world.As("officer");
        var lead = await LeadAsync(world, "上海澄屿生物医药有限公司");
        async Task<DateTime?> Next() => (await officer.Send(new GetLead(lead))).NextFollowUp;
        Assert.Null(await Next());

        var later = await officer.Send(new PlanFollowUp { LeadId = lead, DueAt = Utc(12, 20), Kind = FollowUpKind.Visit, Note = "上门" });
        Assert.Equal(Utc(12, 20), await Next());
        var sooner = await officer.Send(new PlanFollowUp { LeadId = lead, DueAt = Utc(12, 1) });
        Assert.Equal(Utc(12, 1), await Next());
        await officer.Send(new CompleteFollowUp { Id = sooner, Outcome = "已联系", NextDueAt = Utc(12, 10) });
        Assert.Equal(Utc(12, 10), await Next());
        await officer.Send(new CompleteFollowUp { Id = later, Outcome = "已拜访" });
        Assert.Equal(Utc(12, 10), await Next());
        var last = (await officer.Send(new GetLead(lead))).FollowUps.Single(f => f.Status == FollowUpStatus.Open);
        await officer.Send(new CompleteFollowUp { Id = last.Id, Outcome = "完成" });
        Assert.Null(await Next());
    }

    [OnEveryDatabase]
    public async Task Completing_records_outcome_time_and_person_and_plans_the_next_of_the_same_kind(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = await world.FindAsync("officer");
        var due = await OpenAsync(world, "上海绮原医美材料科技有限公司");
        await world.As("officer").Send(new CompleteFollowUp { Id = due.Id, Outcome = " 资料已到 ", NextDueAt = new DateTime(2026, 12, 1) });
        var all = await world.Db(db => db.FollowUps.Where(f => f.LeadId == due.LeadId).ToListAsync());

        var done = all.Single(f => f.Id == due.Id);
        Assert.Equal((FollowUpStatus.Done, "资料已到", world.Clock.Now, officer.Id), (done.Status, done.Outcome, done.DoneAt, done.DoneById));
        var next = all.Single(f => f.Status == FollowUpStatus.Open);
        Assert.Equal((due.Kind, new DateTime(2026, 12, 1, 1, 0, 0, DateTimeKind.Utc), officer.Id), (next.Kind, next.DueAt, next.OwnerId));
        await world.Refused(RefusalCode.FollowUpClosed, () => world.As("officer").Send(new CompleteFollowUp { Id = due.Id, Outcome = "再来一次" }));
    }

    [OnEveryDatabase]
    public async Task A_follow_up_of_a_project_is_kept_on_the_project(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.Db(db => db.Projects.Where(p => p.Name == "伴随诊断试剂生产项目").Select(p => p.Id).SingleAsync());
        await world.As("officer").Send(new PlanFollowUp { ProjectId = id, DueAt = Utc(12, 3), Kind = FollowUpKind.Meeting });

        Assert.Equal(Utc(12, 3), await world.Db(db => db.Projects.Where(p => p.Id == id).Select(p => p.NextFollowUpAt).SingleAsync()));
    }

    [OnEveryDatabase]
    public async Task Malformed_follow_ups_and_those_of_colleagues_are_turned_away(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = world.As("officer");
        var lead = await LeadAsync(world, "无锡策源生物装备有限公司");
        var due = await OpenAsync(world, "无锡策源生物装备有限公司");

        await world.Malformed(() => officer.Send(new PlanFollowUp { LeadId = lead, DueAt = new DateTime(1899, 1, 1) }), "dueAt");
        await world.Malformed(() => officer.Send(new PlanFollowUp { LeadId = lead }), "dueAt");
        await world.Malformed(() => officer.Send(new PlanFollowUp { DueAt = Utc(12, 1) }), "leadId");
        await world.Malformed(() => officer.Send(new PlanFollowUp { LeadId = lead, ProjectId = Guid.NewGuid(), DueAt = Utc(12, 1) }), "projectId");
        await world.Malformed(() => officer.Send(new CompleteFollowUp { Id = due.Id, Outcome = "" }), "outcome");
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new CompleteFollowUp { Id = due.Id, Outcome = "抢先" }));
        await world.Refused(RefusalCode.NotPermitted, () => world.As("manager.park").Send(new PlanFollowUp { LeadId = lead, DueAt = Utc(12, 1) }));
    }

    [OnEveryDatabase]
    public async Task A_reminder_is_sent_once_for_each_follow_up_that_fell_due(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var due = await DueAsync(world);
        Assert.Equal(4, due.Count);
        Assert.Equal("job.said.reminders|0|4|1|0", await RemindAsync(world));
        Assert.Equal("job.said.reminders|0|0|0|0", await RemindAsync(world));

        var notices = await NoticesAsync(world);
        Assert.Equal(due.Select(f => (f.OwnerId, $"follow-up-due:{f.Id}:{f.Round}")).ToHashSet(), notices.Select(n => (n.PersonId, n.Key)).ToHashSet());
        var one = Assert.Single(notices, n => n.Args[0] == "无锡策源生物装备有限公司");
        Assert.Equal(due.Single(f => one.Key.Contains(f.Id.ToString(), StringComparison.Ordinal)).DueAt, DateTime.Parse(one.Args[1], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));
        Assert.StartsWith("/leads/", one.Path);

        world.Clock.Now = Utc(11, 20, 8);
        Assert.Equal("job.said.reminders|0|2|0|0", await RemindAsync(world));
        Assert.Contains(await NoticesAsync(world), n => n.Args[0] == "蓝鲸计划");
        Assert.Contains(await NoticesAsync(world), n => n.Args[0] == "青松计划" && n.Path.StartsWith("/projects/", StringComparison.Ordinal));
    }

    [OnEveryDatabase]
    public async Task Two_reminder_runs_at_the_same_moment_still_send_each_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => RemindAsync(world))));

        Assert.Equal(4, (await NoticesAsync(world)).Count);
        Assert.Empty(await DueAsync(world));
    }

    [OnEveryDatabase]
    public async Task A_reminder_that_fails_does_not_stop_the_others(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var bad = (await DueAsync(world)).MinBy(f => f.DueAt)!;
        // The notice is there but the mark is missing, as after a hand-made repair: the unique key refuses the second notice.
        await world.Db(async db =>
        {
            db.Notices.Add(new Notice(bad.OwnerId, NoticeKind.FollowUpDue, $"follow-up-due:{bad.Id}:{bad.Round}", ["", ""], "/", world.Clock.Now));
            await db.SaveChangesAsync();
        });

        Assert.Equal("job.said.reminders|0|3|0|1", await RemindAsync(world));
        Assert.Equal(4, (await NoticesAsync(world)).Count);
        Assert.Equal(bad.Id, Assert.Single(await DueAsync(world)).Id);
    }

    private static DateTime Utc(int month, int day, int hour = 3) => new(2026, month, day, hour, 0, 0, DateTimeKind.Utc);

    [OnEveryDatabase]
    public async Task What_a_dropped_lead_or_a_lost_project_was_promised_is_no_longer_due(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var lead = await world.Db(db => db.Leads.FirstAsync(l => l.Status == LeadStatus.Open && db.FollowUps.Any(f => f.LeadId == l.Id && f.Status == FollowUpStatus.Open)));
        var project = await world.Db(db => db.Projects.FirstAsync(p => p.Status == ProjectStatus.Active));
        var admin = world.As("admin");
        await admin.Send(new PlanFollowUp { ProjectId = project.Id, Kind = FollowUpKind.Visit, DueAt = world.Clock.Now });
        await admin.Send(new DropLead { Id = lead.Id, Reason = "企业改投外地" });
        await admin.Send(new SetProjectStatus { Id = project.Id, Status = ProjectStatus.Lost, Reason = "空间不匹配", Details = Finding.Loss });

        Assert.False(await world.Db(db => db.FollowUps.AnyAsync(f => (f.LeadId == lead.Id || f.ProjectId == project.Id) && f.Status == FollowUpStatus.Open)));
        Assert.Null((await world.Db(db => db.Leads.SingleAsync(l => l.Id == lead.Id))).NextFollowUpAt);
        Assert.Null((await world.Db(db => db.Projects.SingleAsync(p => p.Id == project.Id))).NextFollowUpAt);
    }

    private static Task<string> RemindAsync(World world) => world.As(Actor.System).Send(new SendReminders());

    private static Task<List<FollowUp>> DueAsync(World world)
        => world.Db(db => db.FollowUps.Where(f => f.Status == FollowUpStatus.Open && f.DueAt <= world.Clock.Now && (f.Told == FollowUpTold.Nothing || f.Told == FollowUpTold.Soon)).ToListAsync());

    private static Task<List<Notice>> NoticesAsync(World world) => world.Db(db => db.Notices.Where(n => n.Kind == NoticeKind.FollowUpDue).ToListAsync());

    private static Task<Guid> LeadAsync(World world, string enterprise)
        => world.Db(db => db.Leads.Where(l => l.Enterprise!.Name == enterprise && l.ProjectId == null).Select(l => l.Id).SingleAsync());

    private static Task<FollowUp> OpenAsync(World world, string enterprise)
        => world.Db(db => db.FollowUps.SingleAsync(f => f.Lead!.Enterprise!.Name == enterprise && f.Status == FollowUpStatus.Open));
}
