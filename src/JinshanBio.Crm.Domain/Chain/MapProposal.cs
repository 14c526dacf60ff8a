namespace JinshanBio.Crm.Domain.Chain;

/// <summary>图谱提案: changes of the map that a file proposes. Nothing of it holds until an expert accepts it, row by row or all at once.</summary>
public sealed class MapProposal : Entity
{
    private readonly List<MapProposalRow> _rows = [];

    private MapProposal() { }

    public MapProposal(string fileName, string format, IEnumerable<string> ignored, DateTime at, Guid byId)
        => (FileName, Format, IgnoredColumns, CreatedAt, ById) = (fileName, format, [.. ignored], at, byId);

    public string FileName { get; private set; } = "";

    /// <summary>"csv", "xlsx", "xls" or "json".</summary>
    public string Format { get; private set; } = "";

    /// <summary>Headings that mean nothing here.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; private set; } = [];

    /// <summary>Rows that say what the map says already.</summary>
    public int Unchanged { get; set; }
    public DateTime CreatedAt { get; private set; }
    public Guid ById { get; private set; }
    public IReadOnlyList<MapProposalRow> Rows => _rows;

    public void Add(MapProposalRow row) => _rows.Add(row);
}

/// <summary>提案行: what one row of the file would change.</summary>
public sealed class MapProposalRow
{
    private MapProposalRow() { }

    /// <param name="sheet">Of a workbook; null for other files.</param>
    public MapProposalRow(Guid proposalId, bool isEdge, int number, string? sheet, IReadOnlyDictionary<string, string> cells, string source, string? reason)
        => (ProposalId, IsEdge, Number, Sheet, Cells, Source, Reason) = (proposalId, isEdge, number, sheet, cells, source, reason);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid ProposalId { get; private set; }
    public bool IsEdge { get; private set; }

    /// <summary>As the file numbers it.</summary>
    public int Number { get; private set; }
    public string? Sheet { get; private set; }

    /// <summary>What the row says, by column; empty cells are left out.</summary>
    public IReadOnlyDictionary<string, string> Cells { get; private set; } = new Dictionary<string, string>();
    public string Source { get; private set; } = "";
    public string? Reason { get; private set; }

    /// <summary>Null where it cannot be read.</summary>
    public MapAct? Act { get; private set; }

    /// <summary>Code of the link, or "supplier buyer kind" of the edge; null for a link that gets its code with the acceptance.</summary>
    public string? Subject { get; private set; }

    /// <summary>Version of the link or edge that the changes are reckoned from.</summary>
    public int BasedOn { get; private set; }

    /// <summary>Old and new, as reckoned when it was read last.</summary>
    public IReadOnlyList<TermChange> Changes { get; private set; } = [];
    public MapVerdict Verdict { get; private set; }

    /// <summary>变动过: the link or edge was changed after the file was read; the row shows the new difference and waits for another look.</summary>
    public bool IsMoved { get; private set; }

    /// <summary>Why it cannot be read or applied.</summary>
    public MapRowFault? Fault { get; private set; }
    public string? FaultValue { get; private set; }
    public DateTime? JudgedAt { get; private set; }
    public Guid? JudgedById { get; private set; }
    public string? Why { get; private set; }

    /// <summary>What it would do to the map as it is now.</summary>
    public void Read(MapAct act, string? subject, int basedOn, IReadOnlyList<TermChange> changes)
        => (Act, Subject, BasedOn, Changes, Fault, FaultValue, Verdict) = (act, subject, basedOn, changes, null, null, MapVerdict.Open);

    /// <summary>Cannot be read: it stays for whoever made the file.</summary>
    public void Refuse(MapRowFault fault, string? value) => (Verdict, Fault, FaultValue) = (MapVerdict.Unreadable, fault, value);

    /// <summary>Cannot be applied as the map is now; it stays open.</summary>
    public void Fail(MapRowFault fault, string? value)
    {
        MustBeOpen();
        (Fault, FaultValue) = (fault, value);
    }

    /// <summary>Its subject was changed meanwhile: reckoned anew, to be judged with open eyes.</summary>
    public void LookAgain(MapAct act, string? subject, int basedOn, IReadOnlyList<TermChange> changes)
    {
        MustBeOpen();
        Read(act, subject, basedOn, changes);
        IsMoved = true;
    }

    /// <exception cref="Refusal">ProposalRowClosed.</exception>
    public void Accept(string? subject, DateTime at, Guid byId, string? why)
    {
        MustBeOpen();
        (Subject, Fault, FaultValue) = (subject ?? Subject, null, null);
        Judge(MapVerdict.Accepted, at, byId, why);
    }

    /// <exception cref="Refusal">ProposalRowClosed.</exception>
    public void Decline(DateTime at, Guid byId, string why)
    {
        MustBeOpen();
        Judge(MapVerdict.Refused, at, byId, why);
    }

    private void Judge(MapVerdict verdict, DateTime at, Guid byId, string? why) => (Verdict, JudgedAt, JudgedById, Why) = (verdict, at, byId, why?.Trim());

    private void MustBeOpen()
    {
        if (Verdict != MapVerdict.Open) throw new Refusal(RefusalCode.ProposalRowClosed);
    }
}

/// <summary>判定.</summary>
public enum MapVerdict
{
    /// <summary>待定</summary>
    Open,
    /// <summary>采纳</summary>
    Accepted,
    /// <summary>不采纳</summary>
    Refused,
    /// <summary>读不懂</summary>
    Unreadable,
}

/// <summary>Why a row cannot be read or applied.</summary>
public enum MapRowFault
{
    /// <summary>The column of actions says something else than add, change or remove.</summary>
    ActionUnknown,
    /// <summary>No code and no name.</summary>
    NameMissing,
    /// <summary>More cells than headings.</summary>
    TooManyCells,
    /// <summary>Not like MED-04.</summary>
    CodeShape,
    /// <summary>To be removed, and not on the map.</summary>
    NotOnMap,
    FieldUnknown,
    /// <summary>A new link names its field and tier.</summary>
    FieldMissing,
    TierUnknown,
    TierMissing,
    /// <summary>Neither yes nor no.</summary>
    YesOrNo,
    IndustryUnknown,
    LinkUnknown,
    KindUnknown,
    ContentMissing,
    PercentUnreadable,
    EdgeToItself,
    /// <summary>An earlier row of the file is about the same. Value: its number.</summary>
    Twice,
    /// <summary>Value: what is wrong.</summary>
    Invalid,
}
