using JinshanBio.Crm.Domain.Projects;

namespace JinshanBio.Crm.Domain.Reviews;

/// <summary>
/// 准入评审: what departments think of a project, how it scores, whether a veto item hits, and how that was concluded. A project has one open review
/// at a time; the last one speaks for it.
/// </summary>
public sealed class Review : Entity
{
    private Review() { }

    /// <param name="sheet">The sheet in force today; the review keeps a copy of its items.</param>
    /// <exception cref="Refusal">ProjectClosed.</exception>
    public Review(string number, Project project, ReviewSheet? sheet, ReviewTerms terms, DateTime now, Guid byId)
    {
        if (project.IsClosed) throw new Refusal(RefusalCode.ProjectClosed, project.Number);
        (Number, ProjectId, OpenedAt, OpenedById) = (number, project.Id, now, byId);
        (CommittedOutput, Note, Reason) = (terms.CommittedOutput?.Trim(), terms.Note?.Trim(), terms.Reason?.Trim());
        if (sheet is null) return;
        (SheetTitle, SheetDocument, SheetUntil) = (sheet.Title, sheet.Document, sheet.ValidUntil);
        foreach (var item in sheet.Items) Marks.Add(new ReviewMark(Id, item));
    }

    /// <summary>"PS-2026-00001".</summary>
    public string Number { get; private set; } = "";
    public Guid ProjectId { get; private set; }
    public Project? Project { get; private set; }
    public ReviewStatus Status { get; private set; }

    /// <summary>承诺产出指标, as the departments read it.</summary>
    public string? CommittedOutput { get; private set; }

    /// <summary>What else the departments should know.</summary>
    public string? Note { get; private set; }

    /// <summary>Why a project that had passed is reviewed again.</summary>
    public string? Reason { get; private set; }
    public DateTime OpenedAt { get; private set; }
    public Guid OpenedById { get; private set; }
    public string? SheetTitle { get; private set; }

    /// <summary>Number of the document that the scoring sheet comes from; null where none was in force.</summary>
    public string? SheetDocument { get; private set; }
    public DateOnly? SheetUntil { get; private set; }
    public string? Minutes { get; private set; }
    public string? MinutesNumber { get; private set; }
    public DateOnly? MinutesDay { get; private set; }
    public string? Conditions { get; private set; }

    /// <summary>Why it was passed against an objection, a veto item or a minimum.</summary>
    public string? OverruleReason { get; private set; }
    public DateTime? ConcludedAt { get; private set; }
    public Guid? ConcludedById { get; private set; }

    /// <summary>One more with each step on the review or its opinions, so that two steps at once are told apart.</summary>
    public int Steps { get; private set; }
    public ICollection<ReviewOpinion> Opinions { get; } = [];
    public ICollection<ReviewMark> Marks { get; } = [];

    public bool IsOpen => Status == ReviewStatus.Open;
    public bool IsPassed => Status is ReviewStatus.Passed or ReviewStatus.PassedWithConditions;
    public decimal Score => Marks.Sum(m => m.Points ?? 0);
    public decimal Most => Marks.Sum(m => m.Most ?? 0);

    /// <summary>征求意见: each department once.</summary>
    /// <exception cref="Refusal">ReviewConcluded, OpinionAsked.</exception>
    public ReviewOpinion Ask(string unit, DateOnly dueOn, DateTime now, Guid byId)
    {
        Step();
        if (Opinions.Any(o => o.Unit == unit)) throw new Refusal(RefusalCode.OpinionAsked, unit) { Field = "units" };
        var opinion = new ReviewOpinion(Id, unit, dueOn, now, byId);
        Opinions.Add(opinion);
        return opinion;
    }

    /// <summary>反馈意见: the first one, or with a reason one that takes the place of what was said before.</summary>
    /// <exception cref="Refusal">ReviewConcluded, NotFound, OpinionGiven.</exception>
    public ReviewOpinion Answer(string unit, OpinionTerms terms, DateTime now, Guid byId)
    {
        Step();
        var opinion = OpinionOf(unit);
        opinion.Answer(terms, now, byId);
        return opinion;
    }

