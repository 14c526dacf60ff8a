using JinshanBio.Crm.Domain.Campaigns;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Tests.Chain;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Campaigns;

public sealed class CampaignTests
{
    private static readonly DateTime Now = new(2026, 5, 6, 2, 0, 0, DateTimeKind.Utc);

    private static readonly CoverageWeights Weights = new()
    {
        LocalShare = 1, CriticalNeed = 0.1m, NormalNeed = 0.02m, PlannedOutput = 100, Resilience = 0, StrongFrom = 0.6m, UnknownOutput = 1,
        SizeOutput = new Dictionary<EnterpriseSize, decimal>(), FieldWeight = new Dictionary<string, decimal>(),
    };

    private static LinkCoverage Link(decimal output, bool isComing = false)
    {
        var map = new ChainMap([CoverageTests.Link("MED-01")], []);
        return Coverage.Of(map, isComing ? [new ChainSubject(Guid.NewGuid(), Guid.NewGuid(), SupplyPhase.Pipeline, "S50", output, 0.3m, ["MED-01"])] : output > 0 ? [CoverageTests.Here(output, "MED-01")] : [], Weights)["MED-01"];
    }

    private static Campaign New(params LinkCoverage[] gaps)
    {
        var campaign = new Campaign(new CampaignTerms(" 推介会 ", CampaignKind.Roadshow, new DateOnly(2026, 5, 10), null, " ", null, null), Guid.NewGuid(), Now, Guid.NewGuid());
        campaign.AimAt(gaps, Now);
        return campaign;
    }

    [Fact]
    public void A_gap_keeps_the_state_of_the_day_on_which_it_was_chosen()
    {
        var campaign = New(Link(0));
        campaign.AimAt([Link(90)], Now.AddDays(40));
        var aim = Assert.Single(campaign.Aims);
        Assert.Equal((LinkState.Missing, 100m, 0m, Now), (aim.StateThen, aim.GapThen, aim.CoverageThen, aim.At));
        campaign.AimAt([], Now);
        Assert.Empty(campaign.Aims);
        Assert.Equal(("推介会", null), (campaign.Name, campaign.Place));
    }

    [Theory]
    // Somebody where nobody was; strong where it was weak.
    [InlineData(0, 10, true, AimOutcome.Closed)]
    [InlineData(0, 10, false, AimOutcome.ClosedByOthers)]
    [InlineData(10, 90, true, AimOutcome.Closed)]
    [InlineData(10, 20, true, AimOutcome.Eased)]
    [InlineData(10, 20, false, AimOutcome.Open)]
    [InlineData(0, 0, false, AimOutcome.Open)]
    [InlineData(90, 95, true, AimOutcome.Eased)]
    public void A_gap_is_closed_by_the_campaign_when_its_own_project_has_landed_in_it(int then, int now, bool hasLanded, AimOutcome outcome)
        => Assert.Equal(outcome, New(Link(then)).Aims.Single().Outcome(Link(now), hasLanded));

    [Fact]
    public void What_is_only_in_talks_closes_nothing_and_a_link_off_the_map_is_open()
    {
        var aim = New(Link(0)).Aims.Single();
        Assert.Equal(AimOutcome.Open, aim.Outcome(Link(500, isComing: true), false));
        Assert.Equal(AimOutcome.Open, aim.Outcome(null, true));
        Assert.Equal(AimOutcome.Closed, New(Link(500, isComing: true)).Aims.Single().Outcome(Link(10), true));
    }

    [Fact]
    public void Costs_are_divided_by_what_there_is_and_by_nothing_else()
    {
        var figures = new CampaignFigures(3, 1, 2, 1, 0, 0, 0, 100, 2, 1);
        Assert.Equal((33.33m, null, 100m), (figures.CostPerLead, figures.CostPerLanded, figures.CostPerClosed));
    }

    [Fact]
    public void A_cancelled_campaign_is_not_changed_and_its_bills_still_come_in()
    {
        var campaign = New(Link(0));
        campaign.Cancel("改为线上", Now);
        Assert.Equal(RefusalCode.CampaignCancelled, Assert.Throws<Refusal>(() => campaign.Cancel("再次", Now)).Code);
        Assert.Equal(RefusalCode.CampaignCancelled, Assert.Throws<Refusal>(() => campaign.AimAt([], Now)).Code);
        campaign.Spend(new DateOnly(2026, 5, 9), 50, "场地订金", Now, Guid.NewGuid());
        Assert.Equal(50, campaign.Costs.Sum(c => c.Amount));
        campaign.StrikeCost(campaign.Costs.Single().Id);
        Assert.Equal(RefusalCode.NotFound, Assert.Throws<Refusal>(() => campaign.StrikeCost(Guid.NewGuid())).Code);
    }
}
