using JinshanBio.Crm.Domain.Leads;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Leads;

public sealed class LeadScoreTests
{
    private static readonly ScoreWeights Weights = new(12, 12, 12, 24, 14, 6, 10, 5, 5, [10, 50, 100, 300], 3, 30, 6);
    private static readonly LeadFacts Best = new(1, 2, 1, 2, 500, 3, 0, "S30", true, true);
    private static readonly LeadFacts Worst = new(4, 0, 0, 0, 0, 0, 2, "S10", false, false);

    [Fact]
    public void The_best_lead_has_100_and_a_bare_one_only_what_its_field_gives()
    {
        Assert.Equal(100, Weights.Sum);
        Assert.Equal(100, LeadScore.Of(Best, Weights).Total);
        Assert.Equal(3, LeadScore.Of(Worst, Weights).Total);
    }

    [Fact]
    public void The_total_is_the_sum_of_the_parts_and_a_part_that_of_its_terms()
    {
        var card = LeadScore.Of(Best with { GapLinks = 1, Investment = 60, DoneRecently = 2, Overdue = 1, Stage = "S20" }, Weights);
        Assert.Equal(["fit", "size", "activity", "readiness"], card.Parts.Select(p => p.Key));
        Assert.All(card.Parts, p => Assert.Equal((p.Points, p.Max), (p.Terms.Sum(t => t.Points), p.Terms.Sum(t => t.Max))));
        Assert.Equal(card.Total, card.Parts.Sum(p => p.Points));
        Assert.Equal((12 + 12 + 6) + 12 + (9 + 3) + (5 + 5 + 5), card.Total);
    }

    [Theory]
    [InlineData(1, 12)]
    [InlineData(2, 9)]
    [InlineData(0, 9)]
    [InlineData(3, 6)]
    [InlineData(4, 3)]
    public void A_field_counts_by_its_place_in_the_policy(int priority, int points)
        => Assert.Equal(points, Term(Best with { FieldPriority = priority }, "field").Points);

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 6)]
    [InlineData(99, 12)]
    [InlineData(300, 24)]
    public void The_investment_counts_by_the_steps_it_reaches(int investment, int points)
        => Assert.Equal(points, Term(Best with { Investment = investment }, "investment").Points);

    [Fact]
    public void More_follow_ups_than_enough_give_no_more()
        => Assert.Equal(14, Term(Best with { DoneRecently = 40 }, "done").Points);

    [Fact]
    public void No_fact_makes_a_total_outside_0_to_100()
    {
        foreach (var weight in (int[])[0, 100])
            foreach (var facts in (LeadFacts[])[Best, Worst])
                Assert.InRange(LeadScore.Of(facts, new(weight, weight, weight, weight, weight, weight, weight, weight, weight, [], 1, 30, 6)).Total, 0, 100);
    }

    private static ScoreTerm Term(LeadFacts facts, string key) => LeadScore.Of(facts, Weights).Parts.SelectMany(p => p.Terms).Single(t => t.Key == key);
}
