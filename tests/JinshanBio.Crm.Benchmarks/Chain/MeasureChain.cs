using System.Diagnostics;
using System.Globalization;
using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JinshanBio.Crm.Benchmarks.Chain;

/// <summary>
/// Measures the chain on a made-up district: coverage of all fields, the order of targets and their page, and matching a list, with 5,000 enterprises and 2,000
/// projects, and with both doubled. Requests are sent through the whole pipeline on a database of its own; medians of 21 runs after a warm one.
/// </summary>
internal static class MeasureChain
{
    private const int Runs = 21, Batch = 500;
    private static readonly string[] Scopes = ["细胞培养基、添加因子的生产", "不锈钢发酵罐、一次性生物反应器的制造", "单克隆抗体、双抗的研发", "聚乳酸、可降解塑料的生产（不含危险化学品）", "微生物农药、植保制剂", "生物航煤、燃料乙醇", "保健食品、功能饮料", "技术开发、技术咨询、技术服务；货物进出口"];

    public static async Task RunAsync(Options options)
    {
        var (enterprises, projects) = (options.Number("enterprises", 5_000), options.Number("projects", 2_000));
        Console.WriteLine("| | enterprises | projects | coverage | order alone | targets, a page | matching all |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|");
        foreach (var times in (int[])[1, 2]) await MeasureAsync(options, enterprises * times, projects * times);
    }

    private static async Task MeasureAsync(Options options, int enterprises, int projects)
    {
        var file = Path.Combine(Path.GetTempPath(), $"benchmark-chain-{Guid.NewGuid():N}.db");
        var connection = options.Provider == CrmDatabase.Sqlite ? $"Data Source={file}" : options.ConnectionString;
        await using (var services = new ServiceCollection().AddLogging().AddCrm(options.Provider, connection).BuildServiceProvider())
        {
            await CrmStart.MigrateAsync(services, Path.Combine(AppContext.BaseDirectory, "seeds"), CancellationToken.None);
            await CrmStart.LoadCatalogueAsync(services, CancellationToken.None);
            await FillAsync(services, enterprises, projects, options.Number("seed", 1));
            var coverage = await MedianAsync(() => SendAsync(services, new GetCoverage()));
            var ground = await GroundAsync(services);
            var order = await MedianAsync(() => Task.FromResult(TargetRanking.Of(ground.Coverage, ground.Candidates, TargetGround.Most)));
            var page = await MedianAsync(() => SendAsync(services, new ListSuggestions()));
            var clock = Stopwatch.StartNew();
            var matched = await SendAsync(services, new MatchChangedLinks());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {options.Provider} | {enterprises:N0} | {projects:N0} | {coverage:N0} ms | {order:N0} ms ({ground.Candidates.Count:N0} candidates) | {page:N0} ms | {clock.Elapsed.TotalSeconds:N1} s ({matched}) |"));
        }
        if (options.Provider != CrmDatabase.Sqlite) return;
        foreach (var part in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(file) + "*")) File.Delete(part);
    }

    // As many candidates as enterprises that operate here, and the projects are of further ones. All are small, so that gaps are left: a district without a gap has
    // nothing to put in order. One to three links each.
    private static async Task FillAsync(IServiceProvider services, int enterprises, int projects, int seed)
    {
        var random = new Random(seed);
        var links = services.GetRequiredService<Catalogue>().Links.ToList();
        var owner = await OwnerAsync(services);
        var number = 0;
        for (var from = 0; from < 2 * enterprises + projects; from += Batch)
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
            for (var i = from; i < Math.Min(from + Batch, 2 * enterprises + projects); i++)
            {
                var now = DateTime.UtcNow;
                var enterprise = new Enterprise(string.Create(CultureInfo.InvariantCulture, $"Firm {i} {(char)('A' + random.Next(26))}"), null, "CN", now, owner);
                enterprise.Trade(null, Scopes[random.Next(Scopes.Length)]);
                enterprise.Classify((EnterpriseSize)random.Next(4), null, false, null);
                var field = links[random.Next(links.Count)].Field;
                var mine = links.Where(l => l.Field == field).OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(l => l.Code).ToList();
                enterprise.WorkIn(mine);
                db.Enterprises.Add(enterprise);
                if (i >= projects + enterprises) db.Presences.Add(new Presence(enterprise.Id, new PresenceTerms(null, random.Next(1, 100) * 1_000m, null, "benchmark"), now, owner));
                if (i >= projects) continue;
                var lead = new Lead($"XS-2026-{++number:D5}", enterprise, new LeadTerms(field, mine, LeadSource.Platform, 1_000_000, null, null), owner, now, owner);
                var project = Project.From(lead, $"XM-2026-{number:D5}", new ProjectTerms($"Project {i}", Track.Lease, 10_000_000, random.Next(1, 100) * 10_000m, 1000), now, owner);
                db.Leads.Add(lead);
                db.Projects.Add(project);
            }
            await db.SaveChangesAsync();
        }
    }

    private static async Task<Guid> OwnerAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        var person = new Person { UserName = "owner", NormalizedUserName = "OWNER", DisplayName = "Owner" };
        db.Users.Add(person);
        await db.SaveChangesAsync();
        return person.Id;
    }

    private static async Task<TargetGround> GroundAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return await TargetGround.LoadAsync(scope.ServiceProvider.GetRequiredService<CrmDb>(), services.GetRequiredService<Catalogue>(), Actor.System, DateTime.UtcNow, null, CancellationToken.None);
    }

    private static async Task<T> SendAsync<T>(IServiceProvider services, IRequest<T> request)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ActorSlot>().Actor = Actor.System;
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    private static async Task<double> MedianAsync<T>(Func<Task<T>> run)
    {
        await run();
        var times = new List<double>(Runs);
        for (var i = 0; i < Runs; i++)
        {
            var clock = Stopwatch.StartNew();
            await run();
            times.Add(clock.Elapsed.TotalMilliseconds);
        }
        return times.Order().ElementAt(Runs / 2);
    }
}
