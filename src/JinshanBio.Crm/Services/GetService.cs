using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Services;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Lists;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Services;

/// <summary>签约后服务: steps, requests, visits and warning signs of one signed project.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record GetService(Guid ProjectId) : IRequest<ServiceRecord>;

/// <param name="HasBegun">The project is signed, and the person cares for it; without that all lists are empty.</param>
/// <param name="MayWrite">The person works on it.</param>
/// <param name="Coming">Steps of the checklist that wait for a later stage.</param>
/// <param name="Visits">The newest five.</param>
/// <param name="VisitOverdue">Nobody has been there for longer than the parameter says.</param>
/// <param name="People">Who may be given a step or a request.</param>
public sealed record ServiceRecord(
    bool HasBegun, bool MayWrite, IReadOnlyList<LeavingSignalRow> Signals, IReadOnlyList<ServiceTaskRow> Tasks, IReadOnlyList<ComingStep> Coming, IReadOnlyList<CompanyRequestRow> Requests,
    IReadOnlyList<VisitLine> Visits, DateTime? LastVisit, bool VisitOverdue, IReadOnlyList<OwnerRow> People);

/// <param name="After">Code of the stage that it waits for.</param>
public sealed record ComingStep(string Code, string Name, ServicePhase Phase, string After);

public sealed record VisitLine(Guid Id, DateTime At, string By, string? Outcome);

internal sealed class GetServiceHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetService, ServiceRecord>
{
    private const int Most = 200, MostVisits = 5;

    public async Task<ServiceRecord> Handle(GetService request, CancellationToken cancellationToken)
    {
        if (!await db.Projects.VisibleTo(actor).AnyAsync(p => p.Id == request.ProjectId, cancellationToken)) throw new Refusal(RefusalCode.NotFound);
        var project = await db.Projects.AsNoTracking().InCareOf(actor).Where(p => p.Id == request.ProjectId)
            .Select(p => new { p.Id, p.Stage, p.Track, p.OwnerId }).SingleOrDefaultAsync(cancellationToken);
        if (project is null || Stage.OrderOf(project.Stage) < Stage.SignedOrder) return new ServiceRecord(false, false, [], [], [], [], [], null, false, []);

        var now = clock.GetUtcNow().UtcDateTime;
        var signals = await db.LeavingSignals.AsNoTracking().Where(s => s.ProjectId == project.Id).OrderByDescending(s => s.IsStanding).ThenByDescending(s => s.Id).Take(Most).ToRows(db).ToListAsync(cancellationToken);
        var tasks = await db.ServiceTasks.AsNoTracking().Where(t => t.ProjectId == project.Id).OrderBy(t => t.DueOn).ThenBy(t => t.StepCode).ThenBy(t => t.Id).Take(Most).ToRows(db).ToListAsync(cancellationToken);
        var requests = await db.CompanyRequests.AsNoTracking().Where(r => r.ProjectId == project.Id).OrderBy(r => r.State == RequestState.Settled).ThenBy(r => r.DueOn).ThenBy(r => r.Id)
            .Take(Most).AsSplitQuery().ToRows(db).ToListAsync(cancellationToken);
        var visits = await db.FollowUps.AsNoTracking().Where(f => f.ProjectId == project.Id && f.Kind == FollowUpKind.Visit && f.Status == FollowUpStatus.Done)
            .OrderByDescending(f => f.DoneAt).Take(MostVisits)
            .Select(f => new VisitLine(f.Id, f.DoneAt!.Value, db.Users.Where(p => p.Id == f.DoneById).Select(p => p.DisplayName).FirstOrDefault() ?? "", f.Outcome)).ToListAsync(cancellationToken);
        var signed = await db.StageChanges.Where(h => h.ProjectId == project.Id && h.To == Stage.Signed).MaxAsync(h => (DateTime?)h.At, cancellationToken);
        var last = visits.Count > 0 ? visits[0].At : (DateTime?)null;
        var known = tasks.ConvertAll(t => t.StepCode);
        return new ServiceRecord(true, actor.May(Permission.ServiceWrite), signals, tasks.ConvertAll(t => t.Named(catalogue)),
            [.. catalogue.ServiceSteps.Where(s => s.Tracks.Contains(project.Track) && !known.Contains(s.Code)).Select(s => new ComingStep(s.Code, Text.Pick(s.NameZh, s.NameEn), s.Phase, s.After))],
            requests, visits, last, (last ?? signed) is { } since && since < now.AddDays(-catalogue.Service.VisitDays), await PeopleAsync(project.Id, project.OwnerId, cancellationToken));
    }

    /// <summary>The owner of the project, the managers of the park it has a place in, and the person asking.</summary>
    private Task<List<OwnerRow>> PeopleAsync(Guid projectId, Guid ownerId, CancellationToken cancel)
    {
        var parks = db.Assignments.Where(a => a.ProjectId == projectId && Assignment.Placed.Contains(a.Status)).Select(a => a.ParkId);
        var me = actor.May(Permission.ServiceWrite) ? actor.Id : ownerId;
        return db.Users.AsNoTracking().Where(u => !u.Disabled && (u.Id == ownerId || u.Id == me || u.Parks.Any(p => parks.Contains(p.ParkId))))
            .OrderBy(u => u.DisplayName).Select(u => new OwnerRow(u.Id, u.DisplayName)).ToListAsync(cancel);
    }
}

/// <summary>服务概况: how the service of a project stands, in figures.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record SummariseService(Guid ProjectId) : IRequest<ServiceFigures?>;

/// <param name="Signs">Warning signs that stand.</param>
/// <param name="Due">Open steps whose day has come.</param>
/// <param name="Waiting">Requests that are not settled; <paramref name="Late"/> of them beyond their day.</param>
public sealed record ServiceFigures(IReadOnlyList<LeavingSign> Signs, int Done, int Steps, int Due, int Waiting, int Late, DateTime? LastVisit);

internal sealed class SummariseServiceHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<SummariseService, ServiceFigures?>
{
    /// <summary>Null before signing, and for those who do not care for the project.</summary>
    public async Task<ServiceFigures?> Handle(SummariseService request, CancellationToken cancellationToken)
    {
        var (id, today) = (request.ProjectId, Domain.Calendar.ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime));
        var stage = await db.Projects.InCareOf(actor).Where(p => p.Id == id).Select(p => p.Stage).SingleOrDefaultAsync(cancellationToken);
        if (stage is null || Stage.OrderOf(stage) < Stage.SignedOrder) return null;
        var steps = await db.ServiceTasks.Where(t => t.ProjectId == id).GroupBy(_ => 1).Select(g => new
        {
            Done = g.Count(t => t.State != ServiceTaskState.Open), All = g.Count(), Due = g.Count(t => t.State == ServiceTaskState.Open && t.DueOn <= today),
        }).SingleOrDefaultAsync(cancellationToken);
        var open = await db.CompanyRequests.Where(r => r.ProjectId == id && r.State != RequestState.Settled).Select(r => r.DueOn).ToListAsync(cancellationToken);
        var signs = await db.LeavingSignals.Where(s => s.ProjectId == id && s.IsStanding).Select(s => s.Sign).ToListAsync(cancellationToken);
        var visit = await db.FollowUps.Where(f => f.ProjectId == id && f.Kind == FollowUpKind.Visit && f.Status == FollowUpStatus.Done).MaxAsync(f => f.DoneAt, cancellationToken);
        return new ServiceFigures([.. signs.Distinct()], steps?.Done ?? 0, steps?.All ?? 0, steps?.Due ?? 0, open.Count, open.Count(d => d < today), visit);
    }
}
