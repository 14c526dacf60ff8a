using System.Diagnostics;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Reports;
using JinshanBio.Crm.Domain.Searching;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JinshanBio.Crm.Benchmarks.Fill;

/// <summary>Makes a database of the wished size with everything but the audit trail.</summary>
internal static class FillDatabase
{
    public const string Password = "Jinshan-2026", Leader = "leader";
    public const int Officers = 16;
    private const int ChapterLength = 20_000;

    private static readonly System.Reflection.PropertyInfo LeadOf = typeof(StageChange).GetProperty(nameof(StageChange.LeadId))!;
    private static readonly System.Reflection.PropertyInfo ProjectOf = typeof(StageChange).GetProperty(nameof(StageChange.ProjectId))!;

    private static readonly System.Reflection.PropertyInfo StatusOf = typeof(StatusChange).GetProperty(nameof(StatusChange.ProjectId))!;

    public static string Officer(int number) => $"officer{number}";

    public static async Task RunAsync(Options options)
    {
        var amounts = new Amounts(options.Number("leads", 100_000), options.Number("projects", 20_000), options.Number("enterprises", 100_000));
        if (amounts.Enterprises < 1 || amounts.Projects > amounts.Leads) throw new OptionException("There must be enterprises, and no more projects than leads.");
        var clock = Stopwatch.StartNew();
        await using var services = new ServiceCollection().AddLogging().AddCrm(options.Provider, options.ConnectionString).BuildServiceProvider();
        await CrmStart.MigrateAsync(services, Path.Combine(AppContext.BaseDirectory, "seeds"), CancellationToken.None);
        await CrmStart.LoadCatalogueAsync(services, CancellationToken.None);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        if (await db.Users.AnyAsync()) throw new OptionException("The database is not empty; name a new one.");
        var officers = await HireAsync(scope.ServiceProvider.GetRequiredService<UserManager<Person>>(), options.Number("seed", 1));
        Say(clock, "migrated, reference data and people");

        var story = new Story(amounts, options.Number("seed", 1), services.GetRequiredService<Catalogue>(), officers, DateTime.UtcNow.Date);
        await using var writer = await BulkWriter.OpenAsync(db, options.ConnectionString);
        var keys = new KeyShare();
        var rows = 0L;
        var sum = new List<PipelinePosting>();
        var next = Task.Run(() => story.Next(ChapterLength));
        while (await next is { } chapter)
        {
            next = Task.Run(() => story.Next(ChapterLength));
            rows += await WriteAsync(writer, chapter, keys);
            sum = [.. PipelinePosting.Sum([.. sum, .. chapter.Postings])];
        }
        rows += await WriteAsync(writer, [.. story.Series]) + await WriteAsync(writer, sum);
        var size = await writer.SizeAsync();
        await writer.FinishAsync();
        Say(clock, $"{amounts.Leads:N0} leads, {amounts.Projects:N0} projects, {amounts.Enterprises:N0} enterprises: {rows:N0} rows, {size / 1e6:N0} MB. The audit trail was left out.");
        Console.WriteLine($"Search keys: {keys.Rows:N0} rows ({(double)keys.Rows / amounts.Enterprises:N1} a name), {keys.Bytes / 1e6:N0} MB ({100.0 * keys.Bytes / size:N0} %), "
            + $"writing {keys.Writing.Elapsed.TotalSeconds:N1} s, making them {KeyShare.MakingMicroseconds(options.Number("seed", 1)):N0} µs a name.");
        Console.WriteLine($"Sign in as {Officer(1)} … {Officer(Officers)}, {Leader}, admin or manager1, manager2; password {Password}");
    }

    private static async Task<List<Guid>> HireAsync(UserManager<Person> people, int seed)
    {
        var (random, words) = (new Random(seed), Vocabulary.Load());
        var officers = new List<Guid>();
        for (var i = 1; i <= Officers; i++) officers.Add(await Hire(Officer(i), RoleCode.Officer));
        await Hire("manager1", RoleCode.ParkManager);
        await Hire("manager2", RoleCode.ParkManager);
        await Hire(Leader, RoleCode.Leader);
        await Hire("admin", RoleCode.Administrator);
        return officers;

        async Task<Guid> Hire(string userName, string role)
        {
            var person = new Person { UserName = userName, DisplayName = words.PersonName(random) };
            var result = await people.CreateAsync(person, Password);
            if (!result.Succeeded) throw new InvalidOperationException(string.Join(' ', result.Errors.Select(e => e.Description)));
            await people.AddToRoleAsync(person, role);
            return person.Id;
        }
    }

    private static async Task<long> WriteAsync(BulkWriter writer, Chapter chapter, KeyShare share)
    {
        foreach (var lead in chapter.Leads)
            foreach (var change in lead.History) LeadOf.SetValue(change, lead.Id);
        foreach (var project in chapter.Projects)
        {
            foreach (var change in project.History) ProjectOf.SetValue(change, project.Id);
            foreach (var change in project.StatusHistory) StatusOf.SetValue(change, project.Id);
        }

        var rows = await WriteAsync(writer, chapter.Enterprises);
        rows += await share.MeasureAsync(writer, [.. chapter.Enterprises.SelectMany(e => e.Keys).OrderBy(k => k.Kind).ThenBy(k => k.Key, StringComparer.Ordinal)]);
        rows += await WriteAsync(writer, chapter.Leads);
        rows += await WriteAsync(writer, [.. chapter.Leads.SelectMany(l => l.Links)]);
        rows += await WriteAsync(writer, chapter.Projects);
        rows += await WriteAsync(writer, [.. chapter.Projects.SelectMany(p => p.Links)]);
        rows += await WriteAsync(writer, [.. chapter.Projects.SelectMany(p => p.Evidence)]);
        rows += await WriteAsync(writer, [.. chapter.Projects.SelectMany(p => p.Facts)]);
        rows += await WriteAsync(writer, [.. chapter.Projects.SelectMany(p => p.StatusHistory)]);
        rows += await WriteAsync(writer, [.. chapter.Leads.SelectMany(l => l.History), .. chapter.Projects.SelectMany(p => p.History)]);
        rows += await WriteAsync(writer, chapter.Agreements);
        rows += await WriteAsync(writer, chapter.FollowUps);
        return rows + await WriteAsync(writer, chapter.Periods);
    }

    private static async Task<long> WriteAsync<T>(BulkWriter writer, List<T> rows) where T : class
    {
        await writer.WriteAsync(rows);
        return rows.Count;
    }

    private static void Say(Stopwatch clock, string what) => Console.WriteLine($"{clock.Elapsed.TotalSeconds,6:N1} s  {what}");
}

/// <summary>What the search keys cost of it all.</summary>
internal sealed class KeyShare
{
    public long Rows { get; private set; }
    public long Bytes { get; private set; }
    public Stopwatch Writing { get; } = new();

    public async Task<long> MeasureAsync(BulkWriter writer, List<EnterpriseKey> keys)
    {
        var before = await writer.SizeAsync();
        Writing.Start();
        await writer.WriteAsync(keys);
        Writing.Stop();
        Bytes += await writer.SizeAsync() - before;
        Rows += keys.Count;
        return keys.Count;
    }

    public static double MakingMicroseconds(int seed)
    {
        var (random, words) = (new Random(seed), Vocabulary.Load());
        var names = Enumerable.Range(0, 5_000).Select(_ => words.EnterpriseName(random)).ToList();
        var clock = Stopwatch.StartNew();
        foreach (var name in names) _ = SearchKeys.OfEnterprise(name, EnterpriseName.Core(name), [], null);
        return clock.Elapsed.TotalMicroseconds / names.Count;
    }
}
