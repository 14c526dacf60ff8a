using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Services;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Services;

/// <summary>What the requests of the service have in common: whose projects, and which of their rows.</summary>
internal static class Care
{
    /// <exception cref="Refusal">NotFound, ServiceNotBegun.</exception>
    public static async Task<Project> ServedAsync(this CrmDb db, Actor actor, Guid projectId, CancellationToken cancel)
    {
        var project = await db.Projects.InCareOf(actor).OneAsync(projectId, cancel);
        return Stage.OrderOf(project.Stage) >= Stage.SignedOrder ? project : throw new Refusal(RefusalCode.ServiceNotBegun, project.Number);
    }

    public static IQueryable<ServiceTask> Tasks(this CrmDb db, Actor actor)
    {
        var served = db.Projects.InCareOf(actor);
        return db.ServiceTasks.Where(t => served.Any(p => p.Id == t.ProjectId));
    }

    public static IQueryable<CompanyRequest> Requests(this CrmDb db, Actor actor)
    {
        var served = db.Projects.InCareOf(actor);
        return db.CompanyRequests.Where(r => served.Any(p => p.Id == r.ProjectId));
    }

    public static IQueryable<LeavingSignal> Signals(this CrmDb db, Actor actor)
    {
        var served = db.Projects.InCareOf(actor);
        return db.LeavingSignals.Where(s => served.Any(p => p.Id == s.ProjectId));
    }

    /// <summary>Projects that are going on and have been signed.</summary>
    public static IQueryable<Project> InService(this IQueryable<Project> projects, Catalogue catalogue)
    {
        var (closed, signed) = (false, catalogue.Stages.All.Where(s => s.Order >= Stage.SignedOrder).Select(s => s.Code).ToList());
        return projects.Where(p => p.IsClosed == closed && signed.Contains(p.Stage));
    }

    /// <summary>The day that was given, or today.</summary>
    /// <exception cref="Refusal">Invalid for a day to come.</exception>
    public static DateOnly NotAfterToday(string field, DateOnly? day, DateTime now)
    {
        var today = ShanghaiTime.Day(now);
        if (day > today) throw new Refusal(RefusalCode.Invalid) { Details = new Dictionary<string, string>(StringComparer.Ordinal) { [field] = Text.Of("service.notInFuture") } };
        return day ?? today;
    }

    /// <summary>A colleague who may do what is to be done.</summary>
    /// <exception cref="Refusal">HandOverTarget.</exception>
    public static async Task MustServeAsync(this CrmDb db, Catalogue catalogue, Guid personId, CancellationToken cancel)
    {
        var roles = catalogue.Roles.Where(r => r.Value.Contains(Permission.ServiceWrite)).Select(r => r.Key).ToList();
        var serves = await db.Users.Where(p => p.Id == personId && !p.Disabled)
            .AnyAsync(p => db.UserRoles.Any(u => u.UserId == p.Id && db.Roles.Any(r => r.Id == u.RoleId && roles.Contains(r.Name!))), cancel);
        if (!serves) throw new Refusal(RefusalCode.HandOverTarget) { Field = "ownerId" };
    }
}
