using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Lists;
using JinshanBio.Crm.Projects;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Lists;

public sealed class ListTests
{
    private static Task<Guid> LeadOf(World world, string owner) => world.Db(async db =>
    {
        var id = await db.Users.Where(u => u.UserName == owner).Select(u => u.Id).SingleAsync();
        return await db.Leads.Where(l => l.OwnerId == id && l.Status == LeadStatus.Open).OrderBy(l => l.Number).Select(l => l.Id).FirstAsync();
    });

    [OnEveryDatabase]
    public async Task Filters_combine_and_agree_with_the_rows_they_leave(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var all = (await world.As("admin").Send(new ListLeads { Size = 200 })).Items;
        var due = all.Where(l => l.NextFollowUp is not null).OrderBy(l => l.NextFollowUp).ElementAt(2).NextFollowUp!.Value;
        var some = (await world.As("admin").Send(new ListLeads
        {
            ExpectedInvestmentFrom = 50_000_000m, ExpectedInvestmentTo = 300_000_000m, NextFollowUpFrom = due, Planned = true, Size = 200,
        })).Items;

        Assert.NotEmpty(some);
        Assert.Equal(all.Where(l => l.ExpectedInvestment is >= 50_000_000m and < 300_000_000m && l.NextFollowUp >= due).Select(l => l.Id).Order(), some.Select(l => l.Id).Order());
        var unplanned = (await world.As("admin").Send(new ListLeads { Planned = false, Size = 200 })).Items;
        Assert.NotEmpty(unplanned);
        Assert.All(unplanned, l => Assert.Null(l.NextFollowUp));
        Assert.Equal(all.Count, unplanned.Count + (await world.As("admin").Send(new ListLeads { Planned = true })).Total);
    }

    [OnEveryDatabase]
    public async Task Projects_and_enterprises_are_narrowed_down_by_what_their_lists_show(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var projects = (await world.As("leader").Send(new ListProjects { Size = 200 })).Items;
        var land = (await world.As("leader").Send(new ListProjects { Track = Track.Land, OutputFrom = 100_000_000m, Size = 200 })).Items;
        Assert.Equal(projects.Where(p => p.Track == Track.Land && p.OutputAtCapacity >= 100_000_000m).Select(p => p.Id).Order(), land.Select(p => p.Id).Order());
        Assert.NotEmpty(land);

        var firms = (await world.As("leader").Send(new ListEnterprises { Size = 200 })).Items;
        Assert.Equal(firms.Count(e => e.CreditCode is null), (await world.As("leader").Send(new ListEnterprises { Coded = false })).Total);
        Assert.Equal(firms.Count(e => e.OpenLeads > 0 && e.Projects == 0), (await world.As("leader").Send(new ListEnterprises { Led = true, Projected = false })).Total);
        Assert.Equal(firms.Count(e => e.Country == "US"), (await world.As("leader").Send(new ListEnterprises { Country = "US" })).Total);
    }

    [OnEveryDatabase]
    public async Task An_officer_who_filters_by_leads_learns_nothing_of_a_colleagues(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var lead = await LeadOf(world, "officer2");
        var enterprise = await world.Db(db => db.Leads.Where(l => l.Id == lead).Select(l => l.EnterpriseId).SingleAsync());
        Assert.DoesNotContain((await world.As("officer").Send(new ListEnterprises { Led = true, Size = 200 })).Items, e => e.Id == enterprise);
        Assert.Contains((await world.As("officer2").Send(new ListEnterprises { Led = true, Size = 200 })).Items, e => e.Id == enterprise);
        Assert.Empty((await world.As("officer").Send(new ListLeads { Ids = [lead] })).Items);
    }

