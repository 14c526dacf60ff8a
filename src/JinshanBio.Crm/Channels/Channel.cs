using JinshanBio.Crm.Domain.Channels;

namespace JinshanBio.Crm.Channels;

/// <summary>渠道: one way out of the house. E-mail and the robots of three vendors are its implementations.</summary>
public interface IChannel
{
    ChannelKind Kind { get; }

    /// <summary>Whether this installation can use it.</summary>
    bool IsOffered { get; }

    /// <summary>Enough of the address to recognise it, without what must stay secret.</summary>
    /// <exception cref="Domain.Refusal">ChannelAddress.</exception>
    string Check(ChannelAddress address);

    /// <exception cref="DeliveryException">With the reason for the administrator.</exception>
    Task SendAsync(ChannelAddress to, OutMessage message, CancellationToken cancel);
}

/// <param name="Secret">Key with which a robot checks signatures, or null.</param>
public sealed record ChannelAddress(string Address, string? Secret);

/// <param name="Id">The same at every attempt.</param>
public sealed record OutMessage(Guid Id, string Subject, string Body);

/// <summary>It was not delivered. The reason is a <see cref="Texts.Sentence"/> without addresses or secrets.</summary>
public sealed class DeliveryException(string sentence) : Exception(sentence);

/// <summary>How messages leave the house; from the settings of the installation.</summary>
public sealed class ChannelOptions
{
    /// <summary>Where people open the program, such as https://crm.example.cn; without it messages carry no links.</summary>
    public string? SiteAddress { get; set; }
    public string? SmtpHost { get; set; }
    public int SmtpPort { get; set; } = 587;
    public string? SmtpUser { get; set; }
    public string? SmtpPassword { get; set; }
    public string? SmtpFrom { get; set; }
    public bool SmtpTls { get; set; } = true;

    /// <summary>Robots may stand in the own network and be spoken to without TLS: for development only.</summary>
    public bool AllowPrivateRobots { get; set; }
}
