using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.Imports;

/// <summary>
/// 写入登记: applies the rows of a running import, batch by batch, each row once. What a batch does, its marks on the rows and
/// the progress are one transaction, so that a crash loses at most a batch that was not yet done.
/// </summary>
[Needs(Permission.ImportsRun)]
internal sealed record RunImportRows : IRequest<bool>
{
    public Guid Id { get; init; }

    /// <summary>Whose work it is meanwhile: two nodes never share an import.</summary>
    public Guid Runner { get; init; }
}

/// <returns>False when another node has it in hand.</returns>
internal sealed class RunImportRowsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock, ILogger<RunImportRowsHandler> log) : IRequestHandler<RunImportRows, bool>
{
    // A larger batch writes fewer pages of the search index, a smaller one makes others wait less and needs less memory.
    internal const int Batch = 1000;
    private const int AttemptsPerRow = 2;

    // Longer than any batch; after a crash another node waits this long.
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    // SQLite has one writer, and whoever waits for it looks every tenth of a second: colleagues get their turn here.
    private static readonly TimeSpan GiveWay = TimeSpan.FromMilliseconds(110);
    private const int BatchesInARow = 2;
    private bool _stopped;

    public async Task<bool> Handle(RunImportRows request, CancellationToken cancellationToken)
    {
        var import = await db.Imports.AsNoTracking().SingleAsync(i => i.Id == request.Id, cancellationToken);
        if (import.Status != ImportStatus.Running) return true;
        if (!await TakeAsync(request, cancellationToken)) return false;
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await CheckpointEveryAsync(ManyPages, cancellationToken);
            await ApplyAllAsync(import, request.Runner, cancellationToken);
            if (!_stopped) await FinishAsync(import.Id, cancellationToken);
        }
        finally
        {
            await CheckpointEveryAsync(FewPages, CancellationToken.None);
            // At an orderly end of the program the next node need not wait. Past the change tracker: nobody's record changes.
            await db.Imports.Where(i => i.Id == request.Id && i.RunnerId == request.Runner)
                .ExecuteUpdateAsync(i => i.SetProperty(x => x.RunnerUntil, (DateTime?)null), CancellationToken.None);
        }
        return true;
    }

    // Each batch touches most pages of the search index: copied into the database once for several batches, not for each.
    private const int FewPages = 8000, ManyPages = 100_000;

    private async Task CheckpointEveryAsync(int pages, CancellationToken cancel)
    {
        if (IsSqlite) await db.Database.ExecuteSqlRawAsync(string.Create(CultureInfo.InvariantCulture, $"PRAGMA wal_autocheckpoint={pages}"), cancel);
    }

    private bool IsSqlite => db.Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal);

    private async Task<bool> TakeAsync(RunImportRows request, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return await db.Imports.Where(i => i.Id == request.Id && i.Status == ImportStatus.Running && (i.RunnerUntil == null || i.RunnerUntil < now || i.RunnerId == request.Runner))
            .ExecuteUpdateAsync(i => i.SetProperty(x => x.RunnerId, request.Runner).SetProperty(x => x.RunnerUntil, now + Lease), cancel) == 1;
    }

    private async Task ApplyAllAsync(Import import, Guid runner, CancellationToken cancel)
    {
        int after = 0, size = Batch, oneByOne = 0, failures = 0;
        for (var turn = 1; ; turn++)
        {
            try
            {
                var refuse = failures == AttemptsPerRow;
                if (await ApplyAsync(import, runner, after, size, refuse, cancel) is not { } last) return;
                (after, failures) = (last, 0);
                if (size == 1 && --oneByOne == 0) size = Batch;
                else if (size > 1 && IsSqlite && turn % BatchesInARow == 0) await Task.Delay(GiveWay, cancel);
            }
            catch (DbUpdateException e) when (e.InnerException is not DbException { IsTransient: true } && failures < AttemptsPerRow)
            {
                // One bad row must not take its batch with it.
                if (size > 1) (size, oneByOne) = (1, Batch);
                else if (++failures == AttemptsPerRow) log.LogError(e, "A row after {Row} of import {Import} could not be saved", after, import.Id);
            }
        }
    }

    /// <summary>Applies the next rows that have not been.</summary>
    /// <param name="refuse">Refuse them instead, because the database does not take them.</param>
    /// <returns>Number of the last row applied, or null when there is none left, or somebody stopped it.</returns>
    private async Task<int?> ApplyAsync(Import import, Guid runner, int after, int size, bool refuse, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        db.InsertsInBulk = false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // The row of this series is locked until the commit: of two imports at once, the second sees what the first created.
        await Numbers.TakeAsync(db, "import-batch", 1, cancel);
        var rows = await db.ImportRows.AsNoTracking().Where(r => r.ImportId == import.Id && r.Number > after && !r.Applied)
            .OrderBy(r => r.Number).Take(size).ToListAsync(cancel);
        if (rows.Count == 0) return null;

        var keys = new List<EnterpriseKey>();
        if (refuse)
            foreach (var row in rows) (row.Verdict, row.Reason, row.ReasonValue) = (ImportVerdict.Refuse, ImportReason.NotSaved, null);
        else
            await WriteAsync(import, await new ImportJudge(db, catalogue, import, actor).JudgeAsync(rows, running: true, cancel), keys, cancel);
        db.InsertsInBulk = import.Kind != ImportKind.Spaces;
        await db.SaveChangesAsync(cancel);
        db.InsertsInBulk = false;
        await MarkAppliedAsync(import.Id, rows, cancel);
        // In the order of their index, which touches each of its pages once.
        keys.Sort((a, b) => a.Kind.CompareTo(b.Kind) is not 0 and var order ? order : string.CompareOrdinal(a.Key, b.Key));
        await BulkWriter.InsertAsync(db, keys, cancel);
        if (!await ProgressAsync(import.Id, runner, rows, cancel))
        {
            _stopped = true;
            return null;
        }
        await transaction.CommitAsync(cancel);
        return rows[^1].Number;
    }

    private async Task WriteAsync(Import import, IReadOnlyList<Judgement> judgements, List<EnterpriseKey> keys, CancellationToken cancel)
    {
        var acting = judgements.Where(j => j.Row.Verdict is ImportVerdict.Create or ImportVerdict.Update or ImportVerdict.Match).ToList();
        var now = clock.GetUtcNow().UtcDateTime;
        if (import.Kind == ImportKind.Spaces)
        {
            await SpaceImport.WriteAsync(db, acting, ShanghaiTime.Day(now), cancel);
            return;
        }
        var number = import.Kind == ImportKind.Leads ? await FirstNumberAsync(acting.Count(j => j.KnownLead is null), now, cancel) : default;
        var enterprises = await KnownAsync(import, acting, cancel);
        await ChangeLeadsAsync(acting.FindAll(j => j.KnownLead is not null), cancel);
        foreach (var judgement in acting.Where(j => j.KnownLead is null))
        {
            var (row, draft) = (judgement.Row, judgement.Draft);
            if (!enterprises.TryGetValue(judgement.EnterpriseId, out var enterprise))
            {
                enterprise = Create(import, draft, keys, now);
                enterprises.Add(judgement.EnterpriseId, enterprise);
            }
            if (draft.Lead is { } said)
            {
                if (judgement is { Known.CreditCode: null, Draft.CreditCode: { } code } && enterprise.CreditCode is null) enterprise.Identify(code);
                var lead = AddLead(import, enterprise, said.ToTerms(), draft.NextFollowUp, $"{number.Series}-{number.Next++:D5}", now);
                (row.SubjectId, row.SubjectVersion) = (lead.Id, 1);
                continue;
            }
            if (row.Verdict != ImportVerdict.Create) Change(row, draft, enterprise, now);
            (row.SubjectId, row.SubjectVersion) = (enterprise.Id, enterprise.Version + 1);
        }
        foreach (var judgement in judgements.Where(j => j.Row.Verdict == ImportVerdict.Skip)) judgement.Row.SubjectId = judgement.KnownLead?.Id ?? (import.Kind == ImportKind.Enterprises ? judgement.Known?.Id : null);
    }

    private static void Change(ImportRow row, ImportDraft draft, Enterprise enterprise, DateTime now)
    {
        row.Before = JsonSerializer.Serialize(new BeforeUpdate(enterprise.Name, enterprise.CreditCode, enterprise.Address, enterprise.Kind, enterprise.Country, null)
        { IndustryCode = enterprise.IndustryCode, Scope = enterprise.Scope, KnowsTrade = true });
        // Found by another spelling of its name, it keeps what it has.
        var fills = row.Reason == ImportReason.FillsByName;
        var (address, kind) = fills ? (enterprise.Address ?? draft.Address, enterprise.Kind ?? draft.Kind) : (draft.Address ?? enterprise.Address, draft.Kind ?? enterprise.Kind);
        enterprise.Describe(address, kind, fills ? enterprise.Country : draft.Country ?? enterprise.Country);
        enterprise.Trade(fills ? enterprise.IndustryCode ?? draft.IndustryCode : draft.IndustryCode ?? enterprise.IndustryCode, fills ? enterprise.Scope ?? draft.Scope : draft.Scope ?? enterprise.Scope);
        if (enterprise.CreditCode is null && draft.CreditCode is not null) enterprise.Identify(draft.CreditCode);
        if (draft is { Key: not null, Name.Length: > 0 }) enterprise.Rename(draft.Name, now);
    }

    private async Task ChangeLeadsAsync(List<Judgement> judgements, CancellationToken cancel)
    {
        if (judgements.Count == 0) return;
        var ids = judgements.ConvertAll(j => j.KnownLead!.Id);
        var leads = await db.Leads.Include(l => l.Links).Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, cancel);
        foreach (var judgement in judgements)
        {
            var (row, known, lead) = (judgement.Row, judgement.KnownLead!, leads[judgement.KnownLead!.Id]);
            row.Before = JsonSerializer.Serialize(new BeforeUpdate(null, null, null, null, null, known.Terms));
            lead.Edit(judgement.Draft.Lead!.Over(known.Terms));
            (row.SubjectId, row.SubjectVersion) = (lead.Id, lead.Version + 1);
        }
    }

    private async Task<(string Series, int Next)> FirstNumberAsync(int count, DateTime now, CancellationToken cancel)
    {
        var series = $"XS-{ShanghaiTime.Day(now).Year}";
        return count == 0 ? default : (series, await Numbers.TakeAsync(db, series, count, cancel) - count + 1);
    }

    private async Task<Dictionary<Guid, Enterprise>> KnownAsync(Import import, List<Judgement> acting, CancellationToken cancel)
    {
        var ids = acting.Where(j => j.Known is not null).Select(j => j.Known!.Id).Distinct().ToList();
        if (ids.Count == 0) return [];
        var enterprises = db.Enterprises.Where(e => ids.Contains(e.Id));
        // A new code or name is a new search key, and only then are the keys and other names there already needed.
        if (acting.Exists(j => j is { Known.CreditCode: null, Draft.CreditCode: not null } || (j.Known is { } known && j.Draft.Key is not null && j.Draft.Name != known.Name))) enterprises = enterprises.Include(e => e.Keys).Include(e => e.Aliases).AsSplitQuery();
        return await enterprises.ToDictionaryAsync(e => e.Id, cancel);
    }

    private Enterprise Create(Import import, ImportDraft draft, List<EnterpriseKey> keys, DateTime now)
    {
        var enterprise = new Enterprise(draft.Name, draft.CreditCode, draft.Country ?? "CN", now, import.StartedById) { ImportId = import.Id };
        enterprise.Describe(draft.Address, draft.Kind, enterprise.Country);
        enterprise.Trade(draft.IndustryCode, draft.Scope);
        keys.AddRange(enterprise.Keys);
        enterprise.Keys.Clear();
        db.Enterprises.Add(enterprise);
        return enterprise;
    }

    private Lead AddLead(Import import, Enterprise enterprise, LeadTerms terms, DateTime? due, string number, DateTime now)
    {
        var owner = import.StartedById;
        var lead = new Lead(number, enterprise, terms, owner, now, owner) { ImportId = import.Id };
        db.Leads.Add(lead);
        if (due is not { } at) return lead;
        db.FollowUps.Add(new FollowUp(lead.Id, null, owner, FollowUpKind.Call, at, null, now));
        lead.PlanNext(at);
        return lead;
    }

    // Written anew as a whole: a thousand single updates take longer than all that they are about.
    private async Task MarkAppliedAsync(Guid id, List<ImportRow> rows, CancellationToken cancel)
    {
        foreach (var row in rows) row.Applied = true;
        var (first, last) = (rows[0].Number, rows[^1].Number);
        await db.ImportRows.Where(r => r.ImportId == id && r.Number >= first && r.Number <= last && !r.Applied).ExecuteDeleteAsync(cancel);
        await BulkWriter.InsertAsync(db, rows, cancel);
    }

    // Past the change tracker: fifty audit records of counters would tell nobody anything. Nothing when it was cancelled, or another node took it over.
    private async Task<bool> ProgressAsync(Guid id, Guid runner, List<ImportRow> rows, CancellationToken cancel)
    {
        int Of(ImportVerdict verdict) => rows.Count(r => r.Verdict == verdict);
        var (created, updated, skipped, refused) = (Of(ImportVerdict.Create), Of(ImportVerdict.Update) + Of(ImportVerdict.Match), Of(ImportVerdict.Skip), Of(ImportVerdict.Refuse));
        var until = clock.GetUtcNow().UtcDateTime + Lease;
        return await db.Imports.Where(i => i.Id == id && i.Status == ImportStatus.Running && i.RunnerId == runner).ExecuteUpdateAsync(i => i
            .SetProperty(x => x.RunnerUntil, until)
            .SetProperty(x => x.Done, x => x.Done + rows.Count)
            .SetProperty(x => x.Created, x => x.Created + created)
            .SetProperty(x => x.Updated, x => x.Updated + updated)
            .SetProperty(x => x.Skipped, x => x.Skipped + skipped)
            .SetProperty(x => x.Refused, x => x.Refused + refused), cancel) == 1;
    }

    private async Task FinishAsync(Guid id, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        var import = await db.Imports.OneAsync(id, cancel);
        if (import.Status != ImportStatus.Running) return;
        (import.Status, import.FinishedAt) = (ImportStatus.Finished, clock.GetUtcNow().UtcDateTime);
        db.Notices.Add(new Notice(import.StartedById, NoticeKind.ImportFinished, $"import-finished:{id}",
            [import.FileName, .. new[] { import.Created, import.Updated, import.Refused }.Select(n => n.ToString(CultureInfo.InvariantCulture))],
            $"/imports/{id}", import.FinishedAt.Value));
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException e) when (CrmDatabase.IsDuplicate(e))
        {
            // Another node said so in this moment.
        }
    }
}
