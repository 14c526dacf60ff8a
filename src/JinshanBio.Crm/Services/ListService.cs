using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Services;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Services;

/// <summary>服务事项列表: open steps of the projects one cares for, the earliest day first.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record ListServiceTasks : IRequest<Page<ServiceTaskRow>>, IPaged
{
    /// <summary>Only what the person answers for.</summary>
    public bool Mine { get; set; }
    public Guid? Project { get; set; }

    /// <summary>Open when left out.</summary>
    public ServiceTaskState? State { get; set; }

    /// <summary>Due on this day at the latest.</summary>
    public DateOnly? DueTo { get; set; }
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<ServiceTask> Sortable = new(t => t.Id) { ["dueOn"] = t => t.DueOn };
}

/// <summary>诉求列表: requests of the companies one cares for that are not settled, the earliest day first.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record ListCompanyRequests : IRequest<Page<CompanyRequestRow>>, IPaged
{
    public bool Mine { get; set; }
    public Guid? Project { get; set; }
    public RequestCategory? Category { get; set; }

    /// <summary>All that are not settled when left out.</summary>
    public RequestState? State { get; set; }
    public DateOnly? DueTo { get; set; }
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<CompanyRequest> Sortable = new(r => r.Id) { ["dueOn"] = r => r.DueOn, ["receivedOn"] = r => r.ReceivedOn };
}

/// <summary>外迁迹象列表: those that stand, of the companies one cares for, the newest first.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record ListLeavingSignals : IRequest<Page<LeavingSignalRow>>, IPaged
{
    public LeavingSign? Sign { get; set; }

    /// <summary>Those that were closed instead.</summary>
    public bool Closed { get; set; }
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<LeavingSignal> Sortable = new(s => s.Id) { ["at"] = s => s.Id };
}

/// <summary>久未走访: signed projects where nobody has been for as many days as the parameter says; signed longest ago first.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record ListUnvisited : IRequest<Page<UnvisitedRow>>, IPaged
{
    public bool Mine { get; set; }

    /// <summary>There is one order; any name is refused.</summary>
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;
}

/// <param name="LastVisit">Null when nobody has ever been there since signing.</param>
public sealed record UnvisitedRow(Guid ProjectId, string Title, string Number, string Stage, Guid OwnerId, string Owner, DateTime? LastVisit);

internal sealed class ListServiceTasksValidator : AbstractValidator<ListServiceTasks>
{
    public ListServiceTasksValidator()
    {
        this.MustBePaged(ListServiceTasks.Sortable.Names);
        RuleFor(r => r.State).IsInEnum();
    }
}

internal sealed class ListCompanyRequestsValidator : AbstractValidator<ListCompanyRequests>
{
    public ListCompanyRequestsValidator()
    {
        this.MustBePaged(ListCompanyRequests.Sortable.Names);
        RuleFor(r => r.State).IsInEnum();
        RuleFor(r => r.Category).IsInEnum();
    }
}

internal sealed class ListLeavingSignalsValidator : AbstractValidator<ListLeavingSignals>
{
    public ListLeavingSignalsValidator()
    {
        this.MustBePaged(ListLeavingSignals.Sortable.Names);
        RuleFor(r => r.Sign).IsInEnum();
    }
}

internal sealed class ListUnvisitedValidator : AbstractValidator<ListUnvisited>
{
    public ListUnvisitedValidator() => this.MustBePaged([]);
}

