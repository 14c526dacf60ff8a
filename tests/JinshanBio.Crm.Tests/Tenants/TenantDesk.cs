using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Tests.Tenants;

/// <summary>Tenants of the demo world, and new ones that moved in long ago.</summary>
internal static class TenantDesk
{
    /// <summary>In the incubator CAR-02 of manager.incubator, near graduation; owned by officer2.</summary>
    public const string Pilot = "二氧化碳生物转化中试";

    /// <summary>In the accelerator CAR-06 of manager.park, may graduate and has stayed too long; owned by officer.</summary>
    public const string Cells = "细胞治疗产品生产基地";

    public static Task<Guid> PlaceAsync(this World world, string project)
        => world.Db(db => db.Assignments.Where(a => a.Status == AssignmentStatus.MovedIn && a.Project!.Name == project).Select(a => a.Id).SingleAsync());

    /// <summary>A company of its own that moved into 10 m² of the park; graduated when it says so.</summary>
    public static Task<Guid> MovedInAsync(this World world, string park, string name, DateTime at, DateTime? graduated = null, DateTime? left = null, Guid? previous = null) => world.Db(async db =>
    {
        var owner = await db.Users.Where(p => p.UserName == "officer").Select(p => p.Id).SingleAsync();
        var manager = await db.Users.Where(p => p.Parks.Any(x => db.Parks.Any(k => k.Id == x.ParkId && k.Code == park))).Select(p => p.Id).FirstAsync();
        var project = previous is { } id ? await db.Assignments.Where(a => a.Id == id).Select(a => a.Project).SingleAsync() : null;
        if (project is null)
        {
            var enterprise = new Enterprise($"上海{name}有限公司", null, "CN", at, owner);
            var lead = new Lead($"XS-{Guid.NewGuid():N}"[..20], enterprise, new LeadTerms("MED", [], LeadSource.Visit, 1_000_000, null, null), owner, at, owner);
            project = Project.From(lead, $"XM-{Guid.NewGuid():N}"[..20], new ProjectTerms(name, Track.Lease, 1_000_000, 0, 10), at, owner);
            db.AddRange(enterprise, lead, project);
        }
        var home = await db.Parks.SingleAsync(p => p.Code == park);
        var space = new Space(home.Id, new SpaceTerms($"{name} 用房 {Guid.NewGuid()}"[..40], 10, new DateOnly(2020, 1, 1)), new DateOnly(2020, 1, 1));
        var day = Domain.Calendar.ShanghaiTime.Day(at);
        var place = new Assignment(project.Id, home.Id, space.Id, 10, day, at, owner) { PreviousId = previous };
        db.AddRange(space, place);
        place.Accept(space, null, day, at, manager);
        place.MoveIn(day, at);
        await db.SaveChangesAsync();
        if (graduated is { } end) place.Graduate(Domain.Calendar.ShanghaiTime.Day(end), end);
        if (left is { } gone) place.Exit("迁出", Domain.Calendar.ShanghaiTime.Day(gone), gone);
        await db.SaveChangesAsync();
        return place.Id;
    });
}
