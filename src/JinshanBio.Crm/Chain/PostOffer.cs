using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>发布供需: what an enterprise here supplies or needs. Park managers post for tenants of their own parks.</summary>
[Needs(Permission.OffersWrite)]
public sealed record PostOffer : OfferInput, IRequest<Guid>
{
    public OfferKind? Kind { get; set; }
    public Guid? EnterpriseId { get; set; }
}

/// <summary>修改供需</summary>
[Needs(Permission.OffersWrite)]
public sealed record EditOffer : OfferInput, IRequest
{
    public Guid Id { get; set; }
    public int? Version { get; set; }
}

/// <summary>结束供需: it has been met, or is taken back.</summary>
[Needs(Permission.OffersWrite)]
public sealed record CloseOffer : IRequest
{
    public Guid Id { get; set; }

    /// <summary>Matched or Withdrawn; that its day is over says the program itself.</summary>
    public OfferClosing? Closing { get; set; }
    public string? Note { get; set; }
    public int? Version { get; set; }
}

internal sealed class PostOfferValidator : AbstractValidator<PostOffer>
{
    public PostOfferValidator()
    {
        RuleFor(r => r.Kind).NotNull().IsInEnum();
        RuleFor(r => r.EnterpriseId).NotEmpty();
        Include(new OfferInputValidator());
    }
}

internal sealed class EditOfferValidator : AbstractValidator<EditOffer>
{
    public EditOfferValidator() => Include(new OfferInputValidator());
}

internal sealed class CloseOfferValidator : AbstractValidator<CloseOffer>
{
    public CloseOfferValidator()
    {
        RuleFor(r => r.Closing).NotNull().IsInEnum().NotEqual(OfferClosing.Lapsed);
        RuleFor(r => r.Note).MaximumLength(500);
    }
}

internal sealed class OfferHandler(CrmDb db, Actor actor, Catalogue catalogue, Numbers numbers, TimeProvider clock)
    : IRequestHandler<PostOffer, Guid>, IRequestHandler<EditOffer, Unit>, IRequestHandler<CloseOffer, Unit>
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<Guid> Handle(PostOffer request, CancellationToken cancellationToken)
    {
        var field = request.FieldOf(catalogue);
        var number = await numbers.NextOfferAsync(db, cancellationToken);
        var (enterprise, park) = await Here.SpokenForAsync(db, catalogue, actor, request.EnterpriseId!.Value, cancellationToken);
        var offer = new Offer(number, enterprise, request.Kind!.Value, field, park, request.ToTerms(), Now, actor.Id);
        db.Offers.Add(offer);
        await db.SaveChangesAsync(cancellationToken);
        return offer.Id;
    }

    public async Task<Unit> Handle(EditOffer request, CancellationToken cancellationToken)
    {
        var offer = await db.Offers.OneAsync(request.Id, cancellationToken);
        await db.MustSpeakForAsync(actor, offer, cancellationToken);
        await db.ExpectAsync(offer, request.Version, cancellationToken);
        offer.Edit(request.ToTerms(), request.FieldOf(catalogue), Now);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    public async Task<Unit> Handle(CloseOffer request, CancellationToken cancellationToken)
    {
        var offer = await db.Offers.OneAsync(request.Id, cancellationToken);
        await db.MustSpeakForAsync(actor, offer, cancellationToken);
        await db.ExpectAsync(offer, request.Version, cancellationToken);
        offer.Close(request.Closing!.Value, request.Note, Now, actor.Id);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
