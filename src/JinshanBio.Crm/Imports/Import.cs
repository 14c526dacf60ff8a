using JinshanBio.Crm.Domain;

namespace JinshanBio.Crm.Imports;

/// <summary>导入: one uploaded list on its way into the register. Its rows are kept until the import is deleted.</summary>
public sealed class Import : Entity
{
    public required ImportKind Kind { get; init; }
    public required string FileName { get; init; }
    public required string Format { get; init; }
    public string? Encoding { get; init; }

    /// <summary>What separates the cells of a CSV, so that the refused rows go back the way they came.</summary>
    public string? Delimiter { get; init; }

    /// <summary>The sheet of a workbook that was read; null for a CSV.</summary>
    public string? Sheet { get; init; }

    /// <summary>Visible sheets with content that were not read.</summary>
    public IReadOnlyList<string> OtherSheets { get; init; } = [];

    /// <summary>The saved mapping that was recognised by its headers, or chosen.</summary>
    public string? MappingName { get; set; }
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

    /// <summary>The node that applies its rows, and until when the others leave it alone; written past the change tracker.</summary>
    public Guid? RunnerId { get; set; }
    public DateTime? RunnerUntil { get; set; }
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

    /// <summary>JSON of what an updated record said before; see <see cref="BeforeUpdate"/>.</summary>
    public string? Before { get; set; }

    /// <summary>Why undo left its record as it is: a text key.</summary>
    public string? Kept { get; set; }
}

public enum ImportKind
{
    Enterprises,
    Leads,
    /// <summary>空间, of the parks that the person manages.</summary>
    Spaces,
}

public enum ImportStatus
{
    Ready,
    Running,
    Finished,
    Undone,
    /// <summary>The file is being read, or its rows judged anew; nothing else may happen to it meanwhile.</summary>
    Reading,
    /// <summary>Stopped by a person in the middle: what was applied stays, and can be undone.</summary>
    Cancelled,
}

public enum ImportVerdict
{
    Create,
    Update,
    /// <summary>An update of a record that was found by its name only.</summary>
    Match,
    Skip,
    Refuse,
}
