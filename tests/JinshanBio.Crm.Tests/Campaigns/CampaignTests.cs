using JinshanBio.Crm.Campaigns;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Campaigns;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Leads;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Campaigns;

public sealed class CampaignTests
{
    private static AddCampaign Trip(params string[] links) => new() { Name = "苏州小分队", Kind = CampaignKind.Trip, From = new DateOnly(2026, 11, 24), Until = new DateOnly(2026, 11, 26), Place = "苏州", Budget = 80_000, Links = [.. links] };

    [OnEveryDatabase]
    public async Task A_campaign_tells_what_its_leads_became_and_which_gap_its_project_closed(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var row = (await world.As("officer2").Send(new ListCampaigns())).Items.Single(c => c.Kind == CampaignKind.Roadshow);
        Assert.Equal((1, 1, 1, 1, 0), (row.Figures.Leads, row.Figures.Projects, row.Figures.Signed, row.Figures.Landed, row.Figures.Dropped));
        Assert.Equal((538_000m, 538_000m), (row.Figures.Cost, row.Figures.CostPerLanded));
        var record = await world.As("officer").Send(new GetCampaign(row.Id));
        Assert.Equal(AimOutcome.Closed, record.Aims.Single(a => a.Link == "MED-03").Outcome);
        Assert.Equal(LinkState.Missing, record.Aims.Single(a => a.Link == "MED-03").StateThen);
        Assert.Equal(row.Figures.Closed, record.Aims.Count(a => a.Outcome == AimOutcome.Closed));
        Assert.Equal(538_000m / row.Figures.Closed, row.Figures.CostPerClosed);
        Assert.Equal("一次性生物工艺耗材工厂", Assert.Single(record.Leads).ProjectTitle);
    }

    [OnEveryDatabase]
    public async Task Figures_are_the_districts_and_names_are_for_those_who_see_the_rows(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = (await world.As("officer").Send(new ListCampaigns { Kind = CampaignKind.Outpost })).Items.Single().Id;
        var own = await world.As("officer").Send(new GetCampaign(id));
        var colleague = await world.As("officer2").Send(new GetCampaign(id));
        Assert.Equal((2, 0), (own.Leads.Count, own.Hidden));
        Assert.Equal((0, 2), (colleague.Leads.Count, colleague.Hidden));
        Assert.Equal(own.Figures, colleague.Figures);
        Assert.Equal(2, (await world.As("leader").Send(new GetCampaign(id))).Leads.Count);
        Assert.Equal((true, false, true), (own.MayEdit, colleague.MayEdit, (await world.As("leader").Send(new GetCampaign(id))).MayEdit));
        foreach (var stranger in (string[])["manager.park", "reviewer"])
            await world.Refused(RefusalCode.NotPermitted, () => world.As(stranger).Send(new GetCampaign(id)));
    }

    [OnEveryDatabase]
    public async Task A_lead_says_which_campaign_brought_it_and_keeps_it_through_its_edits(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.As("officer").Send(Trip("MED-06"));
        var lead = await world.As("officer2").Send(new CreateLead { Enterprise = new() { Name = "苏州试启生物有限公司", Country = "CN" }, Field = "MED", Links = ["MED-06"], Source = LeadSource.Visit, ExpectedInvestment = 10_000_000, CampaignId = id });
        var record = await world.As("officer2").Send(new GetLead(lead));
        Assert.Equal((id, "苏州小分队"), (record.CampaignId, record.CampaignName));
        Assert.Equal((1, 0m, null), await Figures());

        await world.As("officer").Send(new SpendOnCampaign { Id = id, On = new DateOnly(2026, 11, 20), Amount = 12_345.67m, What = "高铁与住宿" });
        Assert.Equal((1, 12_345.67m, 12_345.67m), await Figures());
        await world.Refused(RefusalCode.CampaignOfOthers, () => world.As("officer2").Send(new SpendOnCampaign { Id = id, On = new DateOnly(2026, 11, 20), Amount = 1, What = "x" }));

        await world.As("officer").Send(new CancelCampaign { Id = id, Reason = "改期" });
        // The lead may stay; no other comes from it.
        await Edit(null);
        Assert.Equal(id, (await world.As("officer2").Send(new GetLead(lead))).CampaignId);
        await Edit(Guid.Empty);
        Assert.Null((await world.As("officer2").Send(new GetLead(lead))).CampaignId);
        await world.Refused(RefusalCode.UnknownCampaign, () => world.As("officer2").Send(new CreditCampaign { LeadId = lead, CampaignId = id }));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(new CreditCampaign { LeadId = lead }));
        await world.Refused(RefusalCode.CampaignCancelled, () => world.As("officer").Send(new EditCampaign { Id = id, Name = "x", Kind = CampaignKind.Trip, From = new DateOnly(2026, 12, 1) }));
        Assert.DoesNotContain(await world.As("officer2").Send(new ListCampaignChoices()), c => c.Id == id);

        Task Edit(Guid? campaign) => world.As("officer2").Send(new EditLead { Id = lead, Field = "MED", Links = ["MED-06"], Source = LeadSource.Visit, ExpectedInvestment = 11_000_000, CampaignId = campaign });

        async Task<(int, decimal, decimal?)> Figures()
        {
            var f = (await world.As("officer").Send(new GetCampaign(id))).Figures;
            return (f.Leads, f.Cost, f.CostPerLead is 0 ? null : f.CostPerLead);
        }
    }

    [OnEveryDatabase]
    public async Task What_is_malformed_or_stale_is_told(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.Malformed(() => world.As("officer").Send(new AddCampaign()), "name", "kind", "from");
        await world.Malformed(() => world.As("officer").Send(Trip() with { Until = new DateOnly(2026, 11, 1) }), "until");
        await world.Refused(RefusalCode.UnknownLink, () => world.As("officer").Send(Trip("XXX-99")));
        var id = await world.As("officer").Send(Trip("MED-06", "MED-06"));
        var seen = await world.As("officer").Send(new GetCampaign(id));
        Assert.Equal(["MED-06"], seen.Links);
        await world.As("officer").Send(new SpendOnCampaign { Id = id, On = new DateOnly(2026, 11, 20), Amount = 5, What = "印刷" });
        await world.Refused(RefusalCode.StaleVersion, () => world.As("officer").Send(new EditCampaign { Id = id, Version = seen.Version, Name = "x", Kind = CampaignKind.Trip, From = new DateOnly(2026, 12, 1) }));
        var struck = (await world.As("officer").Send(new GetCampaign(id))).Costs.Single();
        await world.As("officer").Send(new StrikeCampaignCost(id, struck.Id));
        Assert.Equal(0, (await world.As("officer").Send(new GetCampaign(id))).Figures.Cost);
        Assert.True(await world.Db(db => db.AuditRecords.AnyAsync(a => a.Subject == nameof(CampaignCost) && a.Changes.Contains("印刷") && a.Action == JinshanBio.Crm.Data.AuditAction.Deleted)));
    }
}
