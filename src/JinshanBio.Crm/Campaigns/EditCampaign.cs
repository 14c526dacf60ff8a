using FluentValidation;
using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;

namespace JinshanBio.Crm.Campaigns;

/// <summary>修改招商活动: by its owner, or by whoever sees everybody's rows.</summary>
[Needs(Permission.CampaignsWrite)]
public sealed record EditCampaign : CampaignInput, IRequest
{
    public Guid Id { get; set; }

    /// <summary>The version the person read.</summary>
    public int? Version { get; set; }
}

internal sealed class EditCampaignValidator : AbstractValidator<EditCampaign>
{
    public EditCampaignValidator() => Include(new CampaignInputValidator());
}

internal sealed class EditCampaignHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<EditCampaign, Unit>
{
    public async Task<Unit> Handle(EditCampaign request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var campaign = await db.OwnCampaignAsync(request.Id, actor, cancellationToken);
        await db.ExpectAsync(campaign, request.Version, cancellationToken);
        campaign.Edit(request.ToTerms());
        campaign.AimAt(request.Gaps((await ChainGround.LoadAsync(db, catalogue, now, cancellationToken)).Coverage()), now);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
