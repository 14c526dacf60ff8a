using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Projects;
using JinshanBio.Crm.Reviews;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static JinshanBio.Crm.Tests.Reviews.ReviewDesk;

namespace JinshanBio.Crm.Tests.Reviews;

public sealed class ReviewTests
{
    [OnEveryDatabase]
    public async Task Departments_are_asked_with_a_due_day_and_their_people_are_told(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(InTalks);
        var id = await world.As("officer2").Send(new OpenReview { Id = project, CommittedOutput = "年产值 2600 万元" });

        var review = await world.ReviewAsync(id);
        Assert.StartsWith("PS-2026-", review.Number, StringComparison.Ordinal);
        Assert.Equal(["DEP-GHZY", "DEP-SJ", "DEP-STHJ", "DEP-YJJ"], review.Opinions.Select(o => o.Unit));
        // Friday the 20th and five workdays.
        Assert.All(review.Opinions, o => Assert.Equal((OpinionStatus.Waiting, new DateOnly(2026, 11, 27), false), (o.Status, o.DueOn, o.IsLate)));
        var reviewer = await world.PersonAsync("reviewer");
        Assert.Single(await world.Db(db => db.Notices.Where(n => n.PersonId == reviewer && n.Kind == NoticeKind.OpinionAsked && n.CreatedAt == world.Clock.Now).ToListAsync()));
        await world.Refused(RefusalCode.ReviewOpen, () => world.OpenAsync(project));
        await world.Refused(RefusalCode.OpinionAsked, () => world.As("officer2").Send(new AskOpinions { Id = id, Units = [EnvBureau] }));
        await world.Refused(RefusalCode.UnknownUnit, () => world.As("officer2").Send(new AskOpinions { Id = id, Units = ["DEP-XXX"] }));
        await world.As("officer2").Send(new AskOpinions { Id = id, Units = ["DEP-NYNC"], DueOn = new DateOnly(2026, 12, 1) });
        Assert.Equal(5, (await world.ReviewAsync(id)).Opinions.Count);
        await world.Refused(RefusalCode.Invalid, () => world.As("officer2").Send(new AskOpinions { Id = id, Units = ["DEP-WJW"], DueOn = new DateOnly(2026, 11, 19) }));
    }

