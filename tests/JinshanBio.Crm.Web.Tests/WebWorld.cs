using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Tests;
using JinshanBio.Crm.Web.Tests;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(Hosts))]

namespace JinshanBio.Crm.Web.Tests;

/// <summary>The whole program on a loopback port, with the demo world on a database of its own.</summary>
public sealed class WebWorld : IAsyncDisposable
{
    public const string Password = "Jinshan-2026";

    private static readonly SocketsHttpHandler Wire = new() { AllowAutoRedirect = false, UseCookies = false };
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _tokens = new(StringComparer.Ordinal);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crm-web-");
    private readonly TestDatabase _database;
    private readonly Host _host;

    private WebWorld(TestDatabase database, IEnumerable<KeyValuePair<string, string>> settings)
        => (_database, _host) = (database, new Host([new("DataProtection:Keys", _folder.FullName), new("Documents:Folder", Path.Combine(_folder.FullName, "documents")), .. settings]));

    public Uri Address => _host.ClientOptions.BaseAddress;
    public IServiceProvider Services => _host.Services;

    public static async Task<WebWorld> OpenAsync(string provider, params (string Key, string Value)[] more)
    {
        var database = await TestDatabase.CreateAsync(provider);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Database:Provider"] = provider,
            ["ConnectionStrings:Crm"] = database.ConnectionString,
            ["SignIn:AttemptsPerMinute"] = "10000",
            ["Jobs:Engine"] = "None",
            ["Logging:LogLevel:Default"] = "Error",
            ["Logging:LogLevel:Microsoft"] = "Error",
        };
        foreach (var (key, value) in more) settings[key] = value;
        var world = new WebWorld(database, settings);
        world._host.UseKestrel(0);
        await Task.Run(world._host.StartServer);
        return world;
    }

    /// <summary>Calls the API as nobody, unless a token is added.</summary>
    public HttpClient Anonymous() => new(Wire, disposeHandler: false) { BaseAddress = Address };

    /// <summary>Calls the API as this person.</summary>
    public async Task<HttpClient> Client(string userName, string password = Password)
    {
        var token = await _tokens.GetOrAdd(userName, _ => new(() => SignInAsync(userName, password))).Value;
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private async Task<string> SignInAsync(string userName, string password)
    {
        var answer = await Anonymous().PostAsJsonAsync("/api/v1/sign-in", new { userName, password }).Answers(200);
        return answer.Text("accessToken");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _database.DropAsync();
        _folder.Delete(recursive: true);
    }

    private sealed class Host(IEnumerable<KeyValuePair<string, string>> settings) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development");
            foreach (var (key, value) in settings) builder.UseSetting(key, value);
        }
    }
}

/// <summary>One running program per database for all contract tests; each test brings its own data. Started when first asked for.</summary>
public sealed class Hosts : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<WebWorld>>> _open = new(StringComparer.Ordinal);

    public Task<WebWorld> On(string provider) => _open.GetOrAdd(provider, p => new(() => WebWorld.OpenAsync(p))).Value;

    /// <summary>Where the database makes no difference.</summary>
    public Task<WebWorld> Any() => On(CrmDatabase.Sqlite);

    public async ValueTask DisposeAsync()
    {
        foreach (var world in _open.Values) await (await world.Value).DisposeAsync();
    }
}
