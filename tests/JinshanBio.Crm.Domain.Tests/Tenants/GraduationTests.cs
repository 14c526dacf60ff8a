using JinshanBio.Crm.Domain.Parks;
using JinshanBio.Crm.Domain.Tenants;
using Xunit;

namespace JinshanBio.Crm.Domain.Tests.Tenants;

public sealed class GraduationTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    private static readonly GraduationTerms Four = new() { MonthsIn = 12, Headcount = 20, Revenue = 5_000_000, Product = ProductStage.SmallBatch, Needed = 3, MostMonths = 36 };

    private static readonly TenantFacts Young = new(ParkRole.Incubator, new DateOnly(2025, 11, 20), 200, 100) { Headcount = 20, Revenue = 5_000_000, Product = ProductStage.Lab };

    [Fact]
    public void As_many_conditions_as_are_asked_for_must_hold()
    {
        var check = Check(Young);
        Assert.Equal((GraduationState.Met, 3, 3, false), (check.State, check.Held, check.Wanted, check.IsOverdue));
        Assert.Equal([ConditionState.Held, ConditionState.Held, ConditionState.Held, ConditionState.Short], check.Conditions.Select(c => c.State));
        Assert.Equal(GraduationState.Not, Check(Young with { Headcount = 10 }).State);
        Assert.Equal(GraduationState.Not, Check(Young, Four with { Needed = null }).State);
        Assert.Equal(4, Check(Young, Four with { Needed = 9 }).Wanted);
    }

    [Fact]
    public void Who_lacks_little_is_near_and_the_check_says_what_and_how_far()
    {
        var check = Check(Young with { Headcount = 16, Product = ProductStage.Pilot });
        Assert.Equal(GraduationState.Near, check.State);
        var heads = check.Conditions.Single(c => c.Condition == GraduationCondition.Headcount);
        Assert.Equal((ConditionState.Near, 20m, 16m, 4m), (heads.State, heads.Wanted, heads.Actual, heads.Missing));
        Assert.Equal(GraduationState.Not, Check(Young with { Headcount = 15 }).State);
        Assert.Equal(GraduationState.Near, Check(Young with { Headcount = 15 }, Four with { NearPercent = 75 }).State);
    }

    [Fact]
    public void One_stage_before_is_near_and_no_further_one()
    {
        ConditionState Product(ProductStage? at) => Check(Young with { Product = at }).Conditions.Single(c => c.Condition == GraduationCondition.Product).State;
        Assert.Equal([ConditionState.Short, ConditionState.Short, ConditionState.Near, ConditionState.Held, ConditionState.Held], Enum.GetValues<ProductStage>().Select(p => Product(p)));
        Assert.Equal(ConditionState.Unknown, Product(null));
    }

    [Fact]
    public void A_figure_that_is_missing_leaves_it_open_only_where_it_could_decide()
    {
        var check = Check(Young with { Headcount = null, Product = null });
        Assert.Equal(GraduationState.Unknown, check.State);
        Assert.Equal([GraduationCondition.Headcount, GraduationCondition.Product], check.Conditions.Where(c => c.State == ConditionState.Unknown).Select(c => c.Condition));
        Assert.Equal(GraduationState.Met, Check(Young with { Product = null }).State);
        Assert.Equal(GraduationState.Not, Check(Young with { Headcount = 1, Revenue = 1, Product = null }).State);
    }

    [Fact]
    public void A_company_outgrows_its_park_when_it_needs_more_than_it_has_and_the_park_has_free()
    {
        var terms = new GraduationTerms { Outgrows = true };
        Assert.Equal(GraduationState.Met, Check(Young with { AreaNeedM2 = 300.01m }, terms).State);
        Assert.Equal(GraduationState.Near, Check(Young with { AreaNeedM2 = 300 }, terms).State);
        Assert.Equal(GraduationState.Unknown, Check(Young, terms).State);
    }

    [Fact]
    public void Company_age_counts_whole_months_from_its_founding()
    {
        var terms = new GraduationTerms { CompanyMonths = 24 };
        Assert.Equal(GraduationState.Met, Check(Young with { FoundedOn = new DateOnly(2024, 11, 20) }, terms).State);
        Assert.Equal(GraduationState.Near, Check(Young with { FoundedOn = new DateOnly(2024, 11, 21) }, terms).State);
    }

    [Theory]
    [InlineData("2026-01-31", "2026-02-28", 1)]
    [InlineData("2026-01-31", "2026-03-30", 1)]
    [InlineData("2026-01-31", "2026-03-31", 2)]
    [InlineData("2025-12-15", "2026-01-14", 0)]
    [InlineData("2026-05-01", "2026-04-01", 0)]
    public void Months_are_whole(string from, string to, int months)
        => Assert.Equal(months, GraduationCheck.Months(DateOnly.ParseExact(from, "yyyy-MM-dd", null), DateOnly.ParseExact(to, "yyyy-MM-dd", null)));

    [Fact]
    public void The_longest_stay_is_over_on_the_day_after_its_last()
    {
        var moved = new DateOnly(2023, 11, 20);
        Assert.True(Check(Young with { MovedInOn = moved }).IsOverdue);
        var last = Check(Young with { MovedInOn = moved.AddDays(1) });
        Assert.Equal((false, Today), (last.IsOverdue, last.StayEnds!.Value));
        var only = Check(Young with { MovedInOn = moved }, new GraduationTerms { MostMonths = 36 });
        Assert.Equal((GraduationState.NotSet, true), (only.State, only.IsOverdue));
    }

    [Fact]
    public void Without_conditions_nothing_is_judged_and_an_expired_document_carries_none()
    {
        Assert.Equal(GraduationState.NotSet, Check(Young, new GraduationTerms()).State);
        var rules = new GraduationRules(Four, Four, "沪金〔2025〕1号", Today, false);
        Assert.Equal(GraduationState.Met, GraduationCheck.Of(Young, rules, Today).State);
        Assert.Equal((GraduationState.NotSet, false), (GraduationCheck.Of(Young, rules, Today.AddDays(1)).State, GraduationCheck.Of(Young with { MovedInOn = new(2000, 1, 1) }, rules, Today.AddDays(1)).IsOverdue));
    }

    [Fact]
    public void Nobody_graduates_from_an_industrial_park() => Assert.Equal(GraduationState.NoneAhead, Check(Young with { Role = ParkRole.IndustrialPark }).State);

    private static GraduationCheck Check(TenantFacts tenant, GraduationTerms? terms = null) => GraduationCheck.Of(tenant, new GraduationRules(terms ?? Four, new GraduationTerms(), null, null, true), Today);
}
