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

/// <summary>合并空间: several spaces of one building are one from a day on, with all that is held and occupied in them.</summary>
[Needs(Permission.SpacesWrite)]
public sealed record JoinSpaces : IRequest<Guid>
{
    public Guid ParkId { get; set; }
    public List<Guid> Spaces { get; set; } = [];
    public string Name { get; set; } = "";

    /// <summary>First day of the whole; today when left out.</summary>
    public DateOnly? Day { get; set; }
}

internal sealed class JoinSpacesValidator : AbstractValidator<JoinSpaces>
{
    private const int Most = 20;

    public JoinSpacesValidator()
    {
        RuleFor(r => r.Spaces).Must(spaces => spaces is not null && spaces.Distinct().Count() is >= 2 and <= Most && spaces.Distinct().Count() == spaces.Count)
            .WithMessage(_ => Texts.Text.Of("spaces.joinCount", Most));
        RuleFor(r => r.Name).NotEmpty().OneLine(200);
        RuleFor(r => r.Day).PlausibleDay();
    }
}

internal sealed class JoinSpacesHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<JoinSpaces, Guid>
{
    public async Task<Guid> Handle(JoinSpaces request, CancellationToken cancellationToken)
    {
        var park = await db.Parks.VisibleTo(actor).OneAsync(request.ParkId, cancellationToken);
        actor.MustManage(park.Id);
        var spaces = await db.Spaces.Include(s => s.Spans).Where(s => s.ParkId == park.Id && request.Spaces.Contains(s.Id)).OrderBy(s => s.Name).ToListAsync(cancellationToken);
        if (spaces.Count != request.Spaces.Count) throw new Refusal(RefusalCode.SpaceElsewhere) { Field = "spaces" };
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var day = request.Day ?? today;
        var whole = Space.Join(spaces, request.Name, day, await db.PlacesInAsync(request.Spaces, day, cancellationToken), today);
        db.Spaces.Add(whole);
        await AddSpace.SaveAsync(db, [whole], cancellationToken);
        return whole.Id;
    }
}
