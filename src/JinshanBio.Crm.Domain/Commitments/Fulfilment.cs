namespace JinshanBio.Crm.Domain.Commitments;

/// <summary>
/// 履约记录: one line of the ledger of a promise. Lines are only added: what was wrong is withdrawn by a further line that says why,
/// and what somebody else has verified is a further line too.
/// </summary>
public sealed class Fulfilment
{
    private Fulfilment() { }

    internal Fulfilment(Guid commitmentId, int number, FulfilmentStep step, DateTime at, Guid byId)
        => (CommitmentId, Number, Step, At, ById) = (commitmentId, number, step, at, byId);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid CommitmentId { get; private set; }

    /// <summary>1, 2, 3 … within its commitment.</summary>
    public int Number { get; private set; }
    public FulfilmentStep Step { get; private set; }

    /// <summary>The report that a later line is about; null on a report.</summary>
    public Guid? OfId { get; internal init; }

    /// <summary>The day for which a report holds.</summary>
    public DateOnly? Day { get; internal init; }

    /// <summary>In the measure of the kind; null for what is done or not.</summary>
    public decimal? Value { get; internal init; }

    /// <summary>What shows it, or why it is withdrawn or rejected.</summary>
    public string? Text { get; internal init; }
    public string? DocumentNumber { get; internal init; }
    public DateTime At { get; private set; }
    public Guid ById { get; private set; }
}

public enum FulfilmentStep
{
    /// <summary>填报</summary>
    Reported,
    /// <summary>核实: by somebody else than who reported it; from then on it counts.</summary>
    Verified,
    /// <summary>核实不通过</summary>
    Rejected,
    /// <summary>更正撤回: by whoever keeps the project.</summary>
    Withdrawn,
}

/// <summary>What somebody reports about a promise.</summary>
public sealed record FulfilmentReport(DateOnly Day, decimal? Value, string Text, string? DocumentNumber);

/// <summary>延期: an agreed change of the due day. Only added, so that every day that was ever agreed stays on record.</summary>
public sealed class Postponement
{
    private Postponement() { }

    internal Postponement(Guid commitmentId, DateOnly from, DateOnly to, string reason, string documentNumber, DateTime at, Guid byId)
        => (CommitmentId, From, To, Reason, DocumentNumber, At, ById) = (commitmentId, from, to, reason, documentNumber, at, byId);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid CommitmentId { get; private set; }
    public DateOnly From { get; private set; }
    public DateOnly To { get; private set; }
    public string Reason { get; private set; } = "";
    public string DocumentNumber { get; private set; } = "";
    public DateTime At { get; private set; }
    public Guid ById { get; private set; }
}
