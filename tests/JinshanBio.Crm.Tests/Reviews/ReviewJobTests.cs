using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Reviews;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static JinshanBio.Crm.Tests.Reviews.ReviewDesk;

namespace JinshanBio.Crm.Tests.Reviews;

public sealed class ReviewJobTests
{
    [OnEveryDatabase]
    public async Task A_late_opinion_reminds_the_department_and_then_its_head_each_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.Db(db => db.ReviewOpinions.ExecuteUpdateAsync(o => o.SetProperty(x => x.Told, OpinionTold.Escalated)));
        var id = await world.OpenAsync(await world.ProjectAsync(InTalks), EnvBureau, Planning);

        await RunAsync(world, 7);
        Assert.Empty(await ToldAsync(world, "reviewer", NoticeKind.OpinionOverdue));
        // Due on Friday the 27th; Monday is late, two workdays after that day the head hears of it.
        await RunAsync(world, 3);
        await RunAsync(world, 0);
        Assert.Single(await ToldAsync(world, "reviewer", NoticeKind.OpinionOverdue));
        // Nobody of the planning bureau uses the program: the owner chases its letter.
        Assert.Single(await ToldAsync(world, "officer2", NoticeKind.OpinionOverdue));
        Assert.Empty(await ToldAsync(world, "leader", NoticeKind.OpinionEscalated));
        await RunAsync(world, 1);
        await RunAsync(world, 1);
        Assert.Equal(2, (await ToldAsync(world, "leader", NoticeKind.OpinionEscalated)).Count);
        Assert.Equal(2, (await ToldAsync(world, "officer2", NoticeKind.OpinionEscalated)).Count);
        Assert.True((await world.ReviewAsync(id)).Opinions[0].IsLate);
        Assert.Equal(id, (await world.As("leader").Send(new ListReviews { Late = true, Sort = "-openedAt" })).Items[0].Id);
    }

    [OnEveryDatabase]
    public async Task An_answered_or_waived_opinion_and_a_closed_project_remind_nobody(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.Db(db => db.ReviewOpinions.ExecuteUpdateAsync(o => o.SetProperty(x => x.Told, OpinionTold.Escalated)));
        var project = await world.ProjectAsync(InTalks);
        var id = await world.OpenAsync(project, EnvBureau, Planning, SafetyBureau);
        await world.As("reviewer").Send(Answer(id));
        await world.As("leader").Send(new WaiveOpinion { Id = id, Unit = Planning, Reason = "口头同意" });
        await world.As("officer2").Send(new Crm.Projects.SetProjectStatus { Id = project, Status = Domain.Projects.ProjectStatus.Lost, Reason = "落户外省", Details = Finding.Loss });
        await RunAsync(world, 20);
        Assert.Empty(await world.Db(db => db.Notices.Where(n => n.Kind == NoticeKind.OpinionOverdue).ToListAsync()));
    }

    [OnEveryDatabase]
    public async Task The_sheet_of_the_day_is_copied_and_an_expired_one_is_announced_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        Assert.Empty(await world.As("admin").Send(new ListReviewSheets()));
        var general = await world.As("admin").Send(Sheet("通用表", until: "2026-11-25"));
        var park = await world.ParkAsync("CAR-02");
        await world.As("admin").Send(Sheet("园区表", park: await world.ParkAsync("CAR-03"), from: "2026-01-01"));
        await world.As("admin").Send(Sheet("材料表", field: "MAT"));
        await world.As("admin").Send(Sheet("别的园区", park: park));
        await world.Refused(RefusalCode.ReviewSheetOverlaps, () => world.As("admin").Send(Sheet("重叠", from: "2026-11-25")));
        await world.NotPermitted(() => Sheet("越权"), "officer", "leader", "reviewer");
        await world.Malformed(() => world.As("admin").Send(Sheet("无项") with { Items = [], ValidFrom = null, Document = "" }), "items", "validFrom", "document");

        // Its place in CAR-03 stands, the one in CAR-02 was refused: that park's sheet speaks more exactly than the field's.
        var id = await world.OpenAsync(await world.ProjectAsync(InTalks));
        Assert.Equal(("园区表", 3), ((await world.ReviewAsync(id)).SheetTitle, (await world.ReviewAsync(id)).Marks.Count));
        var sheet = (await world.As("admin").Send(new ListReviewSheets())).Single(s => s.Title == "园区表");
        await world.As("admin").Send(Sheet("园区表", park: sheet.ParkId) with { Id = sheet.Id, Items = [new() { NameZh = "唯一项", Most = 10 }] });
        Assert.Equal(3, (await world.ReviewAsync(id)).Marks.Count);
        Assert.Single((await world.As("admin").Send(new ListReviewSheets())).Single(s => s.Title == "园区表").Items);

        await RunAsync(world, 10);
        await RunAsync(world, 1);
        Assert.Single(await ToldAsync(world, "admin", NoticeKind.ReviewSheetExpired));
        Assert.Contains((await world.As("officer").Send(new GetProjectReview(await world.ProjectAsync(Finding.CodeNamed)))).Expired, s => s.Id == general);
        await world.As("admin").Send(new DeleteReviewSheet(general));
        Assert.Equal(3, (await world.As("officer").Send(new ListReviewSheets())).Count);
    }

    [OnEveryDatabase]
    public async Task The_terms_of_asking_are_a_parameter(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.NotPermitted(() => new SetReviewParameters { OpinionWorkdays = 3, EscalateWorkdays = 1 }, "officer", "leader");
        await world.Malformed(() => world.As("admin").Send(new SetReviewParameters()), "opinionWorkdays", "escalateWorkdays");
        await world.Refused(RefusalCode.UnknownUnit, () => world.As("admin").Send(new SetReviewParameters { OpinionWorkdays = 3, EscalateWorkdays = 1, Departments = ["DEP-XXX"] }));
        await world.As("admin").Send(new SetReviewParameters { OpinionWorkdays = 3, EscalateWorkdays = 1, Departments = [EnvBureau] });
        var id = await world.As("officer2").Send(new OpenReview { Id = await world.ProjectAsync(InTalks) });
        var opinion = Assert.Single((await world.ReviewAsync(id)).Opinions);
        Assert.Equal((EnvBureau, new DateOnly(2026, 11, 25)), (opinion.Unit, opinion.DueOn));
    }

    private static async Task RunAsync(World world, int daysLater)
    {
        world.Clock.Advance(TimeSpan.FromDays(daysLater));
        await world.As(Actor.System).Send(new RemindReviews());
    }

    private static async Task<List<Notice>> ToldAsync(World world, string userName, NoticeKind kind)
    {
        var person = await world.PersonAsync(userName);
        return await world.Db(db => db.Notices.Where(n => n.PersonId == person && n.Kind == kind).ToListAsync());
    }
}
