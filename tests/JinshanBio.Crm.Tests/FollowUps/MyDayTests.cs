using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Notices;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.FollowUps;

public sealed class MyDayTests
{
    [OnEveryDatabase]
    public async Task A_follow_up_stands_in_the_part_of_its_day_in_Shanghai(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.Db(db => db.FollowUps.ExecuteDeleteAsync());
        var lead = (await world.As("officer").Send(new ListLeads())).Items[0];
        // The clock stands at 10:00 on 20 November in Shanghai.
        foreach (var (due, note) in ((string, string)[])[("2026-11-19T15:59", "overdue"), ("2026-11-19T16:00", "today"), ("2026-11-20T15:59", "today"),
            ("2026-11-20T16:00", "coming"), ("2026-11-27T15:59", "coming"), ("2026-11-27T16:00", "later")])
            await world.As("officer").Send(new PlanFollowUp { LeadId = lead.Id, Note = note, DueAt = DateTime.Parse(due + "Z", null, System.Globalization.DateTimeStyles.RoundtripKind) });
        var day = await world.As("officer").Send(new MyDay());

        Assert.Equal(new DateOnly(2026, 11, 20), day.Day);
        Assert.Equal(["overdue"], day.Overdue.Items.Select(f => f.Note));
        Assert.Equal(["today", "today"], day.Today.Items.Select(f => f.Note));
        Assert.Equal(["coming", "coming"], day.Coming.Items.Select(f => f.Note));
        Assert.Equal((1, 2, 2), (day.Overdue.Count, day.Today.Count, day.Coming.Count));
        Assert.Equal((lead.Title, $"/leads/{lead.Id}"), (day.Today.Items[0].Title, day.Today.Items[0].Path));
        Assert.Empty((await world.As("leader").Send(new MyDay())).Today.Items);
    }

    [OnEveryDatabase]
    public async Task The_demo_day_has_something_in_every_part(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        foreach (var officer in (string[])["officer", "officer2"])
        {
            var day = await world.As(officer).Send(new MyDay());
            Assert.All(new[] { day.Overdue, day.Today, day.Coming }, part => Assert.NotEmpty(part.Items));
            Assert.Empty(day.Proposals.Items);
        }
    }

    [OnEveryDatabase]
    public async Task A_part_shows_fifty_and_counts_all_and_what_is_done_leaves_it(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var lead = (await world.As("officer").Send(new ListLeads())).Items[0];
        var before = (await world.As("officer").Send(new MyDay())).Today.Count;
        await world.Db(async db =>
        {
            db.FollowUps.AddRange(Enumerable.Range(0, 60).Select(_ => new FollowUp(lead.Id, null, lead.OwnerId, FollowUpKind.Call, world.Clock.Now, null, world.Clock.Now)));
            await db.SaveChangesAsync();
        });
        var today = (await world.As("officer").Send(new MyDay())).Today;
        Assert.Equal((before + 60, 50), (today.Count, today.Items.Count));

        await world.As("officer").Send(new CompleteFollowUp { Id = today.Items[0].Id, Outcome = "已联系" });
        Assert.Equal(before + 59, (await world.As("officer").Send(new MyDay())).Today.Count);
    }

