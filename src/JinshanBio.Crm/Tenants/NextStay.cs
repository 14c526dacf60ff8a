using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Reviews;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Tenants;

/// <summary>How one stay goes on from another.</summary>
internal static class NextStay
{
    /// <exception cref="Refusal">NotFound, PreviousNotIn.</exception>
    public static async Task MustGoOnFromAsync(this CrmDb db, Actor actor, Guid projectId, Guid? previousId, CancellationToken cancel)
    {
        if (previousId is not { } id) return;
        var previous = await db.Assignments.AsNoTracking().VisibleTo(actor).OneAsync(id, cancel);
        if (previous.ProjectId != projectId || previous.Status != AssignmentStatus.MovedIn) throw new Refusal(RefusalCode.PreviousNotIn) { Field = "previousId" };
    }

    /// <summary>毕业: the stay that it goes on from ends on the day it moves in, in the same save, so that the company is never without a floor. Its park's managers are told.</summary>
    public static async Task GraduatePreviousAsync(this CrmDb db, Assignment next, Actor actor, DateTime now, CancellationToken cancel)
    {
        if (next.PreviousId is not { } id) return;
        // Whatever park it is in: who takes a tenant over from another park ends that stay.
        var previous = await db.Assignments.Include(a => a.Park).Include(a => a.Bookings).ThenInclude(b => b.Space).ThenInclude(s => s!.Spans).SingleAsync(a => a.Id == id, cancel);
        if (previous.Status != AssignmentStatus.MovedIn) return;
        previous.Graduate(ShanghaiTime.Day(now), now);
        var managers = await db.Users.Where(p => !p.Disabled && p.Parks.Any(x => x.ParkId == previous.ParkId)).Select(p => p.Id).ToListAsync(cancel);
        db.Tell(managers, actor, NoticeKind.TenantMovedOn, $"tenant-moved-on:{previous.Id}", $"/parks/{previous.ParkId}/tenants/{previous.Id}", now, next.Project!.Title,
            NoticeText.Both(previous.Park!.NameZh, previous.Park.NameEn), NoticeText.Both(next.Park!.NameZh, next.Park.NameEn));
    }
}
