using JinshanBio.Crm.Domain.Notices;

namespace JinshanBio.Crm.Domain.Channels;

/// <summary>投递: one notice on its way to one channel. Written in the save of the notice, carried out by SendDeliveries.</summary>
public sealed class Delivery
{
    /// <summary>After this many attempts it is left to the administrator.</summary>
    public const int MostAttempts = 8;

    private Delivery() { }

    public Delivery(Notice notice, PersonChannel channel, DateTime dueAt, DateTime now)
        => (NoticeId, PersonId, Kind, ProtectedAddress, Shown, DueAt, CreatedAt)
            = (notice.Id, channel.PersonId, channel.Kind, channel.ProtectedAddress, channel.Shown, dueAt, now);

    /// <summary>Also the id of the message, so that who receives it twice can tell.</summary>
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid NoticeId { get; private set; }
    public Notice? Notice { get; private set; }
    public Guid PersonId { get; private set; }
    public ChannelKind Kind { get; private set; }

    /// <summary>As it was when the notice was written.</summary>
    public string ProtectedAddress { get; private set; } = "";
    public string Shown { get; private set; } = "";
    public DeliveryStatus Status { get; private set; }

    /// <summary>Not before, UTC.</summary>
    public DateTime DueAt { get; private set; }
    public int Attempts { get; private set; }

    /// <summary>Somebody is sending it until then; afterwards somebody else may.</summary>
    public DateTime? LeasedUntil { get; private set; }
    public Guid? LeasedBy { get; private set; }
    public DateTime? SentAt { get; private set; }

    /// <summary>A sentence: why the last attempt failed. Never holds an address or a secret.</summary>
    public string? Error { get; private set; }
    public DateTime CreatedAt { get; private set; }

    /// <summary>How long to wait after so many attempts: 1, 2, 4 … minutes, at most six hours.</summary>
    public static TimeSpan Pause(int attempts) => TimeSpan.FromMinutes(Math.Min(Math.Pow(2, Math.Max(0, attempts - 1)), 360));

    /// <summary>重发: an administrator has mended the cause.</summary>
    /// <exception cref="Refusal">DeliveryNotFailed.</exception>
    public void SendAgain(DateTime now)
    {
        if (Status != DeliveryStatus.Failed) throw new Refusal(RefusalCode.DeliveryNotFailed);
        (Status, Attempts, DueAt, LeasedUntil, LeasedBy) = (DeliveryStatus.Waiting, 0, now, null, null);
    }
}

public enum DeliveryStatus
{
    /// <summary>待发送</summary>
    Waiting,
    /// <summary>已发送</summary>
    Sent,
    /// <summary>未送达: given up.</summary>
    Failed,
}
