namespace JinshanBio.Crm.Domain.Agreements;

/// <summary>公平竞争审查 of a project: no agreement is signed before it is concluded (《公平竞争审查条例》, in force since 2024-08-01).</summary>
public sealed class FairCompetition : Entity
{
    private FairCompetition() { }

    public FairCompetition(Guid projectId) => ProjectId = projectId;

    public Guid ProjectId { get; private set; }
    public FairCompetitionState State { get; private set; } = FairCompetitionState.Pending;
    public string? DocumentNumber { get; private set; }
    public DateOnly? Day { get; private set; }

    /// <summary>Who reviewed it: a unit or a person, in words.</summary>
    public string? ReviewedBy { get; private set; }
    public string? Basis { get; private set; }

    /// <summary>Taken over from the evidence of a move to S60.</summary>
    public bool IsFromEvidence { get; private set; }

    public bool IsConcluded => State != FairCompetitionState.Pending;

    /// <summary>Measures that favour somebody need more than the finding that nothing is involved.</summary>
    public bool IsReviewed => State is FairCompetitionState.Compliant or FairCompetitionState.Exception;

    public void Record(FairCompetitionState state, string? documentNumber, DateOnly? day, string? reviewedBy, string? basis)
        => (State, DocumentNumber, Day, ReviewedBy, Basis, IsFromEvidence) = (state, documentNumber?.Trim(), day, reviewedBy?.Trim(), basis?.Trim(), false);

    public void Adopt(FairCompetitionState state, DateOnly day) => (State, Day, IsFromEvidence) = (state, day, true);
}

/// <summary>The values are those of the evidence fairCompetition of S60.</summary>
public enum FairCompetitionState
{
    /// <summary>不涉及</summary>
    NotApplicable,
    /// <summary>符合</summary>
    Compliant,
    /// <summary>适用例外规定</summary>
    Exception,
    /// <summary>审查中</summary>
    Pending,
}