    [OnEveryDatabase]
    public async Task A_lead_stalls_when_it_stands_at_its_stage_longer_than_the_stage_allows(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.As("officer").Send(new CreateLead
        {
            Enterprise = new NewEnterprise { Name = "上海停滞生物有限公司" }, Field = "MED", Source = Domain.Leads.LeadSource.Visit,
        });
        async Task<bool> Stalls() => (await world.As("officer").Send(new MyDay())).Stalled.Items.Any(l => l.Id == id);

        world.Clock.Advance(TimeSpan.FromDays(7));
        Assert.False(await Stalls());
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await Stalls());
        await world.As("officer").Send(new ScreenLead { Id = id, To = "S20" });
        Assert.False(await Stalls());
        world.Clock.Advance(TimeSpan.FromDays(11));
        Assert.True(await Stalls());
        await world.As("officer").Send(new DropLead { Id = id, Reason = "无意向" });
        Assert.False(await Stalls());
    }

    [OnEveryDatabase]
    public async Task A_park_manager_finds_the_proposals_that_wait_in_the_own_parks(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var park = (await world.As("manager.park").Send(new MyDay())).Proposals;
        Assert.Equal((1, Finding.CodeName), (park.Count, park.Items.Single().ProjectTitle));
        Assert.Equal("酶法合成工艺研发平台", (await world.As("manager.incubator").Send(new MyDay())).Proposals.Items.Single().ProjectTitle);
        Assert.Empty((await world.As("leader").Send(new MyDay())).Proposals.Items);
    }

    [OnEveryDatabase]
    public async Task The_list_holds_the_own_follow_ups(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var open = await world.As("officer").Send(new ListFollowUps());
        var done = await world.As("officer").Send(new ListFollowUps { Status = FollowUpStatus.Done, Sort = "-dueAt" });

        Assert.All(open.Items, f => Assert.Equal(FollowUpStatus.Open, f.Status));
        Assert.Equal(open.Items.OrderBy(f => f.DueAt).Select(f => f.DueAt), open.Items.Select(f => f.DueAt));
        Assert.NotEmpty(done.Items);
        var item = open.Items.First(f => f.LeadId is not null);
        Assert.All((await world.As("officer").Send(new ListFollowUps { Lead = item.LeadId })).Items, f => Assert.Equal(item.LeadId, f.LeadId));
        Assert.Empty((await world.As("officer2").Send(new ListFollowUps { Lead = item.LeadId })).Items);
        Assert.Empty((await world.As("leader").Send(new ListFollowUps())).Items);
        await world.NotPermitted(() => new ListFollowUps(), "manager.park");
        await world.Malformed(() => world.As("officer").Send(new ListFollowUps { Sort = "note" }), "sort");
    }

    [OnEveryDatabase]
    public async Task Notices_of_the_person_are_counted_and_read(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.As(Identity.Actor.System).Send(new SendReminders());
        var officer = world.As("officer");
        var unread = (await officer.Send(new MyDay())).UnreadNotices;
        Assert.Equal(unread, await officer.Send(new CountUnread()));
        Assert.True(unread > 1);

        var list = await officer.Send(new ListNotices());
        Assert.All(list.Items, n => Assert.DoesNotContain("{", n.Message, StringComparison.Ordinal));
        Assert.Equal(1, await officer.Send(new MarkNoticesRead { Ids = [list.Items[0].Id] }));
        Assert.Equal(0, await officer.Send(new MarkNoticesRead { Ids = [list.Items[0].Id] }));
        Assert.Equal(unread - 1, await officer.Send(new CountUnread()));
        var again = (await officer.Send(new ListNotices())).Items;
        Assert.Equal(again.OrderBy(n => n.ReadAt is not null).ThenByDescending(n => n.CreatedAt).Select(n => n.CreatedAt), again.Select(n => n.CreatedAt));
        Assert.NotNull(again[^1].ReadAt);
    }

    [OnEveryDatabase]
    public async Task Nobody_reads_or_marks_somebody_elses_notices(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.As(Identity.Actor.System).Send(new SendReminders());
        var id = (await world.As("officer").Send(new ListNotices())).Items[0].Id;

        Assert.DoesNotContain((await world.As("officer2").Send(new ListNotices())).Items, n => n.Id == id);
        Assert.Equal(0, await world.As("admin").Send(new MarkNoticesRead { Ids = [id] }));
        await world.As("admin").Send(new MarkNoticesRead { All = true });
        Assert.Null((await world.As("officer").Send(new ListNotices())).Items.Single(n => n.Id == id).ReadAt);
        Assert.Equal(await world.As("officer").Send(new CountUnread()), await world.As("officer").Send(new MarkNoticesRead { All = true }));
        Assert.Equal(0, await world.As("officer").Send(new CountUnread()));
        await world.Malformed(() => world.As("officer").Send(new MarkNoticesRead()), "ids");
        await world.Malformed(() => world.As("officer").Send(new ListNotices { Sort = "kind" }), "sort");
        await world.Refused(RefusalCode.SignInRequired, () => world.As(Identity.Actor.Nobody).Send(new CountUnread()));
    }
}
