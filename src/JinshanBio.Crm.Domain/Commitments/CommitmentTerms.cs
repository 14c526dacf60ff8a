namespace JinshanBio.Crm.Domain.Commitments;

/// <summary>What was agreed, and who sees to it.</summary>
/// <param name="Target">In the measure of the kind: yuan, people, tons of standard coal; null for what is done or not.</param>
public sealed record CommitmentTerms(decimal? Target, DateOnly Since, DateOnly DueDay)
{
    public string? What { get; init; }
    public Guid? ResponsibleId { get; init; }
    public string? Unit { get; init; }
    public string? Conditions { get; init; }
    public string? DocumentNumber { get; init; }
    public string? AgreementNumber { get; init; }
}

public enum CommitmentStatus
{
    /// <summary>履行中</summary>
    Open,
    /// <summary>已兑现</summary>
    Kept,
    /// <summary>已解除</summary>
    Released,
}

/// <summary>How far the warnings of the present due day have got; each step is said once.</summary>
public enum CommitmentTold
{
    Nothing,
    /// <summary>It will soon be due.</summary>
    Soon,
    /// <summary>It is overdue.</summary>
    Overdue,
    /// <summary>The leaders were told.</summary>
    Escalated,
}

/// <summary>When promises are warned of, and when the own history is enough. Reference data that an administrator changes.</summary>
/// <param name="SoonDays">Days before the due day from which on a promise is due soon.</param>
/// <param name="EscalateWorkdays">Workdays after the due day after which the leaders hear of it.</param>
/// <param name="EnoughDecided">Decided projects of a stage from which on its own history replaces the factory value.</param>
public sealed record CommitmentParameters(int SoonDays, int EscalateWorkdays, int EnoughDecided);
