using System.Text;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Imports;
using JinshanBio.Crm.Leads;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace JinshanBio.Crm.Tests.Imports;

public sealed class ImportRunTests
{
    [OnEveryDatabase]
    public async Task After_a_crash_in_the_middle_it_goes_on_and_no_row_is_applied_twice(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (batch, count) = (RunImportRowsHandler.Batch, 2 * RunImportRowsHandler.Batch + 200);
        var rows = string.Concat(Enumerable.Range(0, count).Select(i => i % 3 == 0 ? $"青禾{i}号酶业,,,\n" : $"青禾{i}号酶业,{ImportDesk.Code(i)},,\n"));
        var id = await world.As("officer").Upload(ImportDesk.EnterpriseHeader + rows);
        await world.As("officer").Send(new RunImport { Id = id });

        await Assert.ThrowsAsync<InvalidOperationException>(() => CrashInTheSecondBatch(world, id));
        var halfway = await world.As("officer").Send(new GetImport(id));
        Assert.Equal((ImportStatus.Running, batch, batch), (halfway.Status, halfway.Done, halfway.Created));

        await world.Work();
        var finished = await world.As("officer").Send(new GetImport(id));
        Assert.Equal((ImportStatus.Finished, count, count, 0), (finished.Status, finished.Done, finished.Created, finished.Skipped));
        Assert.Equal((count, count), await world.Db(async db => (await db.Enterprises.CountAsync(e => e.ImportId == id),
            await db.Enterprises.Where(e => e.ImportId == id).Select(e => e.Name).Distinct().CountAsync())));
    }

    [OnEveryDatabase]
    public async Task Two_officers_with_the_same_list_at_the_same_time_create_each_enterprise_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var csv = ImportDesk.EnterpriseHeader + string.Concat(Enumerable.Range(0, 1500).Select(i => i % 3 == 0 ? $"青禾{i}号酶业,,,\n" : $"青禾{i}号酶业,{ImportDesk.Code(i)},,\n"));
        var ids = new List<Guid>();
        foreach (var officer in (string[])["officer", "officer2"])
        {
            ids.Add(await world.As(officer).Upload(csv));
            await world.As(officer).Send(new RunImport { Id = ids[^1] });
        }
        // Two nodes, each of which takes both imports.
        await Task.WhenAll(Task.Run(world.Work), Task.Run(world.Work));

