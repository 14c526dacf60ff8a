using System.Net;
using JinshanBio.Crm.Channels;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Jobs;
using Microsoft.Data.Sqlite;

namespace JinshanBio.Crm.Web;

/// <summary>The installation's settings, read and checked once at start; docs/operations.md describes each.</summary>
internal sealed record Settings(string Provider, string ConnectionString, string SeedsFolder, string KeysFolder, string Engine, int SignInsPerMinute, IReadOnlyList<IPNetwork> Proxies, bool DemoWorld)
{
    public const string Quartz = "Quartz", Hangfire = "Hangfire", None = "None";

    /// <exception cref="InvalidOperationException">With one sentence that says what to change.</exception>
    public static Settings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var provider = configuration["Database:Provider"] ?? CrmDatabase.Sqlite;
        var connection = configuration.GetConnectionString("Crm") ?? throw new InvalidOperationException("ConnectionStrings:Crm is missing.");
        if (provider == CrmDatabase.Sqlite) connection = InsideContentRoot(connection, environment.ContentRootPath);
#if !FULL_BUILD
        if (provider == CrmDatabase.SqlServer)
            throw new InvalidOperationException("This build has no SQL Server client; build with -p:FullBuild=true.");
        const string engineByDefault = Quartz;
#else
        const string engineByDefault = Hangfire;
#endif
        var engine = configuration["Jobs:Engine"] is { Length: > 0 } chosen ? chosen : engineByDefault;
        var keys = Path.Combine(environment.ContentRootPath, configuration["DataProtection:Keys"] ?? "App_Data/keys");
        Directory.CreateDirectory(keys);
        return new Settings(provider, connection, Path.Combine(AppContext.BaseDirectory, "seeds"), keys, engine,
            configuration.GetValue("SignIn:AttemptsPerMinute", 30), ReadProxies(configuration["ReverseProxy"]),
            configuration.GetValue("DemoWorld", environment.IsDevelopment()));
    }

    /// <summary>How notices leave the house; that robots may stand in the own network is heard in Development only.</summary>
    public static ChannelOptions Channels(IConfiguration configuration, IHostEnvironment environment) => new()
    {
        SiteAddress = configuration["Site:Address"],
        SmtpHost = configuration["Smtp:Host"],
        SmtpPort = configuration.GetValue("Smtp:Port", 587),
        SmtpUser = configuration["Smtp:User"],
        SmtpPassword = configuration["Smtp:Password"],
        SmtpFrom = configuration["Smtp:From"],
        SmtpTls = configuration.GetValue("Smtp:Tls", true),
        AllowPrivateRobots = environment.IsDevelopment() && configuration.GetValue("Robots:AllowPrivate", false),
    };

    /// <summary>Where documents lie: beside the SQLite file, or in App_Data, unless a folder is named; nodes of one installation share it.</summary>
    /// <exception cref="InvalidOperationException">With one sentence that says what to change.</exception>
    public FileStoreOptions Files(IConfiguration configuration, IHostEnvironment environment)
    {
        var most = configuration.GetValue("Documents:MaxMegabytes", 50);
        if (most is < 1 or > 100) throw new InvalidOperationException($"Documents:MaxMegabytes is {most}; it must be 1 to 100.");
        var folder = configuration["Documents:Folder"] is { Length: > 0 } named ? Path.GetFullPath(named, environment.ContentRootPath)
            : Provider == CrmDatabase.Sqlite && new SqliteConnectionStringBuilder(ConnectionString).DataSource is { Length: > 0 } file and not ":memory:"
                ? Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileNameWithoutExtension(file) + "-documents")
            : Path.Combine(environment.ContentRootPath, "App_Data", "documents");
        return new FileStoreOptions { Folder = folder, MaxMegabytes = most };
    }

    public void AddJobs(IServiceCollection services)
    {
        switch (Engine)
        {
            case None: break;
            case Quartz: services.AddQuartzTimetable(Provider, ConnectionString); break;
#if FULL_BUILD
            case Hangfire: services.AddHangfireTimetable(Provider, ConnectionString); break;
#endif
            default: throw new InvalidOperationException($"Jobs:Engine is '{Engine}'; it must be Quartz, None or, in the full build, Hangfire.");
        }
    }

#if FULL_BUILD
    /// <summary>The dashboard of the full build's engine.</summary>
    public void UseJobs(WebApplication app)
    {
        if (Engine == Hangfire) app.UseHangfireTimetable();
    }

#endif
    /// <summary>Addresses or networks (10.0.0.5, 172.16.0.0/12), comma-separated, of the proxies whose X-Forwarded-* headers are believed.</summary>
    private static List<IPNetwork> ReadProxies(string? text)
    {
        var proxies = new List<IPNetwork>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPNetwork.TryParse(part, out var network)) proxies.Add(network);
            else if (IPAddress.TryParse(part, out var address)) proxies.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else throw new InvalidOperationException($"ReverseProxy holds '{part}'; it must be an address such as 10.0.0.5 or a network such as 172.16.0.0/12.");
        }
        return proxies;
    }

    /// <summary>A relative SQLite file lies beside the program, whatever folder it was started from.</summary>
    private static string InsideContentRoot(string connectionString, string root)
    {
        var sqlite = new SqliteConnectionStringBuilder(connectionString);
        if (sqlite.DataSource.Length > 0 && sqlite.DataSource != ":memory:")
        {
            sqlite.DataSource = Path.GetFullPath(sqlite.DataSource, root);
            Directory.CreateDirectory(Path.GetDirectoryName(sqlite.DataSource)!);
        }
        return sqlite.ToString();
    }
}
