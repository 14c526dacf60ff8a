using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.FirstTalks;

/// <summary>释放: the unit gives the right up, with a reason.</summary>
[Needs(Permission.FirstTalksWrite)]
public sealed record ReleaseFirstTalk : IRequest
{
    /// <summary>The lead.</summary>
    public Guid Id { get; set; }
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

internal sealed class ReleaseFirstTalkValidator : AbstractValidator<ReleaseFirstTalk>
{
    public ReleaseFirstTalkValidator() => RuleFor(r => r.Reason).Reason();
}

internal sealed class ReleaseFirstTalkHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ReleaseFirstTalk, Unit>
{
    public async Task<Unit> Handle(ReleaseFirstTalk request, CancellationToken cancellationToken)
    {
        var right = await db.HeldRightAsync(actor, catalogue, request.Id, request.Version, cancellationToken);
        right.Release(request.Reason!, clock.GetUtcNow().UtcDateTime, actor.Id);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
