using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace JinshanBio.Crm.Tests.Channels;

/// <summary>A robot's address on this machine: keeps what was posted and answers as told.</summary>
internal sealed class RobotListener : IAsyncDisposable
{
    private readonly HttpListener _http = new();
    private readonly Task _serving;

    public RobotListener()
    {
        Port = Ports.Free();
        _http.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _http.Start();
        _serving = Task.Run(ServeAsync);
    }

    public int Port { get; }
    public string Address(string path = "/robot/send?key=secret-key-1234") => $"http://127.0.0.1:{Port}{path}";
    public ConcurrentQueue<Posted> Received { get; } = new();

    /// <summary>Called before the answer goes out.</summary>
    public Action<Posted>? OnReceived { get; set; }
    public Func<Posted, (int Status, string Body)> Answer { get; set; } = _ => (200, """{"errcode":0,"code":0}""");

    private async Task ServeAsync()
    {
        while (_http.IsListening)
        {
            HttpListenerContext context;
            try { context = await _http.GetContextAsync(); }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException) { return; }
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var posted = new Posted(context.Request.RawUrl!, await reader.ReadToEndAsync(), context.Request.Headers["Idempotency-Key"]!);
            Received.Enqueue(posted);
            OnReceived?.Invoke(posted);
            var (status, body) = Answer(posted);
            try
            {
                context.Response.StatusCode = status;
                if (status is >= 300 and < 400) context.Response.Headers["Location"] = body;
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException) { /* the client has gone */ }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Close();
        await _serving;
    }

    internal sealed record Posted(string Url, string Body, string MessageId)
    {
        public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);
    }
}

/// <summary>The least of an SMTP server: takes every mail, or refuses the recipients it is told to.</summary>
internal sealed class MailListener : IAsyncDisposable
{
    private readonly TcpListener _tcp = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public MailListener()
    {
        _tcp.Start();
        _serving = Task.Run(ServeAsync);
    }

    public int Port => ((IPEndPoint)_tcp.LocalEndpoint).Port;
    public ConcurrentQueue<string> Mails { get; } = new();
    public Func<string, bool> Refuses { get; set; } = _ => false;

    /// <summary>Called when a mail has been taken, before that is said.</summary>
    public Action? OnTaken { get; set; }

    private async Task ServeAsync()
    {
        while (true)
        {
            TcpClient client;
            try { client = await _tcp.AcceptTcpClientAsync(); }
            catch (Exception e) when (e is SocketException or ObjectDisposedException) { return; }
            _ = Task.Run(() => TalkAsync(client));
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.UTF8);
            Task Say(string line) => stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n")).AsTask();
            await Say("220 test");
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase)) await Say(Refuses(line) ? "550 no such mailbox" : "250 ok");
                else if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
                {
                    await Say("354 go on");
                    var mail = new StringBuilder();
                    while (await reader.ReadLineAsync() is { } text && text != ".") mail.Append(text).Append('\n');
                    Mails.Enqueue(mail.ToString());
                    OnTaken?.Invoke();
                    await Say("250 taken");
                }
                else if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase)) { await Say("221 bye"); return; }
                else await Say("250 ok");
            }
        }
        catch (IOException) { /* the client has gone */ }
    }

    public static string MessageId(string mail) => Regex.Match(mail, "^Message-ID: (<.+>)", RegexOptions.Multiline | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)).Groups[1].Value;

    public async ValueTask DisposeAsync()
    {
        _tcp.Stop();
        await _serving;
    }
}

internal static class Ports
{
    public static int Free()
    {
        using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return int.Parse(((IPEndPoint)probe.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
