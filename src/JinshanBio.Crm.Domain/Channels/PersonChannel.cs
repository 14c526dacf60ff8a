using JinshanBio.Crm.Domain.Notices;

namespace JinshanBio.Crm.Domain.Channels;

/// <summary>通知渠道: where one person wants to be told beside the program itself, and of what.</summary>
public sealed class PersonChannel(Guid personId, ChannelKind kind)
{
    public Guid PersonId { get; private set; } = personId;
    public ChannelKind Kind { get; private set; } = kind;

    /// <summary>The address with its secrets, protected; never shown again.</summary>
    public string ProtectedAddress { get; private set; } = "";

    /// <summary>Enough of the address to recognise it.</summary>
    public string Shown { get; private set; } = "";
    public ICollection<NoticeTopic> Topics { get; private set; } = [];

    public void Lead(string protectedAddress, string shown) => (ProtectedAddress, Shown) = (protectedAddress, shown);

    public void Choose(IEnumerable<NoticeTopic> topics) => Topics = [.. topics.Distinct().Order()];
}

public enum ChannelKind
{
    /// <summary>电子邮件</summary>
    Email,
    /// <summary>企业微信</summary>
    WeCom,
    /// <summary>钉钉</summary>
    DingTalk,
    /// <summary>飞书</summary>
    Feishu,
}
