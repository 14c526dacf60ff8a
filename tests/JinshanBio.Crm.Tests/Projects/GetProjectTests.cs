using System.Text.Json;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Projects;
using Xunit;

namespace JinshanBio.Crm.Tests.Projects;

public sealed class GetProjectTests
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [OnEveryDatabase]
    public async Task The_owner_sees_the_whole_record(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.As("officer").Send(new GetProject(await world.ProjectAsync(Finding.CodeNamed)));

        Assert.Equal((Finding.CodeName, Finding.CodeNamed, "南京知禾蛋白工程有限公司", "91320113MA0DEM056G"),
            (project.Title, project.Name, project.EnterpriseName, project.CreditCode));
        Assert.Equal(["S40", "S50"], project.History.Select(h => h.To));
        Assert.Equal(["committedOutput", "departmentOpinions", "reviewForm", "vetoCheck"], project.History[1].Evidence.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(4, project.Evidence.Count);
        Assert.Equal(AssignmentStatus.Proposed, Assert.Single(project.Assignments).Status);
        Assert.Equal(1_100m, project.Assignments[0].FreeM2);
        Assert.Equal(["S40", "S50", "S60", "S65", "S80", "S90", "S100", "S110", "S120"], project.Stages.Select(s => s.Code));
        Assert.True(project.Stages[0].IsPassed);
        Assert.Equal(project.StageSince, project.Stages.Single(s => s.IsCurrent).EnteredAt);
    }

    [OnEveryDatabase]
    public async Task The_next_stage_says_what_is_missing_and_the_register_already_gives_the_credit_code(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var next = (await world.As("officer").Send(new GetProject(await world.ProjectAsync(Finding.CodeNamed)))).NextStage!;

        Assert.Equal("S60", next.Code);
        Assert.Equal(["agreementNumber", "agreementType", "fairCompetition", "eventCheck"], next.Missing);
        Assert.False(next.Evidence.Single(e => e.Key == "creditCode").IsMissing);
        Assert.Contains("formal", next.Evidence.Single(e => e.Key == "agreementType").Options);
        Assert.Null((await world.As("leader").Send(new GetProject(await world.ProjectAsync("生物航煤示范工厂")))).NextStage);
    }

    [OnEveryDatabase]
    public async Task A_park_manager_gets_no_name_anywhere_in_a_code_named_record(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Finding.CodeNamed);
        var project = await world.As("manager.park").Send(new GetProject(id));
        var json = JsonSerializer.Serialize(project, Readable);

        Assert.Equal(Finding.CodeName, project.Title);
        Assert.Null(project.EnterpriseId);
        Assert.Null(project.LeadId);
        Assert.Empty(project.Evidence);
        Assert.Empty(project.FollowUps);
        Assert.All((string[])[Finding.CodeNamed, "知禾", "91320113MA0DEM056G"], secret => Assert.DoesNotContain(secret, json, StringComparison.Ordinal));
        Assert.Single(project.Assignments);
    }

    [OnEveryDatabase]
    public async Task A_project_without_a_code_name_hides_nothing_from_its_park(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.As("manager.park").Send(new GetProject(await world.ProjectAsync("伴随诊断试剂生产项目")));

        Assert.Equal("杭州麦序诊断技术有限公司", project.EnterpriseName);
        Assert.NotEmpty(project.Evidence);
    }

    [OnEveryDatabase]
    public async Task A_strangers_project_does_not_exist(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.ProjectAsync(Finding.CodeNamed);
        foreach (var stranger in (string[])["officer2", "manager.incubator"])
            await world.Refused(RefusalCode.NotFound, () => world.As(stranger).Send(new GetProject(id)));
        await world.Refused(RefusalCode.NotFound, () => world.As("leader").Send(new GetProject(Guid.NewGuid())));
        Assert.Equal(id, (await world.As("leader").Send(new GetProject(id))).Id);
    }
}
