using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Assignments;

/// <summary>落位详情: one proposal or place.</summary>
[Needs(Permission.AssignmentsRead)]
public sealed record GetAssignment(Guid Id) : IRequest<AssignmentRow>;

internal sealed class GetAssignmentHandler(CrmDb db, Actor actor) : IRequestHandler<GetAssignment, AssignmentRow>
{
    public async Task<AssignmentRow> Handle(GetAssignment request, CancellationToken cancellationToken)
        => await db.Assignments.AsNoTracking().VisibleTo(actor).Where(a => a.Id == request.Id).ToRows(db).FirstOrDefaultAsync(cancellationToken)
            ?? throw new Refusal(RefusalCode.NotFound);
}
