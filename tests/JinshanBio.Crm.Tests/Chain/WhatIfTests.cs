using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Chain;

public sealed class WhatIfTests
{
    private static Task<Guid> Firm(World world, string name) => world.Db(db => db.Enterprises.Where(e => e.Name.Contains(name)).Select(e => e.Id).SingleAsync());
    private static Task<Guid> Project(World world, string name) => world.Db(db => db.Projects.Where(p => p.Name.Contains(name)).Select(p => p.Id).SingleAsync());
    private static AssumptionInput Lands(Guid project) => new() { Kind = AssumptionKind.Lands, Id = project };
    private static AssumptionInput Leaves(Guid firm) => new() { Kind = AssumptionKind.Leaves, Id = firm };

    [OnEveryDatabase]
    public async Task Nothing_assumed_is_today_and_the_whole_chain_is_what_the_coverage_says(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var compared = await world.As("officer").Send(new CompareScenarios());
        Assert.Empty(compared.A.Closed.Concat(compared.A.Opened).Concat(compared.B.Closed));
        var report = await world.As("officer").Send(new GetCoverage());
        var whole = compared.Fields.Single(f => f.Field is null);
        Assert.Equal((report.Coverage, report.Gap), (whole.Today.Coverage, decimal.Round(whole.Today.Gap, 2)), Near);
        Assert.All(compared.Fields, f => Assert.Equal((f.Today, f.Today), (f.A, f.B)));
        Assert.Equal(6, compared.Fields.Count);
    }

    private static readonly IEqualityComparer<(decimal Coverage, decimal Gap)> Near = EqualityComparer<(decimal Coverage, decimal Gap)>.Create((a, b) => Math.Abs(a.Coverage - b.Coverage) < 0.0001m && Math.Abs(a.Gap - b.Gap) < 1);

    [OnEveryDatabase]
    public async Task Two_scenarios_stand_side_by_side_with_what_closes_what_opens_and_by_when(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (signed, media) = (await Project(world, "伴随诊断"), await Firm(world, "延培"));
        var compared = await world.As("officer").Send(new CompareScenarios { A = [Lands(signed)], B = [Leaves(media)] });

        var landed = compared.A;
        Assert.True(landed.Net < 0);
        var closed = landed.Closed.Single(g => g.Link == "MED-14");
        Assert.Equal((LinkState.InPipeline, true), (closed.Before, closed.After is LinkState.Weak or LinkState.Strong));
        var row = Assert.Single(landed.Assumptions);
        Assert.Equal((ExpectedSource.Form, closed.By), (row.Source, row.On));
        Assert.Equal((row.On.Year, (row.On.Month + 2) / 3), (landed.Quarters.Single().Year, landed.Quarters.Single().Quarter));

        var gone = compared.B.Opened.Single(g => g.Link == "CMN-06");
        Assert.Equal(LinkState.Missing, gone.After);
        Assert.Equal(Domain.Calendar.ShanghaiTime.Day(world.Clock.Now), gone.By);
        foreach (var result in (ScenarioResult[])[landed, compared.B])
            Assert.Equal(result.Net, result.Closed.Concat(result.Opened).Sum(g => g.Change), 0.5m.Compare());
        // The same for everybody who may assume it.
        var leader = await world.As("leader").Send(new CompareScenarios { A = [Lands(signed)], B = [Leaves(media)] });
        Assert.Equal(compared.Fields, leader.Fields);
    }

    [OnEveryDatabase]
    public async Task A_promise_goes_before_the_form_and_what_is_set_goes_before_both(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await Project(world, "伴随诊断");
        var due = new DateOnly(2027, 9, 30);
        await world.As("officer").Send(new Crm.Commitments.AddCommitment { ProjectId = project, Kind = Domain.Commitments.CommitmentKind.InProduction, Since = new DateOnly(2026, 11, 1), DueDay = due });
        async Task<AssumptionRow> Row(AssumptionInput input) => (await world.As("officer").Send(new CompareScenarios { A = [input] })).A.Assumptions.Single();
        Assert.Equal((due, ExpectedSource.Promise), ((await Row(Lands(project))).On, (await Row(Lands(project))).Source));
        var day = new DateOnly(2028, 1, 31);
        var set = await Row(Lands(project) with { By = day, Output = 1 });
        Assert.Equal((day, ExpectedSource.Given, 1m), (set.On, set.Source, set.Output));
        // The planned day of the antibody plant is over.
        Assert.Equal(ExpectedSource.StagesPlanPast, (await Row(Lands(await Project(world, "抗体药物商业化")))).Source);
    }

