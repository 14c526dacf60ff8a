using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Assignments;

/// <summary>What the steps of an assignment have in common: who may take them, and who is told.</summary>
internal static class AssignmentSteps
{
    /// <summary>The assignment with its project, park, space and bookings, and what is known of the days of their spaces.</summary>
    /// <exception cref="Refusal">NotFound, StaleVersion.</exception>
    public static async Task<Assignment> AssignmentAsync(this CrmDb db, Actor actor, Guid id, int? version, CancellationToken cancel)
    {
        var assignment = await db.Assignments.VisibleTo(actor).Include(a => a.Project).Include(a => a.Park).Include(a => a.Space)
            .Include(a => a.Bookings).ThenInclude(b => b.Space).ThenInclude(s => s!.Spans).OneAsync(id, cancel);
        await db.ExpectAsync(assignment, version, cancel);
        return assignment;
    }

    /// <summary>The same for a step that only a manager of the park takes.</summary>
    /// <exception cref="Refusal">NotFound, NotPermitted, StaleVersion.</exception>
    public static async Task<Assignment> ManagedAssignmentAsync(this CrmDb db, Actor actor, Guid id, int? version, CancellationToken cancel)
    {
        var assignment = await db.AssignmentAsync(actor, id, version, cancel);
        return actor.Parks.Contains(assignment.ParkId) ? assignment : throw new Refusal(RefusalCode.NotPermitted);
    }

    /// <exception cref="Refusal">SpaceElsewhere, also for a space that does not exist: what other parks have is not told.</exception>
    public static async Task<Space> SpaceInAsync(this CrmDb db, Guid parkId, Guid spaceId, CancellationToken cancel)
        => await db.Spaces.Include(s => s.Spans).FirstOrDefaultAsync(s => s.Id == spaceId && s.ParkId == parkId, cancel)
            ?? throw new Refusal(RefusalCode.SpaceElsewhere) { Field = "spaceId" };

    /// <summary>Takes a proposal or a reservation back; managers are told when area becomes free again. Needs project, park and bookings loaded.</summary>
    public static async Task WithdrawAsync(this CrmDb db, Assignment assignment, Actor actor, DateTime now, CancellationToken cancel)
    {
        var wasHeld = Assignment.Placed.Contains(assignment.Status);
        var spaces = assignment.TakenSpaces();
        assignment.Withdraw(ShanghaiTime.Day(now), now);
        if (!wasHeld) return;
        await db.TellManagersAsync(assignment, actor, NoticeKind.AssignmentWithdrawn, "assignment-withdrawn",
            [assignment.Project!.Title, NoticeText.Both(assignment.Park!.NameZh, assignment.Park.NameEn)], now, cancel);
        await db.TellNextInLineAsync(assignment, spaces, now, cancel);
    }

    public static Task<List<Guid>> ManagersAsync(this CrmDb db, Guid parkId, CancellationToken cancel)
        => db.Users.Where(p => !p.Disabled && p.Parks.Any(x => x.ParkId == parkId)).Select(p => p.Id).ToListAsync(cancel);

    public static async Task TellManagersAsync(this CrmDb db, Assignment assignment, Actor actor, NoticeKind kind, string key, string[] args, DateTime now, CancellationToken cancel)
    {
        var managers = await db.ManagersAsync(assignment.ParkId, cancel);
        db.Notices.AddRange(managers.Where(id => id != actor.Id).Select(id => new Notice(id, kind, $"{key}:{assignment.Id}", args, "/proposals", now)));
    }

    /// <summary>Tells who proposed the place, and the owner of the project if that is somebody else.</summary>
    public static async Task TellProposerAsync(this CrmDb db, Assignment assignment, Actor actor, NoticeKind kind, string key, string[] args, DateTime now, CancellationToken cancel)
    {
        Guid[] concerned = [assignment.ProposedById, assignment.Project!.OwnerId];
        var people = await db.Users.Where(p => concerned.Contains(p.Id) && !p.Disabled && p.Id != actor.Id).Select(p => p.Id).ToListAsync(cancel);
        db.Notices.AddRange(people.Select(id => new Notice(id, kind, $"{key}:{assignment.Id}", args, $"/projects/{assignment.ProjectId}", now)));
    }
}
