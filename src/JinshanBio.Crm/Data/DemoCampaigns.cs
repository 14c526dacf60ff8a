using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Campaigns;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>A campaign of the story; its days count from the day of loading. Leads are those of these enterprises.</summary>
internal sealed record DemoCampaign(string By, int Day, string Name, CampaignKind Kind, int From, int? Until, string? Place, decimal? Budget, List<string> Links, List<string> Leads, List<DemoCost> Costs);

internal sealed record DemoCost(int Day, decimal Amount, string What);

/// <summary>The part of the story that tells of campaigns.</summary>
internal sealed partial class DemoPlay
{
    public void PrepareCampaigns(DemoStory story, CancellationToken cancel)
    {
        foreach (var c in story.Campaigns)
        {
            Campaign campaign = null!;
            On(c.Day, c.By, async () =>
            {
                DateOnly Date(int day) => today.AddDays(day);
                campaign = new Campaign(new CampaignTerms(c.Name, c.Kind, Date(c.From), c.Until is { } until ? Date(until) : null, c.Place, c.Budget, null), _people[c.By].Id, clock.Now, _people[c.By].Id);
                var coverage = (await ChainGround.LoadAsync(db, catalogue, clock.Now, cancel)).Coverage();
                campaign.AimAt(c.Links.Select(l => coverage[l]), clock.Now);
                db.Campaigns.Add(campaign);
            });
            foreach (var cost in c.Costs) On(cost.Day, c.By, () => campaign.Spend(ShanghaiTime.Day(clock.Now), cost.Amount, cost.What, clock.Now, _people[c.By].Id));
            foreach (var key in c.Leads)
                On(Math.Max(c.Day, story.Leads.First(l => l.Enterprise == key).Day), c.By, async () => (await db.Leads.FirstAsync(l => l.EnterpriseId == _enterprises[key].Id, cancel)).CreditTo(campaign.Id));
        }
    }
}
