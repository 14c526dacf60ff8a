using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Channels;

/// <summary>
/// Posts to an address that a person gave, and never into the own network: https only, no redirects, no proxy; the name is resolved once, every
/// address it has must be public, and the connection goes to the very address that was checked.
/// </summary>
internal sealed class RobotPost : IDisposable
{
    private const int LongestAddress = 1000, LongestAnswer = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ChannelOptions _options;
    private readonly HttpClient _http;

    public RobotPost(ChannelOptions options)
    {
        _options = options;
        var wire = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5), ConnectCallback = ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1), ActivityHeadersPropagator = null,
        };
        _http = new HttpClient(wire) { Timeout = Patience, MaxResponseContentBufferSize = LongestAnswer };
    }

    /// <returns>Host and the last characters of the address.</returns>
    /// <exception cref="Refusal">ChannelAddress.</exception>
    public string Check(string address)
    {
        if (address.Length > LongestAddress || !Uri.TryCreate(address, UriKind.Absolute, out var url) || url.UserInfo.Length > 0 || !IsAllowed(url))
            throw new Refusal(RefusalCode.ChannelAddress) { Field = "address" };
        return $"{url.Host}…{address[^4..]}";
    }

    /// <returns>The JSON that the robot answered.</returns>
    /// <exception cref="DeliveryException">When it cannot be reached, does not answer 2xx or answers something else than JSON.</exception>
    public async Task<JsonElement> SendAsync(string address, object body, Guid messageId, CancellationToken cancel)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || !IsAllowed(url)) throw new DeliveryException("delivery.error.address");
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(body) };
            request.Headers.Add("Idempotency-Key", messageId.ToString());
            // Some robots do not take a body in chunks.
            await request.Content.LoadIntoBufferAsync(cancel);
            using var answer = await _http.SendAsync(request, cancel);
            if (!answer.IsSuccessStatusCode) throw new DeliveryException(Sentence.Of("delivery.error.http", (int)answer.StatusCode));
            return await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
        }
        catch (HttpRequestException exception)
        {
            throw exception.InnerException as DeliveryException ?? new DeliveryException("delivery.error.connection");
        }
        catch (JsonException)
        {
            throw new DeliveryException("delivery.error.answer");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new DeliveryException("delivery.error.timeout");
        }
    }

    public void Dispose() => _http.Dispose();

    private bool IsAllowed(Uri url)
    {
        if (_options.AllowPrivateRobots) return url.Scheme is "https" or "http";
        return url is { Scheme: "https", IsDefaultPort: true } && (!IPAddress.TryParse(url.Host.Trim('[', ']'), out var literal) || PublicAddress.Is(literal));
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
        // One address inside is reason enough: a name that points both ways is made to slip in.
        if (addresses.Length == 0 || (!_options.AllowPrivateRobots && !addresses.All(PublicAddress.Is))) throw new DeliveryException("delivery.error.address");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
