using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Projects;
using Xunit;

namespace JinshanBio.Crm.Tests.Projects;

public sealed class GetProjectTimelineTests
{
    [OnEveryDatabase]
    public async Task What_happened_is_told_newest_first_from_every_record_of_the_project(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync("抗体药物商业化生产基地");
        var all = (await world.As("leader").Send(new GetProjectTimeline { Id = project, Size = 200 })).Items;

        Assert.Equal(all.OrderByDescending(e => e.At).Select(e => e.At), all.Select(e => e.At));
        Assert.Equal(ProjectEventKind.Opened, all[^1].Kind);
        foreach (var kind in (ProjectEventKind[])[ProjectEventKind.Moved, ProjectEventKind.ReviewConcluded, ProjectEventKind.AgreementSigned, ProjectEventKind.PromiseVerified, ProjectEventKind.PlaceProposed, ProjectEventKind.PlaceAccepted])
            Assert.Contains(all, e => e.Kind == kind);
        var signed = all.Single(e => e.Kind == ProjectEventKind.AgreementSigned);
        Assert.Equal(("陆知遥", "金投协(正)第023号", $"/projects/{project}/agreement"), (signed.By, signed.Text, signed.Path));
    }

    [OnEveryDatabase]
    public async Task Its_pages_leave_nothing_out_and_tell_nothing_twice(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync("抗体药物商业化生产基地");
        var all = (await world.As("leader").Send(new GetProjectTimeline { Id = project, Size = 200 })).Items;
        var paged = new List<ProjectEvent>();
        DateTime? before = null;
        do
        {
            var page = await world.As("leader").Send(new GetProjectTimeline { Id = project, Before = before, Size = 3 });
            paged.AddRange(page.Items);
            before = page.Next;
        }
        while (before is not null);
        Assert.Equal(all, paged);
        await world.Malformed(() => world.As("leader").Send(new GetProjectTimeline { Id = project, Size = 0 }), "size");
    }

    [OnEveryDatabase]
    public async Task Who_may_not_know_the_name_reads_no_free_text_and_who_may_not_see_the_project_nothing(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Finding.CodeNamed);
        await world.As("officer").Send(new MoveProject { Id = project, To = "S40", Reason = "南京知禾要求重谈" });

        Assert.Contains((await world.As("officer").Send(new GetProjectTimeline { Id = project })).Items, e => e is { Kind: ProjectEventKind.MovedBack, Text: "南京知禾要求重谈" });
        var masked = (await world.As("manager.park").Send(new GetProjectTimeline { Id = project, Size = 200 })).Items;
        Assert.Contains(masked, e => e.Kind == ProjectEventKind.MovedBack);
        Assert.All(masked, e => Assert.Null(e.Text));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new GetProjectTimeline { Id = project }));
        await world.NotPermitted(() => new GetProjectTimeline { Id = project }, "reviewer");
    }
}
