using FluentValidation;
using JinshanBio.Crm.Campaigns;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Leads;

/// <summary>修改线索: changes what is said about a lead.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record EditLead : LeadInput, IRequest
{
    public Guid Id { get; set; }

    /// <summary>The version the person read.</summary>
    public int? Version { get; set; }
}

internal sealed class EditLeadValidator : AbstractValidator<EditLead>
{
    public EditLeadValidator() => Include(new LeadInputValidator());
}

internal sealed class EditLeadHandler(CrmDb db, Actor actor, Catalogue catalogue) : IRequestHandler<EditLead, Unit>
{
    public async Task<Unit> Handle(EditLead request, CancellationToken cancellationToken)
    {
        var lead = await db.Leads.VisibleTo(actor).Include(l => l.Links).OneAsync(request.Id, cancellationToken);
        await db.ExpectAsync(lead, request.Version, cancellationToken);
        request.CampaignId ??= lead.CampaignId;
        await db.MustKnowCampaignAsync(request.CampaignId, lead.CampaignId, cancellationToken);
        lead.Edit(request.ToTerms(catalogue, [.. lead.Links.Select(l => l.Code)]));
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
