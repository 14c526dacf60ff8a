using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using JinshanBio.Crm.Domain.Channels;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Channels;

// Plain text everywhere: in markdown a name could become a link or a call of the whole group.

/// <summary>企业微信群机器人.</summary>
internal sealed class WeComChannel(RobotPost post) : IChannel
{
    public ChannelKind Kind => ChannelKind.WeCom;
    public bool IsOffered => true;
    public string Check(ChannelAddress address) => post.Check(address.Address);

    public async Task SendAsync(ChannelAddress to, OutMessage message, CancellationToken cancel)
        => Robots.MustBeFine(await post.SendAsync(to.Address, new { msgtype = "text", text = new { content = Robots.Text(message) } }, message.Id, cancel), "errcode");
}

/// <summary>钉钉群机器人, signed when it has a secret: milliseconds and secret, under the secret, in the address.</summary>
internal sealed class DingTalkChannel(RobotPost post, TimeProvider clock) : IChannel
{
    public ChannelKind Kind => ChannelKind.DingTalk;
    public bool IsOffered => true;
    public string Check(ChannelAddress address) => post.Check(address.Address);

    public async Task SendAsync(ChannelAddress to, OutMessage message, CancellationToken cancel)
    {
        var url = to.Address;
        if (to.Secret is { Length: > 0 } secret)
        {
            var time = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            var sign = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}\n{secret}")));
            url += $"{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}timestamp={time}&sign={Uri.EscapeDataString(sign)}";
        }
        Robots.MustBeFine(await post.SendAsync(url, new { msgtype = "text", text = new { content = Robots.Text(message) } }, message.Id, cancel), "errcode");
    }
}

/// <summary>飞书群机器人, signed when it has a secret: nothing, under seconds and secret, in the body.</summary>
internal sealed class FeishuChannel(RobotPost post, TimeProvider clock) : IChannel
{
    public ChannelKind Kind => ChannelKind.Feishu;
    public bool IsOffered => true;
    public string Check(ChannelAddress address) => post.Check(address.Address);

    public async Task SendAsync(ChannelAddress to, OutMessage message, CancellationToken cancel)
    {
        var body = new Dictionary<string, object>(StringComparer.Ordinal) { ["msg_type"] = "text", ["content"] = new { text = Robots.Text(message) } };
        if (to.Secret is { Length: > 0 } secret)
        {
            var time = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            body["timestamp"] = time;
            body["sign"] = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{time}\n{secret}"), Array.Empty<byte>()));
        }
        Robots.MustBeFine(await post.SendAsync(to.Address, body, message.Id, cancel), "code");
    }
}

internal static class Robots
{
    public static string Text(OutMessage message) => message.Subject + "\n" + message.Body;

    /// <summary>Robots answer 200 with a number of their own; anything but 0 is a refusal.</summary>
    public static void MustBeFine(JsonElement answer, string code)
    {
        if (answer.ValueKind == JsonValueKind.Object && (answer.TryGetProperty(code, out var number) || answer.TryGetProperty("StatusCode", out number))
            && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var value))
        {
            if (value == 0) return;
            throw new DeliveryException(Sentence.Of("delivery.error.robot", value));
        }
        throw new DeliveryException("delivery.error.answer");
    }
}
