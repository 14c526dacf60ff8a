using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.FirstTalks;

/// <summary>延期: as often and as long as the terms of the right allow, with a reason.</summary>
[Needs(Permission.FirstTalksWrite)]
public sealed record ExtendFirstTalk : IRequest
{
    /// <summary>The lead.</summary>
    public Guid Id { get; set; }
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

internal sealed class ExtendFirstTalkValidator : AbstractValidator<ExtendFirstTalk>
{
    public ExtendFirstTalkValidator() => RuleFor(r => r.Reason).Reason();
}

internal sealed class ExtendFirstTalkHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ExtendFirstTalk, Unit>
{
    public async Task<Unit> Handle(ExtendFirstTalk request, CancellationToken cancellationToken)
    {
        var right = await db.HeldRightAsync(actor, catalogue, request.Id, request.Version, cancellationToken);
        right.Extend(request.Reason!, clock.GetUtcNow().UtcDateTime, actor.Id);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
