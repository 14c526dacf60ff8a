using System.Globalization;
using JinshanBio.Crm.Domain.Calendar;

namespace JinshanBio.Crm.Domain.Projects;

/// <summary>状态, separate from the stage: going on, paused, or how it ended.</summary>
public enum ProjectStatus
{
    /// <summary>进行中</summary>
    Active,
    /// <summary>暂停</summary>
    OnHold,
    /// <summary>流转</summary>
    Transferred,
    /// <summary>流失</summary>
    Lost,
    /// <summary>放弃/劝退</summary>
    Abandoned,
    /// <summary>签约后终止</summary>
    Terminated,
    /// <summary>退出</summary>
    Exited,
}

/// <summary>旁路状态: what a status other than active asks for. Reference data, side_states of seeds/reference/stages.json.</summary>
/// <param name="Required">Keys of the inputs that must be given.</param>
public sealed record SideState(ProjectStatus Status, IReadOnlyList<FormField> Inputs, IReadOnlySet<string> Required)
{
    public const string ResumeOn = "resumeOn", ShareOfFirst = "shareOfFirst", ShareOfLanding = "shareOfLanding", LostOn = "lostOn", VetoItem = "vetoItem";

    public static SideState None(ProjectStatus status) => new(status, [], new HashSet<string>());
}

/// <summary>状态日志: one change of the status, with why. Only added to.</summary>
public sealed class StatusChange
{
    private StatusChange() { }

    internal StatusChange(ProjectStatus from, ProjectStatus to, string? reason, IReadOnlyDictionary<string, string> details, DateTime at, Guid byId)
        => (From, To, Reason, Details, At, ById) = (from, to, reason, details, at, byId);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid ProjectId { get; private init; }
    public ProjectStatus From { get; private init; }
    public ProjectStatus To { get; private init; }
    public string? Reason { get; private init; }
    public IReadOnlyDictionary<string, string> Details { get; private init; } = new Dictionary<string, string>();
    public DateTime At { get; private init; }
    public Guid ById { get; private init; }
}

public sealed partial class Project
{
    public ProjectStatus Status { get; private set; }
    public string? StatusReason { get; private set; }

    /// <summary>What the present status asked for, by key of the <see cref="SideState"/>'s inputs.</summary>
    public IReadOnlyDictionary<string, string> StatusDetails { get; private set; } = new Dictionary<string, string>();

    /// <summary>恢复日期: while on hold, the day on which it is taken up again.</summary>
    public DateOnly? ResumeOn { get; private set; }
    public ICollection<StatusChange> StatusHistory { get; } = [];

    /// <summary>Neither active nor on hold; stored, because every list asks for it.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Ends, pauses or resumes the project; the stage stays as it is.</summary>
    /// <param name="details">By key of the inputs that the status asks for.</param>
    /// <exception cref="Refusal">StatusNotAllowed, ReasonRequired, StatusDetailsMissing (with what is missing), StatusSharesWrong, StatusDayWrong, or the fault of a value.</exception>
    public void SetStatus(SideState to, string? reason, IReadOnlyDictionary<string, string?> details, DateTime now, Guid byId)
    {
        if (!Allows(to.Status)) throw new Refusal(RefusalCode.StatusNotAllowed, Number) { Field = "status" };
        var kept = Check(to, details, ShanghaiTime.Day(now));
        // A veto item is a reason.
        reason = string.IsNullOrWhiteSpace(reason) ? kept.GetValueOrDefault(SideState.VetoItem) : reason.Trim();
        if (to.Status != ProjectStatus.Active && reason is null) throw new Refusal(RefusalCode.ReasonRequired) { Field = "reason" };
        if (to.Required.Where(key => !kept.ContainsKey(key)).ToList() is { Count: > 0 } missing) throw new Refusal(RefusalCode.StatusDetailsMissing) { Field = "details", Missing = missing };

        StatusHistory.Add(new StatusChange(Status, to.Status, reason, kept, now, byId));
        (Status, StatusReason, StatusDetails) = (to.Status, reason, kept);
        ResumeOn = kept.TryGetValue(SideState.ResumeOn, out var day) ? Day(day) : null;
        IsClosed = Status is not (ProjectStatus.Active or ProjectStatus.OnHold);
    }

    private bool Allows(ProjectStatus to)
    {
        var order = Stages.Stage.OrderOf(Stage);
        if ((to == ProjectStatus.Terminated && order < Stages.Stage.SignedOrder) || (to == ProjectStatus.Exited && order < Stages.Stage.LandedOrder)) return false;
        return Status is ProjectStatus.Active or ProjectStatus.OnHold ? to != Status : to == ProjectStatus.Active;
    }

    private static Dictionary<string, string> Check(SideState to, IReadOnlyDictionary<string, string?> details, DateOnly today)
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, given) in details)
        {
            if (string.IsNullOrWhiteSpace(given)) continue;
            var fault = to.Inputs.FirstOrDefault(i => i.Key == key) is not { } input ? new Refusal(RefusalCode.UnknownField, key) : input.Fault(given.Trim());
            if (fault is not null) throw new Refusal(fault.Code, [.. fault.Args]) { Field = $"details.{key}" };
            kept[key] = given.Trim();
        }
        if (kept.TryGetValue(SideState.ResumeOn, out var resume) && Day(resume) <= today) throw new Refusal(RefusalCode.StatusDayWrong) { Field = $"details.{SideState.ResumeOn}" };
        if (kept.TryGetValue(SideState.LostOn, out var lost) && Day(lost) > today) throw new Refusal(RefusalCode.StatusDayWrong) { Field = $"details.{SideState.LostOn}" };
        if (kept.TryGetValue(SideState.ShareOfFirst, out var first) && kept.TryGetValue(SideState.ShareOfLanding, out var landing)
            && decimal.Parse(first, CultureInfo.InvariantCulture) + decimal.Parse(landing, CultureInfo.InvariantCulture) != 100) throw new Refusal(RefusalCode.StatusSharesWrong) { Field = $"details.{SideState.ShareOfLanding}" };
        return kept;
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
