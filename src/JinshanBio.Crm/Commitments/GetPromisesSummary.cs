using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Commitments;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Commitments;

/// <summary>承诺概况: both sides of a project in a few figures, for its overview.</summary>
[Needs(Permission.ProjectsRead)]
public sealed record GetPromisesSummary(Guid ProjectId) : IRequest<PromisesOverview>;

/// <param name="Next">The open one that is due next.</param>
/// <param name="Worst">The one that is overdue the longest, or exceeds its ceiling; null when none is red.</param>
public sealed record PromisesOverview(Guid ProjectId, LightCounts Investor, LightCounts District, CommitmentRow? Next, CommitmentRow? Worst);

internal sealed class GetPromisesSummaryHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<GetPromisesSummary, PromisesOverview>
{
    public async Task<PromisesOverview> Handle(GetPromisesSummary request, CancellationToken cancellationToken)
    {
        var id = (await db.Projects.AsNoTracking().VisibleTo(actor).OneAsync(request.ProjectId, cancellationToken)).Id;
        var today = clock.Today();
        var rows = (await db.Commitments.AsNoTracking().Where(c => c.ProjectId == id).OrderBy(c => c.DueDay).ThenBy(c => c.Id).ToDrafts(db, actor).ToListAsync(cancellationToken)).ConvertAll(r => r.ToRow(today, catalogue));
        LightCounts Counts(CommitmentSide side) => LightCounts.Of(rows.Where(r => r.Side == side).Select(r => (r.Light.Colour, r.IsWaiting)));
        return new PromisesOverview(id, Counts(CommitmentSide.Investor), Counts(CommitmentSide.District),
            rows.Find(r => r.Status == CommitmentStatus.Open && r.Light.Colour != LightColour.Red && r.DueDay >= today && r.Light.Reason != LightReason.ProjectEnded),
            rows.Find(r => r.Light.Colour == LightColour.Red));
    }
}
