using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Identity;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Parks;

/// <summary>载体详情: one park and who manages it. Its spaces are in <see cref="GetOccupancy"/>.</summary>
[Needs(Permission.ParksRead)]
public sealed record GetPark(Guid Id) : IRequest<ParkRecord>;

/// <param name="Managers">Display names.</param>
/// <param name="Source">Where the register has the park from.</param>
/// <param name="MayChangeSpaces">The person may add and edit its spaces.</param>
/// <param name="MayDecide">The person decides about proposals to it.</param>
public sealed record ParkRecord(ParkRow Park, IReadOnlyList<string> Managers, string? Source, bool MayChangeSpaces, bool MayDecide);

internal sealed class GetParkHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<GetPark, ParkRecord>
{
    public async Task<ParkRecord> Handle(GetPark request, CancellationToken cancellationToken)
    {
        var park = db.Parks.VisibleTo(actor).Where(p => p.Id == request.Id);
        var row = (await db.ParkRowsAsync(park, actor, ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime), cancellationToken)).FirstOrDefault()
            ?? throw new Refusal(RefusalCode.NotFound);
        var managers = await db.Users.Where(p => !p.Disabled && p.Parks.Any(x => x.ParkId == row.Id)).OrderBy(p => p.DisplayName).Select(p => p.DisplayName).ToListAsync(cancellationToken);
        return new ParkRecord(row, managers, await park.Select(p => p.Source).FirstAsync(cancellationToken),
            actor.May(Permission.SpacesWrite) && actor.Manages(row.Id), actor.May(Permission.AssignmentsDecide) && actor.Parks.Contains(row.Id));
    }
}
