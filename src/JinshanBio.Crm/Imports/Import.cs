using JinshanBio.Crm.Domain;

namespace JinshanBio.Crm.Imports;

/// <summary>导入: one uploaded list on its way into the register. Its rows are kept until the import is deleted.</summary>
public sealed class Import : Entity
{
    public required ImportKind Kind { get; init; }
    public required string FileName { get; init; }
    public required string Format { get; init; }
    public string? Encoding { get; init; }
    public required Guid StartedById { get; init; }
    public required DateTime CreatedAt { get; init; }
    public IReadOnlyList<ImportColumn> Columns { get; set; } = [];
    public int Rows { get; set; }
    public ImportStatus Status { get; set; }

    /// <summary>Rows handled so far while running.</summary>
    public int Done { get; set; }
    public int Created { get; set; }
    public int Updated { get; set; }
    public int Skipped { get; set; }
    public int Refused { get; set; }
    public DateTime? FinishedAt { get; set; }
}

/// <summary>A column of the file and the field it fills, or null when it is left out.</summary>
public sealed record ImportColumn(string Header, string? Field);

/// <summary>One row of the file as it came, and what became of it.</summary>
public sealed class ImportRow
{
    public Guid ImportId { get; init; }

    /// <summary>Row number as a spreadsheet shows it.</summary>
    public int Number { get; init; }
    public IReadOnlyList<string> Cells { get; init; } = [];
    public ImportVerdict Verdict { get; set; }

    /// <summary>Why it is refused, skipped or matched: a text key.</summary>
    public string? Reason { get; set; }
    public string? ReasonValue { get; set; }

    /// <summary>The record it created or matched.</summary>
    public Guid? SubjectId { get; set; }

    /// <summary>Version of the record right after this row was applied; undo leaves alone what was changed since.</summary>
    public int? SubjectVersion { get; set; }
    public bool Applied { get; set; }
}

public enum ImportKind
{
    Enterprises,
    Leads,
}

public enum ImportStatus
{
    Ready,
    Running,
    Finished,
    Undone,
    /// <summary>The file is being read, or its rows judged anew; nothing else may happen to it meanwhile.</summary>
    Reading,
}

public enum ImportVerdict
{
    Create,
    Update,
    Skip,
    Refuse,
}
