namespace JinshanBio.Crm.Domain.Calendar;

/// <summary>日历订阅: the secret link under which a calendar program reads one person's follow-ups. Only the hash of the secret is kept.</summary>
public sealed class CalendarFeed(Guid personId, string tokenHash, DateTime createdAt)
{
    public Guid PersonId { get; private set; } = personId;
    public string TokenHash { get; private set; } = tokenHash;
    public DateTime CreatedAt { get; private set; } = createdAt;

    /// <summary>A new link; the old one opens nothing any more.</summary>
    public void Renew(string tokenHash, DateTime now) => (TokenHash, CreatedAt) = (tokenHash, now);
}