    [OnEveryDatabase]
    public async Task A_tag_is_put_on_filtered_by_and_taken_off(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await LeadOf(world, "officer");
        await world.As("officer").Send(new LabelLead { Id = id, Tag = "  Key   Account " });
        await world.As("officer").Send(new LabelLead { Id = id, Tag = "KEY ACCOUNT" });

        var row = Assert.Single((await world.As("officer").Send(new ListLeads { Tag = "key account" })).Items);
        Assert.Equal((id, "key account"), (row.Id, Assert.Single(row.Tags)));
        Assert.Equal(["key account"], await world.As("officer").Send(new ListTags { List = ListName.Leads }));
        Assert.Empty(await world.As("officer2").Send(new ListTags { List = ListName.Leads }));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new LabelLead { Id = id, Tag = "mine" }));
        await world.Refused(RefusalCode.NotPermitted, () => world.As("leader").Send(new LabelLead { Id = id, Tag = "mine" }));
        await world.Malformed(() => world.As("officer").Send(new LabelLead { Id = id, Tag = "one,two" }), "tag");

        await world.As("officer").Send(new LabelLead { Id = id, Tag = "Key account", Remove = true });
        Assert.Empty((await world.As("officer").Send(new ListLeads { Tag = "key account" })).Items);
    }

    [OnEveryDatabase]
    public async Task A_record_carries_twenty_tags_and_not_one_more(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await LeadOf(world, "officer");
        for (var number = 1; number <= Tag.Most; number++) await world.As("officer").Send(new LabelLead { Id = id, Tag = $"tag {number}" });
        await world.Refused(RefusalCode.TooManyTags, () => world.As("officer").Send(new LabelLead { Id = id, Tag = "one more" }));
    }

    [OnEveryDatabase]
    public async Task One_step_on_many_leads_answers_for_every_row(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var mine = (await world.As("officer").Send(new ListLeads { Size = 200 })).Items;
        var there = mine.Count(l => l.Stage == Stage.Screened);
        Assert.InRange(there, 1, mine.Count - 1);

        var result = await world.As("officer").Send(new StepOnLeads { Step = LeadStep.Screen, To = Stage.Screened, All = true });

        Assert.Equal((mine.Count - there, there), (result.Done, result.Refused.Count));
        Assert.All(result.Refused, r => Assert.Equal(RefusalCode.StageUnchanged, r.Code));
        Assert.Equal(mine.Where(l => l.Stage == Stage.Screened).Select(l => l.Id).Order(), result.Refused.Select(r => r.Id).Order());
        Assert.All((await world.As("officer").Send(new ListLeads { Size = 200 })).Items, l => Assert.Equal(Stage.Screened, l.Stage));
        var first = mine.First(l => l.Stage != Stage.Screened);
        Assert.Equal("陆知遥", (await world.As("officer").Send(new GetLead(first.Id))).History[^1].By);
    }

    [OnEveryDatabase]
    public async Task A_step_touches_only_picked_rows_that_the_person_sees(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (mine, theirs) = (await LeadOf(world, "officer"), await LeadOf(world, "officer2"));
        var due = world.Clock.Now.AddDays(3);
        var result = await world.As("officer").Send(new StepOnLeads { Step = LeadStep.FollowUp, Ids = [mine, theirs], DueAt = due, Kind = FollowUpKind.Visit, Note = "一起走访" });

        Assert.Equal((1, 0), (result.Done, result.Refused.Count));
        Assert.Contains((await world.As("officer").Send(new GetLead(mine))).FollowUps, f => f.DueAt == due && f.Kind == FollowUpKind.Visit);
        Assert.DoesNotContain((await world.As("officer2").Send(new GetLead(theirs))).FollowUps, f => f.DueAt == due);
        await world.Malformed(() => world.As("officer").Send(new StepOnLeads { Step = LeadStep.Drop, Reason = "nothing picked" }), "ids");
        await world.Refused(RefusalCode.NotPermitted, () => world.As("leader").Send(new StepOnLeads { Step = LeadStep.Drop, Reason = "not my job", All = true }));
    }

    [OnEveryDatabase]
    public async Task Assigning_many_hands_them_over_and_tells_each_person_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (from, to) = (await world.PersonAsync("officer"), await world.PersonAsync("officer2"));
        var mine = (await world.As("officer").Send(new ListLeads { Size = 200 })).Items;
        var result = await world.As("officer").Send(new StepOnLeads { Step = LeadStep.Assign, Ids = [.. mine.Take(3).Select(l => l.Id)], OwnerId = to, Reason = "分工调整" });

        Assert.Equal((3, 0), (result.Done, result.Refused.Count));
        Assert.Equal(mine.Count - 3, (await world.As("officer").Send(new ListLeads())).Total);
        Assert.All(await world.Db(db => db.Leads.Where(l => mine.Take(3).Select(m => m.Id).Contains(l.Id)).ToListAsync()), l => Assert.Equal(to, l.OwnerId));
        foreach (var person in (Guid[])[from, to])
            Assert.Equal(1, await world.Db(db => db.Notices.CountAsync(n => n.PersonId == person && n.Kind == Domain.Notices.NoticeKind.HandedOver)));
        var self = await world.As("officer").Send(new StepOnLeads { Step = LeadStep.Assign, Ids = [mine[4].Id], OwnerId = from, Reason = "分工调整" });
        Assert.Equal((0, RefusalCode.HandOverTarget), (self.Done, Assert.Single(self.Refused).Code));
    }

    [OnEveryDatabase]
    public async Task Projects_that_lack_evidence_refuse_a_common_move_and_say_what_is_missing(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var talks = (await world.As("admin").Send(new ListProjects { Stage = Stage.InTalks, Size = 200 })).Items;
        Assert.NotEmpty(talks);
        var result = await world.As("admin").Send(new StepOnProjects { Step = ProjectStep.Move, To = "S50", Stage = Stage.InTalks, All = true });

        Assert.Equal(talks.Count, result.Refused.Count + result.Done);
        Assert.NotEmpty(result.Refused);
        Assert.All(result.Refused, r => { Assert.Equal(RefusalCode.EvidenceMissing, r.Code); Assert.NotEmpty(r.Missing); });
    }

    [OnEveryDatabase]
    public async Task A_view_is_ones_own_until_it_is_shared(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.As("officer").Send(new SaveView { List = ListName.Leads, Name = "大项目", Query = "expectedInvestmentFrom=100000000&sort=-expectedInvestment" });
        Assert.Equal("大项目", Assert.Single((await world.As("officer").Send(new GetListChoices { List = ListName.Leads })).Views).Name);
        Assert.Empty((await world.As("officer").Send(new GetListChoices { List = ListName.Projects })).Views);
        Assert.Empty((await world.As("officer2").Send(new GetListChoices { List = ListName.Leads })).Views);
        await world.Refused(RefusalCode.ViewExists, () => world.As("officer").Send(new SaveView { List = ListName.Leads, Name = "大项目", Query = "" }));
        await world.Malformed(() => world.As("officer").Send(new SaveView { List = ListName.Leads, Name = "错", Query = "salary=1" }), "query");

        await world.As("officer").Send(new EditView { Id = id, Name = "亿元以上", Shared = true, Version = 1 });
        var shared = Assert.Single((await world.As("officer2").Send(new GetListChoices { List = ListName.Leads })).Views);
        Assert.Equal(("亿元以上", false, "陆知遥"), (shared.Name, shared.IsMine, shared.OwnerName));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new RemoveView(id)));
        await world.Refused(RefusalCode.NotFound, () => world.As("admin").Send(new EditView { Id = id, Name = "我的" }));
        await world.Refused(RefusalCode.StaleVersion, () => world.As("officer").Send(new EditView { Id = id, Name = "旧", Version = 1 }));
        await world.As("officer").Send(new RemoveView(id));
        Assert.Empty((await world.As("officer2").Send(new GetListChoices { List = ListName.Leads })).Views);
    }

    [OnEveryDatabase]
    public async Task Columns_are_chosen_by_each_person_for_each_list(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.As("officer").Send(new ChooseColumns { List = ListName.Leads, Columns = ["stage", "owner", "stage"] });
        await world.As("officer").Send(new ChooseColumns { List = ListName.Leads, Columns = ["owner", "createdAt"] });

        Assert.Equal(["owner", "createdAt"], (await world.As("officer").Send(new GetListChoices { List = ListName.Leads })).Columns);
        Assert.Empty((await world.As("officer").Send(new GetListChoices { List = ListName.Projects })).Columns);
        Assert.Empty((await world.As("officer2").Send(new GetListChoices { List = ListName.Leads })).Columns);
        await world.Malformed(() => world.As("officer").Send(new ChooseColumns { List = ListName.Leads, Columns = ["<script>"] }), "columns");
    }
}
