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
