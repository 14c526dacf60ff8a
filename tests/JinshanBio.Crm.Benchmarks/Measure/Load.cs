using System.Diagnostics;
using System.Net;

namespace JinshanBio.Crm.Benchmarks.Measure;

/// <summary>One thing that clients do over and over.</summary>
/// <param name="Aim">Operations a second from the speed budget, or a dash.</param>
/// <param name="Request">The next request of a client (0 …); its own random source makes runs comparable.</param>
internal sealed record Operation(string Name, string Aim, HttpStatusCode Expected, Func<int, Random, HttpRequestMessage> Request);

/// <summary>So many clients, each with a connection that stays open, asking one request after the other.</summary>
internal sealed class Load(WebProgram program, int clients, TimeSpan duration) : IDisposable
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1.5);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = clients, UseCookies = false, AllowAutoRedirect = false, UseProxy = false });

    public async Task<Figure> RunAsync(Operation operation)
    {
        var runs = Enumerable.Range(0, clients).Select(_ => new Run()).ToList();
        var (start, cpu) = (Stopwatch.GetTimestamp(), program.ProcessorTime);
        await Task.WhenAll(runs.Select((run, client) => Task.Run(() => RunAsync(operation, client, start, run))));

        var times = runs.SelectMany(r => r.Milliseconds).Order().ToList();
        var (errors, firstError) = (runs.Sum(r => r.Errors), runs.Select(r => r.FirstError).FirstOrDefault(e => e is not null));
        var all = runs.Sum(r => r.Count);
        double At(double share) => times.Count == 0 ? 0 : times[Math.Min(times.Count - 1, (int)(times.Count * share))];
        return new Figure(operation.Name, operation.Aim, times.Count, times.Count / duration.TotalSeconds, At(0.5), At(0.95), errors, firstError, (program.ProcessorTime - cpu).TotalMilliseconds / all);
    }

    private async Task RunAsync(Operation operation, int client, long start, Run run)
    {
        var random = new Random(client);
        while (true)
        {
            var sent = Stopwatch.GetTimestamp();
            using var request = operation.Request(client, random);
            request.RequestUri = new Uri(program.Address, request.RequestUri!);
            var error = await SendAsync(request, operation.Expected);
            var done = Stopwatch.GetTimestamp();
            run.Count++;
            if (error is not null)
            {
                run.Errors++;
                run.FirstError ??= error;
            }
            if (Stopwatch.GetElapsedTime(start, done) > WarmUp + duration) return;
            if (error is null && Stopwatch.GetElapsedTime(start, sent) >= WarmUp) run.Milliseconds.Add(Stopwatch.GetElapsedTime(sent, done).TotalMilliseconds);
        }
    }

    /// <returns>What went wrong, or null.</returns>
    private async Task<string?> SendAsync(HttpRequestMessage request, HttpStatusCode expected)
    {
        try
        {
            using var answer = await _http.SendAsync(request, CancellationToken.None);
            var body = await answer.Content.ReadAsByteArrayAsync();
            return answer.StatusCode == expected ? null : $"{(int)answer.StatusCode} {request.RequestUri} {System.Text.Encoding.UTF8.GetString(body)}";
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    }

    public void Dispose() => _http.Dispose();

    private sealed class Run
    {
        public List<double> Milliseconds { get; } = [];
        public int Count { get; set; }
        public int Errors { get; set; }
        public string? FirstError { get; set; }
    }
}
