using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Domain.Services;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Notices;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.Services;

/// <summary>
/// 服务提醒: tells the owner of a step or a request that its day has come, and the head when it is workdays late; nothing on a day off. Each is said once per
/// day that was set: the step is claimed and the notice written in one transaction, and the notice's key is unique besides.
/// </summary>
[Needs(Permission.JobsManage)]
public sealed record RemindOfService : IRequest<string>;

internal sealed class RemindOfServiceHandler(CrmDb db, Catalogue catalogue, TimeProvider clock, ILogger<RemindOfServiceHandler> log) : IRequestHandler<RemindOfService, string>
{
    private readonly TellOnce _once = new(db, log);

    public async Task<string> Handle(RemindOfService request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = ShanghaiTime.Day(now);
        if (!catalogue.Workdays.IsWorkday(today)) return Sentence.Of("job.said.serviceDayOff");
        var late = catalogue.Workdays.LateBy(catalogue.Service.EscalateWorkdays, today);
        var heads = await Heads.LoadAsync(db, cancellationToken);
        var tasks = db.ServiceTasks.Where(t => t.State == ServiceTaskState.Open && !t.Project!.IsClosed);
        var requests = db.CompanyRequests.Where(r => r.State != RequestState.Settled && !r.Project!.IsClosed);

        var due = await TellAsync(tasks.Where(t => t.Told == ServiceTold.Nothing && t.DueOn <= today), ServiceTold.Due,
            row => [row.Notice(row.OwnerId, NoticeKind.ServiceTaskDue, "service-task-due", now, row.Title, row.Day)], cancellationToken);
        due += await TellAsync(requests.Where(r => r.Told == ServiceTold.Nothing && r.DueOn <= today), ServiceTold.Due,
            row => [row.Notice(row.OwnerId, NoticeKind.CompanyRequestDue, "company-request-due", now, row.Title, row.Number, row.Day)], cancellationToken);
        IEnumerable<Notice> Escalate(ServiceDue row) => heads.Of(row.OwnerId)
            .Select(head => row.Notice(head, NoticeKind.ServiceEscalated, "service-escalated", now, row.Title, row.Day, heads.NameOf(row.OwnerId)));
        var escalated = await TellAsync(tasks.Where(t => t.Told == ServiceTold.Due && t.DueOn <= late), ServiceTold.Escalated, Escalate, cancellationToken);
        escalated += await TellAsync(requests.Where(r => r.Told == ServiceTold.Due && r.DueOn <= late), ServiceTold.Escalated, Escalate, cancellationToken);
        return Sentence.Of("job.said.serviceReminders", due, escalated, _once.Failed);
    }

    private Task<int> TellAsync(IQueryable<ServiceTask> which, ServiceTold step, Func<ServiceDue, IEnumerable<Notice>> notices, CancellationToken cancel)
        => _once.TellAsync((failed, most) => which.AsNoTracking().Where(t => !failed.Contains(t.Id)).OrderBy(t => t.DueOn).ThenBy(t => t.Id).Take(most)
                .Select(t => new ServiceDue(t.Id, t.Round, t.OwnerId, t.DueOn, t.ProjectId, t.Project!.Title, "")).ToListAsync(cancel),
            row => row.Id, ids => which.Where(t => ids.Contains(t.Id)).ExecuteUpdateAsync(t => t.SetProperty(x => x.Told, step), cancel), notices, cancel);

    private Task<int> TellAsync(IQueryable<CompanyRequest> which, ServiceTold step, Func<ServiceDue, IEnumerable<Notice>> notices, CancellationToken cancel)
        => _once.TellAsync((failed, most) => which.AsNoTracking().Where(r => !failed.Contains(r.Id)).OrderBy(r => r.DueOn).ThenBy(r => r.Id).Take(most)
                .Select(r => new ServiceDue(r.Id, r.Round, r.OwnerId, r.DueOn, r.ProjectId, r.Project!.Title, r.Number)).ToListAsync(cancel),
            row => row.Id, ids => which.Where(r => ids.Contains(r.Id)).ExecuteUpdateAsync(r => r.SetProperty(x => x.Told, step), cancel), notices, cancel);
}

/// <summary>A step or request that something is to be said about.</summary>
internal sealed record ServiceDue(Guid Id, int Round, Guid OwnerId, DateOnly DueOn, Guid ProjectId, string Title, string Number)
{
    public string Day => DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public Notice Notice(Guid reader, NoticeKind kind, string key, DateTime now, params string[] args)
        => new(reader, kind, string.Create(CultureInfo.InvariantCulture, $"{key}:{Id}:{Round}"), args, $"/projects/{ProjectId}/service", now);
}
