using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Tenants;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Tenants;

/// <summary>企业详情: one stay with everything reported of the tenant, its way through the carriers and where it could go on to.</summary>
[Needs(Permission.AssignmentsRead)]
public sealed record GetTenant(Guid Id) : IRequest<TenantRecord>;

/// <param name="Reports">Newest day first; of each day the correction before what it corrects.</param>
/// <param name="NeedM2">What the next place is looked for with: the need that was reported, else the present area.</param>
/// <param name="NextParks">Carriers of the next role with that much free, the best first; empty where none is ahead.</param>
/// <param name="MayReport">The person manages the park.</param>
/// <param name="MayPropose">The person may propose the next place.</param>
public sealed record TenantRecord(
    TenantRow Tenant, IReadOnlyList<TenantReportRow> Reports, IReadOnlyList<StayRow> Stays, ParkRole? NextRole, decimal NeedM2, IReadOnlyList<NextPark> NextParks, bool MayReport, bool MayPropose, GraduationRules Rules);

/// <param name="IsInForce">Not corrected since.</param>
/// <param name="Note">Null also for who may not know what it could tell.</param>
public sealed record TenantReportRow(
    Guid Id, DateOnly AsOf, bool IsInForce, int? Headcount, decimal? Revenue, decimal? Output, ProductStage? Product, decimal? AreaNeedM2, DateOnly? FoundedOn, string? Note, string ParkName, string By, DateTime At);

internal sealed class GetTenantHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetTenant, TenantRecord>
{
    public async Task<TenantRecord> Handle(GetTenant request, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var place = db.Assignments.VisibleTo(actor).Where(a => a.Id == request.Id && a.MovedInAt != null);
        var tenant = (await db.TenantRowsAsync(place, actor, catalogue.Graduation, today, cancellationToken)).SingleOrDefault() ?? throw new Refusal(RefusalCode.NotFound);
        var (english, names) = (Text.IsEnglish, actor.May(Permission.RealNames));
        var reports = await db.TenantReports.AsNoTracking().VisibleTo(actor).Where(r => r.ProjectId == tenant.ProjectId).OrderByDescending(r => r.AsOf).ThenByDescending(r => r.Number)
            .Select(r => new TenantReportRow(r.Id, r.AsOf, !db.TenantReports.Any(n => n.ProjectId == r.ProjectId && n.AsOf == r.AsOf && n.Number > r.Number), r.Headcount, r.Revenue, r.Output, r.Product,
                r.AreaNeedM2, r.FoundedOn, names || r.Assignment!.Project!.Title == r.Assignment.Project.Name ? r.Note : null, english ? r.Assignment!.Park!.NameEn : r.Assignment!.Park!.NameZh,
                db.Users.Where(u => u.Id == r.ById).Select(u => u.DisplayName).FirstOrDefault() ?? "", r.At)).ToListAsync(cancellationToken);
        var stays = await db.StaysAsync(actor, a => a.ProjectId == tenant.ProjectId, cancellationToken);

        var isIn = tenant.Status == AssignmentStatus.MovedIn;
        ParkRole? role = isIn && tenant.Role < ParkRole.IndustrialPark ? tenant.Role + 1 : null;
        var need = tenant.AreaNeedM2 ?? tenant.AreaM2;
        var next = role is { } wanted ? await db.NextParksAsync(actor, tenant, wanted, need, today, cancellationToken) : [];
        return new TenantRecord(tenant, reports, stays, role, need, next, actor.May(Permission.AssignmentsDecide) && actor.Parks.Contains(tenant.ParkId),
            role is not null && actor.May(Permission.AssignmentsPropose) && stays.All(s => s.PreviousId != tenant.Id), catalogue.Graduation);
    }
}
