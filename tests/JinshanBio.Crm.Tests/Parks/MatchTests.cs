using JinshanBio.Crm.Assignments;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Parks;
using JinshanBio.Crm.Projects;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Parks;

public sealed class MatchTests
{
    private const string Fitting = "甲号适配单元", Unknown = "乙号待查单元", Failing = "丙号不足单元";
    private static readonly string[] Own = [Fitting, Unknown, Failing];

    [OnEveryDatabase]
    public async Task Spaces_come_with_their_verdict_fitting_ones_first(string provider)
    {
        await using var world = await OpenAsync(provider);
        var project = await NeedyAsync(world);
        var found = await world.As("officer").Send(new GetMatches { Project = project, Size = 200 });

        Assert.Equal([FitVerdict.Fits, FitVerdict.Unknown, FitVerdict.DoesNotFit], Own.Select(name => found.Items.Single(i => i.SpaceName == name).Verdict));
        Assert.Equal(found.Items.Select(i => i.Verdict).Order(), found.Items.Select(i => i.Verdict));
        Assert.Equal(found.Total, found.Counts.Total);
        foreach (var verdict in Enum.GetValues<FitVerdict>().Where(v => v != FitVerdict.DoesNotFit))
        {
            var scores = found.Items.Where(i => i.Verdict == verdict).Select(i => i.Score).ToList();
            Assert.Equal(scores.OrderDescending(), scores);
        }
        Assert.All(found.Items, i => Assert.Equal(i.Score, i.Points.Sum(p => p.Points)));
    }

    [OnEveryDatabase]
    public async Task Every_reason_and_point_is_said_in_words_in_both_languages(string provider)
    {
        await using var world = await OpenAsync(provider);
        var project = await NeedyAsync(world);
        var before = System.Globalization.CultureInfo.CurrentUICulture;
        try
        {
            foreach (var (language, height) in ((string, string)[])[("zh-CN", "净高只有 4 m，需要 6 m，差 2 m"), ("en", "Clear height: only 4 m, 6 m needed, 2 m short")])
            {
                System.Globalization.CultureInfo.CurrentUICulture = new System.Globalization.CultureInfo(language);
                var found = (await world.As("officer").Send(new GetMatches { Project = project, Size = 200 })).Items;
                Assert.Equal(height, found.Single(i => i.SpaceName == Failing).Reasons.Single(r => r.Key == FitLimits.ClearHeight).Text);
                Assert.DoesNotContain(found.SelectMany(i => i.Reasons.Select(r => r.Text + r.Name).Concat(i.Points.Select(p => p.Text + p.Name))), text => text.Contains("fit.", StringComparison.Ordinal) || text.Contains('{', StringComparison.Ordinal));
            }
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentUICulture = before;
        }
    }

    [OnEveryDatabase]
    public async Task The_needs_are_listed_whether_stated_or_not_and_lead_to_their_question(string provider)
    {
        await using var world = await OpenAsync(provider);
        var needs = (await world.As("officer").Send(new GetMatches { Project = await NeedyAsync(world) })).Needs;

        Assert.Equal("clear_height", needs.Single(n => n.Key == FitLimits.ClearHeight).Question);
        Assert.Equal("6 m", needs.Single(n => n.Key == FitLimits.ClearHeight).Value);
        Assert.Null(needs.Single(n => n.Key == FitLimits.Until).Value);
        var form = (await world.As("officer").Send(new GetProjectForm(await world.ProjectAsync(Finding.CodeNamed)))).Fields.Select(f => f.Key).ToHashSet();
        Assert.All(needs.Where(n => n.Question is not null), n => Assert.Contains(n.Question!, form));
    }

    [OnEveryDatabase]
    public async Task A_limit_on_which_alone_a_space_fails_is_named_with_what_giving_it_up_would_bring(string provider)
    {
        await using var world = await OpenAsync(provider);
        var project = await NeedyAsync(world);
        var before = await world.As("officer").Send(new GetMatches { Project = project, Size = 200 });
        var only = before.Items.Where(i => i.Reasons.Where(r => r.Verdict == FitVerdict.DoesNotFit).Select(r => r.Key).SequenceEqual([FitLimits.ClearHeight])).ToList();
        var hint = before.Hints.Single(h => h.Key == FitLimits.ClearHeight);
        Assert.Contains(only, i => i.SpaceName == Failing);
        Assert.Equal((only.Count, false), (hint.Spaces, hint.IsFirm));

        await FillAsync(world, project, ("clear_height", ""));
        var after = await world.As("officer").Send(new GetMatches { Project = project, Size = 200 });
        Assert.Equal(before.Counts.Fits + hint.Fits, after.Counts.Fits);
        Assert.Equal(before.Counts.Unknown + hint.Spaces - hint.Fits, after.Counts.Unknown);
    }