    [OnEveryDatabase]
    public async Task A_stranger_that_comes_and_one_from_the_register_close_gaps(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var firm = await Firm(world, "策源");
        var compared = await world.As("leader").Send(new CompareScenarios
        {
            A = [new() { Kind = AssumptionKind.Comes, Id = firm }],
            B = [new() { Kind = AssumptionKind.Comes, Size = EnterpriseSize.Large, Links = ["MED-03", "CMN-07"], By = new DateOnly(2027, 7, 1) }],
        });
        Assert.Equal(["CMN-05"], compared.A.Assumptions.Single().Links);
        Assert.False(compared.A.Assumptions.Single().IsOutputKnown);
        Assert.True(compared.A.Closed.Single(g => g.Link == "CMN-05").Change < 0);
        Assert.True(compared.B.Closed.Single(g => g.Link == "MED-03").Change < 0);
        Assert.Equal(1_000_000_000, compared.B.Assumptions.Single().Output);
        Assert.Equal(3, compared.B.Quarters.Single().Quarter);
    }

    [OnEveryDatabase]
    public async Task What_is_unknown_or_not_seen_or_contradicts_itself_is_refused(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (own, others) = (await Project(world, "伴随诊断"), await Project(world, "二氧化碳"));
        async Task Refused(RefusalCode code, params AssumptionInput[] a)
        {
            Assert.Equal("a", (await world.Refused(code, () => world.As("officer").Send(new CompareScenarios { A = [.. a] }))).Field);
            Assert.Equal("b", (await world.Refused(code, () => world.As("officer").Send(new CompareScenarios { B = [.. a] }))).Field);
        }
        // A colleague's project is as unknown as one that does not exist.
        await Refused(RefusalCode.AssumptionUnknown, Lands(others));
        await Refused(RefusalCode.AssumptionUnknown, Lands(Guid.NewGuid()));
        await Refused(RefusalCode.AssumptionUnknown, Leaves(Guid.NewGuid()));
        await Refused(RefusalCode.AssumptionUnknown, Leaves(await Firm(world, "策源")));
        await Refused(RefusalCode.AssumptionUnknown, new AssumptionInput { Kind = AssumptionKind.Comes, Id = Guid.NewGuid() });
        await Refused(RefusalCode.AssumptionUnknown, new AssumptionInput { Kind = AssumptionKind.Comes, Size = EnterpriseSize.Small, Links = ["XXX-01"] });
        await Refused(RefusalCode.AssumptionsClash, Lands(own), new AssumptionInput { Kind = AssumptionKind.Lost, Id = own });
        await Refused(RefusalCode.AssumptionsClash, new AssumptionInput { Kind = AssumptionKind.Comes, Id = await Firm(world, "延培") });
        await Refused(RefusalCode.AssumptionsClash, Lands(await Project(world, "细胞治疗产品")));
        await world.As("leader").Send(new CompareScenarios { A = [Lands(others)] });
        await world.Refused(RefusalCode.NotPermitted, () => world.As("manager.park").Send(new CompareScenarios()));
        await world.Refused(RefusalCode.NotPermitted, () => world.As("reviewer").Send(new CompareScenarios()));
        await world.Malformed(() => world.As("officer").Send(new CompareScenarios { A = [new() { Kind = AssumptionKind.Lands }] }), "a[0].id");
        await world.Malformed(() => world.As("officer").Send(new CompareScenarios { B = [.. Enumerable.Repeat(Lands(own), 21)] }), "b");
    }

