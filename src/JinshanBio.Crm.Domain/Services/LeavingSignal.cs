using JinshanBio.Crm.Domain.Projects;

namespace JinshanBio.Crm.Domain.Services;

/// <summary>外迁迹象: a sign that a company may leave, as a fact that somebody stated; nothing is guessed.</summary>
public sealed class LeavingSignal : Entity
{
    private LeavingSignal() { }

    public LeavingSignal(Guid projectId, LeavingSign sign, string note, DateOnly since, DateTime now, Guid byId)
        => (ProjectId, Sign, Note, Since, At, ById) = (projectId, sign, note.Trim(), since, now, byId);

    public Guid ProjectId { get; private set; }
    public Project? Project { get; private set; }
    public LeavingSign Sign { get; private set; }
    public string Note { get; private set; } = "";
    public DateOnly Since { get; private set; }
    public DateTime At { get; private set; }
    public Guid ById { get; private set; }

    /// <summary>Still standing; stored, because lists ask for it.</summary>
    public bool IsStanding { get; private set; } = true;
    public DateTime? ClosedAt { get; private set; }
    public Guid? ClosedById { get; private set; }
    public string? CloseReason { get; private set; }

    /// <summary>解除</summary>
    /// <exception cref="Refusal">LeavingSignalClosed.</exception>
    public void Close(string reason, DateTime now, Guid byId)
    {
        if (!IsStanding) throw new Refusal(RefusalCode.LeavingSignalClosed);
        (IsStanding, ClosedAt, ClosedById, CloseReason) = (false, now, byId, reason.Trim());
    }
}

/// <summary>迹象</summary>
public enum LeavingSign
{
    /// <summary>产值下滑</summary>
    OutputFalls,
    /// <summary>租约将到期未续</summary>
    LeaseEnds,
    /// <summary>裁减人员</summary>
    StaffCut,
    /// <summary>咨询迁址或注销</summary>
    Deregistration,
    /// <summary>谢绝走访</summary>
    VisitsDeclined,
    /// <summary>拖欠租金或水电</summary>
    Arrears,
    /// <summary>在外地设点扩产</summary>
    ExpandsElsewhere,
    /// <summary>其他</summary>
    Other,
}
