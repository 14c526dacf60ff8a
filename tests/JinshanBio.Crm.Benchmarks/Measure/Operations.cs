using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using JinshanBio.Crm.Benchmarks.Fill;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Searching;
using JinshanBio.Crm.Domain.Stages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JinshanBio.Crm.Benchmarks.Measure;

/// <summary>What is measured, with the rows and words that the requests are about taken from the database.</summary>
internal sealed class Operations
{
    private const string List = "1,240", Search = "2,000", Record = "3,400", Create = "2,000", Change = "2,000", Pipeline = "1,000";
    private const int Samples = 2_000;

    private readonly AuthenticationHeaderValue _leader;
    private readonly AuthenticationHeaderValue[] _officers;
    private readonly string _leaderCookie, _officerCookie;
    private readonly List<(Guid Id, string Stage)>[] _openLeads;
    private readonly List<Guid>[] _reviewed;
    private readonly List<Guid> _projects;
    private readonly List<string> _names;

    private Operations(AuthenticationHeaderValue leader, AuthenticationHeaderValue[] officers, (string Leader, string Officer) cookies,
        List<(Guid Id, string Stage)>[] openLeads, List<Guid>[] reviewed, List<Guid> projects, List<string> names)
        => (_leader, _officers, (_leaderCookie, _officerCookie), _openLeads, _reviewed, _projects, _names) = (leader, officers, cookies, openLeads, reviewed, projects, names);

    public static async Task<IReadOnlyList<Operation>> PrepareAsync(Options options, WebProgram program, int clients)
    {
        await using var services = new ServiceCollection().AddLogging().AddCrm(options.Provider, options.ConnectionString).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        var officers = new AuthenticationHeaderValue[FillDatabase.Officers];
        var openLeads = new List<(Guid Id, string Stage)>[FillDatabase.Officers];
        var reviewed = new List<Guid>[FillDatabase.Officers];
        for (var i = 0; i < officers.Length; i++)
        {
            var name = FillDatabase.Officer(i + 1);
            officers[i] = await Token(name);
            var id = await db.Users.Where(p => p.UserName == name).Select(p => p.Id).SingleAsync();
            openLeads[i] = [.. (await db.Leads.Where(l => l.OwnerId == id && l.Status == LeadStatus.Open).OrderBy(l => l.Number).Take(Samples)
                .Select(l => new { l.Id, l.Stage }).ToListAsync()).Select(l => (l.Id, l.Stage))];
            reviewed[i] = await db.Projects.Where(p => p.OwnerId == id && !p.IsClosed && p.Stage == Stage.Review).OrderBy(p => p.Number).Take(Samples).Select(p => p.Id).ToListAsync();
        }
        var projects = await db.Projects.OrderBy(p => p.Number).Take(Samples).Select(p => p.Id).ToListAsync();
        var names = await db.Enterprises.OrderBy(e => e.CreditCode).Take(Samples).Select(e => e.Name).ToListAsync();
        var cookies = (await program.SignInToPagesAsync(FillDatabase.Leader), await program.SignInToPagesAsync(FillDatabase.Officer(1)));
        return [.. new Operations(await Token(FillDatabase.Leader), officers, cookies, openLeads, reviewed, projects, names).All(clients)];

        async Task<AuthenticationHeaderValue> Token(string userName) => new("Bearer", await program.SignInAsync(userName));
    }

    private IEnumerable<Operation> All(int clients)
    {
        yield return Get("leads, default page, leader", List, _ => "leads", Leader);
        yield return Get("leads, default page, officer", List, _ => "leads", Officer);
        yield return Get("leads by -expectedInvestment, leader", List, _ => "leads?sort=-expectedInvestment", Leader);
        yield return Get("leads by -expectedInvestment, officer", List, _ => "leads?sort=-expectedInvestment", Officer);
        yield return Get("leads by nextFollowUp, leader", List, _ => "leads?sort=nextFollowUp", Leader);
        yield return Get("leads by nextFollowUp, officer", List, _ => "leads?sort=nextFollowUp", Officer);
        yield return Get("leads of a field by -expectedInvestment, leader", List, _ => "leads?field=MED&sort=-expectedInvestment", Leader);
        yield return Get("leads of a field by -expectedInvestment, officer", List, _ => "leads?field=MED&sort=-expectedInvestment", Officer);
        yield return Get("search 2 characters, leader", Search, random => Query(Part(Name(random), random)), Leader);
        yield return Get("search 2 characters, officer", Search, random => Query(Part(Name(random), random)), Officer);
        yield return Get("search 4 initials, leader", Search, random => Query(Initials(Name(random))), Leader);
        yield return Get("search full name, leader", Search, random => Query(Name(random)), Leader);
        yield return Get("search full name, officer", Search, random => Query(Name(random)), Officer);
        yield return new Operation("duplicates of a name, officer", Search, HttpStatusCode.OK, (client, random) => Ask(HttpMethod.Post, "enterprises/duplicates", Officer(client), new { name = EnterpriseName.Core(Name(random)) + "有限公司" }));
        yield return new Operation("one lead, officer", Record, HttpStatusCode.OK, (client, random) => Ask(HttpMethod.Get, $"leads/{Vocabulary.Pick(random, _openLeads[client % _officers.Length]).Id}", Officer(client)));
        yield return Get("one project, leader", Record, random => $"projects/{Vocabulary.Pick(random, _projects)}", Leader);
        yield return Get("projects by -investment, leader", List, _ => "projects?sort=-investment", Leader);
        yield return Get("projects by -investment, officer", List, _ => "projects?sort=-investment", Officer);
        yield return Get("pipeline by field, leader", Pipeline, _ => "reports/pipeline?by=field", Leader);
        yield return Get("pipeline by field, officer", Pipeline, _ => "reports/pipeline?by=field", Officer);
        // The page as a browser gets it: frame, filters, views, list.
        foreach (var path in (string[])["leads", "leads?sort=nextFollowUp", "leads?field=MED&planned=true&expectedInvestmentFrom=50000000&sort=-expectedInvestment", "leads?planned=false&source=Event",
            "projects?sort=-investment", "projects?stage=S50&sort=stageSince", "projects/board", "projects/board?by=Field", "projects/board?by=Owner", "enterprises", "enterprises?coded=true&led=true"])
        {
            yield return Page(path, "leader", _leaderCookie);
            yield return Page(path, "officer", _officerCookie);
        }
        yield return Screening(clients);
        yield return Moving(clients);
        yield return Creating();
        yield return Get("pipeline by field, leader, after these changes", Pipeline, _ => "reports/pipeline?by=field", Leader);
    }

