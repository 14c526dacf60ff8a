using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Reviews;
using Xunit;
using static JinshanBio.Crm.Domain.Tests.Story;

namespace JinshanBio.Crm.Domain.Tests.Reviews;

public sealed class ReviewTests
{
    private static readonly DateOnly Day = new(2026, 11, 20);

    private static ReviewSheet Sheet(params SheetItemTerms[] items) => new(new SheetTerms("评审表", "文号", null, null, Day.AddDays(-10), Day.AddDays(10)), items);

    private static Review Open(ReviewSheet? sheet = null) => new("PS-2026-00001", Project(), sheet, new ReviewTerms("产值", null, null), Now, Officer);

    private static void Conclude(Review review, ReviewStatus result = ReviewStatus.Passed, string? overrule = null)
        => review.Conclude(new ReviewConclusion(result, "纪要", "1 号", Day, null, overrule), Now, Manager);

    private static OpinionTerms Says(Verdict verdict, string? reason = null) => new(verdict, "条件", null, reason, false);

    [Fact]
    public void A_department_is_asked_once_and_an_opinion_is_superseded_only_with_a_reason()
    {
        var review = Open();
        review.Ask("A", Day, Now, Officer);
        Assert.Equal(RefusalCode.OpinionAsked, Refused(() => review.Ask("A", Day, Now, Officer)));
        Assert.Equal(RefusalCode.NotFound, Refused(() => review.Answer("B", Says(Verdict.Agree), Now, Manager)));
        review.Answer("A", Says(Verdict.Object), Now, Manager);
        Assert.Equal(RefusalCode.OpinionGiven, Refused(() => review.Answer("A", Says(Verdict.Agree, " "), Now, Manager)));
        Assert.Equal(RefusalCode.OpinionGiven, Refused(() => review.Waive("A", "不等", Now, Manager)));
        review.Answer("A", Says(Verdict.Agree, "补了材料"), Now, Manager);
        Assert.Equal([1, 2], review.Opinions.Single().Answers.Select(a => a.Number));
        Assert.Equal(Verdict.Agree, review.Opinions.Single().Verdict);
    }

    [Fact]
    public void A_waived_opinion_may_still_come_in()
    {
        var review = Open();
        review.Ask("A", Day, Now, Officer);
        review.Waive("A", "不等", Now, Manager);
        review.Answer("A", Says(Verdict.Agree), Now, Manager);
        Assert.Equal((OpinionStatus.Given, null), (review.Opinions.Single().Status, review.Opinions.Single().WaiverReason));
    }

    [Theory]
    [InlineData(ReviewStatus.Passed)]
    [InlineData(ReviewStatus.Rejected)]
    [InlineData(ReviewStatus.Deferred)]
    public void Nothing_is_concluded_while_a_department_is_awaited(ReviewStatus result)
    {
        var review = Open();
        review.Ask("A", Day, Now, Officer);
        Assert.Equal(RefusalCode.OpinionsOutstanding, Refused(() => Conclude(review, result)));
        review.Waive("A", "不等", Now, Manager);
        Conclude(review, result);
        Assert.Equal(result, review.Status);
        Assert.Equal(RefusalCode.ReviewConcluded, Refused(() => Conclude(review, result)));
        Assert.Equal(RefusalCode.ReviewConcluded, Refused(() => review.Mark(1, 1, null)));
    }

    [Fact]
    public void Every_item_is_marked_before_a_decision_but_not_before_putting_it_off()
    {
        var sheet = Sheet(new SheetItemTerms(false, "产出", null, 60, 30), new SheetItemTerms(true, "环保", null, null, null));
        Conclude(Open(sheet), ReviewStatus.Deferred);
        var review = Open(sheet);
        var refusal = Assert.Throws<Refusal>(() => Conclude(review, ReviewStatus.Rejected));
        Assert.Equal(RefusalCode.ReviewNotMarked, refusal.Code);
        Assert.Equal(["marks.1", "marks.2"], refusal.Missing);
        Assert.Equal(RefusalCode.MarkOutOfRange, Refused(() => review.Mark(1, 60.5m, null)));
        Assert.Equal(RefusalCode.UnknownField, Refused(() => review.Mark(3, 1, null)));
        review.Mark(1, 29.5m, null);
        review.Mark(2, null, false);
        Assert.Equal(["marks.1"], Assert.Throws<Refusal>(() => Conclude(review)).Missing);
        Conclude(review, overrule: "补足在即");
        Assert.Equal(("补足在即", 29.5m, 60m), (review.OverruleReason, review.Score, review.Most));
    }

    [Fact]
    public void What_stands_against_passing_does_not_hinder_a_rejection_and_needs_no_reason_where_there_is_nothing()
    {
        var review = Open();
        review.Ask("A", Day, Now, Officer);
        review.Answer("A", Says(Verdict.Object), Now, Manager);
        Assert.Equal(RefusalCode.ReviewHasObjections, Refused(() => Conclude(review, ReviewStatus.PassedWithConditions)));
        Conclude(review, ReviewStatus.Rejected);
        var plain = Open();
        Conclude(plain, overrule: "用不上");
        Assert.Null(plain.OverruleReason);
    }

    [Fact]
    public void A_closed_project_is_not_reviewed()
    {
        var project = Project();
        project.Become(ProjectStatus.Lost, "外迁");
        Assert.Equal(RefusalCode.ProjectClosed, Refused(() => _ = new Review("PS-1", project, null, new ReviewTerms(null, null, null), Now, Officer)));
    }

    [Fact]
    public void A_sheet_holds_through_its_last_day_and_its_copy_outlives_changes()
    {
        var sheet = Sheet(new SheetItemTerms(false, "产出", null, 60, null));
        Assert.Equal((false, true, true, false), (sheet.HoldsOn(Day.AddDays(-11)), sheet.HoldsOn(Day.AddDays(-10)), sheet.HoldsOn(Day.AddDays(10)), sheet.HoldsOn(Day.AddDays(11))));
        var review = Open(sheet);
        sheet.Edit(new SheetTerms("新", "新文号", null, "MED", Day, null), [new SheetItemTerms(true, "环保", null, null, null)]);
        Assert.Equal(("评审表", "产出", 60m), (review.SheetTitle, review.Marks.Single().NameZh, review.Marks.Single().Most));
        Assert.Equal((1, true), (sheet.Items.Count, sheet.Items.Single().IsVeto));
        Assert.Equal(RefusalCode.Invalid, Refused(() => Sheet(new SheetItemTerms(false, "产出", null, 10, 11))));
    }
}
