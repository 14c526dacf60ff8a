namespace JinshanBio.Crm.Data;

/// <summary>参考数据: one record of a reference set (field, link, stage, role …) as it came with its source, or as a person edited it.</summary>
public sealed class ReferenceRecord
{
    public required string Set { get; init; }
    public required string Code { get; init; }
    public int Order { get; set; }

    /// <summary>The record as JSON, with its source.</summary>
    public required string Data { get; set; }

    /// <summary>Hash of the shipped record last loaded: an upgrade touches only what nobody edited.</summary>
    public required string SeedHash { get; set; }
    public DateTime? EditedAt { get; set; }
}

/// <summary>The last number given out in a series such as XS-2026.</summary>
public sealed class NumberSeries
{
    public required string Key { get; init; }
    public int Last { get; set; }
}

/// <summary>审计: who changed which record when, and which fields from what to what. Written with the change, never edited.</summary>
public sealed class AuditRecord
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public DateTime At { get; init; }
    public Guid ActorId { get; init; }

    /// <summary>Type of the record, such as Lead.</summary>
    public required string Subject { get; init; }
    public Guid SubjectId { get; init; }

    /// <summary>Version of the record after the change; 0 for records without one.</summary>
    public int SubjectVersion { get; init; }
    public AuditAction Action { get; init; }

    /// <summary>JSON: {"field":[old,new]}.</summary>
    public required string Changes { get; init; }
}

public enum AuditAction
{
    Created,
    Changed,
    Deleted,
    /// <summary>A list was taken out of the system as a file.</summary>
    Exported,
    /// <summary>A confidential document was opened.</summary>
    Opened,
}

/// <summary>The answer given to a request with an Idempotency-Key, so that a repetition gets the same one.</summary>
public sealed class IdempotentAnswer
{
    public Guid PersonId { get; init; }
    public required string Key { get; init; }
    public required string RequestHash { get; init; }
    public int Status { get; set; }
    public string? Location { get; set; }
    public string? Body { get; set; }
    public DateTime At { get; init; }
}
