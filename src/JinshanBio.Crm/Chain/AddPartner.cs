using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>登记配套伙伴: keeps that a chain leader buys from, or sells to, an enterprise of the register.</summary>
[Needs(Permission.EnterprisesWrite)]
public sealed record AddPartner : IRequest<Guid>
{
    public Guid LeaderId { get; set; }
    public Guid PartnerId { get; set; }
    public PartnerRole Relation { get; set; }

    /// <summary>Code of the partner's link, where it is known.</summary>
    public string? Link { get; set; }

    /// <summary>What is bought or sold.</summary>
    public string Supply { get; set; } = "";

    /// <summary>Where this is known from.</summary>
    public string KnownFrom { get; set; } = "";
}

/// <summary>删除配套伙伴: it is no longer so, or never was. The audit trail keeps it.</summary>
[Needs(Permission.EnterprisesWrite)]
public sealed record RemovePartner(Guid LeaderId, Guid Id) : IRequest;

internal sealed class AddPartnerValidator : AbstractValidator<AddPartner>
{
    public AddPartnerValidator()
    {
        RuleFor(r => r.PartnerId).NotEmpty();
        RuleFor(r => r.Relation).IsInEnum();
        RuleFor(r => r.Supply).NotEmpty().OneLine(200);
        RuleFor(r => r.KnownFrom).NotEmpty().OneLine(500);
    }
}

internal sealed class AddPartnerHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<AddPartner, Guid>, IRequestHandler<RemovePartner, Unit>
{
    public async Task<Guid> Handle(AddPartner request, CancellationToken cancellationToken)
    {
        if (request.Link is { } link && !catalogue.Links.Any(l => l.Code == link)) throw new Refusal(RefusalCode.UnknownLink, link) { Field = "link" };
        // One after the other with merges, which move partners, and with a second press of the button.
        await using var turn = await db.Database.BeginTransactionAsync(cancellationToken);
        await Numbers.TakeAsync(db, EnterpriseTree.Turn, 1, cancellationToken);
        var leader = await db.Enterprises.OneAsync(request.LeaderId, cancellationToken);
        var firm = await db.Enterprises.OneAsync(request.PartnerId, cancellationToken);
        var partner = new Partner(leader, firm, new PartnerTerms(request.Relation, request.Link, request.Supply, request.KnownFrom), clock.GetUtcNow().UtcDateTime, actor.Id);
        if (await db.Partners.AnyAsync(p => p.LeaderId == leader.Id && p.PartnerId == firm.Id && p.Relation == request.Relation, cancellationToken))
            throw new Refusal(RefusalCode.PartnerKnown, firm.Name) { Field = "partnerId" };
        db.Partners.Add(partner);
        await db.SaveChangesAsync(cancellationToken);
        await turn.CommitAsync(cancellationToken);
        return partner.Id;
    }

    public async Task<Unit> Handle(RemovePartner request, CancellationToken cancellationToken)
    {
        db.Partners.Remove(await db.Partners.Where(p => p.LeaderId == request.LeaderId).OneAsync(request.Id, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
