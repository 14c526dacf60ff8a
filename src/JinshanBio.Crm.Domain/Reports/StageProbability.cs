using JinshanBio.Crm.Domain.Stages;

namespace JinshanBio.Crm.Domain.Reports;

/// <summary>
/// 概率留痕: the probability of production that a stage has been reckoned with from a moment on, until the next line of the same stage. Lines are only added,
/// so that a report of the past can say what it reckoned with. The lines of a single track are for comparison and enter no report.
/// </summary>
public sealed class StageProbability
{
    private StageProbability() { }

    public StageProbability(StageEstimate estimate, Track? track, StageValue value, DateTime at, Guid byId, string? reason = null)
    {
        (Stage, Track, Value, Source, At, ById, Reason) = (estimate.Stage, track, value.Value, value.Source, at, byId, reason);
        (Reached, Decided, Forward, ToSigning, ToProduction) = (estimate.Reached, estimate.Decided, estimate.Forward, estimate.ToSigning?.Value, estimate.ToProduction?.Value);
        (ToSigningLow, ToSigningHigh, Low, High) = (estimate.ToSigning?.Low, estimate.ToSigning?.High, estimate.ToProduction?.Low, estimate.ToProduction?.High);
    }

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string Stage { get; private set; } = "";

    /// <summary>Null for the line over all tracks, which is the one that counts.</summary>
    public Track? Track { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; private set; }

    /// <summary>In force from then on.</summary>
    public decimal Value { get; private set; }
    public ProbabilitySource Source { get; private set; }
    public int Reached { get; private set; }
    public int Decided { get; private set; }
    public decimal? Forward { get; private set; }
    public decimal? ToSigning { get; private set; }
    public decimal? ToSigningLow { get; private set; }
    public decimal? ToSigningHigh { get; private set; }

    /// <summary>The own history, whether in force or not.</summary>
    public decimal? ToProduction { get; private set; }
    public decimal? Low { get; private set; }
    public decimal? High { get; private set; }

    /// <summary>Why it was pinned or released.</summary>
    public string? Reason { get; private set; }
    public Guid ById { get; private set; }

    public StageEstimate Estimate => new(Stage, Reached, Decided, Forward,
        ToSigning is { } s ? new(s, ToSigningLow!.Value, ToSigningHigh!.Value) : null, ToProduction is { } p ? new(p, Low!.Value, High!.Value) : null);
}
