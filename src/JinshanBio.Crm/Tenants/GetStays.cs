using System.Linq.Expressions;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Tenants;

/// <summary>在园经历: the stays of a project one after the other, from incubator to industrial park, and the place that comes next.</summary>
[Needs(Permission.AssignmentsRead)]
public sealed record GetStays(Guid Project) : IRequest<IReadOnlyList<StayRow>>;

/// <summary>企业在园经历: the stays of all projects of a company; without those of projects that are hidden behind a code name.</summary>
[Needs(Permission.EnterprisesRead)]
public sealed record GetEnterpriseStays(Guid Enterprise) : IRequest<IReadOnlyList<StayRow>>;

/// <param name="Role">As what the stay is counted.</param>
/// <param name="From">The day it moved in; of a place to come the day from which it is wanted.</param>
/// <param name="Until">The day it left; null while it is in.</param>
/// <param name="PreviousId">The stay it goes on from.</param>
public sealed record StayRow(Guid Id, Guid ParkId, string ParkName, ParkRole Role, decimal AreaM2, DateOnly From, DateOnly? Until, AssignmentStatus Status, Guid? PreviousId)
{
    public bool IsIn => Status == AssignmentStatus.MovedIn;

    /// <summary>Proposed or held, not moved into.</summary>
    public bool IsComing => Status is AssignmentStatus.Proposed or AssignmentStatus.Waiting or AssignmentStatus.Accepted or AssignmentStatus.Agreed;
}

internal sealed class GetStaysHandler(CrmDb db, Actor actor) : IRequestHandler<GetStays, IReadOnlyList<StayRow>>, IRequestHandler<GetEnterpriseStays, IReadOnlyList<StayRow>>
{
    public async Task<IReadOnlyList<StayRow>> Handle(GetEnterpriseStays request, CancellationToken cancellationToken)
    {
        var names = actor.May(Permission.RealNames);
        return !actor.May(Permission.AssignmentsRead) ? []
            : await db.StaysAsync(actor, a => a.Project!.EnterpriseId == request.Enterprise && (names || a.Project.Title == a.Project.Name), cancellationToken);
    }

    public async Task<IReadOnlyList<StayRow>> Handle(GetStays request, CancellationToken cancellationToken)
    {
        if (!await db.Projects.VisibleTo(actor).AnyAsync(p => p.Id == request.Project, cancellationToken)) throw new Refusal(RefusalCode.NotFound);
        return await db.StaysAsync(actor, a => a.ProjectId == request.Project, cancellationToken);
    }
}

internal static class StayQueries
{
    /// <summary>A project has a handful of places; those the person may see. A proposal that goes on from no stay is not part of the way yet.</summary>
    public static async Task<IReadOnlyList<StayRow>> StaysAsync(this CrmDb db, Actor actor, Expression<Func<Assignment, bool>> which, CancellationToken cancel)
    {
        var english = Text.IsEnglish;
        var rows = await db.Assignments.AsNoTracking().VisibleTo(actor).Where(which).Where(a => (a.MovedInAt != null || Assignment.Placed.Contains(a.Status) || (a.PreviousId != null && Assignment.Standing.Contains(a.Status))))
            .Select(a => new { a.Id, a.ParkId, Park = english ? a.Park!.NameEn : a.Park!.NameZh, a.AreaM2, a.From, a.MovedInAt, a.EndedAt, a.Status, a.PreviousId }).ToListAsync(cancel);
        var roles = await db.RolesOfStaysAsync(rows.ConvertAll(r => r.Id), cancel);
        return [.. rows.Select(r => new StayRow(r.Id, r.ParkId, r.Park, roles[r.Id], r.AreaM2, r.MovedInAt is { } movedIn ? ShanghaiTime.Day(movedIn) : r.From,
            r.EndedAt is { } ended ? ShanghaiTime.Day(ended) : null, r.Status, r.PreviousId)).OrderBy(s => s.IsComing).ThenBy(s => s.From).ThenBy(s => s.Id)];
    }
}