    [OnEveryDatabase]
    public async Task Other_days_and_areas_are_tried_without_changing_the_project(string provider)
    {
        await using var world = await OpenAsync(provider);
        var project = await NeedyAsync(world);
        async Task<SpaceMatch> Try(GetMatches request) => (await world.As("officer").Send(request with { Project = project, Size = 200 })).Items.Single(i => i.SpaceName == Fitting);

        Assert.Equal(FitVerdict.DoesNotFit, (await Try(new() { AreaM2 = 1000.01m })).Verdict);
        Assert.Equal(FitVerdict.Fits, (await Try(new() { AreaM2 = 1000 })).Verdict);
        Assert.Equal([FitLimits.From], (await Try(new() { From = new DateOnly(2026, 11, 30) })).Reasons.Where(r => r.Verdict == FitVerdict.DoesNotFit).Select(r => r.Key));
        Assert.Equal(FitVerdict.Fits, (await Try(new() { Until = new DateOnly(2030, 1, 1) })).Verdict);
        await world.Malformed(() => world.As("officer").Send(new GetMatches { Project = project, AreaM2 = 0, From = new DateOnly(2028, 1, 2), Until = new DateOnly(2028, 1, 1), Size = 0 }), "areaM2", "until", "size");
    }

    [OnEveryDatabase]
    public async Task A_list_is_narrowed_to_a_park_or_a_verdict_and_paged(string provider)
    {
        await using var world = await OpenAsync(provider);
        var project = await NeedyAsync(world);
        var park = await world.ParkAsync("CAR-07");
        var here = await world.As("officer").Send(new GetMatches { Project = project, Park = park, Size = 200 });
        Assert.All(here.Items, i => Assert.Equal(park, i.ParkId));

        var failing = await world.As("officer").Send(new GetMatches { Project = project, Park = park, Verdict = FitVerdict.DoesNotFit, Size = 200 });
        Assert.Equal(here.Counts, failing.Counts);
        Assert.Equal(here.Counts.DoesNotFit, failing.Total);
        var pages = new List<Guid>();
        for (var page = 1; page <= here.Total; page++) pages.AddRange((await world.As("officer").Send(new GetMatches { Project = project, Park = park, Size = 1, Page = page })).Items.Select(i => i.SpaceId));
        Assert.Equal(here.Items.Select(i => i.SpaceId), pages);
    }

