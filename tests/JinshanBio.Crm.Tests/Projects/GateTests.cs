using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Exports;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace JinshanBio.Crm.Tests.Projects;

/// <summary>The project form, the gates and what an administrator asks for, as people use them.</summary>
public sealed class GateTests
{
    /// <summary>In talks, its form filled in part; owned by officer2, a proposal waits at a park.</summary>
    private const string Draft = "酶法合成工艺研发平台";

    private static async Task<int> VersionAsync(World world, Guid id) => (await world.ReadAsync(id)).Version;

    [OnEveryDatabase]
    public async Task A_part_of_the_form_is_kept_and_the_next_stage_says_what_is_left(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Draft);
        var officer = world.As("officer2");
        var before = await officer.Send(new GetProjectForm(id));
        Assert.Equal(("S50", Track.Rnd), (before.NextStage, before.Track));
        Assert.DoesNotContain(before.Fields, f => f.Key is "land_area" or "project_name" or "total_investment");
        Assert.True(before.Fields.Single(f => f.Key == "tax") is { IsMissing: true, Unit: "CNY", RequiredFrom: "S40" });

        await officer.Send(new FillProjectForm { Id = id, Version = before.Version, Values = new() { ["tax"] = "1300000", ["jobs"] = "", ["gmo"] = "true" } });
        var after = await officer.Send(new GetProjectForm(id));
        Assert.Equal(("1300000", "true", before.Version + 1), (after.Values["tax"], after.Values["gmo"], after.Version));
        Assert.False(after.Values.ContainsKey("jobs"));
        Assert.Equal(before.Values["chain_role"], after.Values["chain_role"]);

