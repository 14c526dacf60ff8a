using System.Text.Json;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Imports;

/// <summary>撤销导入: deletes what the import created and turns back what it updated, as far as nobody touched it since; the rest stays and says why.</summary>
[Needs(Permission.ImportsRun)]
public sealed record UndoImport(Guid Id) : IRequest<UndoneImport>;

/// <param name="Deleted">Enterprises and leads that are gone.</param>
/// <param name="Kept">Those that it created or updated and that stay, because somebody worked with them.</param>
/// <param name="Restored">Those that it updated and that say again what they said before.</param>
public sealed record UndoneImport(ImportStatus Status, int Deleted, int Kept, int Restored = 0);

internal sealed class UndoImportHandler(CrmDb db, Actor actor) : IRequestHandler<UndoImport, UndoneImport>
{
    private const int Batch = 500;
    private readonly Dictionary<int, string> _kept = [];
    private int _deleted, _restored;

    public async Task<UndoneImport> Handle(UndoImport request, CancellationToken cancellationToken)
    {
        var import = await db.Imports.OwnAsync(request.Id, actor, cancellationToken);
        if (import.Status is not (ImportStatus.Ready or ImportStatus.Finished or ImportStatus.Cancelled)) throw new Refusal(RefusalCode.ImportNotReady);
        var kept = 0;
        for (var last = 0; ;)
        {
            var rows = await db.ImportRows.AsNoTracking().Where(r => r.ImportId == import.Id && r.Number > last && r.Applied && r.SubjectId != null
                    && (r.Verdict == ImportVerdict.Create || r.Verdict == ImportVerdict.Update || r.Verdict == ImportVerdict.Match))
                .OrderBy(r => r.Number).Take(Batch).Select(r => new Done(r.Number, r.SubjectId!.Value, r.SubjectVersion!.Value, r.Before)).ToListAsync(cancellationToken);
            if (rows.Count == 0) break;
            last = rows[^1].Number;
            await UndoAsync(import, rows, cancellationToken);
            kept += _kept.Count;
        }
        db.ChangeTracker.Clear();
        db.Attach(import).Entity.Status = ImportStatus.Undone;
        await db.SaveChangesAsync(cancellationToken);
        return new UndoneImport(import.Status, _deleted, kept, _restored);
    }

    private async Task UndoAsync(Import import, List<Done> rows, CancellationToken cancel)
    {
        _kept.Clear();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var (created, updated) = (rows.FindAll(r => r.Before is null), rows.FindAll(r => r.Before is not null));
        if (import.Kind == ImportKind.Spaces)
        {
            var (deleted, restored) = await SpaceImport.UndoAsync(db, rows.ConvertAll(r => (r.Number, r.Id, r.Version, r.Before)), _kept, ShanghaiTime.Day(db.Present.Now), cancel);
            (_deleted, _restored) = (_deleted + deleted, _restored + restored);
        }
        else if (import.Kind == ImportKind.Leads)
        {
            await RestoreLeadsAsync(updated, cancel);
            await DeleteLeadsAsync(import.Id, created, cancel);
        }
        else
        {
            await RestoreEnterprisesAsync(updated, cancel);
            await DeleteEnterprisesAsync(import.Id, created.ToDictionary(r => r.Id, r => (int?)r.Number), cancel);
        }
        // Past the change tracker: import rows are no records of the register.
        foreach (var reason in _kept.GroupBy(k => k.Value, k => k.Key))
        {
            var numbers = reason.ToList();
            await db.ImportRows.Where(r => r.ImportId == import.Id && numbers.Contains(r.Number)).ExecuteUpdateAsync(r => r.SetProperty(x => x.Kept, reason.Key), cancel);
        }
        await transaction.CommitAsync(cancel);
    }

