using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.HandOvers;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.People;
using JinshanBio.Crm.Projects;
using JinshanBio.Crm.Reports;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.HandOvers;

public sealed class HandOverTests
{
    [OnEveryDatabase]
    public async Task Everything_goes_over_and_nothing_is_lost_or_reset(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (from, to) = (await world.PersonAsync("officer"), await world.PersonAsync("officer2"));
        var leads = await world.Db(db => db.Leads.AsNoTracking().Include(l => l.History).Where(l => l.OwnerId == from).ToListAsync());
        var projects = await world.Db(db => db.Projects.AsNoTracking().Where(p => p.OwnerId == from).ToListAsync());
        var open = await world.Db(db => db.FollowUps.CountAsync(f => f.OwnerId == from && f.Status == FollowUpStatus.Open));
        var done = await world.Db(db => db.FollowUps.CountAsync(f => f.OwnerId == from && f.Status == FollowUpStatus.Done));
        var pipeline = await world.As("leader").Send(new GetPipeline());

        world.Clock.Advance(TimeSpan.FromHours(1));
        var over = await world.As("leader").Send(new HandOver { From = from, To = to, All = true, Reason = "调离岗位" });

        Assert.Equal(new HandedOver(leads.Count, projects.Count, open), over);
        Assert.False(await world.Db(db => db.Leads.AnyAsync(l => l.OwnerId == from)));
        Assert.False(await world.Db(db => db.Projects.AnyAsync(p => p.OwnerId == from)));
        Assert.Equal((0, done), await world.Db(async db => (await db.FollowUps.CountAsync(f => f.OwnerId == from && f.Status == FollowUpStatus.Open), await db.FollowUps.CountAsync(f => f.OwnerId == from))));
        foreach (var lead in leads)
        {
            var now = await world.Db(db => db.Leads.AsNoTracking().Include(l => l.History).SingleAsync(l => l.Id == lead.Id));
            Assert.Equal((to, lead.Stage, lead.StageSince, lead.NextFollowUpAt, lead.History.Count), (now.OwnerId, now.Stage, now.StageSince, now.NextFollowUpAt, now.History.Count));
        }
        var after = await world.As("leader").Send(new GetPipeline());
        Assert.Equal(pipeline.Total with { }, after.Total with { });
        Assert.Equal(2, await world.Db(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.HandedOver)));
        var seen = await world.As("officer2").Send(new GetLead(leads[0].Id));
        Assert.Equal(("陆知遥", "顾晓岑", "调离岗位"), seen.OwnerMoves.Select(m => (m.From, m.To, m.Reason)).Single());
        Assert.Single((await world.As("officer2").Send(new GetProject(projects[0].Id))).OwnerMoves);
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(new GetLead(leads[0].Id)));
    }

    [OnEveryDatabase]
    public async Task The_periods_of_the_pipeline_follow_the_owner_from_that_moment_on(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var to = await world.PersonAsync("officer2");
        var (before, mine) = (world.Clock.Now, await world.As("officer").Send(new GetPipeline()));
        var theirs = await world.As("officer2").Send(new GetPipeline());
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.As("officer").Send(new HandOver { To = to, All = true, Reason = "休产假" });

        Assert.Equal(0, (await world.As("officer").Send(new GetPipeline())).Total.Investment);
        Assert.Equal(mine.Total.Investment + theirs.Total.Investment, (await world.As("officer2").Send(new GetPipeline())).Total.Investment);
        Assert.Equal(mine.Total.Investment, (await world.As("officer").Send(new GetPipeline { AsOf = before })).Total.Investment);
    }

    [OnEveryDatabase]
    public async Task Some_go_over_with_what_belongs_to_them(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (officer, to) = (world.As("officer"), await world.PersonAsync("officer2"));
        var project = await world.ReadAsync(await world.ProjectAsync(Finding.CodeNamed));
        await officer.Send(new PlanFollowUp { ProjectId = project.Id, DueAt = world.Clock.Now.AddDays(3) });
        var lead = await world.Db(db => db.Leads.FirstAsync(l => l.OwnerId == project.OwnerId && l.Status == LeadStatus.Open));
        var alone = await officer.Send(new PlanFollowUp { LeadId = lead.Id, DueAt = world.Clock.Now.AddDays(3) });

        var over = await officer.Send(new HandOver { To = to, ProjectIds = [project.Id], FollowUpIds = [alone], Reason = "按领域调整" });
        Assert.Equal((1, 1), (over.Leads, over.Projects));
        Assert.True(over.FollowUps >= 2);
        Assert.Equal(to, (await world.Db(db => db.Leads.SingleAsync(l => l.Id == project.LeadId))).OwnerId);
        Assert.NotEqual(to, (await world.Db(db => db.Leads.SingleAsync(l => l.Id == lead.Id))).OwnerId);
        Assert.Equal(to, (await world.Db(db => db.FollowUps.SingleAsync(f => f.Id == alone))).OwnerId);
        Assert.Equal(project.StageSince, (await world.ReadAsync(project.Id)).StageSince);
    }

    [OnEveryDatabase]
    public async Task Officers_hand_over_their_own_work_only_and_only_to_somebody_who_can_do_it(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (one, two) = (await world.PersonAsync("officer"), await world.PersonAsync("officer2"));
        var foreign = await world.Db(db => db.Leads.Where(l => l.OwnerId == two).Select(l => l.Id).FirstAsync());
        var officer = world.As("officer");
        await world.Refused(RefusalCode.NotPermitted, () => officer.Send(new HandOver { From = two, To = one, All = true, Reason = "抢过来" }));
        await world.Refused(RefusalCode.NotFound, () => officer.Send(new HandOver { To = two, LeadIds = [foreign], Reason = "不是我的" }));
        foreach (var nobody in (string[])["leader", "manager.park", "officer"])
        {
            var id = await world.PersonAsync(nobody);
            await world.Refused(RefusalCode.HandOverTarget, () => officer.Send(new HandOver { To = id, All = true, Reason = "交给不合适的人" }));
        }
        await world.NotPermitted(() => new HandOver { To = two, All = true, Reason = "无权" }, "manager.park", "manager.incubator");
        await world.NotPermitted(() => new ListLeftWork(), "officer", "leader", "manager.park");
        await world.Malformed(() => officer.Send(new HandOver { All = true }), "to", "reason");
        await world.Malformed(() => officer.Send(new HandOver { To = two, Reason = "什么都没选" }), "leadIds");
        await world.Refused(RefusalCode.NotPermitted, () => officer.Send(new GetWork { From = two }));
    }

    [OnEveryDatabase]
    public async Task Work_that_stands_with_a_disabled_person_is_shown_until_it_is_handed_over(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (admin, from) = (world.As("admin"), await world.PersonAsync("officer"));
        Assert.Empty(await admin.Send(new ListLeftWork()));
        var person = await admin.Send(new GetPerson(from));
        await admin.Send(new EditPerson { Id = from, DisplayName = person.DisplayName, Department = person.Department, Roles = [.. person.Roles], Disabled = true });
        var left = Assert.Single(await admin.Send(new ListLeftWork()));
        Assert.True(left.Leads > 0 && left.Projects > 0 && left.FollowUps > 0);
        Assert.DoesNotContain(await admin.Send(new ListColleagues()), c => c.Id == from);
        await admin.Send(new HandOver { From = from, To = await world.PersonAsync("officer2"), All = true, Reason = "离职" });
        Assert.Empty(await admin.Send(new ListLeftWork()));
    }

    [OnEveryDatabase]
    public async Task Thousands_go_over_in_batches_while_colleagues_work_on(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (from, to) = (await world.PersonAsync("officer"), await world.PersonAsync("officer2"));
        var template = await world.Db(db => db.Leads.Include(l => l.Enterprise).FirstAsync(l => l.OwnerId == from));
        await world.Db(async db =>
        {
            db.Attach(template.Enterprise!);
            for (var i = 0; i < 700; i++)
                db.Leads.Add(new Lead($"XS-2099-{i:D5}", template.Enterprise!, new LeadTerms("MED", [], LeadSource.Visit, 1000, null, null), from, world.Clock.Now, from));
            await db.SaveChangesAsync();
        });
        var busy = await world.Db(db => db.Leads.Where(l => l.Number == "XS-2099-00600").Select(l => l.Id).SingleAsync());
        var handing = Task.Run(() => world.As("leader").Send(new HandOver { From = from, To = to, All = true, Reason = "批量交接" }));
        for (var i = 0; i < 5; i++) await world.As("admin").Send(new ScreenLead { Id = busy, To = i % 2 == 0 ? "S20" : "S10" });
        var over = await handing;

        Assert.True(over.Leads >= 700);
        Assert.False(await world.Db(db => db.Leads.AnyAsync(l => l.OwnerId == from)));
        Assert.Equal(over.Leads, await world.Db(db => db.OwnerChanges.CountAsync(c => c.LeadId != null)));
        Assert.Equal("S20", await world.Db(db => db.Leads.Where(l => l.Id == busy).Select(l => l.Stage).SingleAsync()));
    }
}