    [OnEveryDatabase]
    public async Task A_manager_sees_the_own_parks_and_only_projects_proposed_to_them(string provider)
    {
        await using var world = await OpenAsync(provider);
        var project = await NeedyAsync(world);
        var seen = await world.As("manager.park").Send(new GetMatches { Project = project, Size = 200 });
        var mine = new[] { await world.ParkAsync("CAR-06"), await world.ParkAsync("CAR-07") };
        Assert.NotEmpty(seen.Items);
        Assert.All(seen.Items, i => Assert.Contains(i.ParkId, mine));

        await world.Refused(RefusalCode.NotFound, () => world.As("manager.incubator").Send(new GetMatches { Project = project }));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new GetMatches { Project = project }));
        await world.NotPermitted(() => new GetMatches { Project = project }, "reviewer");
        Assert.True((await world.As("leader").Send(new GetMatches { Project = project, Size = 200 })).Total > seen.Total);
    }

    [OnEveryDatabase]
    public async Task What_is_held_for_the_project_itself_is_free_to_it(string provider)
    {
        await using var world = await OpenAsync(provider);
        var project = await NeedyAsync(world);
        var space = await world.SpaceAsync(Fitting);
        var again = await world.As("officer").Send(new ProposeAssignment { ProjectId = project, ParkId = await world.ParkAsync("CAR-07"), SpaceId = space, AreaM2 = 1000, From = new DateOnly(2027, 1, 1) });
        await world.As("manager.park").Send(new AcceptAssignment { Id = again });

        var row = (await world.As("officer").Send(new GetMatches { Project = project, AreaM2 = 1000, From = new DateOnly(2027, 1, 1), Size = 200 })).Items.Single(i => i.SpaceId == space);
        Assert.Equal((true, 1000m, FitVerdict.Fits), (row.IsHeld, row.FreeM2, row.Verdict));
    }

    [OnEveryDatabase]
    public async Task Neighbours_in_the_chain_bring_points_and_are_named_by_link_only(string provider)
    {
        await using var world = await OpenAsync(provider);
        var project = await NeedyAsync(world);
        var links = await world.Db(db => db.Projects.Where(p => p.Id == project).SelectMany(p => p.Links).Select(l => l.Code).ToListAsync());
        var supplier = await world.Db(db => db.ReferenceRecords.Where(r => r.Set == "edges").Select(r => r.Code).ToListAsync());
        var from = supplier.Select(code => code.Split('>', ':')).First(e => links.Contains(e[1]))[0];
        var park = await world.ParkAsync("CAR-07");
        var tenant = await world.Db(db => db.Assignments.Where(a => a.ParkId == park && a.Status == AssignmentStatus.MovedIn).Select(a => a.ProjectId).FirstAsync());
        async Task<FitPointRow> Point() => (await world.As("officer").Send(new GetMatches { Project = project, Park = park, Size = 200 })).Items[0].Points.Single(p => p.Key == "links");

        var before = await Point();
        await world.Db(db =>
        {
            if (!db.Set<Domain.Projects.ProjectLink>().Any(l => l.ProjectId == tenant && l.Code == from)) db.Add(new Domain.Projects.ProjectLink(tenant, from));
            return db.SaveChangesAsync();
        });
        var after = await Point();
        Assert.True(after.Points >= before.Points && after.Points > 0);
        Assert.DoesNotContain(await world.Db(db => db.Projects.Where(p => p.Id == tenant).Select(p => p.Name).SingleAsync()), after.Text, StringComparison.Ordinal);
    }

    [OnEveryDatabase]
    public async Task Three_hundred_spaces_are_judged_in_a_handful_of_statements(string provider)
    {
        await using var world = await OpenAsync(provider);
        var project = await NeedyAsync(world);
        var park = await world.ParkAsync("CAR-07");
        await world.Db(db =>
        {
            db.Spaces.AddRange(Enumerable.Range(0, 300).Select(i => new Space(park, new SpaceTerms($"批量单元{i:000}", 500 + i, new DateOnly(2026, 1, 1)), new DateOnly(2026, 11, 20))));
            return db.SaveChangesAsync();
        });
        var found = await world.As("officer").Send(new GetMatches { Project = project, Size = 200 });
        Assert.True(found.Total > 300);
        Assert.Equal(200, found.Items.Count);
    }

    [OnEveryDatabase]
    public async Task Weights_are_changed_by_an_administrator_and_make_up_100(string provider)
    {
        await using var world = await OpenAsync(provider);
        Assert.Equal(100, (await world.As("officer").Send(new GetFitWeights())).Sum);
        await world.NotPermitted(() => new SetFitWeights { Field = 25 }, "officer", "leader", "manager.park");
        await world.Refused(RefusalCode.WeightsMustAddUp, () => world.As("admin").Send(new SetFitWeights { Field = 26 }));
        await world.Malformed(() => world.As("admin").Send(new SetFitWeights { Field = 101, IdleDays = 0 }), "field", "idleDays");

        await world.As("admin").Send(new SetFitWeights { Field = 0, Links = 45, ReadyDays = 30 });
        var weights = await world.As("officer").Send(new GetFitWeights());
        Assert.Equal((0, 45, 30, 365), (weights.Field, weights.Links, weights.ReadyDays, weights.IdleDays));
        var match = (await world.As("officer").Send(new GetMatches { Project = await NeedyAsync(world) })).Items[0];
        Assert.Equal((0m, 45m), (match.Points.Single(p => p.Key == "field").Of, match.Points.Single(p => p.Key == "links").Of));
    }

    /// <summary>Three units of one park that differ in what is known of them.</summary>
    private static async Task<World> OpenAsync(string provider)
    {
        var world = await World.OpenAsync(provider);
        var park = await world.ParkAsync("CAR-07");
        var from = new DateOnly(2026, 12, 1);
        AddSpace Unit(string name) => new() { ParkId = park, Name = name, AreaM2 = 1000, AvailableFrom = from, ClearHeightM = 8, FloorLoad = 15, PowerKva = 5000, DualPower = true, SteamTph = 10, ColdKw = 500, WasteWater = WasteWaterClass.Biological, Hazard = HazardClass.A, WaterM3d = 500, WasteWaterM3d = 500, Biosafety = 3, CleanRoom = CleanRoom.A, WetLab = true, ChemicalPark = false };
        await world.As("manager.park").Send(Unit(Fitting));
        await world.As("manager.park").Send(Unit(Unknown) with { PowerKva = null });
        await world.As("manager.park").Send(Unit(Failing) with { ClearHeightM = 4 });
        return world;
    }

    /// <summary>The code-named project, wanting 1,000 m² with 6 m of height from 2027.</summary>
    private static async Task<Guid> NeedyAsync(World world)
    {
        var project = await world.ProjectAsync(Finding.CodeNamed);
        await FillAsync(world, project, ("clear_height", "6"), ("space_from", "2027-01-01"), ("wet_lab", "true"));
        await world.Db(db => db.Projects.Where(p => p.Id == project).ExecuteUpdateAsync(p => p.SetProperty(x => x.AreaM2, 900)));
        return project;
    }

    private static Task<MediatR.Unit> FillAsync(World world, Guid project, params (string Key, string Value)[] answers)
        => world.As("officer").Send(new FillProjectForm { Id = project, Values = answers.ToDictionary(a => a.Key, a => (string?)a.Value) });
}