    private async Task RestoreEnterprisesAsync(List<Done> rows, CancellationToken cancel)
    {
        if (rows.Count == 0) return;
        var ids = rows.ConvertAll(r => r.Id);
        var enterprises = await db.Enterprises.Include(e => e.Keys).Include(e => e.Aliases).AsSplitQuery().Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, cancel);
        foreach (var row in rows)
        {
            if (!IsUntouched(enterprises.GetValueOrDefault(row.Id), row)) continue;
            var (enterprise, before) = (enterprises[row.Id], JsonSerializer.Deserialize<BeforeUpdate>(row.Before!)!);
            enterprise.Describe(before.Address, before.Kind, before.Country!);
            if (before.KnowsTrade) enterprise.Trade(before.IndustryCode, before.Scope);
            enterprise.Identify(before.CreditCode);
            enterprise.NameAgain(before.Name!);
            _restored++;
        }
        await db.SaveChangesAsync(cancel);
    }

    private async Task RestoreLeadsAsync(List<Done> rows, CancellationToken cancel)
    {
        if (rows.Count == 0) return;
        var ids = rows.ConvertAll(r => r.Id);
        var leads = await db.Leads.Include(l => l.Links).Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, cancel);
        foreach (var row in rows)
        {
            if (!IsUntouched(leads.GetValueOrDefault(row.Id), row)) continue;
            leads[row.Id].Edit(JsonSerializer.Deserialize<BeforeUpdate>(row.Before!)!.Lead!);
            _restored++;
        }
        await db.SaveChangesAsync(cancel);
    }

    private bool IsUntouched(Entity? record, Done row)
    {
        if (record?.Version == row.Version) return true;
        _kept[row.Number] = record is null ? KeptReason.Gone : KeptReason.Changed;
        return false;
    }

    // A fresh enterprise has version 1, and nothing in the same import touches it again.
    private async Task DeleteEnterprisesAsync(Guid importId, Dictionary<Guid, int?> rows, CancellationToken cancel)
    {
        var ids = rows.Keys.ToList();
        var found = await db.Enterprises.Where(e => ids.Contains(e.Id) && e.ImportId == importId)
            .Select(e => new { Enterprise = e, HasLeads = db.Leads.Any(l => l.EnterpriseId == e.Id), HasProjects = db.Projects.Any(p => p.EnterpriseId == e.Id) }).ToListAsync(cancel);
        var bare = (await db.Enterprises.Where(e => ids.Contains(e.Id)).WithNothingOnThem(db).Select(e => e.Id).ToListAsync(cancel)).ToHashSet();
        foreach (var e in found)
        {
            var reason = e.HasProjects ? KeptReason.HasProjects : e.HasLeads ? KeptReason.HasLeads : e.Enterprise.Version != 1 || !bare.Contains(e.Enterprise.Id) ? KeptReason.Changed : null;
            if (reason is null) db.Enterprises.Remove(e.Enterprise);
            else if (rows[e.Enterprise.Id] is { } number) _kept[number] = reason;
            if (reason is null) _deleted++;
        }
        // What never was in the register was in no link at any time.
        var gone = found.Where(e => db.Entry(e.Enterprise).State == EntityState.Deleted).Select(e => e.Enterprise.Id).ToList();
        db.LinkPeriods.RemoveRange(await db.LinkPeriods.Where(p => gone.Contains(p.SubjectId)).ToListAsync(cancel));
        await db.SaveChangesAsync(cancel);
    }

    private async Task DeleteLeadsAsync(Guid importId, List<Done> rows, CancellationToken cancel)
    {
        if (rows.Count == 0) return;
        var byId = rows.ToDictionary(r => r.Id);
        var ids = byId.Keys.ToList();
        var leads = await db.Leads.Include(l => l.History).Where(l => ids.Contains(l.Id)).ToListAsync(cancel);
        var followUps = (await db.FollowUps.Where(f => f.LeadId != null && ids.Contains(f.LeadId.Value)).ToListAsync(cancel)).ToLookup(f => f.LeadId!.Value);
        var gone = new List<Guid>();
        foreach (var lead in leads)
        {
            var reason = lead.ProjectId is not null ? KeptReason.HasProjects
                : followUps[lead.Id].Count() > 1 || followUps[lead.Id].Any(f => f.Version != 1 || f.CreatedAt != lead.CreatedAt) ? KeptReason.HasFollowUps
                : lead.Version != byId[lead.Id].Version ? KeptReason.Changed : null;
            if (reason is not null)
            {
                _kept[byId[lead.Id].Number] = reason;
                continue;
            }
            db.FollowUps.RemoveRange(followUps[lead.Id]);
            db.StageChanges.RemoveRange(lead.History);
            db.Leads.Remove(lead);
            gone.Add(lead.EnterpriseId);
            _deleted++;
        }
        await db.SaveChangesAsync(cancel);
        // Of an enterprise that stays for another lead's sake nothing is said: its row was the lead's.
        await DeleteEnterprisesAsync(importId, gone.Distinct().ToDictionary(id => id, _ => (int?)null), cancel);
    }

    private sealed record Done(int Number, Guid Id, int Version, string? Before);
}
