using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Text;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Channels;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Channels;

/// <summary>电子邮件 by SMTP (STARTTLS). Every attempt carries the same Message-ID, by which most mail servers drop a second copy.</summary>
internal sealed class EmailChannel(ChannelOptions options) : IChannel
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public ChannelKind Kind => ChannelKind.Email;
    public bool IsOffered => options is { SmtpHost.Length: > 0, SmtpFrom.Length: > 0 };

    public string Check(ChannelAddress address)
    {
        var given = address.Address;
        if (given.Length > 200 || given.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) || !MailAddress.TryCreate(given, out var mail) || mail.Address != given)
            throw new Refusal(RefusalCode.ChannelAddress) { Field = "address" };
        return $"{mail.User[..1]}***@{mail.Host}";
    }

    public async Task SendAsync(ChannelAddress to, OutMessage message, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        using var client = new SmtpClient(options.SmtpHost!, options.SmtpPort) { EnableSsl = options.SmtpTls };
        if (options.SmtpUser is { Length: > 0 } user) client.Credentials = new NetworkCredential(user, options.SmtpPassword);
        var from = new MailAddress(options.SmtpFrom!);
        using var mail = new MailMessage(from, new MailAddress(to.Address))
        {
            Subject = message.Subject, SubjectEncoding = Encoding.UTF8, Body = message.Body, BodyEncoding = Encoding.UTF8, HeadersEncoding = Encoding.UTF8,
        };
        mail.Headers["Message-ID"] = string.Create(CultureInfo.InvariantCulture, $"<{message.Id:N}@{from.Host}>");
        mail.Headers["Auto-Submitted"] = "auto-generated";
        try
        {
            await client.SendMailAsync(mail, patience.Token);
        }
        catch (SmtpException exception)
        {
            cancel.ThrowIfCancellationRequested();
            throw new DeliveryException(exception.InnerException is IOException or System.Net.Sockets.SocketException
                ? Sentence.Of("delivery.error.connection") : Sentence.Of("delivery.error.smtp", exception.StatusCode));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new DeliveryException("delivery.error.timeout");
        }
    }
}
