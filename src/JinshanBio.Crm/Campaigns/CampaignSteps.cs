using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Campaigns;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Campaigns;

/// <summary>记费用: adds a line to what a campaign cost.</summary>
[Needs(Permission.CampaignsWrite)]
public sealed record SpendOnCampaign : IRequest
{
    public Guid Id { get; set; }
    public DateOnly? On { get; set; }

    /// <summary>Yuan.</summary>
    [Money]
    public decimal? Amount { get; set; }
    public string What { get; set; } = "";
}

/// <summary>删费用: takes a line away that was wrong; the audit trail keeps it.</summary>
[Needs(Permission.CampaignsWrite)]
public sealed record StrikeCampaignCost(Guid Id, Guid CostId) : IRequest;

/// <summary>取消活动: with a reason. Its leads and its costs stay.</summary>
[Needs(Permission.CampaignsWrite)]
public sealed record CancelCampaign : IRequest
{
    public Guid Id { get; set; }
    public string Reason { get; set; } = "";
    public int? Version { get; set; }
}

/// <summary>归入活动: says which campaign brought a lead, or that none did.</summary>
[Needs(Permission.LeadsWrite)]
public sealed record CreditCampaign : IRequest
{
    public Guid LeadId { get; set; }
    public Guid? CampaignId { get; set; }
    public int? Version { get; set; }
}

internal sealed class SpendOnCampaignValidator : AbstractValidator<SpendOnCampaign>
{
    public SpendOnCampaignValidator()
    {
        RuleFor(r => r.On).NotEmpty().PlausibleDay();
        RuleFor(r => r.Amount).NotEmpty().InclusiveBetween(0.01m, 1_000_000_000_000m).PrecisionScale(18, 2, ignoreTrailingZeros: true);
        RuleFor(r => r.What).NotEmpty().OneLine(200);
    }
}

internal sealed class CancelCampaignValidator : AbstractValidator<CancelCampaign>
{
    public CancelCampaignValidator() => RuleFor(r => r.Reason).Reason();
}

internal sealed class CampaignStepsHandler(CrmDb db, Actor actor, TimeProvider clock)
    : IRequestHandler<SpendOnCampaign, Unit>, IRequestHandler<StrikeCampaignCost, Unit>, IRequestHandler<CancelCampaign, Unit>, IRequestHandler<CreditCampaign, Unit>
{
    public Task<Unit> Handle(SpendOnCampaign request, CancellationToken cancellationToken)
        => DoAsync(request.Id, null, c => c.Spend(request.On!.Value, request.Amount!.Value, request.What, clock.GetUtcNow().UtcDateTime, actor.Id), cancellationToken);

    public Task<Unit> Handle(StrikeCampaignCost request, CancellationToken cancellationToken)
        => DoAsync(request.Id, null, c => c.StrikeCost(request.CostId), cancellationToken);

    public Task<Unit> Handle(CancelCampaign request, CancellationToken cancellationToken)
        => DoAsync(request.Id, request.Version, c => c.Cancel(request.Reason, clock.GetUtcNow().UtcDateTime), cancellationToken);

    public async Task<Unit> Handle(CreditCampaign request, CancellationToken cancellationToken)
    {
        var lead = await db.Leads.VisibleTo(actor).OneAsync(request.LeadId, cancellationToken);
        await db.ExpectAsync(lead, request.Version, cancellationToken);
        await db.MustKnowCampaignAsync(request.CampaignId, lead.CampaignId, cancellationToken);
        lead.CreditTo(request.CampaignId);
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    private async Task<Unit> DoAsync(Guid id, int? version, Action<Campaign> step, CancellationToken cancel)
    {
        var campaign = await db.OwnCampaignAsync(id, actor, cancel);
        await db.ExpectAsync(campaign, version, cancel);
        step(campaign);
        await db.SaveChangesAsync(cancel);
        return Unit.Value;
    }
}

internal static class Campaigning
{
    /// <summary>With its aims and costs.</summary>
    /// <exception cref="Refusal">NotFound; CampaignOfOthers when it is a colleague's.</exception>
    public static async Task<Campaign> OwnCampaignAsync(this CrmDb db, Guid id, Actor actor, CancellationToken cancel)
    {
        var campaign = await db.Campaigns.Include(c => c.Aims).Include(c => c.Costs).AsSplitQuery().OneAsync(id, cancel);
        return campaign.OwnerId == actor.Id || actor.May(Permission.EverybodysRows) ? campaign : throw new Refusal(RefusalCode.CampaignOfOthers);
    }

    /// <summary>A lead may stay with a campaign that was cancelled after it came; none comes from one that was.</summary>
    /// <exception cref="Refusal">UnknownCampaign.</exception>
    public static async Task MustKnowCampaignAsync(this CrmDb db, Guid? id, Guid? present, CancellationToken cancel)
    {
        if (id is { } wanted && wanted != Guid.Empty && wanted != present && !await db.Campaigns.AnyAsync(c => c.Id == wanted && c.CancelledAt == null, cancel))
            throw new Refusal(RefusalCode.UnknownCampaign) { Field = "campaignId" };
    }
}
