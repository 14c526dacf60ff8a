using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.HandOvers;

/// <summary>无人接手: what still stands with people who may no longer sign in.</summary>
[Needs(Permission.PeopleManage)]
public sealed record ListLeftWork : IRequest<IReadOnlyList<LeftWork>>;

/// <summary>Open leads, live projects and open follow-ups of somebody who is disabled.</summary>
public sealed record LeftWork(Guid PersonId, string Name, int Leads, int Projects, int FollowUps);

internal sealed class ListLeftWorkHandler(CrmDb db) : IRequestHandler<ListLeftWork, IReadOnlyList<LeftWork>>
{
    public async Task<IReadOnlyList<LeftWork>> Handle(ListLeftWork request, CancellationToken cancellationToken)
        => (await db.Users.AsNoTracking().Where(p => p.Disabled).OrderBy(p => p.DisplayName).Select(p => new LeftWork(p.Id, p.DisplayName,
                db.Leads.Count(l => l.OwnerId == p.Id && l.Status == LeadStatus.Open), db.Projects.Count(x => x.OwnerId == p.Id && !x.IsClosed),
                db.FollowUps.Count(f => f.OwnerId == p.Id && f.Status == FollowUpStatus.Open))).ToListAsync(cancellationToken))
            .FindAll(w => w.Leads + w.Projects + w.FollowUps > 0);
}
