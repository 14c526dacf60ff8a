namespace JinshanBio.Crm.Domain.HandOvers;

/// <summary>交接记录: a lead, project or follow-up went from one person to another; part of its history, never changed.</summary>
public sealed class OwnerChange
{
    private OwnerChange() { }

    public OwnerChange(Guid handOverId, Guid? leadId, Guid? projectId, Guid? followUpId, Guid fromId, Guid toId, string reason, DateTime at, Guid byId)
        => (HandOverId, LeadId, ProjectId, FollowUpId, FromId, ToId, Reason, At, ById) = (handOverId, leadId, projectId, followUpId, fromId, toId, reason, at, byId);

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>What was handed over together.</summary>
    public Guid HandOverId { get; private set; }
    public Guid? LeadId { get; private set; }
    public Guid? ProjectId { get; private set; }
    public Guid? FollowUpId { get; private set; }
    public Guid FromId { get; private set; }
    public Guid ToId { get; private set; }
    public string Reason { get; private set; } = "";
    public DateTime At { get; private set; }
    public Guid ById { get; private set; }
}
