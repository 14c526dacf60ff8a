using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Parks;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Assignments;

/// <summary>适配核对: how the proposed space and the others of its park stand to the project, for some proposals at once; those the person does not see are left out.</summary>
[Needs(Permission.AssignmentsRead)]
public sealed record ListPlaceFits : IRequest<IReadOnlyList<PlaceFitRecord>>
{
    public List<Guid> Ids { get; set; } = [];
}

/// <param name="Named">The proposed space, or after the acceptance the one with the largest part; null while none is named.</param>
/// <param name="Others">The other spaces of the park, best first.</param>
public sealed record PlaceFitRecord(Guid Id, SpaceMatch? Named, IReadOnlyList<SpaceMatch> Others);

internal sealed class ListPlaceFitsValidator : AbstractValidator<ListPlaceFits>
{
    public ListPlaceFitsValidator() => RuleFor(r => r.Ids).NotNull().Must(ids => ids is null || ids.Count <= Paging.MaxSize);
}

internal sealed class ListPlaceFitsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ListPlaceFits, IReadOnlyList<PlaceFitRecord>>
{
    private const int MostOthers = 20;

    public async Task<IReadOnlyList<PlaceFitRecord>> Handle(ListPlaceFits request, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var places = await db.Assignments.AsNoTrackingWithIdentityResolution().VisibleTo(actor).Where(a => request.Ids.Contains(a.Id))
            .Include(a => a.Project).ThenInclude(p => p!.Facts).Include(a => a.Project).ThenInclude(p => p!.Links).AsSplitQuery().ToListAsync(cancellationToken);
        if (places.Count == 0) return [];
        var parks = places.Select(a => a.ParkId).Distinct().ToList();
        var ground = await FitGround.LoadAsync(db, db.Spaces.VisibleTo(actor).Where(s => parks.Contains(s.ParkId) && s.ReplacedOn == null), [.. places.Select(a => a.ProjectId).Distinct()], today, cancellationToken);
        return [.. places.Select(place =>
        {
            var need = ProjectNeeds.Of(place.Project!, today) with { AreaM2 = place.AreaM2, From = place.From > today ? place.From : today, Until = place.Until };
            var judged = ParkOf(place.ParkId, GetMatchesHandler.Judged(ground, catalogue, place.ProjectId, need));
            return new PlaceFitRecord(place.Id, judged.Where(j => j.Space.Id == place.SpaceId).Select(j => j.Row(ground, catalogue, place.ProjectId)).FirstOrDefault(),
                [.. judged.Where(j => j.Space.Id != place.SpaceId).Take(MostOthers).Select(j => j.Row(ground, catalogue, place.ProjectId))]);
        })];
    }

    private static List<JudgedSpace> ParkOf(Guid parkId, List<JudgedSpace> judged) => judged.FindAll(j => j.Space.ParkId == parkId);
}
