namespace JinshanBio.Crm.Domain.Reports;

/// <summary>
/// 口径留痕: what a lead or project counted for from one moment to the next. Written in the transaction of each change,
/// so that the pipeline as of any past time is a plain sum and a snapshot can be checked against it.
/// </summary>
public sealed class PipelinePeriod
{
    private PipelinePeriod() { }

    public PipelinePeriod(Guid subjectId, bool isProject, PipelineFacts facts, DateTime from)
    {
        (SubjectId, IsProject, From, Field, OwnerId, Stage, IsLive) = (subjectId, isProject, from, facts.Field, facts.OwnerId, facts.Stage, facts.IsLive);
        (Investment, OutputAtCapacity, Signed, FundsInPlace, AnnualOutput) = (facts.Investment, facts.OutputAtCapacity, facts.Signed, facts.FundsInPlace, facts.AnnualOutput);
    }

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid SubjectId { get; private set; }
    public bool IsProject { get; private set; }

    /// <summary>UTC, inclusive.</summary>
    public DateTime From { get; private set; }

    /// <summary>UTC, exclusive; <see cref="DateTime.MaxValue"/> while it holds, so that one range answers "valid at".</summary>
    public DateTime To { get; private set; } = Open;
    public string Field { get; private set; } = "";
    public Guid OwnerId { get; private set; }
    public string Stage { get; private set; } = "";

    /// <summary>An open lead, or a project that is active or on hold. What has ended counts for nothing.</summary>
    public bool IsLive { get; private set; }
    public decimal Investment { get; private set; }
    public decimal OutputAtCapacity { get; private set; }

    /// <summary>What it counted for as signed, see Project.CountedAsSigned.</summary>
    public decimal Signed { get; private set; }
    public decimal FundsInPlace { get; private set; }
    public decimal AnnualOutput { get; private set; }

    /// <summary>End of a period that still holds: a time every database can store.</summary>
    public static readonly DateTime Open = new(9999, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public PipelineFacts Facts => new(Field, OwnerId, Stage, IsLive, Investment, OutputAtCapacity, Signed, FundsInPlace, AnnualOutput);

    public void End(DateTime at) => To = at;
}

/// <summary>The values that the pipeline report depends on. A lead has an investment and nothing else.</summary>
public sealed record PipelineFacts(
    string Field, Guid OwnerId, string Stage, bool IsLive, decimal Investment, decimal OutputAtCapacity = 0, decimal Signed = 0, decimal FundsInPlace = 0, decimal AnnualOutput = 0);
