using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Parks;

/// <summary>修改空间: changes a space; its area never falls below what is held and occupied.</summary>
[Needs(Permission.SpacesWrite)]
public sealed record EditSpace : SpaceInput, IRequest
{
    public Guid Id { get; set; }
    public int? Version { get; set; }

    /// <summary>What the space says now, as this request would say it.</summary>
    public static EditSpace Of(SpaceOccupancy space) => new()
    {
        Id = space.Id, Version = space.Version, Name = space.Name, AreaM2 = space.AreaM2, AvailableFrom = space.AvailableFrom, AvailableUntil = space.AvailableUntil, Kind = space.Kind,
        Building = space.Building, Floor = space.Floor, Rent = space.Rent, ClearHeightM = space.Facilities.ClearHeightM, FloorLoad = space.Facilities.FloorLoad, PowerKva = space.Facilities.PowerKva,
        DualPower = space.Facilities.DualPower, SteamTph = space.Facilities.SteamTph, ColdKw = space.Facilities.ColdKw, WaterM3d = space.Facilities.WaterM3d, WasteWaterM3d = space.Facilities.WasteWaterM3d,
        WasteWater = space.Facilities.WasteWater, Hazard = space.Facilities.Hazard, Biosafety = space.Facilities.Biosafety, WetLab = space.Facilities.WetLab, CleanRoom = space.Facilities.CleanRoom,
        ChemicalPark = space.Facilities.ChemicalPark,
    };
}

internal sealed class EditSpaceValidator : AbstractValidator<EditSpace>
{
    public EditSpaceValidator() => Include(new SpaceInputValidator());
}

internal sealed class EditSpaceHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<EditSpace, Unit>
{
    public async Task<Unit> Handle(EditSpace request, CancellationToken cancellationToken)
    {
        var space = await db.Spaces.Include(s => s.Spans).VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        actor.MustManage(space.ParkId);
        await db.ExpectAsync(space, request.Version, cancellationToken);
        space.Edit(request.ToTerms(), ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime));
        await AddSpace.SaveAsync(db, [space], cancellationToken);
        return Unit.Value;
    }
}
