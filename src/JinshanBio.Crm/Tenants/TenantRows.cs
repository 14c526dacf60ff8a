using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Services;
using JinshanBio.Crm.Domain.Tenants;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Tenants;

/// <summary>A tenant with its lease, its last figures and how near it is to graduation. Money in yuan over twelve months, areas in m².</summary>
/// <param name="Role">As what it is counted in a park of several roles.</param>
/// <param name="LeaseUntil">Last day of the lease; null while no end is agreed.</param>
/// <param name="LeaseDays">Days until then; below 0 once it is over.</param>
/// <param name="ReportedOn">Day for which the figures hold; null while nothing was reported.</param>
/// <param name="OpenRequests">Requests of the company that are not settled; null for who may not know them.</param>
public sealed record TenantRow(
    Guid Id, Guid ProjectId, string ProjectNumber, string ProjectTitle, string Field, Guid ParkId, string ParkName, ParkRole Role, AssignmentStatus Status, IReadOnlyList<string> Spaces, decimal AreaM2,
    DateOnly MovedInOn, DateOnly? LeftOn, DateOnly? LeaseUntil, int? LeaseDays, DateOnly? ReportedOn, int? Headcount, decimal? Revenue, decimal? Output, decimal? OutputPerM2,
    ProductStage? Product, decimal? AreaNeedM2, DateOnly? FoundedOn, int? OpenRequests, GraduationCheck Graduation, Guid OwnerId, string OwnerName, int Version)
{
    public bool IsLeaseOver => LeaseDays < 0;
}

internal static class TenantRows
{
    /// <param name="places">Stays, each moved into; as many as the floor of some parks holds, or one.</param>
    public static async Task<List<TenantRow>> TenantRowsAsync(this CrmDb db, IQueryable<Assignment> places, Actor actor, GraduationRules rules, DateOnly today, CancellationToken cancel)
    {
        var (care, english) = (db.Projects.InCareOf(actor), Text.IsEnglish);
        var drafts = await places.AsNoTracking().AsSplitQuery().OrderBy(a => a.Id).Select(a => new
        {
            a.Id, a.ProjectId, a.Project!.Number, a.Project.Title, a.Project.Field, a.Project.EnterpriseId, a.Project.OwnerId, a.ParkId, Park = english ? a.Park!.NameEn : a.Park!.NameZh, a.Park.Roles,
            a.Status, a.AreaM2, a.MovedInAt, a.EndedAt, a.Until, a.PreviousId, a.Version, Owner = db.Users.Where(u => u.Id == a.Project.OwnerId).Select(u => u.DisplayName).FirstOrDefault() ?? "",
            Let = a.Bookings.Where(b => b.Kind == BookingKind.Occupied).Select(b => new { b.Space!.Name, b.From, b.Until }).ToList(),
            MayKnow = care.Any(p => p.Id == a.ProjectId), Open = db.CompanyRequests.Count(r => r.ProjectId == a.ProjectId && r.State != RequestState.Settled),
        }).ToListAsync(cancel);

        var reports = (await db.LastReportsAsync(drafts.ConvertAll(d => d.ProjectId), cancel)).ToDictionary(r => r.ProjectId);
        var roles = await db.RolesOfStaysAsync(drafts.ConvertAll(d => d.Id), cancel);
        var free = await db.FreeOfParksAsync([.. drafts.Select(d => d.ParkId).Distinct()], today, cancel);
        return drafts.ConvertAll(d =>
        {
            var report = reports.GetValueOrDefault(d.ProjectId);
            var movedIn = ShanghaiTime.Day(d.MovedInAt!.Value);
            var standing = d.Let.Where(b => !(b.Until < today)).ToList();
            // Once the lease is over its rooms are those it had last.
            var rooms = standing.Count > 0 ? standing : d.Let.Where(b => b.Until == d.Let.Max(x => x.Until)).ToList();
            var until = d.Until ?? (rooms.Count > 0 && rooms.All(b => b.Until is not null) ? rooms.Max(b => b.Until) : null);
            var check = GraduationCheck.Of(new TenantFacts(roles[d.Id], movedIn, d.AreaM2, free.GetValueOrDefault(d.ParkId))
            {
                FoundedOn = report?.FoundedOn, Headcount = report?.Headcount, Revenue = report?.Revenue, AreaNeedM2 = report?.AreaNeedM2, Product = report?.Product,
            }, rules, today);
            var isIn = d.Status == AssignmentStatus.MovedIn;
            return new TenantRow(d.Id, d.ProjectId, d.Number, d.Title, d.Field, d.ParkId, d.Park, roles[d.Id], d.Status, [.. rooms.Select(b => b.Name).Distinct().Order(StringComparer.Ordinal)], d.AreaM2,
                movedIn, d.EndedAt is { } ended ? ShanghaiTime.Day(ended) : null, until, isIn && until is { } end ? end.DayNumber - today.DayNumber : null,
                report?.AsOf, report?.Headcount, report?.Revenue, report?.Output, report?.Output is { } output && d.AreaM2 > 0 ? decimal.Round(output / d.AreaM2, 2) : null,
                report?.Product, report?.AreaNeedM2, report?.FoundedOn, d.MayKnow ? d.Open : null, check, d.OwnerId, d.Owner, d.Version);
        });
    }

    /// <summary>The line in force for the last day of each project.</summary>
    private static Task<List<TenantReport>> LastReportsAsync(this CrmDb db, List<Guid> projects, CancellationToken cancel)
        => db.TenantReports.AsNoTracking().Where(r => projects.Contains(r.ProjectId)
            && !db.TenantReports.Any(n => n.ProjectId == r.ProjectId && (n.AsOf > r.AsOf || (n.AsOf == r.AsOf && n.Number > r.Number)))).ToListAsync(cancel);

    /// <summary>What is free now and can be promised, by park.</summary>
    private static async Task<Dictionary<Guid, decimal>> FreeOfParksAsync(this CrmDb db, List<Guid> parks, DateOnly today, CancellationToken cancel)
        => (await db.Spaces.AsNoTracking().Include(s => s.Spans).Where(s => parks.Contains(s.ParkId) && s.AvailableFrom <= today && (s.AvailableUntil == null || s.AvailableUntil >= today)).ToListAsync(cancel))
            .GroupBy(s => s.ParkId).ToDictionary(g => g.Key, g => g.Sum(s => s.Figures(today).FreeM2));

    /// <summary>As what stays count. Needs those that they go on from, whoever may see them: one more of each at a time, so a chain of three is read in three.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, ParkRole>> RolesOfStaysAsync(this CrmDb db, List<Guid> ids, CancellationToken cancel)
    {
        var known = new Dictionary<Guid, Stay>();
        while (ids.Count > 0)
        {
            var rows = await db.Assignments.AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.PreviousId, a.Park!.Roles }).ToListAsync(cancel);
            foreach (var row in rows) known[row.Id] = new Stay(row.Id, Guid.Empty, row.PreviousId, [.. row.Roles], default, null, false);
            ids = [.. rows.Select(r => r.PreviousId).OfType<Guid>().Where(id => !known.ContainsKey(id)).Distinct()];
        }
        return Stay.Roles(known.Values);
    }
}
