using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Projects;

namespace JinshanBio.Crm.Domain.Documents;

/// <summary>附件: one version of a file on a lead, a project or a space. The row is kept for good; its bytes lie in the file store under their hash.</summary>
public sealed class Document : Entity
{
    private Document() { }

    /// <param name="number">"WJ-2026-00001"; the versions of a series share it.</param>
    public Document(string number, Guid? leadId, Guid? projectId, DocumentPurpose purpose, DocumentLabel label, string? title, string fileName, StoredFile file, DateTime now, Guid byId,
        Guid? spaceId = null)
    {
        SpaceId = spaceId;
        (Number, LeadId, ProjectId, Purpose, Label) = (number, leadId, projectId, purpose, label);
        (SeriesId, Edition, IsCurrent) = (Id, 1, true);
        Hold(title, fileName, file, now, byId);
    }

    public string Number { get; private set; } = "";

    /// <summary>Id of the first version.</summary>
    public Guid SeriesId { get; private set; }

    /// <summary>版本: 1, 2, 3 … within the series.</summary>
    public int Edition { get; private set; }

    /// <summary>The newest that was not removed; stored, because lists ask for it.</summary>
    public bool IsCurrent { get; private set; }
    public Guid? LeadId { get; private set; }
    public Lead? Lead { get; private set; }
    public Guid? ProjectId { get; private set; }
    public Project? Project { get; private set; }

    /// <summary>Of a space: its plan, photographs.</summary>
    public Guid? SpaceId { get; private set; }
    public Space? Space { get; private set; }
    public DocumentPurpose Purpose { get; private set; }
    public DocumentLabel Label { get; private set; }
    public string Title { get; private set; } = "";

    /// <summary>As uploaded, without what no file name may carry.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>What the content was found to be, whatever the client said.</summary>
    public string ContentType { get; private set; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; private set; }
    public string Sha256 { get; private set; } = "";
    public DateTime At { get; private set; }
    public Guid ById { get; private set; }
    public DateTime? RemovedAt { get; private set; }
    public Guid? RemovedById { get; private set; }
    public string? RemovalReason { get; private set; }

    /// <summary>Removed for so long that its bytes have been deleted.</summary>
    public bool IsGone { get; private set; }

    /// <summary>新版本: stands for this one from now on; this one stays readable.</summary>
    /// <param name="edition">One more than the highest of the series, removed ones included.</param>
    /// <exception cref="Refusal">DocumentRemoved, DocumentSuperseded.</exception>
    public Document Supersede(int edition, string? title, string fileName, StoredFile file, DateTime now, Guid byId)
    {
        MustStand();
        if (!IsCurrent) throw new Refusal(RefusalCode.DocumentSuperseded, Number);
        IsCurrent = false;
        var next = new Document
        {
            Number = Number, SeriesId = SeriesId, Edition = edition, IsCurrent = true, LeadId = LeadId, ProjectId = ProjectId, SpaceId = SpaceId, Purpose = Purpose, Label = Label,
        };
        next.Hold(string.IsNullOrWhiteSpace(title) ? Title : title, fileName, file, now, byId);
        return next;
    }

    /// <summary>移除: a mark with a reason; the bytes go some days later.</summary>
    /// <param name="before">The version that stands again, if this was the current one and there is an earlier one.</param>
    /// <exception cref="Refusal">DocumentRemoved.</exception>
    public void Remove(string reason, Document? before, DateTime now, Guid byId)
    {
        MustStand();
        if (IsCurrent && before is not null) before.IsCurrent = true;
        (IsCurrent, RemovedAt, RemovedById, RemovalReason) = (false, now, byId, reason.Trim());
    }

    public void Forget() => IsGone = RemovedAt is not null;

    /// <exception cref="Refusal">DocumentRemoved.</exception>
    public void MustStand()
    {
        if (RemovedAt is not null) throw new Refusal(RefusalCode.DocumentRemoved, Number);
    }

    private void Hold(string? title, string fileName, StoredFile file, DateTime now, Guid byId)
    {
        FileName = Documents.FileName.Clean(fileName);
        Title = string.IsNullOrWhiteSpace(title) ? Documents.FileName.WithoutExtension(FileName) : title.Trim();
        (ContentType, Size, Sha256, At, ById) = (file.ContentType, file.Size, file.Sha256, now, byId);
    }
}

/// <summary>What the file store took in.</summary>
/// <param name="Sha256">64 lower-case hexadecimal digits; the name under which the bytes lie.</param>
public sealed record StoredFile(string Sha256, long Size, string ContentType);

/// <summary>用途</summary>
public enum DocumentPurpose
{
    /// <summary>其他</summary>
    Other,
    /// <summary>协议</summary>
    Agreement,
    /// <summary>评审纪要</summary>
    ReviewMinutes,
    /// <summary>阶段佐证</summary>
    StageEvidence,
    /// <summary>履约佐证</summary>
    Fulfilment,
    /// <summary>资信尽调</summary>
    CreditCheck,
    /// <summary>平面图 of a space</summary>
    Plan,
    /// <summary>照片 of a space</summary>
    Photo,
}

/// <summary>密级: who may open it.</summary>
public enum DocumentLabel
{
    /// <summary>内部: whoever sees the record and may read documents.</summary>
    Internal,
    /// <summary>机密: with the right to confidential ones only, and every opening is recorded.</summary>
    Confidential,
}
