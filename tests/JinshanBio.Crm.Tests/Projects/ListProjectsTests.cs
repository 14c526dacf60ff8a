using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Projects;
using Xunit;

namespace JinshanBio.Crm.Tests.Projects;

public sealed class ListProjectsTests
{
    [OnEveryDatabase]
    public async Task An_officer_sees_the_own_live_projects_and_a_leader_everybodys(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var own = await world.As("officer").Send(new ListProjects());
        var all = await world.As("leader").Send(new ListProjects());

        var id = await world.PersonAsync("officer");
        Assert.Equal(5, own.Total);
        Assert.All(own.Items, p => Assert.Equal(id, p.OwnerId));
        Assert.Equal(9, all.Total);
        Assert.DoesNotContain(all.Items, p => p.Status == ProjectStatus.Lost);
        Assert.Equal("生物航煤示范工厂", Assert.Single((await world.As("leader").Send(new ListProjects { Status = ProjectStatus.Lost })).Items).Title);
    }

    [OnEveryDatabase]
    public async Task A_park_manager_sees_what_was_proposed_to_the_own_parks_under_its_code_name(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var rows = (await world.As("manager.park").Send(new ListProjects())).Items;

        Assert.Contains(rows, p => p.Title == Finding.CodeName);
        Assert.DoesNotContain(rows, p => p.Title == "二氧化碳生物转化中试");
        Assert.Equal(5, rows.Count);
    }

    [OnEveryDatabase]
    public async Task Searching_finds_by_number_title_name_and_enterprise(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        async Task<string[]> Find(string q) => [.. (await world.As("officer").Send(new ListProjects { Q = q })).Items.Select(p => p.Title)];

        var number = (await world.As("officer").Send(new ListProjects { Q = "青松" })).Items.Single().Number;
        Assert.Equal([Finding.CodeName], await Find(number.ToLowerInvariant()));
        Assert.Equal([Finding.CodeName], await Find("重组蛋白"));
        Assert.Equal([Finding.CodeName], await Find("知禾"));
        Assert.Equal([Finding.CodeName], await Find("zhihe"));
        Assert.Empty(await Find("没有的项目"));
        Assert.Empty(await Find("!!"));
    }

    [OnEveryDatabase]
    public async Task Searching_and_filtering_cannot_probe_the_name_behind_a_code_name(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var enterprise = await world.EnterpriseAsync("南京知禾蛋白工程有限公司");
        foreach (var q in (string[])["重组蛋白", "知禾", "zhihe", "91320113MA0DEM056G"])
            Assert.Empty((await world.As("manager.park").Send(new ListProjects { Q = q })).Items);

        Assert.Single((await world.As("manager.park").Send(new ListProjects { Q = "青松" })).Items);
        Assert.Empty((await world.As("manager.park").Send(new ListProjects { Enterprise = enterprise })).Items);
        Assert.Single((await world.As("officer").Send(new ListProjects { Enterprise = enterprise })).Items);
    }

    [OnEveryDatabase]
    public async Task Filters_narrow_the_list(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        async Task<int> Count(ListProjects request) => (await world.As("leader").Send(request)).Total;

        Assert.Equal(5, await Count(new() { Field = "MED" }));
        Assert.Equal(1, await Count(new() { Stage = "S100" }));
        Assert.Equal(2, await Count(new() { Park = await world.ParkAsync("CAR-07") }));
        Assert.Equal(4, await Count(new() { Owner = await world.PersonAsync("officer2") }));
        Assert.Equal(1, await Count(new() { Link = "MED-09" }));
        Assert.Equal(1, await Count(new() { Status = ProjectStatus.OnHold }));
        // One is in that park, one waits for it; who was refused has no place there any more.
        Assert.Equal(2, await Count(new() { Park = await world.ParkAsync("CAR-02") }));
    }

    [OnEveryDatabase]
    public async Task Every_column_sorts_and_a_stage_of_three_digits_comes_last(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        async Task<IReadOnlyList<ProjectRow>> Sorted(string sort) => (await world.As("leader").Send(new ListProjects { Sort = sort })).Items;

        foreach (var sort in (string[])["number", "title", "outputAtCapacity", "stageSince", "nextFollowUp", "createdAt"]) Assert.Equal(9, (await Sorted("-" + sort)).Count);
        Assert.Equal("S100", (await Sorted("stage"))[^1].Stage);
        Assert.Equal(1_200_000_000m, (await Sorted("-investment"))[0].Investment);
        Assert.Equal(24_000_000m, (await Sorted("investment,title"))[0].Investment);
    }

    [OnEveryDatabase]
    public async Task A_page_is_a_part_of_the_whole(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var second = await world.As("leader").Send(new ListProjects { Page = 2, Size = 4, Sort = "number" });

        Assert.Equal((9, 4, 2, 3), (second.Total, second.Items.Count, second.Number, second.Pages));
        await world.Malformed(() => world.As("leader").Send(new ListProjects { Size = 10_000, Page = 0, Sort = "budget" }), "size", "page", "sort");
        await world.Malformed(() => world.As("leader").Send(new ListProjects { Q = new string('x', 101) }), "q");
    }

    [OnEveryDatabase]
    public async Task A_row_names_owner_and_the_park_that_took_the_project(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var rows = (await world.As("officer").Send(new ListProjects())).Items;

        Assert.All(rows, r => Assert.Equal("陆知遥", r.OwnerName));
        Assert.NotNull(rows.Single(r => r.Title == "细胞治疗产品生产基地").ParkName);
        Assert.Null(rows.Single(r => r.Title == Finding.CodeName).ParkName);
        await world.Refused(RefusalCode.SignInRequired, () => world.As(Crm.Identity.Actor.Nobody).Send(new ListProjects()));
    }
}
