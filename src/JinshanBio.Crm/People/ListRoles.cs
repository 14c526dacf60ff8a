using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.People;

/// <summary>角色: the roles by id, for whoever reads which one was given.</summary>
[Needs(Permission.AuditRead)]
public sealed record ListRoles : IRequest<IReadOnlyList<RoleLine>>;

/// <param name="Code">officer, park-manager, leader, administrator.</param>
public sealed record RoleLine(Guid Id, string Code);

internal sealed class ListRolesHandler(CrmDb db) : IRequestHandler<ListRoles, IReadOnlyList<RoleLine>>
{
    public async Task<IReadOnlyList<RoleLine>> Handle(ListRoles request, CancellationToken cancellationToken)
        => await db.Roles.AsNoTracking().OrderBy(r => r.Name).Select(r => new RoleLine(r.Id, r.Name!)).ToListAsync(cancellationToken);
}