    /// <summary>不再等待: goes on without the department's opinion.</summary>
    /// <exception cref="Refusal">ReviewConcluded, NotFound, OpinionGiven.</exception>
    public void Waive(string unit, string reason, DateTime now, Guid byId)
    {
        Step();
        OpinionOf(unit).Waive(reason, now, byId);
    }

    /// <summary>评分: points of criteria, hits of veto items; those not named stay as they are.</summary>
    /// <exception cref="Refusal">ReviewConcluded, UnknownField for an item that the sheet does not have, MarkOutOfRange.</exception>
    public void Mark(int order, decimal? points, bool? hit)
    {
        MustBeOpen();
        (Marks.FirstOrDefault(m => m.Order == order) ?? throw new Refusal(RefusalCode.UnknownField, $"marks.{order}") { Field = $"marks.{order}" }).Set(points, hit);
    }

    /// <summary>纪要草稿.</summary>
    public void Prepare(string? minutes, string? number, DateOnly? day)
    {
        Step();
        (Minutes, MinutesNumber, MinutesDay) = (minutes?.Trim(), number?.Trim(), day);
    }

    /// <summary>What stands against passing: departments that object, veto items that hit, criteria below their minimum.</summary>
    public IReadOnlyList<string> Against() =>
    [
        .. Opinions.Where(o => o is { Status: OpinionStatus.Given, Verdict: Verdict.Object }).Select(o => "opinions." + o.Unit),
        .. Marks.Where(m => m.IsHit == true || m.Points < m.Least).OrderBy(m => m.Order).Select(m => $"marks.{m.Order}"),
    ];

    /// <summary>评审结论.</summary>
    /// <exception cref="Refusal">ReviewConcluded, OpinionsOutstanding, ReviewNotMarked, ReviewHasObjections (each with what it is about).</exception>
    public void Conclude(ReviewConclusion conclusion, DateTime now, Guid byId)
    {
        Step();
        var waiting = Opinions.Where(o => o.Status == OpinionStatus.Waiting).Select(o => "opinions." + o.Unit).ToList();
        if (waiting.Count > 0) throw new Refusal(RefusalCode.OpinionsOutstanding, waiting.Count) { Missing = waiting };
        var unmarked = Marks.Where(m => !m.IsMarked).OrderBy(m => m.Order).Select(m => $"marks.{m.Order}").ToList();
        if (unmarked.Count > 0 && conclusion.Result != ReviewStatus.Deferred) throw new Refusal(RefusalCode.ReviewNotMarked, unmarked.Count) { Missing = unmarked };
        var passes = conclusion.Result is ReviewStatus.Passed or ReviewStatus.PassedWithConditions;
        if (passes && Against() is { Count: > 0 } against)
        {
            if (string.IsNullOrWhiteSpace(conclusion.OverruleReason)) throw new Refusal(RefusalCode.ReviewHasObjections, against.Count) { Field = "overruleReason", Missing = against };
            OverruleReason = conclusion.OverruleReason.Trim();
        }
        (Status, Conditions) = (conclusion.Result, conclusion.Conditions?.Trim());
        (Minutes, MinutesNumber, MinutesDay) = (conclusion.Minutes.Trim(), conclusion.MinutesNumber.Trim(), conclusion.MinutesDay);
        (ConcludedAt, ConcludedById) = (now, byId);
    }

    private ReviewOpinion OpinionOf(string unit) => Opinions.FirstOrDefault(o => o.Unit == unit) ?? throw new Refusal(RefusalCode.NotFound);

    private void Step()
    {
        MustBeOpen();
        Steps++;
    }

    private void MustBeOpen()
    {
        if (!IsOpen) throw new Refusal(RefusalCode.ReviewConcluded, Number);
    }
}

/// <summary>What is said when a review is opened.</summary>
public sealed record ReviewTerms(string? CommittedOutput, string? Note, string? Reason);

/// <summary>结论 with its minutes 会议纪要.</summary>
public sealed record ReviewConclusion(ReviewStatus Result, string Minutes, string MinutesNumber, DateOnly MinutesDay, string? Conditions, string? OverruleReason);

public enum ReviewStatus
{
    /// <summary>会审中</summary>
    Open,
    /// <summary>通过</summary>
    Passed,
    /// <summary>有条件通过</summary>
    PassedWithConditions,
    /// <summary>不通过</summary>
    Rejected,
    /// <summary>暂缓</summary>
    Deferred,
}
