using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Projects;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Lists;

/// <summary>负责人: the owners of the open leads or live projects a person may see, to filter by.</summary>
[Needs(Permission.Account)]
public sealed record ListOwners : IRequest<IReadOnlyList<OwnerRow>>
{
    public ListName List { get; set; }
}

public sealed record OwnerRow(Guid Id, string Name);

internal sealed class ListOwnersHandler(CrmDb db, Actor actor) : IRequestHandler<ListOwners, IReadOnlyList<OwnerRow>>
{
    public async Task<IReadOnlyList<OwnerRow>> Handle(ListOwners request, CancellationToken cancellationToken)
    {
        // Asked person by person: one look into the index each, where "distinct" would read every row.
        var people = request.List == ListName.Projects
            ? db.Users.Where(u => db.Projects.VisibleTo(actor).Live().Any(p => p.OwnerId == u.Id))
            : db.Users.Where(u => db.Leads.VisibleTo(actor).Any(l => l.OwnerId == u.Id && l.Status == LeadStatus.Open));
        return await people.AsNoTracking().OrderBy(p => p.DisplayName).Select(p => new OwnerRow(p.Id, p.DisplayName)).ToListAsync(cancellationToken);
    }
}
