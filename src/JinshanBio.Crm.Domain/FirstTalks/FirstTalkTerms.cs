using System.Globalization;

namespace JinshanBio.Crm.Domain.FirstTalks;

/// <summary>首谈参数: the periods under which a right is registered; it keeps them, whatever the district decides later. All in days.</summary>
/// <param name="ProtectDays">保护期.</param>
/// <param name="ExtendDays">What one extension adds.</param>
/// <param name="HeartbeatDays">A verifiable event is expected within this time.</param>
/// <param name="NoticeDays">Nobody loses a right without having been told so long before.</param>
public sealed record FirstTalkTerms(int ProtectDays, int ExtendDays, int MaxExtensions, int HeartbeatDays, int NoticeDays)
{
    /// <summary>As it stands in the ledger: "90/60/1/30/7".</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{ProtectDays}/{ExtendDays}/{MaxExtensions}/{HeartbeatDays}/{NoticeDays}");

    public static FirstTalkTerms Parse(string text)
        => text.Split('/').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray() is [var protect, var extend, var times, var heartbeat, var notice]
            ? new(protect, extend, times, heartbeat, notice) : throw new FormatException(text);
}

/// <summary>首谈证据: what is shown for a first talk.</summary>
/// <param name="With">Whom the unit talked to.</param>
/// <param name="TalkedAt">UTC, not in the future.</param>
public sealed record TalkProof(TalkEvidence Kind, string Text, string With, DateTime TalkedAt);

/// <summary>证据效力, the strongest first.</summary>
public enum TalkEvidence
{
    /// <summary>双方确认</summary>
    ConfirmedByBoth,
    /// <summary>会议纪要</summary>
    Minutes,
    /// <summary>单方记录</summary>
    OneSided,
}

/// <summary>可核实的推进: only these keep a right alive; a note or a call does not.</summary>
public enum Heartbeat
{
    /// <summary>互访</summary>
    MutualVisit,
    /// <summary>实地考察</summary>
    SiteVisit,
    /// <summary>评审</summary>
    Review,
    /// <summary>协议草案</summary>
    DraftAgreement,
}

/// <summary>裁定依据, in the order in which they are looked at.</summary>
public enum DisputeBasis
{
    /// <summary>系统不可改时间戳</summary>
    TimeStamp,
    /// <summary>首谈证据效力</summary>
    Evidence,
    /// <summary>实质跟进强度</summary>
    Intensity,
    /// <summary>投资方书面意愿</summary>
    InvestorWish,
    /// <summary>投资促进办裁定</summary>
    Discretion,
}

public enum FirstTalkStatus
{
    Held,
    Disputed,
    Ended,
}