internal sealed class ListServiceHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ListServiceTasks, Page<ServiceTaskRow>>,
    IRequestHandler<ListCompanyRequests, Page<CompanyRequestRow>>, IRequestHandler<ListLeavingSignals, Page<LeavingSignalRow>>, IRequestHandler<ListUnvisited, Page<UnvisitedRow>>,
    IRequestHandler<CountService, ServiceCounts>
{
    public async Task<Page<ServiceTaskRow>> Handle(ListServiceTasks request, CancellationToken cancellationToken)
    {
        var state = request.State ?? ServiceTaskState.Open;
        var tasks = Live(db.Tasks(actor)).Where(t => t.State == state);
        if (request.Mine) tasks = tasks.Where(t => t.OwnerId == actor.Id);
        if (request.Project is { } project) tasks = tasks.Where(t => t.ProjectId == project);
        if (request.DueTo is { } day) tasks = tasks.Where(t => t.DueOn <= day);
        var page = await tasks.AsNoTracking().PageAsync(ListServiceTasks.Sortable, request.Sort ?? "dueOn", request, rows => rows.ToRows(db), cancellationToken);
        return page with { Items = [.. page.Items.Select(t => t.Named(catalogue))] };
    }

    public Task<Page<CompanyRequestRow>> Handle(ListCompanyRequests request, CancellationToken cancellationToken)
    {
        var requests = Live(db.Requests(actor));
        requests = request.State is { } state ? requests.Where(r => r.State == state) : requests.Where(r => r.State == RequestState.Received || r.State == RequestState.Answered);
        if (request.Mine) requests = requests.Where(r => r.OwnerId == actor.Id);
        if (request.Project is { } project) requests = requests.Where(r => r.ProjectId == project);
        if (request.Category is { } category) requests = requests.Where(r => r.Category == category);
        if (request.DueTo is { } day) requests = requests.Where(r => r.DueOn <= day);
        return requests.AsNoTracking().PageAsync(ListCompanyRequests.Sortable, request.Sort ?? "dueOn", request, rows => rows.AsSplitQuery().ToRows(db), cancellationToken);
    }

    public Task<Page<LeavingSignalRow>> Handle(ListLeavingSignals request, CancellationToken cancellationToken)
    {
        var standing = !request.Closed;
        var signals = db.Signals(actor).Where(s => s.IsStanding == standing && !s.Project!.IsClosed);
        if (request.Sign is { } sign) signals = signals.Where(s => s.Sign == sign);
        return signals.AsNoTracking().PageAsync(ListLeavingSignals.Sortable, request.Sort ?? "-at", request, rows => rows.ToRows(db), cancellationToken);
    }

    public async Task<Page<UnvisitedRow>> Handle(ListUnvisited request, CancellationToken cancellationToken)
    {
        var projects = Unvisited(request.Mine).AsNoTracking();
        var total = await projects.Take(Paging.CountCap).CountAsync(cancellationToken);
        return await projects.OrderBy(p => p.Id).Select(p => new UnvisitedRow(p.Id, p.Title, p.Number, p.Stage, p.OwnerId, db.Users.Where(u => u.Id == p.OwnerId).Select(u => u.DisplayName).First(),
            db.FollowUps.Where(f => f.ProjectId == p.Id && f.Kind == FollowUpKind.Visit && f.Status == FollowUpStatus.Done).Max(f => f.DoneAt))).PageAsync(total, request, cancellationToken);
    }

    public async Task<ServiceCounts> Handle(CountService request, CancellationToken cancellationToken)
    {
        var (me, today) = (actor.Id, ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime));
        var tasks = Live(db.Tasks(actor)).Where(t => t.State == ServiceTaskState.Open && t.DueOn <= today);
        var requests = Live(db.Requests(actor)).Where(r => r.State == RequestState.Received || r.State == RequestState.Answered);
        if (request.Mine) (tasks, requests) = (tasks.Where(t => t.OwnerId == me), requests.Where(r => r.OwnerId == me));
        return new ServiceCounts(await tasks.Take(Paging.CountCap).CountAsync(cancellationToken), await requests.Take(Paging.CountCap).CountAsync(cancellationToken),
            await db.Signals(actor).Where(s => s.IsStanding == true && !s.Project!.IsClosed).Take(Paging.CountCap).CountAsync(cancellationToken),
            await Unvisited(request.Mine).Take(Paging.CountCap).CountAsync(cancellationToken));
    }

    private static IQueryable<ServiceTask> Live(IQueryable<ServiceTask> tasks) => tasks.Where(t => !t.Project!.IsClosed);

    private static IQueryable<CompanyRequest> Live(IQueryable<CompanyRequest> requests) => requests.Where(r => !r.Project!.IsClosed);

    private IQueryable<Domain.Projects.Project> Unvisited(bool mine)
    {
        var (since, me) = (clock.GetUtcNow().UtcDateTime.AddDays(-catalogue.Service.VisitDays), actor.Id);
        var projects = db.Projects.InCareOf(actor).InService(catalogue);
        if (mine) projects = projects.Where(p => p.OwnerId == me);
        return projects.Where(p => !db.FollowUps.Any(f => f.ProjectId == p.Id && f.Kind == FollowUpKind.Visit && f.Status == FollowUpStatus.Done && f.DoneAt >= since)
            && !db.StageChanges.Any(h => h.ProjectId == p.Id && h.To == Stage.Signed && h.At >= since));
    }
}

/// <summary>服务待办数: what waits, for the headings of the lists.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record CountService : IRequest<ServiceCounts>
{
    public bool Mine { get; set; }
}

/// <param name="Tasks">Open steps whose day has come.</param>
/// <param name="Requests">Requests that are not settled.</param>
/// <param name="Signals">Warning signs that stand, whoever answers for the project.</param>
public sealed record ServiceCounts(int Tasks, int Requests, int Signals, int Unvisited);
