using JinshanBio.Crm.Domain.Projects;

namespace JinshanBio.Crm.Domain.Services;

/// <summary>服务事项: one step that a signed company needs help with, with somebody who answers for it and a day.</summary>
public sealed class ServiceTask : Entity
{
    private ServiceTask() { }

    /// <param name="stepCode">Code of the step of the checklist, or null for one that somebody added.</param>
    public ServiceTask(Guid projectId, string? stepCode, string title, ServicePhase phase, string? unit, Guid ownerId, DateOnly dueOn, DateTime now, Guid byId)
        => (ProjectId, StepCode, Title, Phase, Unit, OwnerId, DueOn, CreatedAt, CreatedById) = (projectId, stepCode, title.Trim(), phase, unit, ownerId, dueOn, now, byId);

    public Guid ProjectId { get; private set; }
    public Project? Project { get; private set; }
    public string? StepCode { get; private set; }
    public string Title { get; private set; } = "";
    public ServicePhase Phase { get; private set; }

    /// <summary>Code of the department that is responsible for the matter, or null.</summary>
    public string? Unit { get; private set; }
    public Guid OwnerId { get; private set; }
    public DateOnly DueOn { get; private set; }
    public ServiceTaskState State { get; private set; }

    /// <summary>What came of it, or why it is not needed.</summary>
    public string? Note { get; private set; }
    public DateTime? ClosedAt { get; private set; }
    public Guid? ClosedById { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public Guid CreatedById { get; private set; }

    /// <summary>What has been said about the present day. The job sets it past the aggregate; see RemindOfService.</summary>
    public ServiceTold Told { get; private set; }

    /// <summary>One more with each new day or owner: a reminder is said once per round.</summary>
    public int Round { get; private set; }

    /// <exception cref="Refusal">ServiceTaskClosed.</exception>
    public void Plan(Guid ownerId, DateOnly dueOn)
    {
        MustBeOpen();
        if ((ownerId, dueOn) == (OwnerId, DueOn)) return;
        (OwnerId, DueOn, Told, Round) = (ownerId, dueOn, ServiceTold.Nothing, Round + 1);
    }

    /// <param name="needed">False: it is not needed, and the note says why.</param>
    /// <exception cref="Refusal">ServiceTaskClosed, ReasonRequired.</exception>
    public void Close(bool needed, string? note, DateTime now, Guid byId)
    {
        MustBeOpen();
        if (!needed && string.IsNullOrWhiteSpace(note)) throw new Refusal(RefusalCode.ReasonRequired) { Field = "note" };
        (State, Note, ClosedAt, ClosedById) = (needed ? ServiceTaskState.Done : ServiceTaskState.NotNeeded, string.IsNullOrWhiteSpace(note) ? null : note.Trim(), now, byId);
    }

    public void Reopen()
    {
        if (State == ServiceTaskState.Open) return;
        (State, ClosedAt, ClosedById, Told, Round) = (ServiceTaskState.Open, null, null, ServiceTold.Nothing, Round + 1);
    }

    /// <summary>交接</summary>
    public void HandTo(Guid ownerId) => (OwnerId, Told, Round) = (ownerId, ServiceTold.Nothing, Round + 1);

    private void MustBeOpen()
    {
        if (State != ServiceTaskState.Open) throw new Refusal(RefusalCode.ServiceTaskClosed);
    }
}

/// <summary>服务环节</summary>
public enum ServicePhase
{
    /// <summary>注册落地</summary>
    Registration,
    /// <summary>审批手续</summary>
    Approval,
    /// <summary>建设装修</summary>
    Construction,
    /// <summary>运营服务</summary>
    Operation,
}

public enum ServiceTaskState
{
    /// <summary>待办</summary>
    Open,
    /// <summary>已办</summary>
    Done,
    /// <summary>不需要</summary>
    NotNeeded,
}

/// <summary>How far the reminders of the present day have got; each step is said once.</summary>
public enum ServiceTold
{
    Nothing,
    /// <summary>The owner was told that the day has come.</summary>
    Due,
    /// <summary>The head was told.</summary>
    Escalated,
}
