namespace JinshanBio.Crm.Domain.Notices;

/// <summary>通知: something one person is told. Stored as a kind and values, worded in the reader's language when shown.</summary>
public sealed class Notice
{
    private Notice() { }

    /// <param name="key">Unique per person: the same event is told once, whatever is run twice.</param>
    /// <param name="args">Values for the placeholders of the text.</param>
    /// <param name="path">Page that the notice opens, such as /leads/….</param>
    public Notice(Guid personId, NoticeKind kind, string key, IReadOnlyList<string> args, string path, DateTime now)
        => (PersonId, Kind, Key, Args, Path, CreatedAt) = (personId, kind, key, [.. args], path, now);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid PersonId { get; private set; }
    public NoticeKind Kind { get; private set; }
    public string Key { get; private set; } = "";
    public IList<string> Args { get; private set; } = [];
    public string Path { get; private set; } = "";
    public DateTime CreatedAt { get; private set; }
    public DateTime? ReadAt { get; private set; }

    public void MarkRead(DateTime now) => ReadAt ??= now;
}

public enum NoticeKind
{
    /// <summary>A follow-up has fallen due. Args: title, due time (ISO 8601 UTC).</summary>
    FollowUpDue,
    /// <summary>A place is proposed in one of the reader's parks. Args: project title, park, area m².</summary>
    AssignmentProposed,
    /// <summary>A proposal of the reader was accepted. Args: project title, park, space, area m².</summary>
    AssignmentAccepted,
    /// <summary>A proposal of the reader was refused. Args: project title, park, reason.</summary>
    AssignmentRefused,
    /// <summary>A proposal or reservation in one of the reader's parks was withdrawn. Args: project title, park.</summary>
    AssignmentWithdrawn,
    /// <summary>A reservation ran out and was released. Args: project title, park, last day of the reservation.</summary>
    AssignmentLapsed,
    /// <summary>A proposal waits on the list of the park, or stands elsewhere on it now. Args: project title, park, position, length of the list.</summary>
    AssignmentWaiting,
    /// <summary>候补递补: area is free again that the first on the waiting list could take. Args: project title, park, space, free m².</summary>
    AssignmentNextInLine,
    /// <summary>A lease was signed for a place of the reader. Args: project title, park, lease number, last day or empty.</summary>
    AssignmentAgreed,
    /// <summary>The answer to a proposal is due. Args: project title, park, last day.</summary>
    AssignmentDue,
    /// <summary>A park is late with its answer. Args: project title, park, last day.</summary>
    AssignmentEscalated,
    /// <summary>A reservation will soon end. Args: project title, park, last day.</summary>
    HoldEnding,
    /// <summary>An option will soon end. Args: project title, space, last day.</summary>
    OptionEnding,
    /// <summary>An option has ended by itself. Args: project title, space, last day.</summary>
    OptionLapsed,
    /// <summary>Work went from one person to another; both are told. Args: from, to, leads, projects, follow-ups, reason.</summary>
    HandedOver,
    /// <summary>A lead in reserve has been woken on its day. Args: title.</summary>
    LeadWoken,
    /// <summary>Another unit asked for the intent on which the reader's unit holds the first talk. Args: title, unit.</summary>
    FirstTalkClaimed,
    /// <summary>The reader's registration was refused: another unit holds the right. Args: title, unit, since.</summary>
    FirstTalkRefused,
    /// <summary>The right will end. Args: title, last day.</summary>
    FirstTalkEnding,
    /// <summary>The right has ended by itself. Args: title, last day.</summary>
    FirstTalkLapsed,
    /// <summary>A right is offered to the reader's unit. Args: title, unit.</summary>
    FirstTalkOffered,
    /// <summary>The unit that a right was offered to has accepted it. Args: title, unit.</summary>
    FirstTalkPassed,
    /// <summary>The offer of a right was taken back or declined. Args: title, unit, reason.</summary>
    FirstTalkOfferEnded,
    /// <summary>A unit disputes a right. Args: title, unit.</summary>
    FirstTalkDisputed,
    /// <summary>A dispute was decided or withdrawn. Args: title, unit that holds the right.</summary>
    FirstTalkSettled,
    /// <summary>A project on hold has reached its day to resume. Args: title, day.</summary>
    ProjectResumes,
    /// <summary>The reader's department is asked for an opinion. Args: project title, review number, last day.</summary>
    OpinionAsked,
    /// <summary>The opinion of the reader's department is overdue. Args: project title, review number, last day.</summary>
    OpinionOverdue,
    /// <summary>A department's opinion has been overdue for some workdays. Args: project title, department, last day.</summary>
    OpinionEscalated,
    /// <summary>A department has answered. Args: project title, department, verdict.</summary>
    OpinionGiven,
    /// <summary>All departments have answered: the review can be concluded. Args: project title, review number.</summary>
    ReviewReady,
    /// <summary>A review was concluded. Args: project title, review number, result.</summary>
    ReviewConcluded,
    /// <summary>The document of a scoring sheet has expired. Args: title, document, last day.</summary>
    ReviewSheetExpired,
    /// <summary>An import has finished. Args: file name, created, updated, refused.</summary>
    ImportFinished,
    /// <summary>A follow-up will soon be due. Args: title, due time.</summary>
    FollowUpSoon,
    /// <summary>A follow-up of somebody of the reader's department has been overdue for some workdays. Args: title, due time, owner.</summary>
    FollowUpEscalated,
    /// <summary>督办: a leader watches over a follow-up of the reader. Args: title, leader, note.</summary>
    FollowUpSupervised,
    /// <summary>每日提要. Args: due today, overdue, changes; then a line for each of the first follow-ups.</summary>
    Digest,
    /// <summary>A promise will soon be due. Args: project title, kind, due day.</summary>
    CommitmentSoon,
    /// <summary>A promise is overdue. Args: project title, kind, due day.</summary>
    CommitmentOverdue,
    /// <summary>A promise has been overdue for some workdays. Args: project title, kind, due day, owner.</summary>
    CommitmentEscalated,
    /// <summary>A step of the service has fallen due. Args: project title, day.</summary>
    ServiceTaskDue,
    /// <summary>A request of a company is to be answered or settled. Args: project title, number, day.</summary>
    CompanyRequestDue,
    /// <summary>Somebody of the reader's department is late with service. Args: project title, day, owner.</summary>
    ServiceEscalated,
    /// <summary>外迁迹象: a company may leave. Args: project title, who says so.</summary>
    LeavingSignalRaised,
    /// <summary>A tenant comes near graduation. Args: project title, park, conditions that hold, conditions that must.</summary>
    TenantNear,
    /// <summary>A tenant meets the conditions of graduation. Args: project title, park.</summary>
    TenantReady,
    /// <summary>A tenant has stayed longer than the longest stay. Args: project title, park, last day.</summary>
    TenantOverdue,
    /// <summary>A tenant has moved on to the next carrier. Args: project title, park it left, park it moved into.</summary>
    TenantMovedOn,
    /// <summary>The document of the conditions of graduation has expired. Args: document, last day.</summary>
    GraduationRulesExpired,
    /// <summary>The day has come to ask what became of an introduction. Args: number of the offer, the two enterprises, day.</summary>
    IntroductionDue,
    /// <summary>The reader tries the own channels.</summary>
    ChannelTest,
}

