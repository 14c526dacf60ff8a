using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using Xunit;
using static JinshanBio.Crm.Domain.Tests.Chain.PresenceTests;

namespace JinshanBio.Crm.Domain.Tests.Chain;

public sealed class OfferTests
{
    private static readonly DateTime Now = new(2026, 11, 20, 2, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly Today = new(2026, 11, 20), Soon = Today.AddDays(14);
    private static readonly Guid By = Guid.NewGuid(), Other = Guid.NewGuid();
    private static readonly Enterprise Buyer = Firm("买家"), Maker = Firm("供方");

    [Fact]
    public void A_post_says_what_the_link_that_makes_it_shall_supply_and_holds_to_its_last_day()
    {
        var offer = Post(OfferKind.Demand, Buyer, until: Today);
        Assert.Equal((OfferStatus.Open, "CMN-06", "CMN", "培养基", null), (offer.Status, offer.Link, offer.Field, offer.Product, offer.Quantity));
        Assert.True(offer.IsOpenOn(Today));
        Assert.False(offer.IsOpenOn(Today.AddDays(1)));
        Assert.True(Post(OfferKind.Demand, Buyer).IsOpenOn(Today.AddYears(9)));
        Refused(RefusalCode.DayInPast, () => Post(OfferKind.Demand, Buyer, until: Today.AddDays(-1)));
    }

    [Fact]
    public void What_is_closed_or_over_is_neither_changed_nor_introduced()
    {
        var closed = Post(OfferKind.Demand, Buyer);
        closed.Close(OfferClosing.Withdrawn, " 不要了 ", Now, By);
        Assert.Equal((OfferStatus.Closed, OfferClosing.Withdrawn, "不要了", By), (closed.Status, closed.Closing, closed.CloseNote, closed.ClosedById));
        Refused(RefusalCode.OfferClosed, () => closed.Close(OfferClosing.Matched, null, Now, By));
        Refused(RefusalCode.OfferClosed, () => closed.Edit(Terms(), "CMN", Now));
        Refused(RefusalCode.OfferClosed, () => closed.Introduce(Maker, null, null, null, Soon, Now, By));
        // Also before the job has come by.
        var over = Post(OfferKind.Demand, Buyer, until: Today);
        Refused(RefusalCode.OfferClosed, () => over.Introduce(Maker, null, null, null, Soon, Now.AddDays(1), By));
        Refused(RefusalCode.OfferClosed, () => Post(OfferKind.Supply, Maker).Introduce(Buyer, null, closed, null, Soon, Now, By));
    }

    [Fact]
    public void Two_are_introduced_to_each_other_once_and_nobody_to_itself()
    {
        var (demand, supply) = (Post(OfferKind.Demand, Buyer), Post(OfferKind.Supply, Maker));
        var introduction = demand.Introduce(Maker, null, supply, "见面", Soon, Now, By);
        Assert.Equal((IntroductionState.Open, Soon, By, supply.Id), (introduction.State, introduction.NextOn!.Value, introduction.OwnerId, introduction.CounterOfferId!.Value));
        Assert.Equal((1, 1), (demand.IntroductionCount, supply.IntroductionCount));
        Refused(RefusalCode.IntroducedAlready, () => demand.Introduce(Maker, null, null, null, Soon, Now, Other));
        Refused(RefusalCode.IntroductionToItself, () => demand.Introduce(Buyer, null, null, null, Soon, Now, By));
        Refused(RefusalCode.DayInPast, () => demand.Introduce(Firm("丙"), null, null, null, Today.AddDays(-1), Now, By));
    }

    [Fact]
    public void A_contract_has_amount_and_day_a_failure_its_reason_and_talks_their_next_day()
    {
        var introduction = Introduced();
        Lacking("amount", new(IntroductionState.Contract, null, Today, null, null));
        Lacking("amount", new(IntroductionState.Contract, 0, Today, null, null));
        Lacking("contractOn", new(IntroductionState.Contract, 1, null, null, null));
        Lacking("note", new(IntroductionState.Nothing, null, null, " ", null));
        Lacking("nextOn", new(IntroductionState.Talks, null, null, null, null));
        Lacking("state", new(IntroductionState.Open, null, null, null, Soon));
        Refused(RefusalCode.DayInFuture, () => introduction.Record(new(IntroductionState.Contract, 1, Today.AddDays(1), null, null), Now, By));
        Assert.Empty(introduction.History);

        void Lacking(string field, IntroductionOutcome outcome)
        {
            var refusal = Assert.Throws<Refusal>(() => introduction.Record(outcome, Now, By));
            Assert.Equal((RefusalCode.IntroductionIncomplete, field), (refusal.Code, refusal.Field));
        }
    }

    [Fact]
    public void Every_record_stays_the_last_one_counts_and_whoever_made_it_asks_next()
    {
        var introduction = Introduced();
        introduction.Record(new(IntroductionState.Talks, null, null, "小试", Soon.AddDays(1)), Now, Other);
        Assert.Equal((IntroductionState.Talks, Soon.AddDays(1), Other, 2), (introduction.State, introduction.NextOn!.Value, introduction.OwnerId, introduction.Round));
        introduction.Record(new(IntroductionState.Contract, 3_600_000.50m, Today, null, Soon), Now.AddDays(1), By);
        Assert.Equal((3_600_000.50m, Today, null, true), (introduction.Amount!.Value, introduction.ContractOn!.Value, introduction.NextOn, introduction.IsSettled));
        introduction.Record(new(IntroductionState.Nothing, 5, Today, "合同解除", null), Now.AddDays(2), By);
        Assert.Equal((null, null), (introduction.Amount, introduction.ContractOn));
        Assert.Equal([IntroductionState.Talks, IntroductionState.Contract, IntroductionState.Nothing], introduction.History.Select(s => s.State));
        Assert.Equal(3_600_000.50m, introduction.History.ElementAt(1).Amount);
    }

    private static Introduction Introduced() => Post(OfferKind.Demand, Buyer).Introduce(Maker, null, null, null, Soon, Now, By);

    private static OfferTerms Terms(DateOnly? until = null) => new("CMN-06", " 培养基 ", " ", null, until);

    private static Offer Post(OfferKind kind, Enterprise enterprise, DateOnly? until = null) => new("GX-2026-00001", enterprise, kind, "CMN", null, Terms(until), Now, By);
}
