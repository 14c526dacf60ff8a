namespace JinshanBio.Crm.Domain.Reviews;

/// <summary>部门会审意见: what one department was asked, and its answers. The last answer counts; the earlier ones stay.</summary>
public sealed class ReviewOpinion
{
    private ReviewOpinion() { }

    internal ReviewOpinion(Guid reviewId, string unit, DateOnly dueOn, DateTime now, Guid byId)
        => (ReviewId, Unit, DueOn, AskedAt, AskedById) = (reviewId, unit, dueOn, now, byId);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid ReviewId { get; private set; }
    public Review? Review { get; private set; }

    /// <summary>Code of the department.</summary>
    public string Unit { get; private set; } = "";
    public DateOnly DueOn { get; private set; }
    public DateTime AskedAt { get; private set; }
    public Guid AskedById { get; private set; }
    public OpinionStatus Status { get; private set; }

    /// <summary>Of the last answer.</summary>
    public Verdict? Verdict { get; private set; }
    public DateTime? AnsweredAt { get; private set; }
    public string? WaiverReason { get; private set; }
    public DateTime? WaivedAt { get; private set; }
    public Guid? WaivedById { get; private set; }

    /// <summary>How far the reminders have got; set by the job only.</summary>
    public OpinionTold Told { get; private set; }
    public ICollection<OpinionAnswer> Answers { get; } = [];

    internal void Answer(OpinionTerms terms, DateTime now, Guid byId)
    {
        if (Status == OpinionStatus.Given && string.IsNullOrWhiteSpace(terms.Reason)) throw new Refusal(RefusalCode.OpinionGiven) { Field = "reason" };
        Answers.Add(new OpinionAnswer(Id, Answers.Count + 1, terms, now, byId));
        (Status, Verdict, AnsweredAt) = (OpinionStatus.Given, terms.Verdict, now);
        (WaiverReason, WaivedAt, WaivedById) = (null, null, null);
    }

    internal void Waive(string reason, DateTime now, Guid byId)
    {
        if (Status == OpinionStatus.Given) throw new Refusal(RefusalCode.OpinionGiven);
        (Status, WaiverReason, WaivedAt, WaivedById) = (OpinionStatus.Waived, reason.Trim(), now, byId);
    }
}

/// <summary>One answer of a department; never changed.</summary>
public sealed class OpinionAnswer
{
    private OpinionAnswer() { }

    internal OpinionAnswer(Guid opinionId, int number, OpinionTerms terms, DateTime now, Guid byId)
    {
        (OpinionId, Number, Verdict, At, ById, OnBehalf) = (opinionId, number, terms.Verdict, now, byId, terms.OnBehalf);
        (Conditions, DocumentNumber, Reason) = (terms.Conditions?.Trim(), terms.DocumentNumber?.Trim(), terms.Reason?.Trim());
    }

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid OpinionId { get; private set; }
    public int Number { get; private set; }
    public Verdict Verdict { get; private set; }

    /// <summary>Conditions, or why the department objects.</summary>
    public string? Conditions { get; private set; }
    public string? DocumentNumber { get; private set; }

    /// <summary>Why it takes the place of the answer before.</summary>
    public string? Reason { get; private set; }

    /// <summary>Entered by the officer from the department's letter.</summary>
    public bool OnBehalf { get; private set; }
    public DateTime At { get; private set; }
    public Guid ById { get; private set; }
}

/// <summary>What a department answers.</summary>
public sealed record OpinionTerms(Verdict Verdict, string? Conditions, string? DocumentNumber, string? Reason, bool OnBehalf);

public enum Verdict
{
    /// <summary>同意</summary>
    Agree,
    /// <summary>有条件同意</summary>
    AgreeWithConditions,
    /// <summary>不同意</summary>
    Object,
    /// <summary>不涉及</summary>
    NotConcerned,
}

public enum OpinionStatus
{
    /// <summary>待反馈</summary>
    Waiting,
    /// <summary>已反馈</summary>
    Given,
    /// <summary>不再等待</summary>
    Waived,
}

/// <summary>How far the reminders of an opinion have got.</summary>
public enum OpinionTold
{
    Nothing,
    Overdue,
    Escalated,
}
