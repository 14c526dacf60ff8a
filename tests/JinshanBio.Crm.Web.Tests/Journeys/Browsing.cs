using System.Collections.Concurrent;
using JinshanBio.Crm.Data;
using Microsoft.Playwright;
using Xunit;
using Xunit.Sdk;

namespace JinshanBio.Crm.Web.Tests.Journeys;

/// <summary>A real browser in front of a running program of its own. Where there is no Chromium, the tests are skipped with that reason.</summary>
public sealed class Browsing : IAsyncLifetime
{
    private static readonly string[] Quiet =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _signedIn = new(StringComparer.Ordinal);
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private WebWorld? _world;

    public WebWorld World => _world ?? throw NoChromium();

    public async ValueTask InitializeAsync()
    {
        if (Chromium is not { } chromium) return;
        // As patient as every other wait here: a busy machine is no fault of a page.
        Assertions.SetDefaultExpectTimeout(15_000);
        _world = await WebWorld.OpenAsync(CrmDatabase.Sqlite);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = Quiet });
    }

    /// <summary>A window of its own in which this person is signed in.</summary>
    public async Task<Visit> OpenAsync(string userName, string locale = "zh-CN", bool phone = false, bool script = true)
    {
        if (_browser is null) throw NoChromium();
        var state = await _signedIn.GetOrAdd(userName, _ => new(() => SignInAsync(userName))).Value;
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = World.Address.ToString(), Locale = locale, TimezoneId = "Asia/Shanghai", JavaScriptEnabled = script, StorageState = state,
            ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1440, Height = 900 }, HasTouch = phone, IsMobile = phone, AcceptDownloads = true,
        });
        context.SetDefaultTimeout(15_000);
        return new Visit(context, await context.NewPageAsync());
    }

    private async Task<string> SignInAsync(string userName)
    {
        await using var context = await _browser!.NewContextAsync(new() { BaseURL = World.Address.ToString(), Locale = "zh-CN" });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("用户名").FillAsync(userName);
        await page.GetByLabel("密码").FillAsync(WebWorld.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "登录" }).ClickAsync();
        // As soon as the answer has come: whether the page behind it has loaded everything is no part of signing in.
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
        return await context.StorageStateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_world is not null) await _world.DisposeAsync();
    }

    private static SkipException NoChromium() => SkipException.ForSkip("There is no Chromium: neither CRM_TEST_CHROMIUM nor /usr/bin/chromium");

    private static string? Chromium => new[] { Environment.GetEnvironmentVariable("CRM_TEST_CHROMIUM"), "/usr/bin/chromium" }.FirstOrDefault(File.Exists);
}

/// <summary>One window, and what its console complained about.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    public Visit(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => { if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) _complaints.Enqueue($"{page.Url}: {message.Text}"); };
        // A page that is refused (404, 409 …) is itself no fault; that all it asks for is there is what counts.
        page.Response += (_, response) => { if (response.Status >= 400 && response.Request.ResourceType != "document") _complaints.Enqueue($"{page.Url}: {response.Status} {response.Url}"); };
        page.PageError += (_, error) => _complaints.Enqueue($"{page.Url}: {error}");
    }

    public IPage Page { get; }

    public Task GoAsync(string path) => Page.GotoAsync(path);

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name });

    public ILocator Main => Page.Locator("main");

    /// <summary>Nothing so far was refused by the policy, failed in a script or was missing.</summary>
    public void IsQuiet() => Assert.Empty(_complaints);

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}

/// <summary>The journeys share one program and one browser, and take turns.</summary>
[CollectionDefinition]
public sealed class BrowserCollection : ICollectionFixture<Browsing>;