    [OnEveryDatabase]
    public async Task An_opinion_is_superseded_with_a_reason_and_never_changed(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.OpenAsync(await world.ProjectAsync(InTalks), Planning, EnvBureau);
        await world.As("reviewer").Send(Answer(id, Verdict.Object, "废水没有去处"));
        await world.Refused(RefusalCode.OpinionGiven, () => world.As("reviewer").Send(Answer(id)));
        await world.As("reviewer").Send(Answer(id, Verdict.AgreeWithConditions, "接入园区污水站", "企业补充了方案"));

        var opinion = (await world.ReviewAsync(id)).Opinions.Single(o => o.Unit == EnvBureau);
        Assert.Equal((OpinionStatus.Given, Verdict.AgreeWithConditions), (opinion.Status, opinion.Verdict));
        Assert.Equal([(2, Verdict.AgreeWithConditions, "企业补充了方案"), (1, Verdict.Object, (string?)null)], opinion.Answers.Select(a => (a.Number, a.Verdict, a.Reason)));
        await Assert.ThrowsAsync<NotSupportedException>(() => world.Db(async db =>
        {
            var answer = await db.Set<OpinionAnswer>().FirstAsync(a => a.Number == 1);
            db.Entry(answer).Property(a => a.Conditions).CurrentValue = "改写";
            await db.SaveChangesAsync();
        }));
        await world.Malformed(() => world.As("reviewer").Send(Answer(id, Verdict.Object)), "conditions");
        await world.Malformed(() => world.As("officer2").Send(new RecordOpinion { Id = id, Unit = Planning, Verdict = Verdict.Agree }), "documentNumber");
        await world.As("officer2").Send(Letter(id, Planning));
        Assert.True((await world.ReviewAsync(id)).Opinions.Single(o => o.Unit == Planning).Answers[0].OnBehalf);
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(Letter(id, SafetyBureau)));
    }

    [OnEveryDatabase]
    public async Task A_department_sees_what_it_was_asked_and_nothing_else_of_the_register(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Finding.CodeNamed);
        var id = await world.As("officer").Send(new OpenReview { Id = project, CommittedOutput = "年产值 2.1 亿元", Units = [EnvBureau, Planning], Reason = "扩产后重评" });

        var waiting = await world.As("reviewer").Send(new ListOpinions { Waiting = true });
        var row = waiting.Items.Single(o => o.ReviewId == id);
        Assert.Equal((Finding.CodeName, EnvBureau, "年产值 2.1 亿元", 98_000_000m), (row.Title, row.Unit, row.CommittedOutput, row.Investment));
        Assert.All(waiting.Items, o => Assert.Equal(EnvBureau, o.Unit));
        // The most overdue first.
        Assert.Equal(waiting.Items.Select(o => o.DueOn).Order(), waiting.Items.Select(o => o.DueOn));

        await world.NotPermitted(() => new GetProject(project), "reviewer");
        await world.NotPermitted(() => new GetProjectReview(project), "reviewer");
        await world.NotPermitted(() => new GetReview(id), "reviewer");
        await world.NotPermitted(() => new ListProjects(), "reviewer");
        await world.NotPermitted(() => new ListOpinions(), "officer", "leader", "manager.park");
        Assert.Empty((await world.As("reviewer").Send(new ListReviews())).Items);
        var planning = await world.As("officer").Send(new OpenReview { Id = await world.ProjectAsync("伴随诊断试剂生产项目"), Units = [Planning], Reason = "规模变更" });
        await world.Refused(RefusalCode.NotFound, () => world.As("reviewer").Send(Answer(planning)));
    }

    [OnEveryDatabase]
    public async Task A_review_is_concluded_when_nobody_is_awaited_any_more(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.OpenAsync(await world.ProjectAsync(InTalks), Planning, EnvBureau);
        var refusal = await world.Refused(RefusalCode.OpinionsOutstanding, () => world.As("leader").Send(Conclusion(id)));
        Assert.Equal(["opinions.DEP-GHZY", "opinions.DEP-STHJ"], refusal.Missing.Order(StringComparer.Ordinal));
        await world.NotPermitted(() => Conclusion(id), "officer2", "reviewer", "manager.park");
        await world.NotPermitted(() => new WaiveOpinion { Id = id, Unit = Planning, Reason = "不等了" }, "officer2", "reviewer");

        await world.As("reviewer").Send(Answer(id));
        await world.As("leader").Send(new WaiveOpinion { Id = id, Unit = Planning, Reason = "口头同意,函件后补" });
        await world.Malformed(() => world.As("leader").Send(Conclusion(id, ReviewStatus.PassedWithConditions) with { Conditions = null }), "conditions");
        await world.Malformed(() => world.As("leader").Send(Conclusion(id) with { Result = ReviewStatus.Open, Minutes = " ", MinutesNumber = null, MinutesDay = new DateOnly(2026, 11, 21) }), "result", "minutes", "minutesNumber", "minutesDay");
        await world.As("leader").Send(Conclusion(id, ReviewStatus.PassedWithConditions));

        var review = await world.ReviewAsync(id);
        Assert.Equal((ReviewStatus.PassedWithConditions, "周明远", "先行落实污水预处理"), (review.Status, review.ConcludedBy, review.Conditions));
        await world.Refused(RefusalCode.ReviewConcluded, () => world.As("reviewer").Send(Answer(id, reason: "再改")));
        await world.Refused(RefusalCode.ReviewConcluded, () => world.As("leader").Send(Conclusion(id)));
        await world.Refused(RefusalCode.ReasonRequired, () => world.OpenAsync(review.ProjectId));
        var officer = await world.PersonAsync("officer2");
        Assert.Single(await world.Db(db => db.Notices.Where(n => n.PersonId == officer && n.Kind == NoticeKind.ReviewConcluded).ToListAsync()));
    }

    [OnEveryDatabase]
    public async Task An_objection_or_a_veto_item_bars_passing_unless_a_leader_says_why(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.As("admin").Send(Sheet());
        var id = await world.OpenAsync(await world.ProjectAsync(InTalks), EnvBureau);
        await world.As("reviewer").Send(Answer(id, Verdict.Object, "危废无处置路径"));
        var unmarked = await world.Refused(RefusalCode.ReviewNotMarked, () => world.As("leader").Send(Conclusion(id)));
        Assert.Equal(["marks.1", "marks.2", "marks.3"], unmarked.Missing);
        await world.Refused(RefusalCode.MarkOutOfRange, () => world.As("officer2").Send(new PrepareReview { Id = id, Marks = new() { ["1"] = "61" } }));
        await world.Refused(RefusalCode.Invalid, () => world.As("officer2").Send(new PrepareReview { Id = id, Marks = new() { ["3"] = "perhaps" } }));
        await world.As("officer2").Send(new PrepareReview { Id = id, Marks = new() { ["1"] = "20", ["2"] = "38.5", ["3"] = "yes" }, Minutes = "草稿" });

        var refusal = await world.Refused(RefusalCode.ReviewHasObjections, () => world.As("leader").Send(Conclusion(id)));
        Assert.Equal(["opinions.DEP-STHJ", "marks.1", "marks.3"], refusal.Missing);
        await world.As("leader").Send(Conclusion(id) with { OverruleReason = "市级协调落实处置" });
        var review = await world.ReviewAsync(id);
        Assert.Equal((ReviewStatus.Passed, 58.5m, 100m, "市级协调落实处置"), (review.Status, review.Score, review.Most, review.OverruleReason));
    }

    [OnEveryDatabase]
    public async Task A_rejection_needs_no_overruling_and_the_project_may_be_reviewed_again(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(InTalks);
        var first = await world.OpenAsync(project, EnvBureau);
        await world.As("reviewer").Send(Answer(first, Verdict.Object, "污染物总量不足"));
        await world.As("leader").Send(Conclusion(first, ReviewStatus.Rejected));
        var second = await world.OpenAsync(project);

        var reviews = await world.As("officer2").Send(new GetProjectReview(project));
        Assert.Equal((second, first), (reviews.Last!.Id, reviews.Earlier.Single().Id));
        Assert.Equal(ReviewStatus.Rejected, reviews.Earlier[0].Status);
    }

    [OnEveryDatabase]
    public async Task The_gate_takes_its_evidence_from_a_passed_review_and_waits_for_an_open_one(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(InTalks);
        Task Move(Dictionary<string, string?> evidence) => world.As("officer2").Send(new MoveProject { Id = project, To = "S50", Evidence = evidence });
        var typed = new Dictionary<string, string?> { ["reviewForm"] = "线下", ["departmentOpinions"] = "均同意", ["vetoCheck"] = "无", ["committedOutput"] = "2600 万元" };

        var first = await world.OpenAsync(project, EnvBureau);
        await world.Refused(RefusalCode.ReviewOpen, () => Move(typed));
        await world.As("reviewer").Send(Answer(first, Verdict.Object, "总量不足"));
        await world.As("leader").Send(Conclusion(first, ReviewStatus.Rejected));
        await world.Refused(RefusalCode.ReviewRejected, () => Move(typed));
        var second = await world.OpenAsync(project, EnvBureau);
        await world.As("reviewer").Send(Answer(second));
        await world.As("leader").Send(Conclusion(second, ReviewStatus.Deferred));
        await world.Refused(RefusalCode.ReviewDeferred, () => Move(typed));
        var third = await world.OpenAsync(project, EnvBureau);
        await world.As("reviewer").Send(Answer(third));
        await world.As("leader").Send(Conclusion(third));

        Assert.Empty((await world.As("officer2").Send(new GetProject(project))).NextStage!.Missing.Intersect(typed.Keys));
        var stages = ((Crm.Data.Catalogue)world.Services.GetService(typeof(Crm.Data.Catalogue))!).Stages;
        await Move(Finding.Answers(stages, Domain.Stages.Track.Rnd, "S50").Where(a => !typed.ContainsKey(a.Key)).ToDictionary());
        var evidence = (await world.ReadAsync(project)).Evidence.Where(e => e.Stage == "S50" && typed.ContainsKey(e.Key)).ToDictionary(e => e.Key, e => e.Value);
        var number = (await world.ReviewAsync(third)).Number;
        Assert.Equal(["committedOutput", "departmentOpinions", "reviewForm", "vetoCheck"], evidence.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("年产值 2600 万元", evidence["committedOutput"]);
        Assert.Contains(number, evidence["reviewForm"], StringComparison.Ordinal);

        var again = await world.As("officer2").Send(new OpenReview { Id = project, Units = [], Reason = "规模变更" });
        await world.Refused(RefusalCode.ReviewOpen, () => world.As("officer2").Send(new MoveProject { Id = project, To = "S60", Evidence = new()
            { ["agreementNumber"] = "A-9", ["agreementType"] = "formal", ["fairCompetition"] = "compliant", ["eventCheck"] = "首次" } }));
        Assert.True(again != Guid.Empty);
    }

    [OnEveryDatabase]
    public async Task A_park_manager_sees_the_result_and_no_words_behind_a_code_name(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Finding.CodeNamed);
        var masked = (await world.As("manager.park").Send(new GetProjectReview(project))).Last!;
        Assert.Equal((Finding.CodeName, ReviewStatus.Passed), (masked.Title, masked.Status));
        Assert.All([masked.Minutes, masked.MinutesNumber, masked.CommittedOutput, masked.Conditions], Assert.Null);
        Assert.All(masked.Opinions, o => { Assert.NotNull(o.Verdict); Assert.Empty(o.Answers); });
        Assert.NotNull((await world.As("officer").Send(new GetProjectReview(project))).Last!.Minutes);
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.incubator").Send(new GetProjectReview(project)));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new GetProjectReview(project)));
        Assert.Equal(ReviewStatus.Passed, (await world.As("manager.park").Send(new GetReviewSummary(project)))!.Status);
        await world.NotPermitted(() => new OpenReview { Id = project }, "leader", "manager.park", "reviewer");
    }

    [OnEveryDatabase]
    public async Task Two_who_open_conclude_or_answer_at_once_do_it_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(InTalks);
        foreach (var person in (string[])["officer2", "admin", "leader", "reviewer"]) await world.FindAsync(person);
        var opened = await AtOnceAsync(4, i => world.As(i % 2 == 0 ? "officer2" : "admin").Send(new OpenReview { Id = project, Units = [EnvBureau, Planning] }));
        Assert.Single(opened, "done");
        Assert.All(opened.Where(o => o != "done"), o => Assert.Equal(nameof(RefusalCode.ReviewOpen), o));
        var id = (await world.As("officer2").Send(new GetProjectReview(project))).Last!.Id;

        // Two departments at once both count; two answers of one department do not.
        var answers = await Task.WhenAll(AtOnceAsync(2, _ => world.As("reviewer").Send(Answer(id))), AtOnceAsync(1, _ => world.As("officer2").Send(Letter(id, Planning))));
        Assert.Single(answers[0], "done");
        Assert.Equal(["done"], answers[1]);
        var results = await AtOnceAsync(3, i => world.As(i % 2 == 0 ? "leader" : "admin").Send(Conclusion(id)));
        Assert.Single(results, "done");
        Assert.All(results.Where(o => o != "done"), o => Assert.Equal(nameof(RefusalCode.ReviewConcluded), o));
    }

    [OnEveryDatabase]
    public async Task A_stale_conclusion_is_refused(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.OpenAsync(await world.ProjectAsync(InTalks), EnvBureau);
        var seen = (await world.ReviewAsync(id)).Version;
        await world.As("reviewer").Send(Answer(id));
        await world.Refused(RefusalCode.StaleVersion, () => world.As("leader").Send(Conclusion(id) with { Version = seen }));
    }

    internal static async Task<string[]> AtOnceAsync<T>(int times, Func<int, Task<T>> step) => await Task.WhenAll(Enumerable.Range(0, times).Select(i => Task.Run(async () =>
    {
        try
        {
            await step(i);
            return "done";
        }
        catch (Refusal refusal)
        {
            return refusal.Code.ToString();
        }
    })));
}
