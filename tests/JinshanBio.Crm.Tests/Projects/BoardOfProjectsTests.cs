using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Projects;
using Xunit;

namespace JinshanBio.Crm.Tests.Projects;

public sealed class BoardOfProjectsTests
{
    [OnEveryDatabase]
    public async Task The_board_counts_every_lane_and_shows_its_largest_projects(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var lanes = (await world.As("leader").Send(new BoardOfProjects())).Lanes;

        Assert.Equal(["S40", "S50", "S60", "S65", "S70", "S80", "S90", "S100", "S110", "S120"], lanes.Select(l => l.Stage));
        Assert.Equal(9, lanes.Sum(l => l.Count));
        Assert.Equal((await world.As("leader").Send(new ListProjects())).Items.Sum(p => p.Investment), lanes.Sum(l => l.Investment));
        Assert.All(lanes, l => Assert.Equal(l.Count, l.Cards.Count));
        Assert.All(lanes, l => Assert.Equal(l.Cards.OrderByDescending(c => c.Investment), l.Cards));

        var own = (await world.As("officer2").Send(new BoardOfProjects { Field = "ENE" })).Lanes;
        Assert.Equal("二氧化碳生物转化中试", Assert.Single(own.SelectMany(l => l.Cards)).Title);
        Assert.Empty((await world.As("manager.park").Send(new BoardOfProjects { Q = "重组蛋白" })).Lanes.SelectMany(l => l.Cards));
    }

    [OnEveryDatabase]
    public async Task A_board_in_rows_shows_the_same_projects_once_each_with_the_sum_of_every_row(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var whole = (await world.As("leader").Send(new BoardOfProjects())).Lanes;
        foreach (var by in Enum.GetValues<BoardDivision>())
        {
            var board = await world.As("leader").Send(new BoardOfProjects { By = by });

            Assert.Equal(whole.Select(l => (l.Stage, l.Count, l.Investment)), board.Lanes.Select(l => (l.Stage, l.Count, l.Investment)));
            Assert.Equal(board.RowCount, board.Rows.Count);
            Assert.True(board.Rows.Count > 1);
            Assert.All(board.Rows, r => Assert.NotEqual("", r.Name));
            Assert.All(board.Rows, r => Assert.Equal((r.Count, r.Investment), (r.Lanes.Sum(l => l.Count), r.Lanes.Sum(l => l.Investment))));
            Assert.Equal(board.Rows.OrderByDescending(r => r.Investment), board.Rows);
            var cards = board.Rows.SelectMany(r => r.Lanes).SelectMany(l => l.Cards).Select(c => c.Id).ToList();
            Assert.Equal(whole.SelectMany(l => l.Cards).Select(c => c.Id).Order(), cards.Order());
        }
        Assert.Empty((await world.As("leader").Send(new BoardOfProjects { By = BoardDivision.Field, Page = 2 })).Rows);
        await world.Malformed(() => world.As("leader").Send(new BoardOfProjects { Page = 0 }), "page");
    }

    [OnEveryDatabase]
    public async Task The_board_takes_every_filter_of_the_list(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        async Task<(int, int)> Both(Action<ProjectFilter> narrow)
        {
            var (list, board) = (new ListProjects(), new BoardOfProjects());
            narrow(list);
            narrow(board);
            return ((await world.As("leader").Send(list)).Total, (await world.As("leader").Send(board)).Lanes.Sum(l => l.Count));
        }
        var park = await world.ParkAsync("CAR-07");
        foreach (var narrow in (Action<ProjectFilter>[])[f => f.Status = ProjectStatus.OnHold, f => f.Park = park, f => f.Link = "MED-09", f => f.InvestmentFrom = 100_000_000, f => f.Planned = false])
        {
            var (listed, shown) = await Both(narrow);
            Assert.InRange(listed, 1, 8);
            Assert.Equal(listed, shown);
        }
    }
}
