using System.Data.Common;
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
internal sealed record RunImportRows : IRequest
{
    public Guid Id { get; init; }
}

internal sealed class RunImportRowsHandler(CrmDb db, Catalogue catalogue, TimeProvider clock, ILogger<RunImportRowsHandler> log) : IRequestHandler<RunImportRows, Unit>
{
    // A larger batch writes fewer pages of the search index, a smaller one makes others wait less: half a second here.
    internal const int Batch = 1000;
    private const int AttemptsPerRow = 2;

    public async Task<Unit> Handle(RunImportRows request, CancellationToken cancellationToken)
    {
        var import = await db.Imports.AsNoTracking().SingleAsync(i => i.Id == request.Id, cancellationToken);
        if (import.Status != ImportStatus.Running) return Unit.Value;
        int after = 0, size = Batch, oneByOne = 0, failures = 0;
        while (true)
        {
            try
            {
                var refuse = failures == AttemptsPerRow;
                if (await ApplyAsync(import, after, size, refuse, cancellationToken) is not { } last) break;
                (after, failures) = (last, 0);
                if (size == 1 && --oneByOne == 0) size = Batch;
            }
            catch (DbUpdateException e) when (e.InnerException is not DbException { IsTransient: true } && failures < AttemptsPerRow)
            {
                // One bad row must not take its batch with it.
                if (size > 1) (size, oneByOne) = (1, Batch);
                else if (++failures == AttemptsPerRow) log.LogError(e, "A row after {Row} of import {Import} could not be saved", after, import.Id);
            }
        }
        await FinishAsync(import.Id, cancellationToken);
        return Unit.Value;
    }

    /// <summary>Applies the next rows that have not been.</summary>
    /// <param name="refuse">Refuse them instead, because the database does not take them.</param>
    /// <returns>Number of the last row applied, or null when there is none left.</returns>
    private async Task<int?> ApplyAsync(Import import, int after, int size, bool refuse, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
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
            await WriteAsync(import, await new ImportJudge(db, catalogue, import).JudgeAsync(rows, running: true, cancel), keys, cancel);
        foreach (var row in rows) MarkApplied(row);
        await db.SaveChangesAsync(cancel);
        await KeyWriter.InsertAsync(db, keys, cancel);
        if (!await ProgressAsync(import.Id, rows, cancel)) return null;
        await transaction.CommitAsync(cancel);
        return rows[^1].Number;
    }

    private async Task WriteAsync(Import import, IReadOnlyList<Judgement> judgements, List<EnterpriseKey> keys, CancellationToken cancel)
    {
        var acting = judgements.Where(j => j.Row.Verdict is ImportVerdict.Create or ImportVerdict.Update).ToList();
        var now = clock.GetUtcNow().UtcDateTime;
        var number = import.Kind == ImportKind.Leads ? await FirstNumberAsync(acting.Count, now, cancel) : default;
        var enterprises = await KnownAsync(import, acting, cancel);
        foreach (var judgement in acting)
        {
            if (!enterprises.TryGetValue(judgement.EnterpriseId, out var enterprise))
            {
                enterprise = Create(import, judgement.Draft, keys, now);
                enterprises.Add(judgement.EnterpriseId, enterprise);
            }
            if (judgement is { Known.CreditCode: null, Draft.CreditCode: { } code } && enterprise.CreditCode is null) enterprise.Identify(code);

            var (row, draft) = (judgement.Row, judgement.Draft);
            if (draft.Lead is { } terms)
            {
                var lead = AddLead(import, enterprise, terms, draft.NextFollowUp, $"{number.Series}-{number.Next++:D5}", now);
                (row.SubjectId, row.SubjectVersion) = (lead.Id, 1);
                continue;
            }
            if (row.Verdict == ImportVerdict.Update) enterprise.Describe(draft.Address ?? enterprise.Address, draft.Kind ?? enterprise.Kind, draft.Country ?? enterprise.Country);
            (row.SubjectId, row.SubjectVersion) = (enterprise.Id, enterprise.Version + 1);
        }
        if (import.Kind == ImportKind.Enterprises)
            foreach (var judgement in judgements.Where(j => j.Row.Verdict == ImportVerdict.Skip)) judgement.Row.SubjectId = judgement.Known?.Id;
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
        // A new code is a new search key, and only then are the keys there already needed.
        if (acting.Exists(j => j is { Known.CreditCode: null, Draft.CreditCode: not null })) enterprises = enterprises.Include(e => e.Keys);
        return await enterprises.ToDictionaryAsync(e => e.Id, cancel);
    }

    private Enterprise Create(Import import, ImportDraft draft, List<EnterpriseKey> keys, DateTime now)
    {
        var enterprise = new Enterprise(draft.Name, draft.CreditCode, draft.Country ?? "CN", now, import.StartedById) { ImportId = import.Id };
        enterprise.Describe(draft.Address, draft.Kind, enterprise.Country);
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

    private void MarkApplied(ImportRow row)
    {
        row.Applied = true;
        var entry = db.ImportRows.Attach(row);
        foreach (var name in (string[])[nameof(row.Verdict), nameof(row.Reason), nameof(row.ReasonValue), nameof(row.SubjectId), nameof(row.SubjectVersion), nameof(row.Applied)])
            entry.Property(name).IsModified = true;
    }

    // Past the change tracker: two hundred audit records of counters would tell nobody anything.
    private async Task<bool> ProgressAsync(Guid id, List<ImportRow> rows, CancellationToken cancel)
    {
        int Of(ImportVerdict verdict) => rows.Count(r => r.Verdict == verdict);
        var (created, updated, skipped, refused) = (Of(ImportVerdict.Create), Of(ImportVerdict.Update), Of(ImportVerdict.Skip), Of(ImportVerdict.Refuse));
        return await db.Imports.Where(i => i.Id == id && i.Status == ImportStatus.Running).ExecuteUpdateAsync(i => i
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
            [import.FileName, .. new[] { import.Created, import.Updated, import.Refused }.Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture))],
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
