using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Projects;

namespace JinshanBio.Crm.Domain.FollowUps;

/// <summary>跟进: something somebody has promised to do about a lead or a project by a certain time.</summary>
public sealed class FollowUp : Entity
{
    private FollowUp() { }

    public FollowUp(Guid? leadId, Guid? projectId, Guid ownerId, FollowUpKind kind, DateTime dueAt, string? note, DateTime now)
        => (LeadId, ProjectId, OwnerId, Kind, DueAt, Note, CreatedAt) = (leadId, projectId, ownerId, kind, dueAt, note?.Trim(), now);

    public Guid? LeadId { get; private set; }
    public Lead? Lead { get; private set; }
    public Guid? ProjectId { get; private set; }
    public Project? Project { get; private set; }
    public Guid OwnerId { get; private set; }
    public FollowUpKind Kind { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime DueAt { get; private set; }
    public string? Note { get; private set; }
    public FollowUpStatus Status { get; private set; }
    public string? Outcome { get; private set; }
    public DateTime? DoneAt { get; private set; }
    public Guid? DoneById { get; private set; }

    /// <summary>When the owner was told that it is due, so that it is said once.</summary>
    public DateTime? RemindedAt { get; private set; }
    public DateTime CreatedAt { get; private set; }

    /// <exception cref="Refusal">FollowUpClosed.</exception>
    public void Complete(string outcome, DateTime now, Guid byId)
    {
        MustBeOpen();
        (Status, Outcome, DoneAt, DoneById) = (FollowUpStatus.Done, outcome.Trim(), now, byId);
    }

    public void Cancel(DateTime now, Guid byId)
    {
        MustBeOpen();
        (Status, DoneAt, DoneById) = (FollowUpStatus.Cancelled, now, byId);
    }

    public void MarkReminded(DateTime now) => RemindedAt = now;

    public void HandTo(Guid ownerId) => OwnerId = ownerId;

    /// <summary>The lead became a project: what was promised stays promised.</summary>
    public void Follow(Guid projectId) => ProjectId = projectId;

    private void MustBeOpen()
    {
        if (Status != FollowUpStatus.Open) throw new Refusal(RefusalCode.FollowUpClosed);
    }
}

public enum FollowUpKind
{
    /// <summary>电话</summary>
    Call,
    /// <summary>走访</summary>
    Visit,
    /// <summary>实地考察</summary>
    SiteVisit,
    /// <summary>会议</summary>
    Meeting,
    /// <summary>材料</summary>
    Material,
}

public enum FollowUpStatus
{
    Open,
    Done,
    Cancelled,
}
