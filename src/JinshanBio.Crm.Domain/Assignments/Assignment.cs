using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Projects;

namespace JinshanBio.Crm.Domain.Assignments;

/// <summary>落位: the place of a project in a park, from the proposal to the exit. One row keeps one stay; a graduation opens the next.</summary>
public sealed class Assignment : Entity
{
    private Assignment() { }

    /// <param name="from">Day from which the space is wanted.</param>
    public Assignment(Guid projectId, Guid parkId, Guid? spaceId, decimal areaM2, DateOnly from, DateTime now, Guid byId)
        => (ProjectId, ParkId, SpaceId, AreaM2, From, ProposedAt, ProposedById) = (projectId, parkId, spaceId, areaM2, from, now, byId);

    /// <summary>Statuses in which a project has or may get a place in the park.</summary>
    public static readonly IReadOnlyList<AssignmentStatus> Standing = [AssignmentStatus.Proposed, AssignmentStatus.Accepted, AssignmentStatus.MovedIn];

    public Guid ProjectId { get; private set; }
    public Project? Project { get; private set; }
    public Guid ParkId { get; private set; }
    public Park? Park { get; private set; }
    public Guid? SpaceId { get; private set; }
    public Space? Space { get; private set; }

    /// <summary>m².</summary>
    public decimal AreaM2 { get; private set; }
    public DateOnly From { get; private set; }
    public AssignmentStatus Status { get; private set; }

    /// <summary>Last day of the reservation, when one was set; a place that is held lapses after it.</summary>
    public DateOnly? HoldUntil { get; private set; }
    public string? Reason { get; private set; }
    public DateTime ProposedAt { get; private set; }
    public Guid ProposedById { get; private set; }
    public DateTime? DecidedAt { get; private set; }
    public Guid? DecidedById { get; private set; }
    public DateTime? MovedInAt { get; private set; }
    public DateTime? EndedAt { get; private set; }

    /// <summary>接收: holds the area in the space.</summary>
    /// <exception cref="Refusal">AssignmentNotAllowed, ProjectClosed, SpaceElsewhere, SpaceOverbooked, SpaceNotYetAvailable.</exception>
    public void Accept(Space space, DateOnly? holdUntil, DateTime now, Guid byId)
    {
        Must(AssignmentStatus.Proposed);
        ProjectMustGoOn();
        if (space.ParkId != ParkId) throw new Refusal(RefusalCode.SpaceElsewhere) { Field = "spaceId" };
        space.Hold(AreaM2, From);
        (SpaceId, Space, HoldUntil, Status, DecidedAt, DecidedById) = (space.Id, space, holdUntil, AssignmentStatus.Accepted, now, byId);
    }

    public void Refuse(string reason, DateTime now, Guid byId)
    {
        Must(AssignmentStatus.Proposed);
        (Status, Reason, DecidedAt, DecidedById) = (AssignmentStatus.Refused, reason.Trim(), now, byId);
    }

    /// <summary>撤回: by the proposing side, before moving in; what was held is free again.</summary>
    public void Withdraw(DateTime now)
    {
        if (Status == AssignmentStatus.Accepted) Space!.Release(AreaM2);
        else Must(AssignmentStatus.Proposed);
        (Status, EndedAt) = (AssignmentStatus.Withdrawn, now);
    }

    /// <summary>到期释放: the last day of the reservation is over; what was held is free again.</summary>
    public void Lapse(DateTime now)
    {
        Must(AssignmentStatus.Accepted);
        Space!.Release(AreaM2);
        (Status, EndedAt) = (AssignmentStatus.Lapsed, now);
    }

    /// <summary>入驻.</summary>
    public void MoveIn(DateTime now)
    {
        Must(AssignmentStatus.Accepted);
        ProjectMustGoOn();
        Space!.Occupy(AreaM2);
        (Status, MovedInAt) = (AssignmentStatus.MovedIn, now);
    }

    /// <summary>毕业: leaves for the next carrier on the way from incubator to industrial park.</summary>
    public void Graduate(DateTime now) => Leave(AssignmentStatus.Graduated, now);

    /// <summary>迁出.</summary>
    public void Exit(string reason, DateTime now)
    {
        Leave(AssignmentStatus.Exited, now);
        Reason = reason.Trim();
    }

    private void Leave(AssignmentStatus to, DateTime now)
    {
        Must(AssignmentStatus.MovedIn);
        Space!.Vacate(AreaM2);
        (Status, EndedAt) = (to, now);
    }

    private void ProjectMustGoOn()
    {
        if (Project is { IsClosed: true }) throw new Refusal(RefusalCode.ProjectClosed, Project.Number);
    }

    private void Must(AssignmentStatus status)
    {
        if (Status != status) throw new Refusal(RefusalCode.AssignmentNotAllowed);
    }
}

public enum AssignmentStatus
{
    /// <summary>待接收</summary>
    Proposed,
    /// <summary>已接收（预留）</summary>
    Accepted,
    /// <summary>已退回</summary>
    Refused,
    /// <summary>已撤回</summary>
    Withdrawn,
    /// <summary>预留到期</summary>
    Lapsed,
    /// <summary>已入驻</summary>
    MovedIn,
    /// <summary>已毕业</summary>
    Graduated,
    /// <summary>已迁出</summary>
    Exited,
}