        var next = (await officer.Send(new GetProject(id))).NextStage!;
        Assert.Equal(after.Fields.Where(f => f.IsMissing).Select(f => f.Key), next.Fields.Where(f => f.IsMissing).Select(f => f.Key));
        Assert.Equal(next.Evidence.Where(e => e.IsMissing).Select(e => e.Key).Concat(next.Fields.Where(f => f.IsMissing).Select(f => f.Key)), next.Missing);
        var trail = await world.Db(db => db.AuditRecords.Where(r => r.SubjectId == id && r.Subject.StartsWith("Project.Fact.")).OrderBy(r => r.Id).Select(r => new { r.Subject, r.Action, r.SubjectVersion }).ToListAsync());
        Assert.Contains(trail, r => r is { Subject: "Project.Fact.jobs", Action: AuditAction.Deleted } && r.SubjectVersion == after.Version);
    }

    [OnEveryDatabase]
    public async Task Typed_answers_are_understood_and_kept_in_one_form(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Draft);
        var typed = new FillProjectForm { Id = id, Typed = true, Values = new() { ["tax"] = "1,300", ["fixed_investment"] = "0.2亿", ["jobs"] = "１２ 人", ["gmo"] = "是", ["size"] = "微型", ["start_date"] = "2027年3月1日", ["gb4754"] = "7320", ["water"] = "12.5 m³/d" } };
        await world.As("officer2").Send(typed);
        var values = (await world.As("officer2").Send(new GetProjectForm(id))).Values;
        Assert.Equal("13000000 20000000 12 true micro 2027-03-01 7320 12.5",
            string.Join(' ', new[] { "tax", "fixed_investment", "jobs", "gmo", "size", "start_date", "gb4754", "water" }.Select(k => values[k])));
    }

    [OnEveryDatabase]
    public async Task Every_wrong_answer_is_named_and_none_of_the_others_is_kept(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Draft);
        var version = await VersionAsync(world, id);
        Task Fill(params (string Key, string? Value)[] values) => world.As("officer2").Send(new FillProjectForm { Id = id, Values = values.ToDictionary(v => v.Key, v => v.Value) });

        var refusal = await world.Refused(RefusalCode.Invalid, () => Fill(("tax", "many"), ("rd_ratio", "101"), ("gb4754", "0000"), ("jobs", "12"), ("fixed_investment", "32000001")));
        Assert.Equal(["values.fixed_investment", "values.gb4754", "values.rd_ratio", "values.tax"], Assert.IsAssignableFrom<IReadOnlyDictionary<string, string>>(refusal.Details).Keys.Order(StringComparer.Ordinal));
        Assert.Equal("values.land_area", (await world.Refused(RefusalCode.UnknownField, () => Fill(("land_area", "12")))).Field);
        Assert.Equal("values.tax_per_mu", (await world.Refused(RefusalCode.UnknownField, () => Fill(("tax_per_mu", "12")))).Field);
        Assert.Equal("values.project_name", (await world.Refused(RefusalCode.UnknownField, () => Fill(("project_name", "x")))).Field);
        Assert.Equal(version, await VersionAsync(world, id));
    }

    [OnEveryDatabase]
    public async Task Two_people_who_fill_the_form_at_once_see_each_others_fields(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Draft);
        var version = await VersionAsync(world, id);
        await world.As("admin").Send(new FillProjectForm { Id = id, Version = version, Values = new() { ["jobs"] = "44" } });
        var stale = await world.Refused(RefusalCode.StaleVersion, () => world.As("officer2").Send(new FillProjectForm { Id = id, Version = version, Values = new() { ["jobs"] = "45" } }));
        var change = Assert.Single(Assert.IsAssignableFrom<IReadOnlyList<Crm.Audit.ChangesSince>>(stale.Details));
        Assert.Equal(("values.jobs", "30", "44", "吴静"), (change.Field, change.From, change.To, change.By));
    }

    [OnEveryDatabase]
    public async Task Who_may_not_know_the_name_sees_no_answer_that_could_tell_it(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Finding.CodeNamed);
        var manager = await world.As("manager.park").Send(new GetProjectForm(id));
        Assert.DoesNotContain(manager.Fields, f => f.Key is "controller" or "asks" or "competitors");
        Assert.DoesNotContain(manager.Values.Keys, key => key is "controller" or "asks");
        Assert.Contains("power_load", manager.Values.Keys);
        Assert.Contains("controller", (await world.As("leader").Send(new GetProjectForm(id))).Values.Keys);

        await world.NotPermitted(() => new FillProjectForm { Id = id }, "leader", "manager.park");
        await world.NotPermitted(() => new CorrectStageChange { Id = id }, "leader", "manager.park");
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new GetProjectForm(id)));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new FillProjectForm { Id = id, Values = new() { ["jobs"] = "1" } }));
    }

    [OnEveryDatabase]
    public async Task A_gate_is_passed_with_evidence_and_fields_given_together(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Draft);
        var stages = world.Services.GetRequiredService<Catalogue>().Stages;
        var answers = Finding.Answers(stages, Track.Rnd, "S50");
        var refusal = await world.Refused(RefusalCode.EvidenceMissing, () => world.As("officer2").Send(new MoveProject { Id = id, To = "S50", Evidence = answers.Where(a => a.Key is not ("controller" or "vetoCheck")).ToDictionary() }));
        Assert.Equal(["vetoCheck", "controller"], refusal.Missing);

        var wrong = new Dictionary<string, string?>(answers) { ["jobs"] = "some" };
        Assert.Contains("evidence.jobs", Assert.IsAssignableFrom<IReadOnlyDictionary<string, string>>((await world.Refused(RefusalCode.Invalid, () => world.As("officer2").Send(new MoveProject { Id = id, To = "S50", Evidence = wrong }))).Details).Keys);
        await world.As("officer2").Send(new MoveProject { Id = id, To = "S50", Evidence = answers });
        var moved = await world.ReadAsync(id);
        Assert.Equal(("S50", "none"), (moved.Stage, moved.Facts.Single(f => f.Key == "controller").Value));
    }

    [OnEveryDatabase]
    public async Task Every_stage_of_every_track_can_be_reached_by_answering_its_gate(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var stages = world.Services.GetRequiredService<Catalogue>().Stages;
        foreach (var (name, owner) in new[] { (Draft, "officer2"), (Finding.CodeNamed, "officer"), ("可降解材料一体化项目", "officer2") })
        {
            var project = await world.ReadAsync(await world.ProjectAsync(name));
            while (stages.Next(project.Track, project.Stage) is { } next)
            {
                await world.As(owner).Send(new MoveProject { Id = project.Id, To = next.Code, Evidence = Finding.Answers(stages, project.Track, next.Code) });
                project = await world.ReadAsync(project.Id);
                Assert.Equal(next.Code, project.Stage);
            }
        }
    }

    [OnEveryDatabase]
    public async Task An_administrator_tightens_a_gate_and_it_holds_for_the_next_move(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Finding.CodeNamed);
        var evidence = Finding.Answers(world.Services.GetRequiredService<Catalogue>().Stages, Track.Lease, "S60").Where(a => a.Key is not "creditCode").ToDictionary();
        await world.NotPermitted(() => new SetGates(), "officer", "leader", "manager.park");
        var admin = world.As("admin");
        await admin.Send(new SetGates
        {
            Evidence = new() { ["eventCheck"] = null, ["taxRegistration"] = "S60", ["agreementNumber"] = "S60" },
            Fields = new() { ["performance_bond"] = null },
            Own = [new OwnEvidence("S60", "tradeBody", "行业协会意见", "Opinion of the trade body")],
        });
        var gates = await admin.Send(new GetGates());
        Assert.Equal(("S65", "S60"), gates.Evidence.Where(e => e.Key == "taxRegistration").Select(e => (e.Usual, e.From)).Single());
        Assert.NotNull(gates.Evidence.Single(e => e.Key == "fairCompetition").Law);

        evidence.Remove("eventCheck");
        var refusal = await world.Refused(RefusalCode.EvidenceMissing, () => world.As("officer").Send(new MoveProject { Id = id, To = "S60", Evidence = evidence }));
        Assert.Equal(["taxRegistration", "tradeBody"], refusal.Missing);
        Assert.Contains((await world.As("officer").Send(new GetProject(id))).NextStage!.Evidence, e => e is { Key: "tradeBody", Name: "行业协会意见", IsRequired: true });
        evidence["taxRegistration"] = evidence["tradeBody"] = "有";
        await world.As("officer").Send(new MoveProject { Id = id, To = "S60", Evidence = evidence });
        Assert.Contains(await world.Db(db => db.AuditRecords.Where(r => r.SubjectId == id && r.Subject == "Project.Evidence.tradeBody").ToListAsync()), r => r.Action == AuditAction.Created);

        await world.Refused(RefusalCode.GateIsLaw, () => admin.Send(new SetGates { Evidence = new() { ["fairCompetition"] = null } }));
        await world.Refused(RefusalCode.GateNotEarlier, () => admin.Send(new SetGates { Fields = new() { ["start_date"] = "S80" } }));
        await world.Refused(RefusalCode.GateKeyTaken, () => admin.Send(new SetGates { Own = [new OwnEvidence("S60", "tax", "a", "a")] }));
        await world.Malformed(() => admin.Send(new SetGates { Own = [new OwnEvidence("S60", "Trade body", "a", "a")] }), "own[0].key");
        await admin.Send(new SetGates());
        Assert.All((await admin.Send(new GetGates())).Evidence, e => Assert.Equal(e.Usual, e.From));
    }

    [OnEveryDatabase]
    public async Task A_loss_says_where_it_went_and_a_pause_reminds_its_owner_once_on_its_day(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Finding.CodeNamed);
        var officer = world.As("officer");
        var missing = await world.Refused(RefusalCode.StatusDetailsMissing, () => officer.Send(new SetProjectStatus { Id = id, Status = ProjectStatus.Lost, Reason = "外迁" }));
        Assert.Equal(["lostOn", "lostReason", "wentTo"], missing.Missing.Order(StringComparer.Ordinal));
        await officer.Send(new SetProjectStatus { Id = id, Status = ProjectStatus.OnHold, Reason = "股权调整", Details = new() { ["resumeOn"] = "2026年11月23日" } });
        Assert.Equal(new DateOnly(2026, 11, 23), (await officer.Send(new GetProject(id))).ResumeOn);

        var key = $"project-resumes:{id}:2026-11-23";
        Task<int> Told() => world.Db(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.ProjectResumes && n.Key == key));
        await world.As(Actor.System).Send(new ResumeProjects());
        Assert.Equal(0, await Told());
        world.Clock.Advance(TimeSpan.FromDays(3));
        await world.As(Actor.System).Send(new ResumeProjects());
        await world.As(Actor.System).Send(new ResumeProjects());
        Assert.Equal(1, await Told());
        await world.NotPermitted(() => new ResumeProjects(), "officer", "leader");

        await officer.Send(new SetProjectStatus { Id = id, Status = ProjectStatus.Lost, Reason = "落户外省", Details = Finding.Loss });
        var project = await officer.Send(new GetProject(id));
        Assert.Equal(["竞争地胜出", "外省", "2026-11-19"], project.StatusDetails.Select(d => d.Value));
        Assert.Equal(["Active→OnHold 陆知遥", "OnHold→Lost 陆知遥"], project.StatusHistory.Select(c => $"{c.From}→{c.To} {c.By}"));
        Assert.Null(project.Turn);
        var closed = await world.As("manager.park").Send(new GetProject(id));
        Assert.Empty(closed.StatusDetails);
        Assert.All(closed.StatusHistory, c => Assert.Equal((null, 0), (c.Reason, c.Details.Count)));
    }

    [OnEveryDatabase]
    public async Task History_and_older_evidence_can_neither_be_changed_nor_deleted(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Finding.CodeNamed);
        await world.As("officer").Send(new SetProjectStatus { Id = id, Status = ProjectStatus.OnHold, Reason = "等待", Details = Finding.Pause });
        await Assert.ThrowsAsync<NotSupportedException>(() => world.Db(async db =>
        {
            db.Entry(await db.StageChanges.FirstAsync(c => c.ProjectId == id)).Property(c => c.At).CurrentValue = world.Clock.Now;
            await db.SaveChangesAsync();
        }));
        await Assert.ThrowsAsync<NotSupportedException>(() => world.Db(async db =>
        {
            db.Remove(await db.StageChanges.FirstAsync(c => c.ProjectId == id));
            await db.SaveChangesAsync();
        }));
        await Assert.ThrowsAsync<NotSupportedException>(() => world.Db(async db =>
        {
            db.Remove(await db.Set<StatusChange>().FirstAsync(c => c.ProjectId == id));
            await db.SaveChangesAsync();
        }));
    }

    [OnEveryDatabase]
    public async Task A_corrected_entry_shows_both_days_and_counts_from_the_right_one(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Finding.CodeNamed);
        var officer = world.As("officer");
        var before = await officer.Send(new GetProject(id));
        var entry = before.History[^1];
        var day = Domain.Calendar.ShanghaiTime.Day(entry.At).AddDays(-10);
        await world.Malformed(() => officer.Send(new CorrectStageChange { Id = id, ChangeId = entry.Id }), "enteredOn", "reason");
        await world.Refused(RefusalCode.CorrectionNotInOrder, () => officer.Send(new CorrectStageChange { Id = id, ChangeId = entry.Id, EnteredOn = new DateOnly(2026, 11, 21), Reason = "将来" }));
        await officer.Send(new CorrectStageChange { Id = id, ChangeId = entry.Id, EnteredOn = day, Reason = "以会议纪要为准", Version = before.Version });

        var after = await officer.Send(new GetProject(id));
        Assert.Equal((before.DaysInStage + 10, before.Version + 1), (after.DaysInStage, after.Version));
        Assert.Equal(before.History.Count, after.History.Count);
        var corrected = after.History[^1];
        Assert.Equal((entry.At, day, "以会议纪要为准"), (corrected.At, Domain.Calendar.ShanghaiTime.Day(corrected.EnteredAt), corrected.Corrections.Single().Reason));
        Assert.Equal(corrected.EnteredAt, after.Stages.Single(s => s.IsCurrent).EnteredAt);
        await world.Refused(RefusalCode.StaleVersion, () => officer.Send(new CorrectStageChange { Id = id, ChangeId = entry.Id, EnteredOn = day, Reason = "再次更正", Version = before.Version }));
    }

    [OnEveryDatabase]
    public async Task Evidence_that_is_replaced_stays_readable(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync("可降解材料一体化项目");
        var officer = world.As("officer2");
        await officer.Send(new MoveProject { Id = id, To = "S60", Reason = "补充材料" });
        world.Clock.Advance(TimeSpan.FromHours(1));
        await officer.Send(new MoveProject { Id = id, To = "S65", Evidence = new() { ["taxRegistration"] = "税务登记变更通知" } });
        var line = (await officer.Send(new GetProject(id))).Evidence.Single(e => e.Key == "taxRegistration");
        Assert.Equal(("税务登记变更通知", world.Clock.Now), (line.Value, line.Older.Single().ReplacedAt));
        Assert.Equal("税务登记在金山区", line.Older.Single().Value);
    }

    [OnEveryDatabase]
    public async Task What_stands_too_long_is_found_by_list_and_export_and_says_whose_turn_it_is(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var leader = world.As("leader");
        var all = (await leader.Send(new ListProjects())).Items;
        var stalled = (await leader.Send(new ListProjects { Stalled = true })).Items;
        Assert.NotEmpty(stalled);
        Assert.Equal(all.Where(p => p.IsStalled).Select(p => p.Id), stalled.Select(p => p.Id));
        Assert.Equal(all.Count, stalled.Count + (await leader.Send(new ListProjects { Stalled = false })).Items.Count(p => !p.IsStalled));
        Assert.All(stalled, p => Assert.True(p.DaysInStage > p.StallDays && p.Turn!.DaysLeft < 0));

        var draft = all.Single(p => p.Title == Draft);
        Assert.Equal((TurnOf.Park, "东湖国际创新中心"), (draft.Turn!.Of, draft.Turn.Name));
        Assert.Equal(draft.Turn, (await leader.Send(new GetProject(draft.Id))).Turn);
        Assert.Null(all.Single(p => p.Status == ProjectStatus.OnHold).Turn);
        Assert.Equal(TurnOf.Stage, all.Single(p => p.Title == "细胞治疗产品生产基地").Turn!.Of);
        var file = await leader.Send(new ExportProjects { Stalled = true, Format = ExportFormat.Csv });
        Assert.NotNull(file);
    }
}
