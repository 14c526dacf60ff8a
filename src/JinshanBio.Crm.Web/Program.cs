using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using System.Threading.RateLimiting;
using FluentValidation;
using JinshanBio.Crm;
using JinshanBio.Crm.Channels;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Web;
using JinshanBio.Crm.Web.Api;
using JinshanBio.Crm.Web.Door;
using JinshanBio.Crm.Web.Pages;
using JinshanBio.Crm.Web.Pages.Account;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.WebEncoders;

if (args is ["healthcheck", ..]) return await HealthCheck.AskAsync();

var builder = WebApplication.CreateBuilder(args);
Settings settings;
try { settings = Settings.Read(builder.Configuration, builder.Environment); }
catch (InvalidOperationException cannot) { return Start.Decline(cannot); }
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = Uploads.MaxBody;
});

builder.Services.AddSingleton(Settings.Channels(builder.Configuration, builder.Environment));
FileStoreOptions files;
try { files = settings.Files(builder.Configuration, builder.Environment); }
catch (InvalidOperationException cannot) { return Start.Decline(cannot); }
builder.Services.AddSingleton(files);
builder.Services.AddCrm(settings.Provider, settings.ConnectionString);
builder.Services.AddSignIns();
builder.Services.AddDataProtection().SetApplicationName("JinshanBio.Crm").PersistKeysToFileSystem(new DirectoryInfo(settings.KeysFolder));
builder.Services.AddAntiforgery(options => options.Cookie.Name = "crm-form");
builder.Services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
builder.Services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
builder.Services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(options => options.MultipartBodyLengthLimit = Uploads.MaxBody);
builder.Services.AddExceptionHandler<ProblemAnswer>();
builder.Services.AddRazorComponents();
builder.Services.AddHttpContextAccessor();
builder.Services.AddScoped<Posted>();
builder.Services.AddSingleton<ImportSignal>();
builder.Services.AddHostedService<ImportRunner>();
builder.Services.AddHostedService<DeliveryRunner>();
builder.Services.AddHostedService<CatalogueWatch>();
builder.Services.AddOpenApi("v1", ApiDescription.Configure);
builder.Services.AddHealthChecks().AddDbContextCheck<CrmDb>(tags: ["ready"]);
builder.Services.AddRateLimiter(limiter =>
{
    limiter.OnRejected = (context, _) => throw new Refusal(RefusalCode.TooManyAttempts);
    // Only attempts count: a colleague behind the same address may still open the page.
    limiter.AddPolicy(ApiRoutes.SignInPolicy, http => !HttpMethods.IsPost(http.Request.Method) ? RateLimitPartition.GetNoLimiter("") : RateLimitPartition.GetFixedWindowLimiter(
        http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new FixedWindowRateLimiterOptions { PermitLimit = settings.SignInsPerMinute, Window = TimeSpan.FromMinutes(1) }));
    limiter.AddPolicy(CalendarEndpoints.Policy, http => RateLimitPartition.GetFixedWindowLimiter(
        http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new FixedWindowRateLimiterOptions { PermitLimit = CalendarEndpoints.PerMinute, Window = TimeSpan.FromMinutes(1) }));
});
builder.Services.Configure<ForwardedHeadersOptions>(options =>
{
    options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
    options.KnownProxies.Clear();
    options.KnownIPNetworks.Clear();
    foreach (var proxy in settings.Proxies) options.KnownIPNetworks.Add(proxy);
});
var culture = new RequestLocalizationOptions().AddSupportedCultures("zh-CN", "en").AddSupportedUICultures("zh-CN", "en").SetDefaultCulture("zh-CN");
culture.ApplyCurrentCultureToResponseHeaders = true;
settings.AddJobs(builder.Services);

var app = builder.Build();
if (args is ["migrate", ..])
{
    await CrmStart.MigrateAsync(app.Services, settings.SeedsFolder, CancellationToken.None);
    Console.WriteLine($"The {settings.Provider} database is up to date.");
    return 0;
}
try { await app.PrepareAsync(settings); }
catch (InvalidOperationException cannot) when (!app.Environment.IsDevelopment()) { return Start.Decline(cannot); }

if (settings.Proxies.Count > 0) app.UseForwardedHeaders();
app.UseRequestLocalization(culture);
app.UseExceptionHandler(new ExceptionHandlerOptions
{
    ExceptionHandlingPath = "/error",
    CreateScopeForErrors = true,
    AllowStatusCode404Response = true,
    StatusCodeSelector = exception => Problems.StatusOf(Problems.ToRefusal(exception, "").Code),
    SuppressDiagnosticsCallback = context => context.Exception is Refusal or ValidationException or BadHttpRequestException,
});
app.UseWhen(http => !http.Request.Path.StartsWithSegments("/api"), pages => pages.UseStatusCodePagesWithReExecute("/error", createScopeForStatusCodePages: true));
app.UseWhen(http => http.Request.Path.StartsWithSegments("/api"), api => api.UseStatusCodePages(ProblemAnswer.CompleteAsync));
app.UseSecurityHeaders();
if (!app.Environment.IsDevelopment()) app.UseHsts();
app.MapStaticAssets();
app.UseRouting();
app.UseRateLimiter();
app.UseActor();
app.UseUploadLimit();
app.UseIdempotency();
app.UseAntiforgery();

app.MapApi();
app.MapPageEndpoints();
app.MapCalendar();
app.MapRazorComponents<App>();
app.MapHealthChecks("/healthz/live", new() { Predicate = _ => false });
app.MapHealthChecks("/healthz/ready", new() { Predicate = check => check.Tags.Contains("ready") });
app.MapOpenApi();
if (app.Environment.IsDevelopment()) app.UseSwaggerUI(ui => ui.SwaggerEndpoint("/openapi/v1.json", "JinshanBio.Crm v1"));
#if FULL_BUILD
settings.UseJobs(app);
#endif

await app.RunAsync();
return 0;

/// <summary>Named for tests that start the whole host.</summary>
public partial class Program;
