using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Domain.Stages;

namespace JinshanBio.Crm.Reviews;

/// <summary>
/// A review as a person may see it. Who may not know the name behind a code name gets the verdicts and the result, and none of the free text.
/// </summary>
public sealed record ReviewRecord
{
    public Guid Id { get; init; }
    public required string Number { get; init; }
    public int Version { get; init; }
    public Guid ProjectId { get; init; }

    /// <summary>The code name until signing.</summary>
    public required string Title { get; init; }
    public ReviewStatus Status { get; init; }
    public DateTime OpenedAt { get; init; }
    public required string OpenedBy { get; init; }
    public string? CommittedOutput { get; init; }
    public string? Note { get; init; }
    public string? Reason { get; init; }
    public string? SheetTitle { get; init; }
    public string? SheetDocument { get; init; }

    /// <summary>The last day of the document that the sheet comes from.</summary>
    public DateOnly? SheetUntil { get; init; }
    public decimal Score { get; init; }

    /// <summary>Points at most; 0 without a sheet.</summary>
    public decimal Most { get; init; }
    public IReadOnlyList<OpinionLine> Opinions { get; init; } = [];
    public IReadOnlyList<MarkLine> Marks { get; init; } = [];

    /// <summary>What stands against passing: "opinions.DEP-…", "marks.3".</summary>
    public IReadOnlyList<string> Against { get; init; } = [];
    public string? Minutes { get; init; }
    public string? MinutesNumber { get; init; }
    public DateOnly? MinutesDay { get; init; }
    public string? Conditions { get; init; }
    public string? OverruleReason { get; init; }
    public DateTime? ConcludedAt { get; init; }
    public string? ConcludedBy { get; init; }
}

/// <param name="IsLate">Not answered after the last day.</param>
/// <param name="Answers">The last one first; the others have been superseded.</param>
public sealed record OpinionLine(
    string Unit, string UnitName, OpinionStatus Status, DateOnly DueOn, bool IsLate, DateTime AskedAt, Verdict? Verdict, DateTime? AnsweredAt, string? WaiverReason, string? WaivedBy,
    IReadOnlyList<AnswerLine> Answers);

/// <param name="OnBehalf">Recorded by the officer from the department's letter.</param>
public sealed record AnswerLine(int Number, Verdict Verdict, string? Conditions, string? DocumentNumber, string? Reason, bool OnBehalf, DateTime At, string By);

public sealed record MarkLine(int Order, bool IsVeto, string NameZh, string NameEn, decimal? Most, decimal? Least, decimal? Points, bool? IsHit)
{
    public string Name => Texts.Text.Pick(NameZh, NameEn);
    public bool IsMarked => IsVeto ? IsHit is not null : Points is not null;
}

/// <summary>The reviews of a project, and with what the next one would begin.</summary>
public sealed record ProjectReviews
{
    public Guid ProjectId { get; init; }

    /// <summary>The last one; it speaks for the project.</summary>
    public ReviewRecord? Last { get; init; }
    public IReadOnlyList<ReviewRecord> Earlier { get; init; } = [];

    /// <summary>The scoring sheet that would be used today.</summary>
    public SheetLine? Sheet { get; init; }

    /// <summary>Sheets for this park and field whose document has expired and that nothing has replaced.</summary>
    public IReadOnlyList<SheetLine> Expired { get; init; } = [];

    /// <summary>By when departments answer unless said otherwise.</summary>
    public DateOnly DueOn { get; init; }
    public IReadOnlyList<string> Departments { get; init; } = [];
}

public sealed record SheetLine(Guid Id, string Title, string Document, DateOnly ValidFrom, DateOnly? ValidUntil);

/// <summary>What a department was asked about a project, and nothing else of it. Amounts in yuan, area in m².</summary>
public sealed record OpinionRow(
    Guid ReviewId, string ReviewNumber, string Title, string Field, IReadOnlyList<string> Links, Track Track, decimal Investment, decimal OutputAtCapacity, decimal AreaM2,
    string? CommittedOutput, string? Note, string Unit, OpinionStatus Status, DateTime AskedAt, DateOnly DueOn, bool IsLate, bool MayAnswer, IReadOnlyList<AnswerLine> Answers);
