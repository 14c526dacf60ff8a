using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Parks;

/// <summary>登记空间: adds a rentable space to a park.</summary>
[Needs(Permission.SpacesWrite)]
public sealed record AddSpace : SpaceInput, IRequest<Guid>
{
    public Guid ParkId { get; set; }

    /// <exception cref="Refusal">SpaceExists: only the index sees what somebody else adds in the same moment.</exception>
    internal static async Task SaveAsync(CrmDb db, Space space, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException exception) when (CrmDatabase.IsDuplicate(exception))
        {
            throw new Refusal(RefusalCode.SpaceExists, space.Name) { Field = "name" };
        }
    }
}

internal sealed class AddSpaceValidator : AbstractValidator<AddSpace>
{
    public AddSpaceValidator()
    {
        Include(new SpaceInputValidator());
        RuleFor(r => r.ParkId).NotEmpty();
    }
}

internal sealed class AddSpaceHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<AddSpace, Guid>
{
    public async Task<Guid> Handle(AddSpace request, CancellationToken cancellationToken)
    {
        var park = await db.Parks.VisibleTo(actor).OneAsync(request.ParkId, cancellationToken);
        actor.MustManage(park.Id);
        var space = new Space(park.Id, request.ToTerms(), ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime));
        db.Spaces.Add(space);
        await AddSpace.SaveAsync(db, space, cancellationToken);
        return space.Id;
    }
}
