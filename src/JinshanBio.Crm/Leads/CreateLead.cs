using FluentValidation;
using JinshanBio.Crm.Campaigns;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Leads;

/// <summary>登记线索: captures a lead for an enterprise in the register, or for a new one, and plans the first follow-up.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record CreateLead : LeadInput, IRequest<Guid>
{
    /// <summary>An enterprise in the register; or else <see cref="Enterprise"/>.</summary>
    public Guid? EnterpriseId { get; set; }
    public NewEnterprise? Enterprise { get; set; }

    /// <summary>Due time of the first follow-up; without a zone it is Shanghai's.</summary>
    public DateTime? NextFollowUp { get; set; }

    /// <summary>The one way a person's new lead gets its first follow-up.</summary>
    internal static Lead Capture(CrmDb db, Lead lead, DateTime? nextFollowUp, DateTime now)
    {
        db.Leads.Add(lead);
        if (nextFollowUp is not { } due) return lead;
        db.FollowUps.Add(new FollowUp(lead.Id, null, lead.OwnerId, FollowUpKind.Call, due.ToUtc(), null, now));
        lead.PlanNext(due.ToUtc());
        return lead;
    }
}

/// <summary>An enterprise that is not in the register yet.</summary>
public sealed record NewEnterprise
{
    public string Name { get; set; } = "";
    public string? CreditCode { get; set; }

    /// <summary>ISO 3166-1 alpha-2; CN when left out.</summary>
    public string? Country { get; set; }

    /// <summary>Why it is another one although the register holds enterprises like it.</summary>
    public string? DuplicateReason { get; set; }
}

internal sealed class CreateLeadValidator : AbstractValidator<CreateLead>
{
    public CreateLeadValidator()
    {
        Include(new LeadInputValidator());
        RuleFor(r => r.EnterpriseId).NotEmpty().When(r => r.Enterprise is null);
        RuleFor(r => r.Enterprise).Null().When(r => r.EnterpriseId is not null);
        When(r => r.Enterprise is not null, () =>
        {
            RuleFor(r => r.Enterprise!.Name).EnterpriseName().OverridePropertyName("enterprise.name");
            RuleFor(r => r.Enterprise!.Country).Country().OverridePropertyName("enterprise.country");
            RuleFor(r => r.Enterprise!.DuplicateReason).MinimumLength(2).MaximumLength(500).OverridePropertyName("enterprise.duplicateReason");
        });
        RuleFor(r => r.NextFollowUp).PlausibleTime();
    }
}

internal sealed class CreateLeadHandler(CrmDb db, Actor actor, Catalogue catalogue, Numbers numbers, TimeProvider clock) : IRequestHandler<CreateLead, Guid>
{
    public async Task<Guid> Handle(CreateLead request, CancellationToken cancellationToken)
    {
        var terms = request.ToTerms(catalogue);
        await db.MustKnowCampaignAsync(request.CampaignId, null, cancellationToken);
        var number = await numbers.NextLeadAsync(db, cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;

        var enterprise = request.EnterpriseId is { } id
            ? await db.Enterprises.OneAsync(id, cancellationToken)
            : await AddEnterprise.AddAsync(db, actor, new FindDuplicates { Name = request.Enterprise!.Name, CreditCode = request.Enterprise.CreditCode, Country = request.Enterprise.Country },
                request.Enterprise.DuplicateReason, now, cancellationToken);
        enterprise.MustStand();
        var lead = CreateLead.Capture(db, new Lead(number, enterprise, terms, actor.Id, now, actor.Id), request.NextFollowUp, now);
        await db.SaveChangesAsync(cancellationToken);
        if (request.EnterpriseId is { } known) await Merging.FollowAsync(db, known, cancellationToken);
        return lead.Id;
    }
}
