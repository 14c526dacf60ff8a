using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Services;
using JinshanBio.Crm.HandOvers;
using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Projects;
using JinshanBio.Crm.Services;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Services;

public sealed class ServiceTests
{
    private const string Producing = "细胞治疗产品生产基地", Landed = "一次性生物工艺耗材工厂";

    [OnEveryDatabase]
    public async Task Signing_opens_the_steps_of_its_track_once_and_later_stages_theirs(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await SignAsync(world);
        var service = await world.As("officer").Send(new GetService(project));
        var today = ShanghaiTime.Day(world.Clock.Now);
        var codes = service.Tasks.Select(t => t.StepCode).ToList();
        Assert.Contains("SV-02", codes);
        Assert.DoesNotContain("SV-08", codes);
        Assert.DoesNotContain("SV-13", service.Coming.Select(c => c.Code));
        Assert.Contains("SV-09", service.Coming.Select(c => c.Code));
        var step = service.Tasks.Single(t => t.StepCode == "SV-02");
        Assert.Equal((today.AddDays(20), "陆知遥", "DEP-SJ", "设立登记和住所证明"), (step.DueOn, step.Owner, step.Unit, step.Name));

        await world.As("officer").Send(new MoveProject { Id = project, To = "S50", Reason = "补材料" });
        await world.As("officer").Send(new MoveProject { Id = project, To = "S60" });
        Assert.Equal(0, await world.As("officer").Send(new OpenStepsOfProject { ProjectId = project }));
        Assert.Equal(codes.Order(), (await world.As("officer").Send(new GetService(project))).Tasks.Select(t => t.StepCode).Order());
    }

    [OnEveryDatabase]
    public async Task A_step_of_the_park_is_its_managers_where_the_project_has_a_place(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var service = await world.As("officer").Send(new GetService(await world.ProjectAsync(Landed)));
        Assert.Equal("沈砚青", service.Tasks.Single(t => t.StepCode == "SV-06").Owner);
    }

