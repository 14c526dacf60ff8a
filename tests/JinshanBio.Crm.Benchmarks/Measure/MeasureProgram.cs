using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using JinshanBio.Crm.Benchmarks.Fill;
using JinshanBio.Crm.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JinshanBio.Crm.Benchmarks.Measure;

/// <summary>Starts the web program on a filled database and measures what it answers over HTTP.</summary>
internal static class MeasureProgram
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <returns>1 when any answer was an error, else 0.</returns>
    public static async Task<int> RunAsync(Options options)
    {
        var (clients, seconds) = (options.Number("clients", 16), options.Number("seconds", 5));
        var rows = await RowsAsync(options);
        await using var program = await WebProgram.StartAsync(options);
        Console.WriteLine($"First answer after {program.FirstAnswer.TotalSeconds:N2} s (aim ≤ 2), {program.Megabytes:N0} MB resident (aim ≤ 150)");
        var atStart = program.Megabytes;

        var figures = new List<Figure>();
        Console.WriteLine($"\n{clients} clients, {seconds} s each, {string.Join(", ", rows.Select(r => $"{r.Value:N0} {r.Key}"))}, {options.Provider}\n");
        Console.WriteLine("| operation | aim /s | ops/s | median ms | p95 ms | errors | program's CPU ms each |\n|---|--:|--:|--:|--:|--:|--:|");
        using var load = new Load(program, clients, TimeSpan.FromSeconds(seconds));
        foreach (var operation in await Operations.PrepareAsync(options, program, clients))
        {
            if (!options.Wants(operation.Name)) continue;
            var figure = await load.RunAsync(operation);
            figures.Add(figure);
            Console.WriteLine($"| {figure.Operation} | {figure.Aim} | {figure.PerSecond:N0} | {figure.MedianMs:N2} | {figure.P95Ms:N2} | {figure.Errors} | {figure.CpuMs:N2} |");
            if (figure.FirstError is { } error) Console.WriteLine($"    first error: {error}");
        }
        var atEnd = program.Megabytes;
        Console.WriteLine($"\nResident: {atStart:N0} MB after start, {atEnd:N0} MB after the load");

        if (options.Out is { } file)
        {
            var machine = new { Cores = Environment.ProcessorCount, Os = RuntimeInformation.OSDescription, DotNet = RuntimeInformation.FrameworkDescription };
            var result = new { At = DateTime.UtcNow, machine, options.Provider, rows, clients, seconds, firstAnswerSeconds = program.FirstAnswer.TotalSeconds, residentMbAtStart = atStart, residentMbAtEnd = atEnd, figures };
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(result, Json));
        }
        return figures.Exists(f => f.Errors > 0) ? 1 : 0;
    }

    private static async Task<Dictionary<string, int>> RowsAsync(Options options)
    {
        await using var services = new ServiceCollection().AddLogging().AddCrm(options.Provider, options.ConnectionString).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        if (!await db.Database.CanConnectAsync() || !await db.Users.AnyAsync(p => p.UserName == FillDatabase.Leader)) throw new OptionException("Fill the database first.");
        return new(StringComparer.Ordinal) { ["leads"] = await db.Leads.CountAsync(), ["projects"] = await db.Projects.CountAsync(), ["enterprises"] = await db.Enterprises.CountAsync() };
    }
}

/// <summary>What one operation reached.</summary>
/// <param name="CpuMs">Processor time of the web program for one of them; less moved by other work on the machine than the rest.</param>
internal sealed record Figure(string Operation, string Aim, int Count, double PerSecond, double MedianMs, double P95Ms, int Errors, string? FirstError, double CpuMs);
