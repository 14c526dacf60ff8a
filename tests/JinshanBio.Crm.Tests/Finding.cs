using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Projects;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Tests;

/// <summary>Ids of what stands in the demo world, by the names a reader knows.</summary>
internal static class Finding
{
    /// <summary>Code-named, in review, proposed to the park of manager.park; owned by officer.</summary>
    public const string CodeNamed = "重组蛋白原料工厂", CodeName = "青松计划";

    public static Task<Guid> ProjectAsync(this World world, string name) => world.Db(db => db.Projects.Where(p => p.Name == name).Select(p => p.Id).SingleAsync());

    public static Task<Project> ReadAsync(this World world, Guid projectId)
        => world.Db(db => db.Projects.AsNoTracking().Include(p => p.Evidence).Include(p => p.History).SingleAsync(p => p.Id == projectId));

    public static Task<Guid> ParkAsync(this World world, string code) => world.Db(db => db.Parks.Where(p => p.Code == code).Select(p => p.Id).SingleAsync());

    public static Task<Guid> SpaceAsync(this World world, string name) => world.Db(db => db.Spaces.Where(s => s.Name == name).Select(s => s.Id).SingleAsync());

    public static Task<Guid> EnterpriseAsync(this World world, string name) => world.Db(db => db.Enterprises.Where(e => e.Name == name).Select(e => e.Id).SingleAsync());

    public static Task<Guid> PersonAsync(this World world, string userName) => world.Db(db => db.Users.Where(p => p.UserName == userName).Select(p => p.Id).SingleAsync());

    /// <summary>The request is refused to each of these people for lack of the right.</summary>
    public static async Task NotPermitted<T>(this World world, Func<IRequest<T>> request, params string[] userNames)
    {
        foreach (var userName in userNames) await world.Refused(RefusalCode.NotPermitted, () => world.As(userName).Send(request()));
    }
}
