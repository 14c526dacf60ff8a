using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Parks;

/// <summary>载体列表: the parks a person sees, with what they have and what is free. A few dozen, so never paged.</summary>
[Needs(Permission.ParksRead)]
public sealed record ListParks : IRequest<ParkList>
{
    /// <summary>重点领域 the park is meant for.</summary>
    public string? Field { get; set; }
    public ParkRole? Role { get; set; }
}

public sealed record ParkList(IReadOnlyList<ParkRow> Items)
{
    public int Total => Items.Count;
}

/// <summary>A park with its areas in m²: the whole is what is held, occupied, free and coming.</summary>
/// <param name="FreeM2">Free today.</param>
/// <param name="ComingM2">Free in spaces that become available later.</param>
/// <param name="OpenProposals">Proposals that wait for an answer, among those the person sees.</param>
public sealed record ParkRow(
    Guid Id, string Code, string NameZh, string NameEn, IReadOnlyList<ParkRole> Roles, IReadOnlyList<string> Fields, string? LayoutSlot,
    int Spaces, decimal AreaM2, decimal HeldM2, decimal OccupiedM2, decimal FreeM2, decimal ComingM2, int OpenProposals, int Version)
{
    public string Name => Text.Pick(NameZh, NameEn);
}

internal sealed class ListParksHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<ListParks, ParkList>
{
    public async Task<ParkList> Handle(ListParks request, CancellationToken cancellationToken)
    {
        var rows = await db.ParkRowsAsync(db.Parks.VisibleTo(actor), actor, ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime), cancellationToken);
        // Fields and roles are lists in one column, and the parks are few.
        return new ParkList([.. rows.Where(r => (string.IsNullOrEmpty(request.Field) || r.Fields.Contains(request.Field))
            && (request.Role is not { } role || r.Roles.Contains(role)))]);
    }
}

internal static class ParkQueries
{
    public static async Task<List<ParkRow>> ParkRowsAsync(this CrmDb db, IQueryable<Park> parks, Actor actor, DateOnly today, CancellationToken cancel)
    {
        var ids = parks.Select(p => p.Id);
        var spaces = (await db.Spaces.AsNoTracking().Include(s => s.Spans).Where(s => ids.Contains(s.ParkId)).Standing(today).ToListAsync(cancel))
            .ToLookup(s => s.ParkId, s => (IsComing: s.AvailableFrom > today, Figures: s.Figures(today)));
        var proposals = await db.Assignments.VisibleTo(actor).Where(a => a.Status == AssignmentStatus.Proposed && ids.Contains(a.ParkId))
            .GroupBy(a => a.ParkId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);

        return [.. (await parks.AsNoTracking().OrderBy(p => p.Code).ToListAsync(cancel)).Select(p =>
        {
            var own = spaces[p.Id].ToList();
            decimal Free(bool coming) => own.Where(s => s.IsComing == coming).Sum(s => s.Figures.FreeM2);
            return new ParkRow(p.Id, p.Code, p.NameZh, p.NameEn, [.. p.Roles], [.. p.Fields], p.LayoutSlot, own.Count, own.Sum(s => s.Figures.AreaM2),
                own.Sum(s => s.Figures.HeldM2), own.Sum(s => s.Figures.OccupiedM2), Free(coming: false), Free(coming: true), proposals.GetValueOrDefault(p.Id), p.Version);
        })];
    }
}
