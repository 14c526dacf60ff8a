using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using JinshanBio.Crm.Benchmarks.Fill;

namespace JinshanBio.Crm.Benchmarks.Measure;

/// <summary>The web program in a process of its own, so that its memory and its start are its own, on a free loopback port.</summary>
internal sealed class WebProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly DirectoryInfo _keys;
    private readonly HttpClient _http;

    private WebProgram(Process process, DirectoryInfo keys, Uri address)
    {
        (_process, _keys, Address) = (process, keys, address);
        _http = new HttpClient { BaseAddress = address };
    }

    public Uri Address { get; }

    /// <summary>From starting the process to the first answer.</summary>
    public TimeSpan FirstAnswer { get; private set; }

    public double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>The most that was resident at any moment since the start.</summary>
    public double PeakMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / 1e6;
        }
    }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<WebProgram> StartAsync(Options options)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var keys = Directory.CreateTempSubdirectory("crm-benchmark-");
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "JinshanBio.Crm.Web.dll"), "--environment=Production", $"--contentRoot={AppContext.BaseDirectory}", $"--urls={address}",
            $"--Database:Provider={options.Provider}", $"--ConnectionStrings:Crm={options.ConnectionString}", $"--DataProtection:Keys={keys.FullName}",
            "--Jobs:Engine=None", "--SignIn:AttemptsPerMinute=100000", "--Logging:LogLevel:Default=None", "--Logging:LogLevel:Microsoft=None",
        ];
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        var since = Stopwatch.StartNew();
        var program = new WebProgram(Process.Start(start)!, keys, address);
        program._process.OutputDataReceived += (_, _) => { };
        program._process.BeginOutputReadLine();
        while (!await program.AnswersAsync())
        {
            if (program._process.HasExited || since.Elapsed > Patience) throw new InvalidOperationException("The web program did not start.");
            await Task.Delay(5);
        }
        program.FirstAnswer = since.Elapsed;
        return program;
    }

    /// <returns>A bearer token.</returns>
    public async Task<string> SignInAsync(string userName)
    {
        using var answer = await _http.PostAsJsonAsync("/api/v1/sign-in", new { userName, password = FillDatabase.Password });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
    }

    /// <summary>Signs in as a browser does.</summary>
    /// <returns>The value of the Cookie header for the pages.</returns>
    public async Task<string> SignInToPagesAsync(string userName)
    {
        using var wire = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(wire) { BaseAddress = Address };
        var page = await browser.GetStringAsync("/sign-in");
        var token = WebUtility.HtmlDecode(page.Split("name=\"__RequestVerificationToken\"")[1].Split("value=\"")[1].Split('"')[0]);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["_handler"] = "sign-in", ["__RequestVerificationToken"] = token, ["userName"] = userName, ["password"] = FillDatabase.Password,
        });
        using var answer = await browser.PostAsync("/sign-in", form);
        if (answer.StatusCode != HttpStatusCode.Redirect) throw new InvalidOperationException($"Signing in to the pages was answered {answer.StatusCode}.");
        return wire.CookieContainer.GetCookieHeader(Address);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await _http.GetAsync("/healthz/live");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _keys.Delete(recursive: true);
    }
}
