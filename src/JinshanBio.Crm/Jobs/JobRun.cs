namespace JinshanBio.Crm.Jobs;

/// <summary>One run of a recurring job. The scheduled time is unique per job, so two nodes cannot both run it.</summary>
public sealed class JobRun
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; init; }

    /// <summary>The time it was due, or the time somebody started it by hand. UTC.</summary>
    public required DateTime ScheduledAt { get; init; }

    /// <summary>"schedule", or the user name of whoever started it.</summary>
    public required string Trigger { get; init; }
    public required DateTime StartedAt { get; init; }
    public DateTime? FinishedAt { get; set; }
    public JobOutcome Outcome { get; set; }

    /// <summary>What it did in numbers, or the reference of the failure in the log.</summary>
    public string? Summary { get; set; }
}

public enum JobOutcome
{
    Running,
    Succeeded,
    Failed,
}
