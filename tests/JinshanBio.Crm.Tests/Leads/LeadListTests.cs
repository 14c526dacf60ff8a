using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Leads;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Leads;

public sealed class LeadListTests
{
    [OnEveryDatabase]
    public async Task An_officer_sees_the_own_open_leads_and_a_leader_sees_all(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = await world.FindAsync("officer");
        var own = await world.As("officer").Send(new ListLeads());
        var all = await world.As("leader").Send(new ListLeads());

        Assert.All(own.Items, l => Assert.Equal((officer.Id, "陆知遥", LeadStatus.Open), (l.OwnerId, l.OwnerName, l.Status)));
        Assert.Equal((7, 10), (own.Total, all.Total));
    }

    [OnEveryDatabase]
    public async Task Filters_narrow_the_list(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var leader = world.As("leader");
        var officer2 = (await world.FindAsync("officer2")).Id;
        async Task<string[]> Titles(ListLeads list) => [.. (await leader.Send(list)).Items.Select(l => l.Title).Order(StringComparer.Ordinal)];

        Assert.Equal(["宁波海砺生物基材料有限公司", "蓝鲸计划"], await Titles(new ListLeads { Field = "MAT" }));
        Assert.Equal(["宁波海砺生物基材料有限公司"], await Titles(new ListLeads { Field = "MAT", Stage = "S30" }));
        Assert.Equal(["金华醇和酒业酿造有限公司"], await Titles(new ListLeads { Status = LeadStatus.Dropped }));
        Assert.Equal(["上海甘棠营养健康科技有限公司", "宁波海砺生物基材料有限公司", "蓝鲸计划"], await Titles(new ListLeads { Owner = officer2 }));
        Assert.Equal(["上海澄屿生物医药有限公司"], await Titles(new ListLeads { Source = LeadSource.Expansion }));
        Assert.Equal(["Northlake Proteins, Inc.", "上海甘棠营养健康科技有限公司"], await Titles(new ListLeads { Link = "AGR-12" }));
        Assert.Equal(10, (await leader.Send(new ListLeads { Status = LeadStatus.Converted })).Total);
    }

    [OnEveryDatabase]
    public async Task Search_finds_a_name_by_characters_pinyin_initials_or_one_character(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        foreach (var q in (string[])["策源", "策", "ceyuan", "CeYuan", "cysw", "源生物", "生物装备", "无锡策源生物装备有限公司"])
            Assert.Contains((await world.As("officer").Send(new ListLeads { Q = q })).Items, l => l.Title == "无锡策源生物装备有限公司");
        foreach (var q in (string[])["northlake", "NORTHLAKE PRO", "proteins"])
            Assert.Equal("Northlake Proteins, Inc.", Assert.Single((await world.As("officer").Send(new ListLeads { Q = q })).Items).Title);
        var code = await world.Db(db => db.Enterprises.Where(e => e.Name == "无锡策源生物装备有限公司").Select(e => e.CreditCode).SingleAsync());
        Assert.Equal("无锡策源生物装备有限公司", Assert.Single((await world.As("officer").Send(new ListLeads { Q = code })).Items).Title);
    }

    [OnEveryDatabase]
    public async Task Search_finds_a_lead_by_its_number_or_code_name(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var number = await world.Db(db => db.Leads.Where(l => l.CodeName == "蓝鲸计划").Select(l => l.Number).SingleAsync());

        Assert.Equal(number, Assert.Single((await world.As("officer2").Send(new ListLeads { Q = number.ToLowerInvariant() })).Items).Number);
        Assert.Equal(10, (await world.As("leader").Send(new ListLeads { Q = "xs-2026" })).Total);
        Assert.Equal(number, Assert.Single((await world.As("officer2").Send(new ListLeads { Q = "蓝鲸" })).Items).Number);
    }

    [OnEveryDatabase]
    public async Task Search_finds_nothing_for_what_is_not_there_or_holds_no_letter(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        foreach (var q in (string[])["不存在的公司", "%", "_", "' or 1=1 --", "🧬", "XS-1999"])
            Assert.Empty((await world.As("leader").Send(new ListLeads { Q = q })).Items);
        Assert.Equal(10, (await world.As("leader").Send(new ListLeads { Q = "  " })).Total);
        await world.Malformed(() => world.As("leader").Send(new ListLeads { Q = new string('长', 101) }), "q");
    }

    [OnEveryDatabase]
    public async Task Leads_sort_by_each_column_both_ways(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        async Task<IReadOnlyList<LeadRow>> Sorted(string? sort) => (await world.As("leader").Send(new ListLeads { Sort = sort })).Items;

        Assert.Equal((await Sorted("number")).Select(l => l.Number).Order(StringComparer.Ordinal), (await Sorted("number")).Select(l => l.Number));
        var money = (await Sorted("-expectedInvestment")).Select(l => l.ExpectedInvestment).ToList();
        Assert.Equal(money.OrderDescending(), money);
        Assert.Equal((450_000_000m, 8_000_000m), (money[0], money[^1]));
        var due = (await Sorted("nextFollowUp")).Select(l => l.NextFollowUp).OfType<DateTime>().ToList();
        Assert.Equal(due.Order(), due);
        var newest = await Sorted(null);
        Assert.Equal(newest.Select(l => l.CreatedAt).OrderDescending(), newest.Select(l => l.CreatedAt));
        var both = (await Sorted("field,-expectedInvestment")).Select(l => (l.Field, l.ExpectedInvestment)).ToList();
        Assert.Equal(both.OrderBy(x => x.Field, StringComparer.Ordinal).ThenByDescending(x => x.ExpectedInvestment), both);
    }

    [OnEveryDatabase]
    public async Task Pages_follow_each_other_without_gap_or_repetition(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var all = (await world.As("leader").Send(new ListLeads { Sort = "stage" })).Items.Select(l => l.Id);
        var paged = new List<Guid>();
        for (var page = 1; page <= 4; page++)
        {
            var answer = await world.As("leader").Send(new ListLeads { Sort = "stage", Page = page, Size = 3 });
            Assert.Equal((10, page, 3, 4, false), (answer.Total, answer.Number, answer.Size, answer.Pages, answer.TotalIsCapped));
            paged.AddRange(answer.Items.Select(l => l.Id));
        }
        Assert.Equal(all, paged);
        Assert.Empty((await world.As("leader").Send(new ListLeads { Page = 99 })).Items);
    }

    [OnEveryDatabase]
    public async Task An_unknown_sort_and_a_page_size_of_ten_thousand_are_malformed(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var leader = world.As("leader");
        await world.Malformed(() => leader.Send(new ListLeads { Sort = "enterprise; drop table" }), "sort");
        await world.Malformed(() => leader.Send(new ListLeads { Sort = "number,,field" }), "sort");
        await world.Malformed(() => leader.Send(new ListLeads { Sort = "--number" }), "sort");
        await world.Malformed(() => leader.Send(new ListLeads { Size = 10_000 }), "size");
        await world.Malformed(() => leader.Send(new ListLeads { Size = 0, Page = 0 }), "page", "size");
    }
}
