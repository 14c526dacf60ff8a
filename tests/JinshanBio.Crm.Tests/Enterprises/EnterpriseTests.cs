using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Leads;
using Xunit;

namespace JinshanBio.Crm.Tests.Enterprises;

public sealed class EnterpriseTests
{
    private const string Zhihe = "南京知禾蛋白工程有限公司", ZhiheCode = "91320113MA0DEM056G";

    [OnEveryDatabase]
    public async Task The_register_is_searched_by_any_part_of_a_name_pinyin_and_code(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        async Task<string[]> Find(string q) => [.. (await world.As("officer").Send(new ListEnterprises { Q = q })).Items.Select(e => e.Name)];

        foreach (var q in (string[])["知禾", "蛋白工程", "zhihe", "njzh", ZhiheCode, ZhiheCode.ToLowerInvariant(), "91320113"]) Assert.Equal([Zhihe], await Find(q));
        Assert.Equal(["Northlake Proteins, Inc."], await Find("northlake"));
        Assert.Empty(await Find("--"));
        Assert.Equal(27, (await world.As("officer").Send(new ListEnterprises { Q = " " })).Total);
    }

    [OnEveryDatabase]
    public async Task A_whole_credit_code_finds_that_enterprise_and_no_neighbour(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        // The same first sixteen characters, which is all that a search key holds.
        var neighbour = Domain.Enterprises.CreditCode.Complete(ZhiheCode[..16] + "7");
        Assert.Empty((await world.As("officer").Send(new ListEnterprises { Q = neighbour })).Items);
        await world.As("officer").Send(new AddEnterprise { Name = "南京邻居蛋白有限公司", CreditCode = neighbour });

        Assert.Equal(["南京邻居蛋白有限公司"], (await world.As("officer").Send(new ListEnterprises { Q = neighbour })).Items.Select(e => e.Name));
        Assert.Equal(2, (await world.As("officer").Send(new ListEnterprises { Q = ZhiheCode[..16] })).Total);
    }

    [OnEveryDatabase]
    public async Task A_row_counts_the_leads_and_projects_that_the_reader_sees(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        async Task<(int, int)> Counts(string userName)
        {
            var row = (await world.As(userName).Send(new ListEnterprises { Q = "澄屿" })).Items.Single();
            return (row.OpenLeads, row.Projects);
        }

        Assert.Equal((1, 1), await Counts("officer"));
        Assert.Equal((0, 0), await Counts("officer2"));
        Assert.Equal((1, 1), await Counts("leader"));
        await world.NotPermitted(() => new ListEnterprises(), "manager.park");
    }

    [OnEveryDatabase]
    public async Task The_list_is_sorted_and_paged(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var newest = await world.As("officer").Send(new ListEnterprises { Size = 5 });
        var oldest = await world.As("officer").Send(new ListEnterprises { Size = 5, Sort = "createdAt" });

        Assert.Equal((27, 5), (newest.Total, newest.Items.Count));
        Assert.Empty(newest.Items.Select(e => e.Id).Intersect(oldest.Items.Select(e => e.Id)));
        Assert.Equal(27, (await world.As("officer").Send(new ListEnterprises { Sort = "-name" })).Items.Count);
        await world.Malformed(() => world.As("officer").Send(new ListEnterprises { Sort = "capital", Size = 201, Q = new string('x', 101) }), "sort", "size", "q");
    }

    [OnEveryDatabase]
    public async Task The_record_shows_own_leads_and_which_colleague_courts_the_enterprise_already(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.EnterpriseAsync("上海澄屿生物医药有限公司");
        var own = await world.As("officer").Send(new GetEnterprise(id));
        var colleague = await world.As("officer2").Send(new GetEnterprise(id));

        Assert.Equal((2, 1), (own.Leads.Count, own.Projects.Count));
        Assert.Empty(own.Colleagues);
        Assert.Empty(colleague.Leads);
        Assert.Empty(colleague.Projects);
        Assert.Equal([new Colleague("陆知遥", 1, 1)], colleague.Colleagues);
        Assert.Empty((await world.As("leader").Send(new GetEnterprise(id))).Colleagues);
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(new GetEnterprise(Guid.NewGuid())));
        await world.NotPermitted(() => new GetEnterprise(id), "manager.park");
    }

    [OnEveryDatabase]
    public async Task An_edited_name_is_found_under_the_new_and_as_a_former_one_under_the_old(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.EnterpriseAsync(Zhihe);
        var edit = new EditEnterprise { Id = id, Version = 1, Name = "南京稻田蛋白工程有限公司", CreditCode = ZhiheCode, Country = "CN", Address = "南京市栖霞区", Kind = "重组蛋白" };
        await world.NotPermitted(() => edit, "leader", "manager.park");
        await world.As("officer2").Send(edit);

        Assert.Equal(id, (await world.As("officer").Send(new ListEnterprises { Q = "daotian" })).Items.Single().Id);
        Assert.Equal(id, (await world.As("officer").Send(new ListEnterprises { Q = "知禾" })).Items.Single().Id);
        Assert.Equal([new OtherName(AliasKind.Former, Zhihe, new DateOnly(2026, 11, 20))], (await world.As("leader").Send(new GetEnterprise(id))).Aliases);
        Assert.Equal(("南京市栖霞区", 2), (await world.As("officer").Send(new GetEnterprise(id))) is var e ? (e.Address, e.Version) : default);
        await world.Refused(RefusalCode.StaleVersion, () => world.As("officer").Send(edit));
    }

    [OnEveryDatabase]
    public async Task An_edit_takes_no_wrong_code_and_nobody_elses(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var edit = new EditEnterprise { Id = await world.EnterpriseAsync(Zhihe), Name = Zhihe, CreditCode = ZhiheCode };
        Assert.Equal("creditCode", (await world.Refused(RefusalCode.CreditCodeWrong, () => world.As("officer").Send(edit with { CreditCode = "91320113MA0DEM056H" }))).Field);
        var taken = await world.Refused(RefusalCode.EnterpriseExists, () => world.As("officer").Send(edit with { CreditCode = "91310115MA0DEM013U" }));
        Assert.Equal("上海澄屿生物医药有限公司", taken.Args[1]);
        await world.Malformed(() => world.As("officer").Send(edit with { Name = "😀", Country = "China", Kind = "a\tb" }), "name", "country", "kind");
        await world.As("officer").Send(edit);
    }

    [OnEveryDatabase]
    public async Task A_dropped_lead_counts_as_courted_no_more(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.EnterpriseAsync("上海沐澜疫苗技术有限公司");
        var lead = (await world.As("officer").Send(new GetEnterprise(id))).Leads.Single();
        Assert.Equal([new Colleague("陆知遥", 1, 0)], (await world.As("officer2").Send(new GetEnterprise(id))).Colleagues);
        await world.As("officer").Send(new DropLead { Id = lead.Id, Reason = "意向取消" });

        Assert.Empty((await world.As("officer2").Send(new GetEnterprise(id))).Colleagues);
        Assert.Equal(LeadStatus.Dropped, (await world.As("officer").Send(new GetEnterprise(id))).Leads.Single().Status);
    }
}
