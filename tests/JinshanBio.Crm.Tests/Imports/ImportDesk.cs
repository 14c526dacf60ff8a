using System.Text;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Imports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace JinshanBio.Crm.Tests.Imports;

internal static class ImportDesk
{
    public const string EnterpriseHeader = "企业名称,统一社会信用代码,注册地址,类型\n";

    public static Task<Guid> Upload(this Desk desk, byte[] file, ImportKind kind = ImportKind.Enterprises, string fileName = "list.csv")
        => desk.Send(new UploadImport { FileName = fileName, Content = new MemoryStream(file), Kind = kind });

    public static Task<Guid> Upload(this Desk desk, string csv, ImportKind kind = ImportKind.Enterprises) => desk.Upload(Encoding.UTF8.GetBytes(csv), kind);

    /// <summary>Starts it and lets the background work until everything that waits is done.</summary>
    public static async Task<ImportView> Run(this World world, string userName, Guid id)
    {
        await world.As(userName).Send(new RunImport { Id = id });
        await world.Work();
        return await world.As(userName).Send(new GetImport(id));
    }

    public static async Task<ImportView> UploadAndRun(this World world, string userName, string csv, ImportKind kind = ImportKind.Enterprises)
        => await world.Run(userName, await world.As(userName).Upload(csv, kind));

    /// <summary>What the background of one node does until nothing runs any more, whichever node has it in hand.</summary>
    public static async Task Work(this World world)
    {
        using var node = new Node(world);
        await node.RoundAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await world.Db(db => db.Imports.AnyAsync(i => i.Status == ImportStatus.Running), patience.Token)) await node.RoundAsync();
    }

    public static async Task<IReadOnlyList<ImportRowLine>> Rows(this Desk desk, Guid id, ImportVerdict? verdict = null)
        => (await desk.Send(new ListImportRows { Id = id, Verdict = verdict, Size = 200 })).Items;

    /// <summary>A valid credit code, a different one for each number.</summary>
    public static string Code(int number) => CreditCode.Complete($"91310116MB{number:D7}");

    private static Task<T> Db<T>(this World world, Func<CrmDb, Task<T>> look, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return world.Db(look);
    }
}

/// <summary>The background of one node of the program.</summary>
internal sealed class Node : IDisposable
{
    private readonly ImportSignal _signal = new();
    private readonly Failures _failures = new();
    private readonly ImportRunner _runner;

    public Node(World world) => _runner = new ImportRunner(world.Services.GetRequiredService<IServiceScopeFactory>(), _signal, _failures);

    /// <returns>False when something is left for later.</returns>
    public async Task<bool> RoundAsync()
    {
        var fine = await _runner.RunAllAsync(CancellationToken.None);
        Assert.True(_failures.All.Count == 0, string.Join("\n", _failures.All));
        return fine;
    }

    public void Dispose()
    {
        _runner.Dispose();
        _signal.Dispose();
    }

    private sealed class Failures : ILogger<ImportRunner>
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => All.Add($"{formatter(state, exception)}: {exception}");
    }
}
