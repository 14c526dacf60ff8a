using System.Linq.Expressions;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Projects;

internal static class ProjectQueries
{
    /// <summary>Active and on hold.</summary>
    public static IQueryable<Project> Live(this IQueryable<Project> projects)
    {
        // Compared with a parameter: "not closed" would not use the index on SQLite.
        var closed = false;
        return projects.Where(p => p.IsClosed == closed);
    }

    /// <summary>The indexes begin with whether a project is closed.</summary>
    public static IQueryable<Project> In(this IQueryable<Project> projects, ProjectStatus status)
    {
        var closed = status is not (ProjectStatus.Active or ProjectStatus.OnHold);
        return projects.Where(p => p.IsClosed == closed && p.Status == status);
    }

    /// <summary>Active and at its stage for longer than that stage should take, or the others.</summary>
    public static IQueryable<Project> Stalled(this IQueryable<Project> projects, CrmDb db, bool stalled)
    {
        var (stages, now) = db.Present;
        Expression<Func<Project, bool>> late = p => false;
        foreach (var group in (stages?.All ?? []).Where(s => s.StallDays is not null).GroupBy(s => s.StallDays!.Value))
        {
            var (codes, before) = (group.Select(s => s.Code).ToList(), StageClock.StalledBefore(group.Key, now));
            Expression<Func<Project, bool>> these = p => codes.Contains(p.Stage) && p.StageSince < before;
            late = Expression.Lambda<Func<Project, bool>>(Expression.OrElse(late.Body, new Renamed(these.Parameters[0], late.Parameters[0]).Visit(these.Body)), late.Parameters);
        }
        if (stalled) return projects.Where(p => p.Status == ProjectStatus.Active).Where(late);
        Expression<Func<Project, bool>> resting = p => p.Status != ProjectStatus.Active;
        return projects.Where(Expression.Lambda<Func<Project, bool>>(Expression.OrElse(new Renamed(resting.Parameters[0], late.Parameters[0]).Visit(resting.Body), Expression.Not(late.Body)), late.Parameters));
    }

    private sealed class Renamed(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }

    /// <summary>By number when it reads like one; else by title, and by name and enterprise only for those who may know them.</summary>
    public static IQueryable<Project> Search(this IQueryable<Project> projects, CrmDb db, Actor actor, string? q)
    {
        q = q?.Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(q)) return projects;
        if (q.StartsWith("xm-", StringComparison.Ordinal))
        {
            var from = q.ToUpperInvariant();
            return projects.Where(p => p.Number.StartsWith(from));
        }
        if (!actor.May(Permission.RealNames)) return projects.Where(p => p.Title.ToLower().Contains(q));
        return db.IdsOf(actor, q) is { } enterprises
            ? projects.Where(p => p.Name.ToLower().Contains(q) || p.Title.ToLower().Contains(q) || enterprises.Contains(p.EnterpriseId))
            : projects.Where(p => p.Name.ToLower().Contains(q) || p.Title.ToLower().Contains(q));
    }

    public static IQueryable<ProjectRow> ToRows(this IQueryable<Project> projects, CrmDb db, Actor actor)
    {
        var english = Text.IsEnglish;
        var places = db.Assignments.VisibleTo(actor).Where(a => Assignment.Placed.Contains(a.Status));
        // A join, not a subselect for the name: it makes the page first and the rows from it.
        return projects.Join(db.Users, p => p.OwnerId, u => u.Id, (p, u) => new ProjectRow(p.Id, p.Number, p.Title, p.Field, p.Stage, p.StageSince, p.Status, p.Track,
            p.Investment, p.OutputAtCapacity, p.AreaM2, p.OwnerId, u.DisplayName,
            places.Where(a => a.ProjectId == p.Id).OrderByDescending(a => a.DecidedAt).Select(a => english ? a.Park!.NameEn : a.Park!.NameZh).FirstOrDefault(),
            p.NextFollowUpAt, p.Version));
    }
}
