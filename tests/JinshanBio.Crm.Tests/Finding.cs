using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
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
        => world.Db(db => db.Projects.AsNoTracking().Include(p => p.Evidence).Include(p => p.History).Include(p => p.Facts).SingleAsync(p => p.Id == projectId));

    /// <summary>What a loss asks for.</summary>
    public static Dictionary<string, string?> Loss => new() { ["lostReason"] = "competitor", ["wentTo"] = "外省", ["lostOn"] = "2026-11-19" };

    /// <summary>What putting on hold asks for.</summary>
    public static Dictionary<string, string?> Pause => new() { ["resumeOn"] = "2027-01-20" };

    /// <summary>The evidence of a stage and the fields that its gate asks for, all of them answered.</summary>
    public static Dictionary<string, string?> Answers(StageTable stages, Track track, string to)
        => stages[to].Evidence.ToDictionary(n => n.Key, n => n.Type == "option" ? n.Options[0] : n.Type == "creditCode" ? "91310115MA0DEM013U" : (string?)"on file", StringComparer.Ordinal)
            .Concat(stages[to].Fields.Where(f => f.Tracks.Contains(track) && f.WhenKey is null && stages[to].Evidence.All(n => n.Key != f.Key)).Select(f => KeyValuePair.Create(f.Key, Answer(f)))).ToDictionary(StringComparer.Ordinal);

    /// <summary>A right answer to any question of the project form.</summary>
    public static string? Answer(FormField field) => field.Type switch
    {
        FormType.Decimal or FormType.Int => Math.Max(1, field.Min ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture),
        FormType.Bool => "false",
        FormType.Enum => field.Options[0].Key,
        FormType.Date => "2027-06-30",
        FormType.CreditCode => "91310115MA0DEM013U",
        _ => "none",
    };

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