    /// <summary>Each client moves leads of its own round the first three stages, so that no move is refused.</summary>
    private Operation Screening(int clients)
    {
        var sharing = (clients + _officers.Length - 1) / _officers.Length;
        var mine = Enumerable.Range(0, clients).Select(c => _openLeads[c % _officers.Length].Where((_, i) => i % sharing == c / _officers.Length).ToArray()).ToArray();
        var turns = new int[clients];
        return new Operation("stage change (screening)", Change, HttpStatusCode.OK, (client, _) =>
        {
            ref var lead = ref mine[client][turns[client]++ % mine[client].Length];
            lead.Stage = lead.Stage switch { Stage.Lead => Stage.Screened, Stage.Screened => Stage.FirstTalk, _ => Stage.Lead };
            return Ask(HttpMethod.Post, $"leads/{lead.Id}/screening", Officer(client), new { to = lead.Stage });
        });
    }

    /// <summary>Each client moves projects of its own back to the talks and forward to the review again, whose gate they satisfy.</summary>
    private Operation Moving(int clients)
    {
        var sharing = (clients + _officers.Length - 1) / _officers.Length;
        var mine = Enumerable.Range(0, clients).Select(c => _reviewed[c % _officers.Length].Where((_, i) => i % sharing == c / _officers.Length).ToArray()).ToArray();
        var turns = new int[clients];
        return new Operation("stage move of a project", Change, HttpStatusCode.OK, (client, _) =>
        {
            var turn = turns[client]++;
            var project = mine[client][turn / 2 % mine[client].Length];
            return Ask(HttpMethod.Post, $"projects/{project}/stage", Officer(client), turn % 2 == 0 ? new { to = Stage.InTalks, reason = "benchmark" } : new { to = Stage.Review });
        });
    }

    private Operation Creating()
    {
        // Codes from a range that no filled enterprise has, new with each run.
        var code = 100_000_000 + (int)(DateTime.UtcNow.Ticks / TimeSpan.TicksPerSecond % 1_000_000) * 1_000;
        return new Operation("create a lead with a new enterprise", Create, HttpStatusCode.Created, (client, random) => Ask(HttpMethod.Post, "leads", Officer(client), new
        {
            enterprise = new { name = Name(random), creditCode = Vocabulary.CreditCodeOf(Interlocked.Increment(ref code)) },
            field = "MED", links = (string[])["MED-01", "MED-02"], source = "visit", expectedInvestment = random.Next(100, 9_000) * 10_000m, nextFollowUp = DateTime.UtcNow.AddDays(random.Next(1, 30)),
        }));
    }

    private static Operation Get(string name, string aim, Func<Random, string> path, Func<int, AuthenticationHeaderValue> who)
        => new(name, aim, HttpStatusCode.OK, (client, random) => Ask(HttpMethod.Get, path(random), who(client)));

    private static Operation Page(string path, string role, string cookie)
        => new($"page {path}, {role}", "–", HttpStatusCode.OK, (_, _) => new HttpRequestMessage(HttpMethod.Get, new Uri("/" + path, UriKind.Relative)) { Headers = { { "Cookie", cookie } } });

    private static HttpRequestMessage Ask(HttpMethod method, string path, AuthenticationHeaderValue who, object? body = null) => new(method, new Uri("/api/v1/" + path, UriKind.Relative))
    {
        Headers = { Authorization = who },
        Content = body is null ? null : JsonContent.Create(body),
    };

    private AuthenticationHeaderValue Leader(int client) => _leader;
    private AuthenticationHeaderValue Officer(int client) => _officers[client % _officers.Length];
    private string Name(Random random) => Vocabulary.Pick(random, _names);

    private static string Query(string q) => "leads?q=" + Uri.EscapeDataString(q);

    /// <summary>Two characters that stand beside each other in what the form and the region leave of a name.</summary>
    private static string Part(string name, Random random)
    {
        var core = EnterpriseName.Core(name);
        return core.Length < 3 ? core : core.Substring(random.Next(core.Length - 1), 2);
    }

    private static string Initials(string name)
        => string.Concat(Pinyin.Syllables(EnterpriseName.Core(name)).Take(4).Select(s => char.ToLower(s[0], CultureInfo.InvariantCulture)));
}
