using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using JinshanBio.Crm.Benchmarks.Fill;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Projects;
using JinshanBio.Crm.Reports;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace JinshanBio.Crm.Benchmarks.Queries;

/// <summary>Prints the statements that each request sends, how long they take one at a time, and how the database carries them out.</summary>
internal static class ShowQueries
{
    private const int WarmUps = 60, Repetitions = 100;

    public static async Task RunAsync(Options options)
    {
        var catcher = new Catcher();
        await using var services = new ServiceCollection().AddLogging().AddCrm(options.Provider, options.ConnectionString)
            .ConfigureDbContext<CrmDb>(db => db.AddInterceptors(catcher)).BuildServiceProvider();
        await CrmStart.LoadCatalogueAsync(services, CancellationToken.None);
        var (leader, officer) = (await FindAsync(services, FillDatabase.Leader, RoleCode.Leader), await FindAsync(services, FillDatabase.Officer(1), RoleCode.Officer));
        foreach (var (name, who, send) in await RequestsAsync(services, leader, officer))
        {
            if (!options.Wants(name)) continue;
            await SendAsync(services, who, send);
            catcher.Caught.Clear();
            await SendAsync(services, who, send);
            var statements = catcher.Caught.ToList();
            for (var i = 0; i < WarmUps; i++) await SendAsync(services, who, send);
            var (clock, before, allocated) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
            for (var i = 0; i < Repetitions; i++) await SendAsync(services, who, send);
            Console.WriteLine($"\n## {name}: {statements.Count} statements, {clock.Elapsed.TotalMilliseconds / Repetitions:N2} ms, "
                + $"{(Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Repetitions:N2} ms of the processor, {(GC.GetTotalAllocatedBytes() - allocated) / Repetitions / 1024:N0} KB");
            foreach (var statement in statements) await ExplainAsync(services, options.Provider, statement);
        }
    }

    private static async Task<IReadOnlyList<(string Name, Actor Who, Func<IMediator, Task> Send)>> RequestsAsync(IServiceProvider services, Actor leader, Actor officer)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        var lead = await db.Leads.Where(l => l.OwnerId == officer.Id && l.Status == LeadStatus.Open).Select(l => l.Id).FirstAsync();
        var project = await db.Projects.Select(p => p.Id).FirstAsync();
        var enterprise = await db.Enterprises.OrderBy(e => e.CreditCode).Skip(10).Select(e => e.Name).FirstAsync();
        var part = Domain.Enterprises.EnterpriseName.Core(enterprise)[..2];
        var requests = new List<(string, Actor, Func<IMediator, Task>)>();
        foreach (var (role, who) in (ReadOnlySpan<(string, Actor)>)[("leader", leader), ("officer", officer)])
        {
            requests.Add(($"leads, {role}", who, m => m.Send(new ListLeads())));
            requests.Add(($"leads by -expectedInvestment, {role}", who, m => m.Send(new ListLeads { Sort = "-expectedInvestment" })));
            requests.Add(($"leads by nextFollowUp, {role}", who, m => m.Send(new ListLeads { Sort = "nextFollowUp" })));
            requests.Add(($"leads of a field by -expectedInvestment, {role}", who, m => m.Send(new ListLeads { Field = "MED", Sort = "-expectedInvestment" })));
            requests.Add(($"search 2 characters, {role}", who, m => m.Send(new ListLeads { Q = part })));
            requests.Add(($"search full name, {role}", who, m => m.Send(new ListLeads { Q = enterprise })));
            requests.Add(($"projects, {role}", who, m => m.Send(new ListProjects())));
            requests.Add(($"projects by -investment, {role}", who, m => m.Send(new ListProjects { Sort = "-investment" })));
            requests.Add(($"projects search, {role}", who, m => m.Send(new ListProjects { Q = part })));
            requests.Add(($"pipeline by field, {role}", who, m => m.Send(new GetPipeline())));
        }
        requests.Add(("one lead, officer", officer, m => m.Send(new GetLead(lead))));
        requests.Add(("one project, leader", leader, m => m.Send(new GetProject(project))));
        return requests;
    }

    private static async Task<Actor> FindAsync(IServiceProvider services, string userName, string role)
    {
        await using var scope = services.CreateAsyncScope();
        var person = await scope.ServiceProvider.GetRequiredService<CrmDb>().Users.Include(p => p.Parks).FirstOrDefaultAsync(p => p.UserName == userName)
            ?? throw new OptionException("Fill the database first.");
        return ActorDirectory.ToActor(person, [role], services.GetRequiredService<Catalogue>());
    }

    private static async Task SendAsync(IServiceProvider services, Actor who, Func<IMediator, Task> send)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ActorSlot>().Actor = who;
        await send(scope.ServiceProvider.GetRequiredService<IMediator>());
    }

    private static async Task ExplainAsync(IServiceProvider services, string provider, Statement statement)
    {
        await using var scope = services.CreateAsyncScope();
        var connection = scope.ServiceProvider.GetRequiredService<CrmDb>().Database.GetDbConnection();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        foreach (var parameter in statement.Parameters)
        {
            var copy = command.CreateParameter();
            (copy.ParameterName, copy.Value) = parameter;
            command.Parameters.Add(copy);
        }
        command.CommandText = statement.Sql;
        var clock = Stopwatch.StartNew();
        await using (var rows = await command.ExecuteReaderAsync()) while (await rows.ReadAsync()) { }
        Console.WriteLine($"\n{statement.Sql}\n  -- alone {clock.Elapsed.TotalMilliseconds:N2} ms; {string.Join(", ", statement.Parameters.Select(p => $"{p.Name}={p.Value}"))}");

        command.CommandText = (provider == CrmDatabase.Sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN (ANALYZE, BUFFERS) ") + statement.Sql;
        await using var plan = await command.ExecuteReaderAsync();
        while (await plan.ReadAsync()) Console.WriteLine("  >> " + plan.GetValue(plan.FieldCount - 1));
    }

    private sealed record Statement(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters);

    private sealed class Catcher : DbCommandInterceptor
    {
        public ConcurrentQueue<Statement> Caught { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Caught.Enqueue(new Statement(command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(p => (p.ParameterName, p.Value))]));
            return new(result);
        }
    }
}
