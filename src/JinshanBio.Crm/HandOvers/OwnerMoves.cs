using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.HandOvers;
using JinshanBio.Crm.People;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.HandOvers;

/// <summary>交接记录 of a lead or project.</summary>
public sealed record OwnerMove(string From, string To, DateTime At, string By, string Reason);

internal static class OwnerMoves
{
    public static async Task<IReadOnlyList<OwnerMove>> OwnerMovesAsync(this CrmDb db, Guid? lead, Guid? project, CancellationToken cancel)
    {
        var changes = lead is null ? db.OwnerChanges.Where(c => c.ProjectId == project) : db.OwnerChanges.Where(c => c.LeadId == lead);
        var rows = await changes.AsNoTracking().OrderBy(c => c.At).ThenBy(c => c.Id).ToListAsync(cancel);
        if (rows.Count == 0) return [];
        var names = await db.NamesAsync(rows.SelectMany(c => new[] { c.FromId, c.ToId, c.ById }), cancel);
        return rows.ConvertAll(c => new OwnerMove(names.Of(c.FromId), names.Of(c.ToId), c.At, names.Of(c.ById), c.Reason));
    }
}
