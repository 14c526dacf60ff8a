using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Projects;

/// <summary>负责人: the owners of the live projects a person may see, to filter by.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record ListOwners : IRequest<IReadOnlyList<ProjectOwner>>;

public sealed record ProjectOwner(Guid Id, string Name);

internal sealed class ListOwnersHandler(CrmDb db, Actor actor) : IRequestHandler<ListOwners, IReadOnlyList<ProjectOwner>>
{
    public async Task<IReadOnlyList<ProjectOwner>> Handle(ListOwners request, CancellationToken cancellationToken)
    {
        var owners = db.Projects.VisibleTo(actor).Live().Select(p => p.OwnerId);
        return await db.Users.AsNoTracking().Where(p => owners.Contains(p.Id)).OrderBy(p => p.DisplayName)
            .Select(p => new ProjectOwner(p.Id, p.DisplayName)).ToListAsync(cancellationToken);
    }
}