    [OnEveryDatabase]
    public async Task Projects_signed_before_there_was_a_checklist_get_it_from_the_job_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Producing);
        var before = await world.Db(db => db.ServiceTasks.CountAsync(t => t.ProjectId == project));
        await world.Db(db => db.ServiceTasks.Where(t => t.ProjectId == project).ExecuteDeleteAsync());
        Assert.Equal("job.said.serviceSteps|1|" + before, await world.As("admin").Send(new OpenServiceSteps()));
        Assert.Equal("job.said.serviceSteps|0|0", await world.As("admin").Send(new OpenServiceSteps()));
        // Counted from the day on which the stage was entered, not from today.
        Assert.True(await world.Db(db => db.ServiceTasks.Where(t => t.ProjectId == project && t.StepCode == "SV-02").Select(t => t.DueOn).SingleAsync()) < ShanghaiTime.Day(world.Clock.Now));
    }

    [OnEveryDatabase]
    public async Task Before_signing_there_is_no_service(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Finding.CodeNamed);
        Assert.False((await world.As("officer").Send(new GetService(project))).HasBegun);
        Assert.Null(await world.As("officer").Send(new SummariseService(project)));
        await world.Refused(RefusalCode.ServiceNotBegun, () => world.As("officer").Send(new AddCompanyRequest { ProjectId = project, Text = "用电" }));
        await world.Refused(RefusalCode.ServiceNotBegun, () => world.As("officer").Send(new LogVisit { ProjectId = project, Outcome = "看了" }));
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.park").Send(new AddCompanyRequest { ProjectId = project, Text = "用电" }));
    }

    [OnEveryDatabase]
    public async Task A_step_is_done_or_not_needed_replanned_and_reopened(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Landed);
        var due = new DateOnly(2026, 12, 15);
        var id = await world.As("officer").Send(new AddServiceTask { ProjectId = project, Name = "协调蒸汽管网", Phase = ServicePhase.Construction, DueOn = due });
        var manager = await world.PersonAsync("manager.park");
        await world.As("manager.park").Send(new PlanServiceTask { Id = id, OwnerId = manager, DueOn = due.AddDays(2) });
        await world.Refused(RefusalCode.HandOverTarget, async () => await world.As("officer").Send(new PlanServiceTask { Id = id, OwnerId = await world.PersonAsync("leader") }));
        await world.Refused(RefusalCode.ReasonRequired, () => world.As("officer").Send(new CloseServiceTask { Id = id, NotNeeded = true }));
        await world.As("manager.park").Send(new CloseServiceTask { Id = id, NotNeeded = true, Note = "改用电加热" });
        await world.Refused(RefusalCode.ServiceTaskClosed, () => world.As("officer").Send(new CloseServiceTask { Id = id }));
        var row = (await world.As("leader").Send(new ListServiceTasks { Project = project, State = ServiceTaskState.NotNeeded })).Items.Single(t => t.Id == id);
        Assert.Equal(("改用电加热", "沈砚青", due.AddDays(2)), (row.Note, row.ClosedBy, row.DueOn));
        await world.As("officer").Send(new ReopenServiceTask { Id = id });

        await world.NotPermitted(() => new CloseServiceTask { Id = id }, "leader");
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new CloseServiceTask { Id = id }));
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.incubator").Send(new CloseServiceTask { Id = id }));
        await world.Malformed(() => world.As("officer").Send(new AddServiceTask { ProjectId = project }), "dueOn", "name");
    }

    [OnEveryDatabase]
    public async Task A_request_is_answered_and_settled_within_workdays(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Landed);
        var id = await world.As("manager.park").Send(new AddCompanyRequest { ProjectId = project, Text = "叉车通道狭窄", Category = RequestCategory.Premises, ReceivedOn = new DateOnly(2026, 11, 20) });
        CompanyRequestRow row = (await world.As("officer").Send(new ListCompanyRequests { Project = project })).Items.Single(r => r.Id == id);
        // Friday 20 November: three workdays later is Wednesday, fifteen later Friday 11 December.
        Assert.Equal((new DateOnly(2026, 11, 25), new DateOnly(2026, 12, 11), new DateOnly(2026, 11, 25), "陆知遥"), (row.AnswerBy, row.SettleBy, row.DueOn, row.Owner));

        await world.As("officer").Send(new AnswerCompanyRequest { Id = id, Answer = "请物业测量" });
        row = (await world.As("officer").Send(new ListCompanyRequests { Project = project })).Items.Single(r => r.Id == id);
        Assert.Equal((RequestState.Answered, row.SettleBy, "请物业测量"), (row.State, row.DueOn, Assert.Single(row.Answers).Text));
        await world.Malformed(() => world.As("officer").Send(new SettleCompanyRequest { Id = id }), "answer", "result", "satisfaction");
        await world.As("officer").Send(new SettleCompanyRequest { Id = id, Result = RequestResult.Solved, Answer = "已拓宽", Satisfaction = Satisfaction.Satisfied });
        Assert.DoesNotContain((await world.As("officer").Send(new ListCompanyRequests { Project = project })).Items, r => r.Id == id);
        await world.Refused(RefusalCode.CompanyRequestSettled, () => world.As("officer").Send(new AnswerCompanyRequest { Id = id, Answer = "又" }));

        var future = await world.Refused(RefusalCode.Invalid, () => world.As("officer").Send(new AddCompanyRequest { ProjectId = project, Text = "a", ReceivedOn = new DateOnly(2026, 11, 21) }));
        Assert.NotNull(future.Details);
        await world.NotPermitted(() => new AddCompanyRequest { ProjectId = project, Text = "a" }, "leader");
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.incubator").Send(new AddCompanyRequest { ProjectId = project, Text = "a" }));
    }

    [OnEveryDatabase]
    public async Task A_warning_sign_is_told_to_the_head_and_stands_until_closed_with_a_reason(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Producing);
        var id = await world.As("manager.park").Send(new RaiseLeavingSignal { ProjectId = project, Sign = LeavingSign.Arrears, Note = "欠租两月" });
        Assert.Contains((await world.As("leader").Send(new ListNotices())).Items, n => n.Kind == NoticeKind.LeavingSignalRaised && n.Args[0] == Producing);
        Assert.Contains((await world.As("leader").Send(new ListLeavingSignals())).Items, s => s.Id == id);
        Assert.Equal([LeavingSign.Arrears], (await world.As("leader").Send(new SummariseService(project)))!.Signs);
        Assert.DoesNotContain((await world.As("officer2").Send(new ListLeavingSignals())).Items, s => s.Id == id);

        await world.Malformed(() => world.As("officer").Send(new CloseLeavingSignal { Id = id }), "reason");
        await world.As("officer").Send(new CloseLeavingSignal { Id = id, Reason = "已补缴" });
        await world.Refused(RefusalCode.LeavingSignalClosed, () => world.As("officer").Send(new CloseLeavingSignal { Id = id, Reason = "再次" }));
        Assert.Contains((await world.As("leader").Send(new ListLeavingSignals { Closed = true })).Items, s => s.Id == id && s.CloseReason == "已补缴");
    }

    [OnEveryDatabase]
    public async Task Who_was_not_visited_for_long_is_listed_until_somebody_was_there(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Landed);
        Assert.Contains((await world.As("officer").Send(new ListUnvisited())).Items, p => p.ProjectId == project);
        await world.As("manager.park").Send(new LogVisit { ProjectId = project, Outcome = "产线已到位" });
        Assert.DoesNotContain((await world.As("officer").Send(new ListUnvisited())).Items, p => p.ProjectId == project);
        var service = await world.As("officer").Send(new GetService(project));
        Assert.Equal((world.Clock.Now, false, "产线已到位"), (service.LastVisit, service.VisitOverdue, service.Visits[0].Outcome));
        world.Clock.Advance(TimeSpan.FromDays(91));
        Assert.True((await world.As("officer").Send(new GetService(project))).VisitOverdue);
    }

    [OnEveryDatabase]
    public async Task What_is_due_is_told_once_and_escalated_once_whoever_runs_it_how_often(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Landed);
        await world.As("admin").Send(new RemindOfService());
        var id = await world.As("officer").Send(new AddServiceTask { ProjectId = project, Name = "催办", DueOn = new DateOnly(2026, 11, 20) });
        await world.As("officer").Send(new AddCompanyRequest { ProjectId = project, Text = "缺电", ReceivedOn = new DateOnly(2026, 11, 17) });
        Assert.Equal("job.said.serviceReminders|2|0|0", await world.As("admin").Send(new RemindOfService()));
        Assert.Equal("job.said.serviceReminders|0|0|0", await world.As("admin").Send(new RemindOfService()));
        world.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("job.said.serviceDayOff", await world.As("admin").Send(new RemindOfService()));
        // Wednesday 25 November: three workdays late.
        world.Clock.Advance(TimeSpan.FromDays(4));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => world.As("admin").Send(new RemindOfService()))));
        var told = await world.Db(db => db.Notices.Where(n => n.Key.StartsWith("service-escalated:" + id)).ToListAsync());
        Assert.Equal([await world.PersonAsync("leader")], told.Select(n => n.PersonId));

        await world.As("officer").Send(new PlanServiceTask { Id = id, DueOn = new DateOnly(2026, 11, 24) });
        await world.As("admin").Send(new RemindOfService());
        Assert.Equal(2, await world.Db(db => db.Notices.CountAsync(n => n.Key.StartsWith("service-task-due:" + id))));
    }

    [OnEveryDatabase]
    public async Task A_hand_over_takes_the_open_work_for_the_company_along(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Producing);
        await world.As("officer").Send(new HandOver { To = await world.PersonAsync("officer2"), ProjectIds = [project], Reason = "调岗交接" });
        var service = await world.As("officer2").Send(new GetService(project));
        Assert.All(service.Tasks.Where(t => t.State == ServiceTaskState.Open), t => Assert.Equal("顾晓岑", t.Owner));
        Assert.All(service.Requests.Where(r => r.State != RequestState.Settled), r => Assert.Equal("顾晓岑", r.Owner));
        Assert.False((await world.As("leader").Send(new GetService(project))).MayWrite);
    }

    [OnEveryDatabase]
    public async Task The_time_limits_are_parameters_of_the_administrator(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var terms = new SetServiceTerms { AnswerWorkdays = 1, SettleWorkdays = 5, VisitDays = 30, EscalateWorkdays = 2 };
        await world.NotPermitted(() => terms, "officer", "leader", "manager.park");
        await world.Malformed(() => world.As("admin").Send(terms with { SettleWorkdays = 0 }), "settleWorkdays");
        await world.As("admin").Send(terms);
        Assert.Equal(new ServiceTerms(1, 5, 30, 2), await world.As("officer").Send(new GetServiceTerms()));
        var id = await world.As("officer").Send(new AddCompanyRequest { ProjectId = await world.ProjectAsync(Landed), Text = "a" });
        Assert.Equal(new DateOnly(2026, 11, 23), (await world.As("officer").Send(new ListCompanyRequests())).Items.Single(r => r.Id == id).AnswerBy);
    }

    [OnEveryDatabase]
    public async Task The_counts_are_those_of_the_lists(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        foreach (var (who, mine) in ((string, bool)[])[("officer", true), ("officer", false), ("manager.park", false), ("leader", false)])
        {
            var counts = await world.As(who).Send(new CountService { Mine = mine });
            var today = ShanghaiTime.Day(world.Clock.Now);
            Assert.Equal(counts, new ServiceCounts((await world.As(who).Send(new ListServiceTasks { Mine = mine, DueTo = today })).Total, (await world.As(who).Send(new ListCompanyRequests { Mine = mine })).Total,
                (await world.As(who).Send(new ListLeavingSignals())).Total, (await world.As(who).Send(new ListUnvisited { Mine = mine })).Total));
        }
        Assert.Equal(new ServiceCounts(0, 0, 0, 0), await world.As("manager.incubator").Send(new CountService()) with { Tasks = 0, Unvisited = 0 });
    }

    private static async Task<Guid> SignAsync(World world)
    {
        var project = await world.ProjectAsync(Finding.CodeNamed);
        await world.As("officer").Send(new MoveProject
        {
            Id = project, To = "S60",
            Evidence = new() { ["agreementNumber"] = "金投协(正)第099号", ["agreementType"] = "formal", ["fairCompetition"] = "compliant", ["eventCheck"] = "首次签约" },
        });
        return project;
    }
}