        var views = new[] { await world.As("officer").Send(new GetImport(ids[0])), await world.As("officer2").Send(new GetImport(ids[1])) };
        Assert.All(views, v => Assert.Equal((ImportStatus.Finished, 1500, 0), (v.Status, v.Done, v.Refused)));
        Assert.Equal((1500, 1500), (views.Sum(v => v.Created), views.Sum(v => v.Skipped)));
        Assert.Equal(1500, await world.Db(db => db.Enterprises.CountAsync(e => e.ImportId != null)));
    }

    [OnEveryDatabase]
    public async Task A_row_that_the_database_does_not_take_is_refused_and_the_others_go_in(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.As("officer").Upload(ImportDesk.EnterpriseHeader + string.Concat(Enumerable.Range(0, 20).Select(i => $"青禾{i}号酶业,,,\n")));
        await world.Db(db => db.Database.ExecuteSqlRawAsync(provider == CrmDatabase.Sqlite
            ? """CREATE TRIGGER "Broken" BEFORE INSERT ON "Enterprises" WHEN NEW."Name" = '青禾7号酶业' BEGIN SELECT RAISE(ABORT, 'broken'); END"""
            : """ALTER TABLE "Enterprises" ADD CONSTRAINT "Broken" CHECK ("Name" <> '青禾7号酶业')"""));
        var finished = await world.Run("officer", id);

        Assert.Equal((ImportStatus.Finished, 19, 1), (finished.Status, finished.Created, finished.Refused));
        var refused = Assert.Single(await world.As("officer").Rows(id, ImportVerdict.Refuse));
        Assert.Equal((9, ImportReason.NotSaved), (refused.Number, refused.Reason));
    }

    [OnEveryDatabase]
    public async Task The_refused_rows_come_back_as_a_file_that_imports_once_it_is_corrected(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (right, wrong) = (ImportDesk.Code(1), ImportDesk.Code(1)[..17] + (ImportDesk.Code(1)[17] == '1' ? '2' : '1'));
        var finished = await world.UploadAndRun("officer", $"序号,企业名称,统一社会信用代码,注册地址\n1,青禾一号酶业,,甲路\n2,\"青禾,二号酶业\",{wrong},=1+1\n");
        var file = await world.As("officer").Send(new ImportErrors(finished.Id));
        using var reader = new StreamReader(file.Content, Encoding.UTF8);
        var csv = await reader.ReadToEndAsync();

        Assert.Equal("list", file.FileName[..4]);
        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("序号,企业名称,统一社会信用代码,注册地址,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"2,\"青禾,二号酶业\",{wrong},'=1+1,", lines[1], StringComparison.Ordinal);
        Assert.Contains(wrong, lines[1].Split(',')[^2] + lines[1].Split(',')[^1], StringComparison.Ordinal);

        var again = await world.UploadAndRun("officer", csv.Replace(wrong, right));
        Assert.Equal((1, 1, 0), (again.Rows, again.Created, again.Refused));
        Assert.Equal("=1+1", (await world.Db(db => db.Enterprises.SingleAsync(e => e.CreditCode == right))).Address);
    }

    [OnEveryDatabase]
    public async Task Undo_takes_back_what_nobody_touched_and_keeps_the_rest(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = (await world.UploadAndRun("officer", $"{ImportDesk.EnterpriseHeader}青禾一号酶业,,,\n青禾二号酶业,,,\n青禾三号酶业,,,\n")).Id;
        var names = await world.Db(db => db.Enterprises.Where(e => e.ImportId == id).ToDictionaryAsync(e => e.Name, e => e.Id));
        await world.Db(async db =>
        {
            (await db.Enterprises.SingleAsync(e => e.Name == "青禾一号酶业")).Describe("新址", null, "CN");
            await db.SaveChangesAsync();
        });
        await world.As("officer2").Send(new CreateLead { EnterpriseId = names["青禾二号酶业"], Field = "MED", Source = LeadSource.Visit });

        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new UndoImport(id)));
        Assert.Equal(new UndoneImport(ImportStatus.Undone, 1, 2), await world.As("admin").Send(new UndoImport(id)));
        Assert.Equal(["青禾一号酶业", "青禾二号酶业"], (await world.Db(db => db.Enterprises.Where(e => e.ImportId == id).Select(e => e.Name).ToListAsync())).Order(StringComparer.Ordinal));
        Assert.False(await world.Db(db => db.EnterpriseKeys.AnyAsync(k => k.EnterpriseId == names["青禾三号酶业"])));
        Assert.True(await world.Db(db => db.AuditRecords.AnyAsync(r => r.SubjectId == names["青禾三号酶业"] && r.Action == AuditAction.Deleted)));
        await world.Refused(RefusalCode.ImportNotReady, () => world.As("officer").Send(new UndoImport(id)));
    }

    [OnEveryDatabase]
    public async Task Undo_is_refused_while_it_runs_and_before_it_ran_it_only_closes_the_import(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.As("officer").Upload($"{ImportDesk.EnterpriseHeader}青禾一号酶业,,,\n");
        Assert.Equal(new UndoneImport(ImportStatus.Undone, 0, 0), await world.As("officer").Send(new UndoImport(id)));
        await world.Refused(RefusalCode.ImportNotReady, () => world.As("officer").Send(new RunImport { Id = id }));

        id = await world.As("officer").Upload($"{ImportDesk.EnterpriseHeader}青禾一号酶业,,,\n");
        await world.As("officer").Send(new RunImport { Id = id });
        await world.Refused(RefusalCode.ImportNotReady, () => world.As("officer").Send(new UndoImport(id)));
    }

    [Fact]
    public async Task The_runner_resumes_at_its_start_and_wakes_at_the_signal()
    {
        await using var world = await World.OpenAsync(CrmDatabase.Sqlite);
        var first = await world.As("officer").Upload($"{ImportDesk.EnterpriseHeader}青禾一号酶业,,,\n");
        await world.As("officer").Send(new RunImport { Id = first });
        using var runner = new ImportRunner(world.Services.GetRequiredService<IServiceScopeFactory>(), world.Services.GetRequiredService<ImportSignal>(), NullLogger<ImportRunner>.Instance);
        await runner.StartAsync(CancellationToken.None);
        await Finished(world, first);

        var second = await world.As("officer").Upload($"{ImportDesk.EnterpriseHeader}青禾二号酶业,,,\n");
        await world.As("officer").Send(new RunImport { Id = second });
        await Finished(world, second);
        await runner.StopAsync(CancellationToken.None);
    }

    private static async Task Finished(World world, Guid id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await world.As("officer").Send(new GetImport(id))).Status != ImportStatus.Finished) await Task.Delay(20, patience.Token);
    }

    internal static async Task CrashInTheSecondBatch(World world, Guid id)
    {
        await using var scope = world.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ActorSlot>().Actor = await world.FindAsync("officer");
        var handler = new RunImportRowsHandler(scope.ServiceProvider.GetRequiredService<CrmDb>(), await world.FindAsync("officer"), scope.ServiceProvider.GetRequiredService<Catalogue>(),
            new CrashingClock(), NullLogger<RunImportRowsHandler>.Instance);
        await handler.Handle(new RunImportRows { Id = id, Runner = Guid.CreateVersion7() }, CancellationToken.None);
    }

    /// <summary>Is asked when the import is taken in hand, and in each batch in the middle and at the end of its transaction.</summary>
    private sealed class CrashingClock : TimeProvider
    {
        private int _asked;

        public override DateTimeOffset GetUtcNow() => ++_asked <= 3 ? new DateTimeOffset(2026, 11, 20, 2, 0, 0, TimeSpan.Zero) : throw new InvalidOperationException("crash");
    }
}
