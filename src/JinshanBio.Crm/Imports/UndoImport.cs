using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Imports;

/// <summary>撤销导入: deletes what the import created and nobody touched since; everything else stays.</summary>
[Needs(Permission.ImportsRun)]
public sealed record UndoImport(Guid Id) : IRequest<UndoneImport>;

/// <param name="Deleted">Enterprises and leads that are gone.</param>
/// <param name="Kept">Those that it created and that stay, because somebody worked with them.</param>
public sealed record UndoneImport(ImportStatus Status, int Deleted, int Kept);

internal sealed class UndoImportHandler(CrmDb db, Actor actor) : IRequestHandler<UndoImport, UndoneImport>
{
    private const int Batch = 500;

    public async Task<UndoneImport> Handle(UndoImport request, CancellationToken cancellationToken)
    {
        var import = await db.Imports.OwnAsync(request.Id, actor, cancellationToken);
        if (import.Status is not (ImportStatus.Ready or ImportStatus.Finished)) throw new Refusal(RefusalCode.ImportNotReady);
        int deleted = 0, kept = 0;
        for (var last = 0; ;)
        {
            var rows = await db.ImportRows.AsNoTracking()
                .Where(r => r.ImportId == import.Id && r.Number > last && r.Verdict == ImportVerdict.Create && r.Applied && r.SubjectId != null)
                .OrderBy(r => r.Number).Take(Batch).Select(r => new { r.Number, Id = r.SubjectId!.Value, Version = r.SubjectVersion!.Value }).ToListAsync(cancellationToken);
            if (rows.Count == 0) break;
            last = rows[^1].Number;
            var versions = rows.ToDictionary(r => r.Id, r => r.Version);
            var (gone, stayed) = import.Kind == ImportKind.Leads
                ? await DeleteLeadsAsync(import.Id, versions, cancellationToken)
                : await DeleteEnterprisesAsync(Created(import.Id, [.. versions.Keys]), cancellationToken);
            (deleted, kept) = (deleted + gone, kept + stayed);
        }
        db.ChangeTracker.Clear();
        db.Attach(import).Entity.Status = ImportStatus.Undone;
        await db.SaveChangesAsync(cancellationToken);
        return new UndoneImport(import.Status, deleted, kept);
    }

    private IQueryable<Enterprise> Created(Guid importId, List<Guid> ids) => db.Enterprises.Where(e => ids.Contains(e.Id) && e.ImportId == importId);

    // A fresh enterprise has version 1, and nothing in the same import touches it again.
    private async Task<(int Deleted, int Kept)> DeleteEnterprisesAsync(IQueryable<Enterprise> created, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        var all = await created.CountAsync(cancel);
        var untouched = await created.WithNothingOnThem(db).Where(e => e.Version == 1 && !db.Leads.Any(l => l.EnterpriseId == e.Id) && !db.Projects.Any(p => p.EnterpriseId == e.Id))
            .ToListAsync(cancel);
        db.Enterprises.RemoveRange(untouched);
        await db.SaveChangesAsync(cancel);
        return (untouched.Count, all - untouched.Count);
    }

    private async Task<(int Deleted, int Kept)> DeleteLeadsAsync(Guid importId, Dictionary<Guid, int> versions, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var ids = versions.Keys.ToList();
        var leads = await db.Leads.Include(l => l.History).Where(l => ids.Contains(l.Id)).ToListAsync(cancel);
        var followUps = (await db.FollowUps.Where(f => f.LeadId != null && ids.Contains(f.LeadId.Value)).ToListAsync(cancel)).ToLookup(f => f.LeadId!.Value);
        var untouched = leads.FindAll(l => l.Version == versions[l.Id] && l.ProjectId is null
            && followUps[l.Id].Count() <= 1 && followUps[l.Id].All(f => f.Version == 1 && f.CreatedAt == l.CreatedAt));
        foreach (var lead in untouched)
        {
            db.FollowUps.RemoveRange(followUps[lead.Id]);
            db.StageChanges.RemoveRange(lead.History);
            db.Leads.Remove(lead);
        }
        await db.SaveChangesAsync(cancel);
        var (enterprises, _) = await DeleteEnterprisesAsync(Created(importId, [.. untouched.Select(l => l.EnterpriseId).Distinct()]), cancel);
        await transaction.CommitAsync(cancel);
        return (untouched.Count + enterprises, leads.Count - untouched.Count);
    }
}
