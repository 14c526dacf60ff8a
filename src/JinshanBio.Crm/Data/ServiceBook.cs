using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Services;
using JinshanBio.Crm.Domain.Stages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace JinshanBio.Crm.Data;

/// <summary>
/// Opens the steps of the service as a project enters the stages from signing on, and hands them over with their project, in the save that does so:
/// whichever door, job or story moves it. A step that is there already, open or closed, is not made again.
/// </summary>
internal static class ServiceBook
{
    public static async Task OpenAsync(CrmDb db, Catalogue? catalogue, DateTime now, CancellationToken cancel)
    {
        if (catalogue is null) return;
        var changed = db.ChangeTracker.Entries<Project>().Where(e => e.State == EntityState.Modified).ToList();
        await HandOverAsync(db, [.. changed.Where(e => e.Property(p => p.OwnerId).IsModified)], cancel);
        foreach (var entry in changed.Where(e => e.Property(p => p.StageSince).IsModified && Stage.OrderOf(e.Entity.Stage) >= Stage.SignedOrder))
            await db.AddStepsAsync(catalogue, entry.Entity, now, cancel);
    }

    /// <summary>The steps of the stages that the project has entered, without those it has.</summary>
    /// <returns>How many were added.</returns>
    public static async Task<int> AddStepsAsync(this CrmDb db, Catalogue catalogue, Project project, DateTime now, CancellationToken cancel)
    {
        var order = Stage.OrderOf(project.Stage);
        var known = await db.ServiceTasks.Where(t => t.ProjectId == project.Id && t.StepCode != null).Select(t => t.StepCode).ToListAsync(cancel);
        var due = catalogue.ServiceSteps.Where(s => s.Tracks.Contains(project.Track) && Stage.OrderOf(s.After) <= order && !known.Contains(s.Code)).ToList();
        if (due.Count == 0) return 0;
        var park = due.Exists(s => s.ByPark) ? await ManagerAsync(db, project.Id, cancel) : null;
        // Counted from the day on which its stage was entered: what was entered long ago is not due as of today.
        var entered = (await db.StageChanges.Where(h => h.ProjectId == project.Id).Select(h => new { h.To, h.At }).ToListAsync(cancel))
            .GroupBy(h => h.To, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Max(h => h.At), StringComparer.Ordinal);
        foreach (var step in due)
        {
            var since = step.After == project.Stage ? project.StageSince : entered.TryGetValue(step.After, out var at) ? at : project.StageSince;
            db.ServiceTasks.Add(new ServiceTask(project.Id, step.Code, step.NameZh, step.Phase, step.Unit, step.ByPark && park is { } manager ? manager : project.OwnerId,
                ShanghaiTime.Day(since).AddDays(step.DueDays), now, project.OwnerId));
        }
        return due.Count;
    }

    /// <summary>Somebody who manages the park in which the project has its place.</summary>
    private static async Task<Guid?> ManagerAsync(CrmDb db, Guid projectId, CancellationToken cancel)
    {
        var park = await db.Assignments.Where(a => a.ProjectId == projectId && Assignment.Placed.Contains(a.Status))
            .OrderByDescending(a => a.DecidedAt).Select(a => (Guid?)a.ParkId).FirstOrDefaultAsync(cancel);
        return park is null ? null : await db.Users.Where(u => !u.Disabled && u.Parks.Any(p => p.ParkId == park)).OrderBy(u => u.UserName).Select(u => (Guid?)u.Id).FirstOrDefaultAsync(cancel);
    }

    /// <summary>交接: what the former owner still had to do for the company goes along.</summary>
    private static async Task HandOverAsync(CrmDb db, List<EntityEntry<Project>> handed, CancellationToken cancel)
    {
        if (handed.Count == 0) return;
        var ways = handed.ToDictionary(e => e.Entity.Id, e => (From: e.Property(p => p.OwnerId).OriginalValue, To: e.Entity.OwnerId));
        var ids = ways.Keys.ToList();
        foreach (var task in await db.ServiceTasks.Where(t => ids.Contains(t.ProjectId) && t.State == ServiceTaskState.Open).ToListAsync(cancel))
            if (task.OwnerId == ways[task.ProjectId].From) task.HandTo(ways[task.ProjectId].To);
        foreach (var request in await db.CompanyRequests.Where(r => ids.Contains(r.ProjectId) && r.State != RequestState.Settled).ToListAsync(cancel))
            if (request.OwnerId == ways[request.ProjectId].From) request.HandTo(ways[request.ProjectId].To);
        // The save has looked for changes before.
        db.ChangeTracker.DetectChanges();
    }
}
