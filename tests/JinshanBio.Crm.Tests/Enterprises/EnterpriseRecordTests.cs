using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Leads;
using Xunit;

namespace JinshanBio.Crm.Tests.Enterprises;

public sealed class EnterpriseRecordTests
{
    [OnEveryDatabase]
    public async Task The_record_holds_names_group_parent_size_leadership_and_links(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var parent = await world.EnterpriseAsync("上海澄屿生物医药有限公司");
        var add = new AddEnterprise
        {
            Name = "常州启程酶制剂有限公司", Size = EnterpriseSize.Small, Group = "启程集团", ParentId = parent, IsChainLeader = true, LeaderFields = ["MED", "AGR"], Links = ["MED-07", "AGR-01"],
            Aliases = [new() { Kind = AliasKind.Short, Name = "启程酶" }, new() { Kind = AliasKind.English, Name = "Qicheng Enzymes, Inc." }, new() { Kind = AliasKind.Former, Name = "常州旧名有限公司", Until = new(2020, 5, 1) }],
        };
        var id = await world.As("officer").Send(add);
        var record = await world.As("leader").Send(new GetEnterprise(id));
        Assert.Equal((EnterpriseSize.Small, "启程集团", parent, "上海澄屿生物医药有限公司", true), (record.Size, record.Group, record.ParentId, record.ParentName, record.IsChainLeader));
        Assert.Equal(["AGR", "MED"], record.LeaderFields);
        Assert.Equal(["AGR-01", "MED-07"], record.Links);
        Assert.Equal([new(AliasKind.Short, "启程酶"), new(AliasKind.English, "Qicheng Enzymes, Inc."), new OtherName(AliasKind.Former, "常州旧名有限公司", new DateOnly(2020, 5, 1))], record.Aliases);
        Assert.Equal([id], (await world.As("leader").Send(new GetEnterprise(parent))).Children.Select(c => c.Id));

        // Whoever knows nothing of the lists leaves them as they are.
        await world.As("officer2").Send(new EditEnterprise { Id = id, Version = record.Version, Name = add.Name });
        var edited = await world.As("officer").Send(new GetEnterprise(id));
        Assert.Equal((3, 2, null, false), (edited.Aliases.Count, edited.Links.Count, edited.Size, edited.IsChainLeader));
        await world.As("officer").Send(new EditEnterprise { Id = id, Name = add.Name, Aliases = [], Links = [] });
        edited = await world.As("officer").Send(new GetEnterprise(id));
        Assert.Equal((0, 0), (edited.Aliases.Count, edited.Links.Count));
    }

