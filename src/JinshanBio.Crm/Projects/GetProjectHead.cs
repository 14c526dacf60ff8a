using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Projects;

/// <summary>项目抬头: what stands above every page of a project.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record GetProjectHead(Guid Id) : IRequest<ProjectHead>;

/// <param name="Title">The code name until signing, then the name.</param>
/// <param name="IsOpen">The person may know the names and the free text behind the code name.</param>
public sealed record ProjectHead(
    Guid Id, string Number, string Title, string Stage, DateTime StageSince, ProjectStatus Status, Track Track, Guid OwnerId, string OwnerName, bool IsOpen, int Version)
{
    /// <summary>Active or on hold.</summary>
    public bool IsLive => Status is ProjectStatus.Active or ProjectStatus.OnHold;
}

internal sealed class GetProjectHeadHandler(CrmDb db, Actor actor) : IRequestHandler<GetProjectHead, ProjectHead>
{
    public async Task<ProjectHead> Handle(GetProjectHead request, CancellationToken cancellationToken)
    {
        var names = actor.May(Permission.RealNames);
        return await db.Projects.AsNoTracking().VisibleTo(actor).Where(p => p.Id == request.Id)
            .Join(db.Users, p => p.OwnerId, u => u.Id, (p, u) => new ProjectHead(
                p.Id, p.Number, p.Title, p.Stage, p.StageSince, p.Status, p.Track, p.OwnerId, u.DisplayName, names || p.Title == p.Name, p.Version))
            .SingleOrDefaultAsync(cancellationToken) ?? throw new Domain.Refusal(Domain.RefusalCode.NotFound);
    }
}
