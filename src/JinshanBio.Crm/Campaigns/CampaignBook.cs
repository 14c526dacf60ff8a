using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Campaigns;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Stages;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Campaigns;

/// <summary>What became of the leads of some campaigns, and of the gaps they aim at. Counted over the whole district; names are another matter.</summary>
internal sealed class CampaignBook(Coverage coverage, ILookup<Guid, CampaignLead> leads)
{
    public static async Task<CampaignBook> LoadAsync(CrmDb db, Catalogue catalogue, IReadOnlyCollection<Guid> campaigns, DateTime now, CancellationToken cancel)
    {
        var rows = await db.Leads.AsNoTracking().Where(l => l.CampaignId != null && campaigns.Contains(l.CampaignId.Value))
            .Select(l => new CampaignLead(l.CampaignId!.Value, l.Id, l.Status, db.Projects.Where(p => p.Id == l.ProjectId)
                .Select(p => new CampaignProject(p.Id, p.Stage, p.IsClosed, p.SignedAmount, p.Investment)).FirstOrDefault())).ToListAsync(cancel);
        var projects = rows.Where(r => r.Project is not null).Select(r => r.Project!.Id).ToList();
        var links = (await db.Set<Domain.Projects.ProjectLink>().AsNoTracking().Where(l => projects.Contains(l.ProjectId)).ToListAsync(cancel)).ToLookup(l => l.ProjectId, l => l.Code);
        foreach (var row in rows.Where(r => r.Project is not null)) row.Project!.Links = [.. links[row.Project.Id]];
        return new CampaignBook((await ChainGround.LoadAsync(db, catalogue, now, cancel)).Coverage(), rows.ToLookup(r => r.CampaignId));
    }

    public CampaignFigures Of(Campaign campaign)
    {
        var own = leads[campaign.Id].ToList();
        var alive = own.Where(l => l.Project is { IsClosed: false }).Select(l => l.Project!).ToList();
        var signed = alive.Where(p => p.Order >= Stage.SignedOrder).ToList();
        return new CampaignFigures(own.Count, own.Count(l => l.Status == LeadStatus.Dropped), own.Count(l => l.Project is not null), signed.Count, alive.Count(p => p.Order >= Stage.LandedOrder),
            alive.Count(p => p.Order >= Stage.InProductionOrder), signed.Sum(p => Domain.Projects.Project.CountAsSigned(p.Stage, p.SignedAmount, p.Investment)), campaign.Costs.Sum(c => c.Amount), campaign.Aims.Count,
            campaign.Aims.Count(a => Outcome(campaign, a).Outcome == AimOutcome.Closed));
    }

    /// <summary>How an aimed gap stands now, and what became of it; no coverage where the link is off the map.</summary>
    public (LinkCoverage? Now, AimOutcome Outcome) Outcome(Campaign campaign, CampaignAim aim)
    {
        var now = coverage.Map.Has(aim.Link) ? coverage[aim.Link] : null;
        return (now, aim.Outcome(now, leads[campaign.Id].Any(l => l.Project is { IsClosed: false } p && p.Order >= Stage.LandedOrder && p.Links.Contains(aim.Link))));
    }
}

internal sealed record CampaignLead(Guid CampaignId, Guid LeadId, LeadStatus Status, CampaignProject? Project);

internal sealed record CampaignProject(Guid Id, string Stage, bool IsClosed, decimal SignedAmount, decimal Investment)
{
    public IReadOnlyList<string> Links { get; set; } = [];
    public int Order => Domain.Stages.Stage.OrderOf(Stage);
}