    [OnEveryDatabase]
    public async Task What_does_not_exist_is_refused_beside_its_input(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var add = new AddEnterprise { Name = "常州启程酶制剂有限公司" };
        Assert.Equal("links", (await world.Refused(RefusalCode.UnknownLink, () => world.As("officer").Send(add with { Links = ["XXX-01"] }))).Field);
        Assert.Equal("leaderFields", (await world.Refused(RefusalCode.UnknownFieldCode, () => world.As("officer").Send(add with { IsChainLeader = true, LeaderFields = ["XXX"] }))).Field);
        Assert.Equal("parentId", (await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(add with { ParentId = Guid.NewGuid() }))).Field);
        await world.Malformed(() => world.As("officer").Send(add with { Group = "a\tb", Aliases = [new() { Name = "——" }] }), "group", "aliases");
    }

    [OnEveryDatabase]
    public async Task The_timeline_tells_what_happened_newest_first_and_page_by_page(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.EnterpriseAsync("上海澄屿生物医药有限公司");
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.As("officer").Send(new AddNote { EnterpriseId = id, Text = "二期用地在谈" });
        var lead = (await world.As("officer").Send(new GetEnterprise(id))).Leads.Single(l => l.Status == LeadStatus.Open).Id;
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.As("officer").Send(new DropLead { Id = lead, Reason = "转为二期" });

        var all = (await world.As("leader").Send(new GetTimeline { EnterpriseId = id, Size = 200 })).Items;
        Assert.Equal(all.OrderByDescending(e => e.At).Select(e => e.At), all.Select(e => e.At));
        Assert.Equal((TimelineKind.LeadDropped, "转为二期", "陆知遥"), (all[0].Kind, all[0].Text, all[0].By));
        Assert.Equal((TimelineKind.Noted, "二期用地在谈"), (all[1].Kind, all[1].Text));
        Assert.Equal(TimelineKind.Registered, all[^1].Kind);
        Assert.Superset(new HashSet<TimelineKind> { TimelineKind.LeadCaptured, TimelineKind.ProjectOpened, TimelineKind.ProjectMoved, TimelineKind.FollowUpDone }, all.Select(e => e.Kind).ToHashSet());

        var paged = new List<TimelineEntry>();
        for (DateTime? before = null; ;)
        {
            var page = await world.As("leader").Send(new GetTimeline { EnterpriseId = id, Before = before, Size = 3 });
            paged.AddRange(page.Items);
            if (page.Next is null) break;
            before = page.Next;
        }
        Assert.Equal(all, paged);
    }

    [OnEveryDatabase]
    public async Task The_timeline_shows_nobody_elses_leads_and_no_code_name_to_who_may_not_know_it(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.EnterpriseAsync("上海澄屿生物医药有限公司");
        var colleague = (await world.As("officer2").Send(new GetTimeline { EnterpriseId = id, Size = 200 })).Items;
        Assert.DoesNotContain(colleague, e => e.Kind is TimelineKind.LeadCaptured or TimelineKind.ProjectOpened or TimelineKind.ProjectMoved or TimelineKind.FollowUpDone);
        await world.NotPermitted(() => new GetTimeline { EnterpriseId = id }, "manager.park");
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(new GetTimeline { EnterpriseId = Guid.NewGuid() }));

        var named = await world.As("officer").Send(new CreateLead { EnterpriseId = id, CodeName = "晨星", Field = "MED", Source = LeadSource.Visit, ExpectedInvestment = 1 });
        var number = (await world.As("officer").Send(new GetLead(named))).Number;
        var leader = await world.FindAsync("leader");
        var blind = new Actor { Id = leader.Id, Permissions = leader.Permissions.Where(p => p != Permission.RealNames).ToHashSet() };
        Assert.Contains((await world.As("leader").Send(new GetTimeline { EnterpriseId = id, Size = 200 })).Items, e => e.Subject == number);
        Assert.DoesNotContain((await world.As(blind).Send(new GetTimeline { EnterpriseId = id, Size = 200 })).Items, e => e.Subject == number);
        Assert.DoesNotContain((await world.As(blind).Send(new GetEnterprise(id))).Leads, l => l.Id == named);
        Assert.DoesNotContain((await world.As(blind).Send(new ListLeads { Q = "澄屿" })).Items, l => l.Id == named);
        Assert.DoesNotContain((await world.As(blind).Send(new ListLeads { Enterprise = id })).Items, l => l.Id == named);
        Assert.Contains((await world.As(blind).Send(new ListLeads { Q = "晨星" })).Items, l => l.Id == named);
    }

    [OnEveryDatabase]
    public async Task Hits_are_ranked_and_mixed_texts_and_other_names_find(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = world.As("officer");
        foreach (var name in (string[])["苏州启澜有限公司", "启澜", "常州启澜制药有限公司", "无锡大启澜生物有限公司"]) await officer.Send(new AddEnterprise { Name = name, DuplicateReason = "测试排序" });
        await officer.Send(new AddEnterprise { Name = "北京望远镜仪器有限公司", Aliases = [new() { Kind = AliasKind.Short, Name = "启澜仪器" }] });
        await officer.Send(new AddEnterprise { Name = "南通奇览印刷有限公司" });

        var ranked = (await officer.Send(new ListEnterprises { Q = "启澜" })).Items.Select(e => e.Name).ToList();
        Assert.Equal(["启澜", "苏州启澜有限公司"], ranked.Take(2).Order(StringComparer.Ordinal));
        Assert.Equal("北京望远镜仪器有限公司", ranked[^1]);
        Assert.Equal(5, ranked.Count);
        var found = await officer.Send(new SearchEnterprises("启澜", 10));
        Assert.Equal((5, "启澜仪器"), (found.Total, found.Items.Single(i => i.MatchedName is not null).MatchedName));
        Assert.Equal("北京望远镜仪器有限公司", found.Items[^1].Name);
        Assert.Equal(6, (await officer.Send(new ListEnterprises { Q = "qilan" })).Total);
        foreach (var mixed in (string[])["无锡dql", "大启lan", "无xi大启"]) Assert.Equal("无锡大启澜生物有限公司", (await officer.Send(new ListEnterprises { Q = mixed })).Items.Single().Name);
        await world.NotPermitted(() => new SearchEnterprises("启澜"), "manager.park");
    }

    [OnEveryDatabase]
    public async Task Very_many_hits_are_read_in_the_order_of_the_list_without_being_counted(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.Db(async db =>
        {
            var by = await world.PersonAsync("officer");
            for (var i = 0; i <= EnterpriseSearch.Many; i++) db.Enterprises.Add(new Enterprise($"批量{i}号有限公司", null, "CN", world.Clock.Now, by));
            await db.SaveChangesAsync();
        });
        var id = await world.Db(db => Task.FromResult(db.Enterprises.First(e => e.Name == "批量7号有限公司").Id));
        var lead = await world.As("officer").Send(new CreateLead { EnterpriseId = id, Field = "MED", Source = LeadSource.Visit, ExpectedInvestment = 1 });

        var page = await world.As("officer").Send(new ListEnterprises { Q = "批量", Sort = "name", Size = 20 });
        Assert.Equal((20, 21, true), (page.Items.Count, page.Total, page.TotalIsCapped));
        Assert.All(page.Items, e => Assert.StartsWith("批量", e.Name, StringComparison.Ordinal));
        var last = await world.As("officer").Send(new ListEnterprises { Q = "批量", Sort = "name", Size = 200, Page = 6 });
        Assert.Equal((1, 1001, false), (last.Items.Count, last.Total, last.TotalIsCapped));
        var leads = await world.As("officer").Send(new ListLeads { Q = "批量" });
        Assert.Equal((lead, 1, false), (leads.Items.Single().Id, leads.Total, leads.TotalIsCapped));
        Assert.Equal("批量0号有限公司", (await world.As("officer").Send(new SearchEnterprises("批量"))).Items[0].Name);
    }
}
