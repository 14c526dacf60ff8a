using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Projects;

namespace JinshanBio.Crm.Domain.FollowUps;

/// <summary>跟进: something somebody has promised to do about a lead or a project by a certain time.</summary>
public sealed class FollowUp : Entity
{
    private FollowUp() { }

    public FollowUp(Guid? leadId, Guid? projectId, Guid ownerId, FollowUpKind kind, DateTime dueAt, string? note, DateTime now)
        => (LeadId, ProjectId, OwnerId, Kind, DueAt, Note, CreatedAt, ChangedAt) = (leadId, projectId, ownerId, kind, dueAt, Trimmed(note), now, now);

    public Guid? LeadId { get; private set; }
    public Lead? Lead { get; private set; }
    public Guid? ProjectId { get; private set; }
    public Project? Project { get; private set; }
    public Guid OwnerId { get; private set; }
    public FollowUpKind Kind { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime DueAt { get; private set; }
    public string? Note { get; private set; }

    /// <summary>参与人: colleagues and people from outside.</summary>
    public IList<Participant> Participants { get; private set; } = [];
    public FollowUpStatus Status { get; private set; }
    public FollowUpResult? Result { get; private set; }

    /// <summary>What came of it, in words.</summary>
    public string? Outcome { get; private set; }
    public string? CancelReason { get; private set; }
    public DateTime? DoneAt { get; private set; }
    public Guid? DoneById { get; private set; }

    /// <summary>督办: a leader watches over it; stored, because lists and the day ask for it.</summary>
    public bool IsSupervised { get; private set; }
    public string? SupervisionNote { get; private set; }
    public Guid? SupervisedById { get; private set; }
    public DateTime? SupervisedAt { get; private set; }

    /// <summary>The series it is one of, or null for a single one.</summary>
    public Recurrence? Recurrence { get; private set; }
    public ICollection<Snooze> Snoozes { get; } = [];
    public int SnoozeCount { get; private set; }

    /// <summary>What has been said about the present due time. The job sets it past the aggregate; see SendReminders.</summary>
    public FollowUpTold Told { get; private set; }

    /// <summary>One more with each new due time: a reminder is said once per round.</summary>
    public int Round { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public DateTime ChangedAt { get; private set; }

    public void Edit(FollowUpKind kind, DateTime dueAt, string? note, IReadOnlyList<Participant> participants, DateTime now)
    {
        MustBeOpen();
        if (dueAt != DueAt) MoveTo(dueAt);
        (Kind, Note, ChangedAt) = (kind, Trimmed(note), now);
        if (!participants.SequenceEqual(Participants)) Participants = [.. participants];
    }

    public void Invite(IReadOnlyList<Participant> participants) => Participants = [.. participants];

    public void Repeat(RepeatUnit? unit, int every, DateOnly? until)
    {
        if (unit is not { } by) Recurrence = null;
        else if (Recurrence is not { } known || (known.Unit, known.Every, known.Until) != (by, every, until)) Recurrence = new Recurrence(by, every, until, DueAt);
    }

    /// <summary>The next one of the series, or null when it is single or the series has come to its end.</summary>
    public FollowUp? NextOccurrence(Workdays workdays, DateTime now)
    {
        if (Recurrence?.After(DueAt, now, workdays) is not { } next) return null;
        var followUp = new FollowUp(LeadId, ProjectId, OwnerId, Kind, next, Note, now) { Recurrence = Recurrence with { } };
        followUp.Invite([.. Participants]);
        return followUp;
    }

    /// <exception cref="Refusal">FollowUpClosed.</exception>
    public void Complete(FollowUpResult? result, string? outcome, DateTime now, Guid byId)
    {
        MustBeOpen();
        (Status, Result, Outcome, DoneAt, DoneById, ChangedAt) = (FollowUpStatus.Done, result, Trimmed(outcome), now, byId, now);
    }

    /// <summary>取消: by a person with a reason, or without one because the lead or project has ended.</summary>
    public void Cancel(DateTime now, Guid byId, string? reason = null)
    {
        MustBeOpen();
        (Status, CancelReason, DoneAt, DoneById, ChangedAt) = (FollowUpStatus.Cancelled, Trimmed(reason), now, byId, now);
    }

    /// <summary>推迟: to a later time, with a reason; every one stays on record.</summary>
    /// <exception cref="Refusal">FollowUpClosed, SnoozeNotLater.</exception>
    public void SnoozeTo(DateTime to, string reason, DateTime now, Guid byId)
    {
        MustBeOpen();
        if (to <= now || to <= DueAt) throw new Refusal(RefusalCode.SnoozeNotLater) { Field = "to" };
        Snoozes.Add(new Snooze(Id, DueAt, to, reason.Trim(), now, byId));
        SnoozeCount++;
        MoveTo(to);
        ChangedAt = now;
    }

    /// <summary>督办: a leader asks for it to be done; a second time only replaces the note.</summary>
    public void Supervise(string note, DateTime now, Guid byId)
    {
        MustBeOpen();
        (IsSupervised, SupervisionNote, SupervisedById, SupervisedAt, ChangedAt) = (true, note.Trim(), byId, now, now);
    }

    public void EndSupervision(DateTime now)
    {
        MustBeOpen();
        (IsSupervised, SupervisionNote, SupervisedById, SupervisedAt, ChangedAt) = (false, null, null, null, now);
    }

    /// <summary>What a leader watches over is done or reported, but neither put off nor cancelled by whoever is to do it.</summary>
    /// <exception cref="Refusal">FollowUpSupervised.</exception>
    public void MustNotBeEvaded(bool bySupervisor)
    {
        if (IsSupervised && !bySupervisor) throw new Refusal(RefusalCode.FollowUpSupervised);
    }

    /// <summary>交接: another person is to do it; when it is due and what was said of it stay.</summary>
    public void HandTo(Guid ownerId, DateTime now) => (OwnerId, ChangedAt) = (ownerId, now);

    /// <summary>The lead became a project: what was promised stays promised.</summary>
    public void Follow(Guid projectId) => ProjectId = projectId;

    private void MoveTo(DateTime dueAt) => (DueAt, Told, Round) = (dueAt, FollowUpTold.Nothing, Round + 1);

    private void MustBeOpen()
    {
        if (Status != FollowUpStatus.Open) throw new Refusal(RefusalCode.FollowUpClosed);
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <param name="PersonId">A colleague, or null for somebody from outside.</param>
public sealed record Participant(Guid? PersonId, string Name);

/// <summary>推迟记录: from when to when, why and by whom.</summary>
public sealed class Snooze(Guid followUpId, DateTime from, DateTime to, string reason, DateTime at, Guid byId)
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid FollowUpId { get; private set; } = followUpId;
    public DateTime From { get; private set; } = from;
    public DateTime To { get; private set; } = to;
    public string Reason { get; private set; } = reason;
    public DateTime At { get; private set; } = at;
    public Guid ById { get; private set; } = byId;
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

/// <summary>What came of it, in one word.</summary>
public enum FollowUpResult
{
    /// <summary>已联系: spoken to, nothing new.</summary>
    Reached,
    /// <summary>未联系上</summary>
    NotReached,
    /// <summary>有进展</summary>
    Progress,
    /// <summary>有阻力</summary>
    Setback,
}

/// <summary>How far the reminders of the present due time have got; each step is said once.</summary>
public enum FollowUpTold
{
    Nothing,
    /// <summary>It will soon be due.</summary>
    Soon,
    /// <summary>It has fallen due.</summary>
    Due,
    /// <summary>The head was told.</summary>
    Escalated,
}
