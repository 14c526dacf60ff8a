using JinshanBio.Crm.Jobs;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Web.Api;

/// <summary>/api/v1/jobs.</summary>
internal static class JobsApi
{
    public static void MapJobs(this IEndpointRouteBuilder api)
    {
        api.MapGet("/jobs", async (IMediator mediator, CancellationToken cancel) =>
        {
            var jobs = await mediator.Send(new ListJobs(), cancel);
            return new Page<JobRow>(jobs, jobs.Count, 1, jobs.Count);
        });
        api.MapList<ListJobRuns, Page<JobRunRow>>("/jobs/runs");
        api.MapPost("/jobs/{name}/run", async (string name, IMediator mediator, CancellationToken cancel) =>
        {
            await mediator.Send(new RunJob(name), cancel);
            return TypedResults.Accepted("/api/v1/jobs", (await mediator.Send(new ListJobs(), cancel)).First(j => j.Name == name));
        });
    }
}
