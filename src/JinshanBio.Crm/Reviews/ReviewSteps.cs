using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Reviews;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Reviews;

/// <summary>What the steps of a review have in common: which one it is, which sheet holds, and who is told.</summary>
internal static class ReviewSteps
{
    /// <summary>The review with all that belongs to it.</summary>
    /// <exception cref="Refusal">NotFound, StaleVersion.</exception>
    public static async Task<Review> ReviewAsync(this CrmDb db, IQueryable<Review> visible, Guid id, int? version, CancellationToken cancel)
    {
        var review = await visible.Include(r => r.Project).Include(r => r.Opinions).ThenInclude(o => o.Answers).Include(r => r.Marks).AsSplitQuery().OneAsync(id, cancel);
        await db.ExpectAsync(review, version, cancel);
        return review;
    }

    /// <summary>The review that speaks for a project: the last one.</summary>
    public static IQueryable<Review> LastOf(this IQueryable<Review> reviews, Guid projectId)
        => reviews.Where(r => r.ProjectId == projectId).OrderByDescending(r => r.OpenedAt).ThenByDescending(r => r.Id);

    /// <summary>The sheet in force on a day: the one that speaks most exactly of the project's park and field.</summary>
    public static async Task<ReviewSheet?> SheetAsync(this CrmDb db, Project project, DateOnly day, CancellationToken cancel)
    {
        var sheets = await db.SheetsForAsync(project, cancel);
        return sheets.Where(s => s.HoldsOn(day)).OrderByDescending(s => s.Closeness).ThenByDescending(s => s.ValidFrom).FirstOrDefault();
    }

    /// <summary>The sheets, of whatever day, that could be used for a project.</summary>
    public static async Task<List<ReviewSheet>> SheetsForAsync(this CrmDb db, Project project, CancellationToken cancel)
    {
        var parks = await db.Assignments.Where(a => a.ProjectId == project.Id && Assignment.Standing.Contains(a.Status)).Select(a => a.ParkId).ToListAsync(cancel);
        return await db.ReviewSheets.AsNoTracking().Include(s => s.Items)
            .Where(s => (s.ParkId == null || parks.Contains(s.ParkId.Value)) && (s.Field == null || s.Field == project.Field)).ToListAsync(cancel);
    }

    /// <exception cref="Refusal">UnknownUnit.</exception>
    public static void MustKnow(this Catalogue catalogue, IEnumerable<string> units, string field)
    {
        if (units.FirstOrDefault(unit => catalogue.Units.All(u => u.Code != unit)) is { } unknown) throw new Refusal(RefusalCode.UnknownUnit, unknown) { Field = field };
    }

    /// <summary>Those of the departments who may answer for them.</summary>
    public static Task<List<Colleague>> ReviewersAsync(this CrmDb db, Catalogue catalogue, IReadOnlyCollection<string> units, CancellationToken cancel)
        => db.HavingAsync(catalogue, Permission.ReviewsAnswer, db.Users.Where(p => p.Department != null && units.Contains(p.Department)), cancel);

    /// <summary>Those who conclude reviews, except who only keeps the program running.</summary>
    public static async Task<List<Guid>> ConcludersAsync(this CrmDb db, Catalogue catalogue, CancellationToken cancel)
        => [.. (await db.HavingAsync(catalogue, Permission.ReviewsConclude, db.Users, cancel)).Select(c => c.Id)];

    /// <summary>Tells these people once; never the person who acts.</summary>
    public static void Tell(this CrmDb db, IEnumerable<Guid> people, Actor actor, NoticeKind kind, string key, string path, DateTime now, params string[] args)
        => db.Notices.AddRange(people.Distinct().Where(id => id != actor.Id && id != Actor.System.Id).Select(id => new Notice(id, kind, key, args, path, now)));

    public static string UnitArg(this Catalogue catalogue, string unit)
        => catalogue.Units.FirstOrDefault(u => u.Code == unit) is { } named ? NoticeText.Both(named.NameZh, named.NameEn) : unit;

    /// <summary>The name of an enum value in both languages.</summary>
    public static string Arg(Enum value) => Text.Entries[$"{value.GetType().Name}.{value}"] is [var zh, var en] ? NoticeText.Both(zh, en) : value.ToString();

    public static string Arg(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Task<List<Colleague>> HavingAsync(this CrmDb db, Catalogue catalogue, Permission permission, IQueryable<Person> people, CancellationToken cancel)
    {
        var roles = catalogue.Roles.Where(r => r.Value.Contains(permission) && r.Key != RoleCode.Administrator).Select(r => r.Key).ToList();
        return people.Where(p => !p.Disabled && db.UserRoles.Any(u => u.UserId == p.Id && db.Roles.Any(r => r.Id == u.RoleId && roles.Contains(r.Name!))))
            .Select(p => new Colleague(p.Id, p.Department)).ToListAsync(cancel);
    }
}

internal sealed record Colleague(Guid Id, string? Unit);
