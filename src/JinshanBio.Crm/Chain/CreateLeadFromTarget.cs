using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Chain;

/// <summary>由目标建线索: goes for a target: a lead of one's own with the reason written in, and the gaps as they are today kept beside it.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record CreateLeadFromTarget : IRequest<Guid>
{
    public Guid EnterpriseId { get; set; }

    /// <summary>重点领域; that of the link of which it closes most when left out.</summary>
    public string? Field { get; set; }

    /// <summary>Platform when left out.</summary>
    public LeadSource? Source { get; set; }

    /// <summary>Due time of the first follow-up; without a zone it is Shanghai's.</summary>
    public DateTime? NextFollowUp { get; set; }

    /// <summary>Own words before the reason that the program writes.</summary>
    public string? Note { get; set; }
}

internal sealed class CreateLeadFromTargetValidator : AbstractValidator<CreateLeadFromTarget>
{
    public CreateLeadFromTargetValidator()
    {
        RuleFor(r => r.EnterpriseId).NotEmpty();
        RuleFor(r => r.Field).MaximumLength(8);
        RuleFor(r => r.Source).IsInEnum();
        RuleFor(r => r.NextFollowUp).PlausibleTime();
        RuleFor(r => r.Note).MaximumLength(1000);
    }
}

/// <exception cref="Refusal">TargetIsHere, TargetInContact, TargetClosesNothing, EnterpriseMerged.</exception>
internal sealed class CreateLeadFromTargetHandler(CrmDb db, Actor actor, Catalogue catalogue, Numbers numbers, TimeProvider clock) : IRequestHandler<CreateLeadFromTarget, Guid>
{
    public async Task<Guid> Handle(CreateLeadFromTarget request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var number = await numbers.NextLeadAsync(db, cancellationToken);
        // Before anything else is read of it: of two who go for one enterprise at once, the later save fails and finds the other's lead when it is handled again.
        var enterprise = await db.Enterprises.OneAsync(request.EnterpriseId, cancellationToken);
        enterprise.MustStand();
        db.Entry(enterprise).Property(e => e.Version).IsModified = true;
        var contact = (await TargetView.ContactsAsync(db, actor, catalogue, [enterprise.Id], cancellationToken)).GetValueOrDefault(enterprise.Id);
        if (contact is not null)
            throw new Refusal(RefusalCode.TargetInContact, enterprise.Name, contact.Unit is null ? contact.Owner : $"{contact.Owner} {contact.Unit}") { Details = new { leadId = contact.LeadId } };

        var ground = await TargetGround.LoadAsync(db, catalogue, actor, now, enterprise.Id, cancellationToken);
        if (ground.IsHere) throw new Refusal(RefusalCode.TargetIsHere, enterprise.Name);
        var target = TargetRanking.Of(ground.Coverage, ground.Candidates, 1).SingleOrDefault() ?? throw new Refusal(RefusalCode.TargetClosesNothing, enterprise.Name);
        var gains = target.Gains.Where(g => g.Closes > 0).ToList();
        var view = await TargetView.LoadAsync(db, actor, catalogue, ground.Chain, [target], now, cancellationToken);

        var field = request.Field is { Length: > 0 } said ? said : ground.Chain.Map.Find(gains[0].Link)!.Field;
        var intent = new CreateLead
        {
            Field = field, Source = request.Source ?? LeadSource.Platform, Note = TargetReason.Write(request.Note, target, ground.Chain.Map, view),
            Links = [.. gains.Select(g => catalogue.Links.First(l => l.Code == g.Link)).Where(l => l.Field == field || l.Field == LeadInput.Shared).Select(l => l.Code)],
        };
        var lead = CreateLead.Capture(db, new Lead(number, enterprise, intent.ToTerms(catalogue), actor.Id, now, actor.Id), request.NextFollowUp, now);
        db.ChainTargets.Add(ChainTarget.Chosen(enterprise.Id, gains.Select(g => new TargetAim(g.Link, g.Before, g.Closes)), lead.Id, now, actor.Id));
        await db.SaveChangesAsync(cancellationToken);
        await Merging.FollowAsync(db, enterprise.Id, cancellationToken);
        return lead.Id;
    }
}
