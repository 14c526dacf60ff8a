using FluentValidation;
using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Campaigns;
using JinshanBio.Crm.Identity;
using MediatR;

namespace JinshanBio.Crm.Campaigns;

/// <summary>新建招商活动: the gaps it aims at are kept as they stand now, so that later one can say what became of them.</summary>
[Needs(Permission.CampaignsWrite)]
public sealed record AddCampaign : CampaignInput, IRequest<Guid>;

internal sealed class AddCampaignValidator : AbstractValidator<AddCampaign>
{
    public AddCampaignValidator() => Include(new CampaignInputValidator());
}

internal sealed class AddCampaignHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<AddCampaign, Guid>
{
    public async Task<Guid> Handle(AddCampaign request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var campaign = new Campaign(request.ToTerms(), actor.Id, now, actor.Id);
        campaign.AimAt(request.Gaps((await ChainGround.LoadAsync(db, catalogue, now, cancellationToken)).Coverage()), now);
        db.Campaigns.Add(campaign);
        await db.SaveChangesAsync(cancellationToken);
        return campaign.Id;
    }
}
