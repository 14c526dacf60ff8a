using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Parks;

/// <summary>拆分空间: from a day on its parts stand in its place; what is held and occupied goes to the parts, the days before stay. Answers the ids of the parts.</summary>
[Needs(Permission.SpacesWrite)]
public sealed record SplitSpace : IRequest<List<Guid>>
{
    public Guid Id { get; set; }

    /// <summary>First day of the parts; today when left out.</summary>
    public DateOnly? Day { get; set; }
    public List<PartInput> Parts { get; set; } = [];

    /// <summary>Where each booking goes that stands on the day or later: all of it to one part, or divided.</summary>
    public List<ShareInput> Shares { get; set; } = [];
    public int? Version { get; set; }
}

/// <param name="Floor">As of the whole when left out.</param>
public sealed record PartInput(string Name, decimal AreaM2, string? Floor = null);

/// <param name="Part">Index of the part, from 0.</param>
public sealed record ShareInput(Guid BookingId, int Part, decimal AreaM2);

internal sealed class SplitSpaceValidator : AbstractValidator<SplitSpace>
{
    private const int MostParts = 20;

    public SplitSpaceValidator()
    {
        RuleFor(r => r.Day).PlausibleDay();
        RuleFor(r => r.Parts).Must(parts => parts is { Count: >= 2 and <= MostParts }).WithMessage(_ => Texts.Text.Of("spaces.partsCount", MostParts));
        RuleForEach(r => r.Parts).ChildRules(part =>
        {
            part.RuleFor(p => p.Name).NotEmpty().OneLine(200);
            part.RuleFor(p => p.AreaM2).Area();
            part.RuleFor(p => p.Floor).OneLine(32);
        });
        RuleForEach(r => r.Shares).ChildRules(share => share.RuleFor(s => s.AreaM2).Area());
    }
}

internal sealed class SplitSpaceHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<SplitSpace, List<Guid>>
{
    public async Task<List<Guid>> Handle(SplitSpace request, CancellationToken cancellationToken)
    {
        var space = await db.Spaces.Include(s => s.Spans).VisibleTo(actor).OneAsync(request.Id, cancellationToken);
        actor.MustManage(space.ParkId);
        await db.ExpectAsync(space, request.Version, cancellationToken);
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var day = request.Day ?? today;
        var places = await db.PlacesInAsync([space.Id], day, cancellationToken);
        var parts = space.Split([.. request.Parts.Select(p => new SpacePart(p.Name, p.AreaM2) { Floor = string.IsNullOrWhiteSpace(p.Floor) ? null : p.Floor })],
            [.. request.Shares.Select(s => new SpaceShare(s.BookingId, s.Part, s.AreaM2))], day, places, today);
        db.Spaces.AddRange(parts);
        await AddSpace.SaveAsync(db, parts, cancellationToken);
        return [.. parts.Select(p => p.Id)];
    }
}

internal static class SpaceChanges
{
    /// <summary>The places that stand in the spaces on the day or later, and the proposals for them.</summary>
    public static Task<List<Assignment>> PlacesInAsync(this CrmDb db, IReadOnlyCollection<Guid> spaces, DateOnly day, CancellationToken cancel)
        => db.Assignments.Include(a => a.Bookings).Where(a => a.Bookings.Any(b => spaces.Contains(b.SpaceId) && (b.Until == null || b.Until >= day))
            || (a.SpaceId != null && spaces.Contains(a.SpaceId.Value) && (a.Status == AssignmentStatus.Proposed || a.Status == AssignmentStatus.Waiting))).ToListAsync(cancel);
}
