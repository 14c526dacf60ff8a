using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Lists;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Commitments;

/// <summary>责任人: the people to whom a promise can be given.</summary>
[Needs(Permission.ProjectsWrite)]
public sealed record ListResponsible : IRequest<IReadOnlyList<OwnerRow>>;

internal sealed class ListResponsibleHandler(CrmDb db) : IRequestHandler<ListResponsible, IReadOnlyList<OwnerRow>>
{
    public async Task<IReadOnlyList<OwnerRow>> Handle(ListResponsible request, CancellationToken cancellationToken)
        => await db.Users.AsNoTracking().Where(u => !u.Disabled).OrderBy(u => u.DisplayName).Select(u => new OwnerRow(u.Id, u.DisplayName)).ToListAsync(cancellationToken);
}