    [OnEveryDatabase]
    public async Task An_enterprise_that_leaves_takes_only_those_coming_projects_along_that_the_person_sees(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        // The antibody firm: an officer's project has landed; another officer's project of the same firm is in talks.
        var firm = await Firm(world, "澄屿");
        await world.Db(async db =>
        {
            var lead = await db.Leads.Include(l => l.Links).FirstAsync(l => l.EnterpriseId == firm && l.Status == Domain.Leads.LeadStatus.Open);
            lead.Screen("S20", world.Clock.Now, lead.OwnerId);
            lead.Screen("S30", world.Clock.Now, lead.OwnerId);
            var project = Domain.Projects.Project.From(lead, "XM-2026-99999", new Domain.Projects.ProjectTerms("暗线", Domain.Stages.Track.Lease, 1, 900_000_000, 1), world.Clock.Now, lead.OwnerId);
            project.HandTo((await db.Users.SingleAsync(u => u.UserName == "officer2")).Id);
            db.Projects.Add(project);
            await db.SaveChangesAsync();
        });
        var (seesOne, seesAll) = (await world.As("officer").Send(new CompareScenarios { A = [Leaves(firm)] }), await world.As("leader").Send(new CompareScenarios { A = [Leaves(firm)] }));
        Assert.Equal(seesOne.Fields.Select(f => f.Today), seesAll.Fields.Select(f => f.Today));
        Assert.Contains(seesAll.A.Opened, g => g.Link == "MED-11");
        Assert.DoesNotContain(seesOne.A.Opened, g => g.Link == "MED-11");
    }

    [OnEveryDatabase]
    public async Task Only_what_the_person_sees_can_be_chosen_and_each_choice_can_be_reckoned(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        foreach (var kind in Enum.GetValues<AssumptionKind>())
        {
            var choices = await world.As("officer").Send(new ListScenarioChoices { Kind = kind });
            Assert.NotEmpty(choices);
            await world.As("officer").Send(new CompareScenarios { A = [.. choices.Select(c => AssumptionInput.Read(c.Assumption)!)] });
        }
        var own = await world.As("officer").Send(new ListScenarioChoices { Kind = AssumptionKind.Lands });
        Assert.DoesNotContain(own, c => c.Name.Contains("二氧化碳"));
        Assert.Contains(await world.As("leader").Send(new ListScenarioChoices { Kind = AssumptionKind.Lands }), c => c.Name.Contains("二氧化碳"));
        Assert.All(own, c => Assert.NotEqual("S100", c.Stage));
        Assert.Equal(["上海延培培养基有限公司"], (await world.As("officer").Send(new ListScenarioChoices { Kind = AssumptionKind.Leaves, Q = "yanpei" })).Select(c => c.Name));
        Assert.Contains(await world.As("officer").Send(new ListScenarioChoices { Kind = AssumptionKind.Comes, Q = "策源" }), c => c.Links.SequenceEqual(["CMN-05"]));
        Assert.Empty(await world.As("officer").Send(new ListScenarioChoices { Kind = AssumptionKind.Comes, Q = "金曙" }));
        await world.Refused(RefusalCode.NotPermitted, () => world.As("manager.park").Send(new ListScenarioChoices()));
    }

    [Theory]
    [InlineData("lands:0190c0de-0000-7000-8000-000000000001")]
    [InlineData("lost:0190c0de-0000-7000-8000-000000000001::2027-06-30")]
    [InlineData("lands:0190c0de-0000-7000-8000-000000000001:250000000:2027-06-30")]
    [InlineData("comes:Large:MED-03.CMN-07:50000000.5")]
    [InlineData("comes:0190c0de-0000-7000-8000-000000000001")]
    public void An_assumption_reads_as_it_is_written(string text) => Assert.Equal(text, AssumptionInput.Read(text)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("lands")]
    [InlineData("lands:")]
    [InlineData("0:0190c0de-0000-7000-8000-000000000001")]
    [InlineData("lands:Large")]
    [InlineData("flies:0190c0de-0000-7000-8000-000000000001")]
    [InlineData("lands:0190c0de-0000-7000-8000-000000000001:x")]
    [InlineData("lands:0190c0de-0000-7000-8000-000000000001:1:tomorrow")]
    [InlineData("lands:0190c0de-0000-7000-8000-000000000001:1:2027-06-30:more")]
    public void What_is_no_assumption_is_not_read(string text) => Assert.Null(AssumptionInput.Read(text));
}

file static class Tolerance
{
    public static IEqualityComparer<decimal> Compare(this decimal within) => EqualityComparer<decimal>.Create((a, b) => Math.Abs(a - b) < within);
}
