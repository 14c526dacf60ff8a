using System.Data.Common;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Services;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JinshanBio.Crm.Services;

/// <summary>补建清单: the steps of projects that were signed before there was a checklist, or past the program. A project that has any is left alone.</summary>
[Needs(Permission.JobsManage)]
public sealed record OpenServiceSteps : IRequest<string>;

/// <summary>建立清单: the same for one project, by hand; steps that it lacks are added.</summary>
[Needs(Permission.ServiceWrite)]
public sealed record OpenStepsOfProject : IRequest<int>
{
    public Guid ProjectId { get; set; }
}

internal sealed class OpenServiceStepsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock, ILogger<OpenServiceStepsHandler> log)
    : IRequestHandler<OpenServiceSteps, string>, IRequestHandler<OpenStepsOfProject, int>
{
    private const int Batch = 100;

    public async Task<string> Handle(OpenServiceSteps request, CancellationToken cancellationToken)
    {
        var (projects, steps) = (0, 0);
        for (var after = Guid.Empty; ;)
        {
            var ids = await db.Projects.InService(catalogue).Where(p => p.Id > after && !db.ServiceTasks.Any(t => t.ProjectId == p.Id))
                .OrderBy(p => p.Id).Select(p => p.Id).Take(Batch).ToListAsync(cancellationToken);
            if (ids.Count == 0) return Sentence.Of("job.said.serviceSteps", projects, steps);
            foreach (var id in ids)
            {
                try
                {
                    steps += await AddAsync(id, cancellationToken);
                    projects++;
                }
                catch (Exception exception) when (exception is DbUpdateException or DbException or InvalidOperationException)
                {
                    // One bad row must not stop the others; it is tried again tomorrow.
                    log.LogError(exception, "The steps of project {Project} were not made", id);
                }
                db.ChangeTracker.Clear();
            }
            after = ids[^1];
        }
    }

    public async Task<int> Handle(OpenStepsOfProject request, CancellationToken cancellationToken)
        => await AddAsync((await db.ServedAsync(actor, request.ProjectId, cancellationToken)).Id, cancellationToken);

    private async Task<int> AddAsync(Guid id, CancellationToken cancel)
    {
        var added = await db.AddStepsAsync(catalogue, await db.Projects.SingleAsync(p => p.Id == id, cancel), clock.GetUtcNow().UtcDateTime, cancel);
        await db.SaveChangesAsync(cancel);
        return added;
    }
}
