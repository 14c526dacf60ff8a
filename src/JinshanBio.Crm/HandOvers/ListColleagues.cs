using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.HandOvers;

/// <summary>同事: the active people who may work on leads, to whom work can be handed.</summary>
[Needs(Permission.HandOver)]
public sealed record ListColleagues : IRequest<IReadOnlyList<Colleague>>;

public sealed record Colleague(Guid Id, string Name);

internal sealed class ListColleaguesHandler(CrmDb db, Catalogue catalogue) : IRequestHandler<ListColleagues, IReadOnlyList<Colleague>>
{
    public async Task<IReadOnlyList<Colleague>> Handle(ListColleagues request, CancellationToken cancellationToken) => await db.ColleaguesAsync(catalogue, cancellationToken);
}

internal static class Colleagues
{
    public static Task<List<Colleague>> ColleaguesAsync(this CrmDb db, Catalogue catalogue, CancellationToken cancel)
    {
        var roles = catalogue.Roles.Where(r => r.Value.Contains(Permission.LeadsWrite)).Select(r => r.Key).ToList();
        return db.Users.AsNoTracking().Where(p => !p.Disabled && db.UserRoles.Any(u => u.UserId == p.Id && db.Roles.Any(r => r.Id == u.RoleId && roles.Contains(r.Name!))))
            .OrderBy(p => p.DisplayName).Select(p => new Colleague(p.Id, p.DisplayName)).ToListAsync(cancel);
    }
}
