using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Reports;
using JinshanBio.Crm.Projects;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Projects;

public sealed class MoveProjectTests
{
    private static Dictionary<string, string?> Signing(string agreement = "formal", string review = "compliant") => new()
    {
        ["agreementNumber"] = "A-1", ["agreementType"] = agreement, ["fairCompetition"] = review, ["eventCheck"] = "first",
    };

    [OnEveryDatabase]
    public async Task Signing_with_its_evidence_writes_history_and_shows_the_name(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Finding.CodeNamed);
        await world.As("officer").Send(new MoveProject { Id = id, To = "S60", Evidence = Signing() });

        var project = await world.ReadAsync(id);
        Assert.Equal(("S60", world.Clock.Now, Finding.CodeNamed), (project.Stage, project.StageSince, project.Title));
        var last = project.History.OrderBy(h => h.At).Last();
        Assert.Equal(("S50", "S60", world.Clock.Now), (last.From, last.To, last.At));
        Assert.Equal("A-1", project.Evidence.Single(e => e.Key == "agreementNumber").Value);
        Assert.Equal(Finding.CodeNamed, (await world.As("manager.park").Send(new GetProject(id))).Name);
        var period = await world.Db(db => db.PipelinePeriods.SingleAsync(p => p.SubjectId == id && p.To == PipelinePeriod.Open));
        Assert.Equal(("S60", world.Clock.Now), (period.Stage, period.From));
    }

    [OnEveryDatabase]
    public async Task A_refused_move_says_what_is_missing_and_leaves_nothing_behind(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Finding.CodeNamed);
        var before = await world.ReadAsync(id);
        Task Move(MoveProject request) => world.As("officer").Send(request with { Id = id });

        var missing = await world.Refused(RefusalCode.EvidenceMissing, () => Move(new() { To = "S60", Evidence = new() { ["agreementNumber"] = "A-1", ["eventCheck"] = " " } }));
        Assert.Equal(["agreementType", "fairCompetition", "eventCheck"], missing.Missing);
        await world.Refused(RefusalCode.AgreementNotFormal, () => Move(new() { To = "S60", Evidence = Signing(agreement: "intent") }));
        await world.Refused(RefusalCode.FairCompetitionOpen, () => Move(new() { To = "S60", Evidence = Signing(review: "pending") }));
        await world.Refused(RefusalCode.StageNotNext, () => Move(new() { To = "S65" }));
        await world.Refused(RefusalCode.StageNotOnTrack, () => Move(new() { To = "S70" }));
        await world.Refused(RefusalCode.StageUnchanged, () => Move(new() { To = "S50" }));
        await world.Refused(RefusalCode.ReasonRequired, () => Move(new() { To = "S40" }));
        var wrongCode = Signing();
        wrongCode["creditCode"] = "91320113MA0DEM056H";
        Assert.Equal("evidence.creditCode", (await world.Refused(RefusalCode.CreditCodeWrong, () => Move(new() { To = "S60", Evidence = wrongCode }))).Field);
        Assert.Equal("evidence.colour", (await world.Refused(RefusalCode.UnknownField, () => Move(new() { To = "S60", Evidence = new() { ["colour"] = "red" } }))).Field);

        var after = await world.ReadAsync(id);
        Assert.Equal((before.Stage, before.Version, before.Evidence.Count, before.History.Count), (after.Stage, after.Version, after.Evidence.Count, after.History.Count));
    }

    [OnEveryDatabase]
    public async Task Moving_back_with_a_reason_hides_the_name_again(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Finding.CodeNamed);
        await world.As("officer").Send(new MoveProject { Id = id, To = "S60", Evidence = Signing() });
        await world.As("officer").Send(new MoveProject { Id = id, To = "S50", Reason = "协议未生效" });

        var project = await world.ReadAsync(id);
        Assert.Equal(("S50", Finding.CodeName), (project.Stage, project.Title));
        Assert.Contains(project.History, h => h is { From: "S60", To: "S50", Reason: "协议未生效" });
    }

    [OnEveryDatabase]
    public async Task Only_those_who_may_change_the_project_move_it(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Finding.CodeNamed);
        await world.NotPermitted(() => new MoveProject { Id = id, To = "S60" }, "leader", "manager.park");
        await world.NotPermitted(() => new SetProjectStatus { Id = id, Status = ProjectStatus.OnHold }, "leader", "manager.park");
        await world.NotPermitted(() => new EditProject { Id = id }, "leader", "manager.park");
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new MoveProject { Id = id, To = "S60" }));
        await world.As("admin").Send(new MoveProject { Id = id, To = "S60", Evidence = Signing() });
    }

    [OnEveryDatabase]
    public async Task A_stale_version_is_refused_with_what_changed_meanwhile(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Finding.CodeNamed);
        var version = (await world.ReadAsync(id)).Version;
        await world.As("admin").Send(new SetProjectStatus { Id = id, Status = ProjectStatus.OnHold, Reason = "股权调整", Details = Finding.Pause, Version = version });

        var refusal = await world.Refused(RefusalCode.StaleVersion, () => world.As("officer").Send(new MoveProject { Id = id, To = "S60", Evidence = Signing(), Version = version }));
        var changes = Assert.IsAssignableFrom<IReadOnlyList<Crm.Audit.ChangesSince>>(refusal.Details);
        Assert.Contains(changes, c => c is { Field: "Status", From: "Active", To: "OnHold", By: "吴静" });
        await world.Refused(RefusalCode.StaleVersion, () => world.As("officer").Send(new SetProjectStatus { Id = id, Status = ProjectStatus.Active, Version = version }));
    }

    [OnEveryDatabase]
    public async Task Two_moves_at_the_same_moment_become_one_move(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Finding.CodeNamed);
        await world.FindAsync("officer");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            try
            {
                await world.As("officer").Send(new MoveProject { Id = id, To = "S60", Evidence = Signing() });
                return "moved";
            }
            catch (Refusal refusal)
            {
                return refusal.Code.ToString();
            }
        })));

        Assert.Single(answers, "moved");
        Assert.All(answers.Where(a => a != "moved"), a => Assert.Equal(nameof(RefusalCode.StageUnchanged), a));
        Assert.Single((await world.ReadAsync(id)).History, h => h.To == "S60");
        Assert.Single(await world.Db(db => db.PipelinePeriods.Where(p => p.SubjectId == id && p.Stage == "S60").ToListAsync()));
    }

    [OnEveryDatabase]
    public async Task A_project_that_ended_takes_no_step_until_it_is_active_again(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Finding.CodeNamed);
        await world.Refused(RefusalCode.ReasonRequired, () => world.As("officer").Send(new SetProjectStatus { Id = id, Status = ProjectStatus.Lost }));
        await world.Refused(RefusalCode.StatusNotAllowed, () => world.As("officer").Send(new SetProjectStatus { Id = id, Status = ProjectStatus.Terminated, Reason = "不再推进" }));
        await world.As("officer").Send(new SetProjectStatus { Id = id, Status = ProjectStatus.Lost, Reason = "落户外省", Details = Finding.Loss });

        await world.Refused(RefusalCode.ProjectClosed, () => world.As("officer").Send(new MoveProject { Id = id, To = "S60", Evidence = Signing() }));
        await world.As("officer").Send(new SetProjectStatus { Id = id, Status = ProjectStatus.Active });
        await world.As("officer").Send(new MoveProject { Id = id, To = "S60", Evidence = Signing() });
        await world.Malformed(() => world.As("officer").Send(new SetProjectStatus { Id = id }), "status");
        await world.Malformed(() => world.As("officer").Send(new SetProjectStatus { Id = id, Status = ProjectStatus.OnHold, Reason = new string('x', 501) }), "reason");
        await world.Malformed(() => world.As("officer").Send(new MoveProject { Id = id }), "to");
    }

    [OnEveryDatabase]
    public async Task Editing_changes_what_is_said_and_keeps_the_code_name_in_front(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Finding.CodeNamed);
        var edit = new EditProject { Id = id, Name = "重组蛋白原料工厂二期", Track = Domain.Stages.Track.Lease, Investment = 120_000_000.55m, OutputAtCapacity = 0, AreaM2 = 1500 };
        await world.As("officer").Send(edit);

        var project = await world.ReadAsync(id);
        Assert.Equal(("重组蛋白原料工厂二期", Finding.CodeName, 120_000_000.55m), (project.Name, project.Title, project.Investment));
        await world.Malformed(() => world.As("officer").Send(edit with { Name = "", Track = null, Investment = -1, AreaM2 = -5, OutputAtCapacity = 0.001m }),
            "name", "track", "investment", "areaM2", "outputAtCapacity");
        await world.Refused(RefusalCode.StaleVersion, () => world.As("officer").Send(edit with { Version = 1 }));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(edit));
    }
}
