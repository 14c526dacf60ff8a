using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Tenants;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Reviews;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Tenants;

/// <summary>毕业提醒: tells the managers of a park and the owner of the project which tenants come near graduation, may graduate or have stayed too long, each once; and administrators when the conditions have expired.</summary>
[Needs(Permission.JobsManage)]
public sealed record TellOfGraduations : IRequest<string>;

internal sealed class TellOfGraduationsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<TellOfGraduations, string>
{
    public async Task<string> Handle(TellOfGraduations request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = ShanghaiTime.Day(now);
        var rules = catalogue.Graduation;
        if (rules.IsExpired(today)) return Sentence.Of("job.said.graduationsExpired", await SayExpiredAsync(rules, now, cancellationToken));

        var told = 0;
        var parks = await db.Parks.AsNoTracking().ToListAsync(cancellationToken);
        var managers = (await db.PersonParks.AsNoTracking().Where(x => db.Users.Any(u => u.Id == x.PersonId && !u.Disabled)).Select(x => new { x.ParkId, x.PersonId }).ToListAsync(cancellationToken))
            .ToLookup(x => x.ParkId, x => x.PersonId);
        var active = await db.Users.Where(u => !u.Disabled).Select(u => u.Id).ToHashSetAsync(cancellationToken);
        foreach (var park in parks)
        {
            var name = NoticeText.Both(park.NameZh, park.NameEn);
            var tenants = await db.TenantRowsAsync(db.Assignments.Where(a => a.ParkId == park.Id && a.Status == AssignmentStatus.MovedIn), actor, rules, today, cancellationToken);
            told += await NewNotices.SaveAsync(db, [.. tenants.SelectMany(t => managers[park.Id].Append(t.OwnerId).Where(active.Contains).Distinct().SelectMany(reader => Of(t, reader, name, now)))], cancellationToken);
        }
        return Sentence.Of("job.said.graduations", told);
    }

    private static IEnumerable<Notice> Of(TenantRow tenant, Guid reader, string park, DateTime now)
    {
        Notice Say(NoticeKind kind, string key, params string[] args) => new(reader, kind, $"{key}:{tenant.Id}", [tenant.ProjectTitle, park, .. args], $"/parks/{tenant.ParkId}/tenants/{tenant.Id}", now);
        var check = tenant.Graduation;
        if (check.IsOverdue) yield return Say(NoticeKind.TenantOverdue, "tenant-overdue", ReviewSteps.Arg(check.StayEnds!.Value));
        if (check.State == GraduationState.Met) yield return Say(NoticeKind.TenantReady, "tenant-ready");
        if (check.State == GraduationState.Near) yield return Say(NoticeKind.TenantNear, "tenant-near", $"{check.Held}", $"{check.Wanted}");
    }

    private async Task<int> SayExpiredAsync(GraduationRules rules, DateTime now, CancellationToken cancel)
    {
        var keepers = await db.Users.Where(p => !p.Disabled && db.UserRoles.Any(u => u.UserId == p.Id && db.Roles.Any(r => r.Id == u.RoleId && r.Name == RoleCode.Administrator))).Select(p => p.Id).ToListAsync(cancel);
        var day = ReviewSteps.Arg(rules.ValidUntil!.Value);
        return await NewNotices.SaveAsync(db, keepers.ConvertAll(id => new Notice(id, NoticeKind.GraduationRulesExpired, $"graduation-expired:{day}", [rules.Document ?? "", day], "/parameters/graduation", now)), cancel);
    }
}
