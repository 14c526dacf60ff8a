using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>引荐: brings the enterprise of a supply or demand together with another here, and says when somebody asks what came of it.</summary>
[Needs(Permission.OffersWrite)]
public sealed record Introduce : IRequest<Guid>
{
    public Guid OfferId { get; set; }

    /// <summary>The other side.</summary>
    public Guid? EnterpriseId { get; set; }

    /// <summary>What the other side has posted itself.</summary>
    public Guid? CounterOfferId { get; set; }
    public string? Note { get; set; }

    /// <summary>Day on which somebody asks what came of it.</summary>
    public DateOnly? NextOn { get; set; }
}

internal sealed class IntroduceValidator : AbstractValidator<Introduce>
{
    public IntroduceValidator()
    {
        RuleFor(r => r.EnterpriseId).NotEmpty();
        RuleFor(r => r.Note).MaximumLength(2000);
        RuleFor(r => r.NextOn).NotEmpty().PlausibleDay();
    }
}

internal sealed class IntroduceHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<Introduce, Guid>
{
    public async Task<Guid> Handle(Introduce request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var offer = await db.Offers.Include(o => o.Introductions).Include(o => o.Enterprise).AsSplitQuery().OneAsync(request.OfferId, cancellationToken);
        var (other, park) = await Here.OneAsync(db, catalogue, actor, request.EnterpriseId!.Value, cancellationToken);
        // A park manager introduces somebody of the own parks to somebody, or somebody to them.
        if (!OfferQueries.MaySpeakFor(actor, offer.ParkId, offer.PostedById)) await Here.SpokenForAsync(db, catalogue, actor, other.Id, cancellationToken);
        var counter = request.CounterOfferId is { } id ? await db.Offers.Where(o => o.EnterpriseId == other.Id && o.Kind != offer.Kind && o.Link == offer.Link).OneAsync(id, cancellationToken) : null;
        // From the other side the two may have met already.
        if (counter is not null && await db.Introductions.AnyAsync(i => i.OfferId == counter.Id && i.EnterpriseId == offer.EnterpriseId, cancellationToken))
            throw new Refusal(RefusalCode.IntroducedAlready, counter.Number) { Field = "enterpriseId" };

        var introduction = offer.Introduce(other, park, counter, request.Note, request.NextOn!.Value, now, actor.Id);
        await IntroductionSteps.PlanAsync(db, actor, introduction, offer, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return introduction.Id;
    }
}