/// <summary>What a person chooses channels for.</summary>
public enum NoticeTopic
{
    /// <summary>即将到期</summary>
    DueSoon,
    /// <summary>到期与逾期</summary>
    Overdue,
    /// <summary>每日提要</summary>
    Digest,
    /// <summary>其他通知</summary>
    Other,
}

public static class NoticeTopics
{
    /// <summary>Null for what goes to every channel whatever is chosen.</summary>
    public static NoticeTopic? TopicOf(NoticeKind kind) => kind switch
    {
        NoticeKind.FollowUpSoon or NoticeKind.CommitmentSoon or NoticeKind.HoldEnding or NoticeKind.OptionEnding => NoticeTopic.DueSoon,
        NoticeKind.FollowUpDue or NoticeKind.FollowUpEscalated or NoticeKind.OpinionOverdue or NoticeKind.OpinionEscalated or NoticeKind.CommitmentOverdue
            or NoticeKind.CommitmentEscalated or NoticeKind.ServiceTaskDue or NoticeKind.CompanyRequestDue or NoticeKind.ServiceEscalated
            or NoticeKind.AssignmentDue or NoticeKind.AssignmentEscalated or NoticeKind.TenantOverdue or NoticeKind.IntroductionDue => NoticeTopic.Overdue,
        NoticeKind.Digest => NoticeTopic.Digest,
        NoticeKind.ChannelTest => null,
        _ => NoticeTopic.Other,
    };
}
