using JinshanBio.Crm.Identity;
using MediatR;

namespace JinshanBio.Crm.Jobs;

/// <summary>立即运行: runs a job of the timetable now; how it went stands in the ledger.</summary>
[Needs(Permission.JobsManage)]
public sealed record RunJob(string Name) : IRequest;

internal sealed class RunJobHandler(Actor actor, JobRunner runner) : IRequestHandler<RunJob, Unit>
{
    public async Task<Unit> Handle(RunJob request, CancellationToken cancellationToken)
    {
        await runner.RunAsync(request.Name, actor.UserName, cancellationToken);
        return Unit.Value;
    }
}
