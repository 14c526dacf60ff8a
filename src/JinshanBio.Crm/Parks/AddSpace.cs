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
    internal static async Task SaveAsync(CrmDb db, IReadOnlyList<Space> spaces, CancellationToken cancel)
    {
        if (spaces.GroupBy(s => s.Name).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new Refusal(RefusalCode.SpaceExists, twice.Key) { Field = "name" };
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException exception) when (CrmDatabase.IsDuplicate(exception))
        {
            // Two who change the spans of one space in the same moment add the same day: that is a conflict, not a name.
            var (park, ids, names) = (spaces[0].ParkId, spaces.Select(s => s.Id).ToList(), spaces.Select(s => s.Name).ToList());
            var taken = await db.Spaces.AsNoTracking().Where(s => s.ParkId == park && s.ReplacedOn == null && names.Contains(s.Name) && !ids.Contains(s.Id)).Select(s => s.Name).FirstOrDefaultAsync(cancel);
            if (taken is null) throw;
            throw new Refusal(RefusalCode.SpaceExists, taken) { Field = "name" };
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
        await AddSpace.SaveAsync(db, [space], cancellationToken);
        return space.Id;
    }
}
