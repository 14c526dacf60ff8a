using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Notices;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.FollowUps;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Chain;

public sealed class OffersTests
{
    private const string Media = "上海延培培养基有限公司", Drugs = "上海金曙生物制药股份有限公司", Reactors = "上海润泊制药装备有限公司", Testing = "上海鉴科生物检测有限公司",
        NotHere = "无锡策源生物装备有限公司", Landed = "Rheintal Bioprozess GmbH";
    private static readonly DateOnly Soon = new(2026, 12, 4);

    [OnEveryDatabase]
    public async Task The_demo_world_has_a_supply_and_a_demand_that_ended_in_a_contract(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var offers = await world.As("leader").Send(new ListOffers());
        Assert.Equal([(OfferKind.Supply, Reactors), (OfferKind.Demand, Drugs), (OfferKind.Supply, Media)], offers.Items.Select(o => (o.Kind, o.Enterprise)));
        var introduction = Assert.Single((await world.As("leader").Send(new ListIntroductions())).Items);
        Assert.Equal((Media, Drugs, IntroductionState.Contract, 3_600_000m), (introduction.Supplier, introduction.Buyer, introduction.State, introduction.Amount));
        Assert.Equal([IntroductionState.Talks, IntroductionState.Contract], introduction.History.Select(h => h.State));
        // Both sides' posts and both timelines show it.
        foreach (var offer in offers.Items.Where(o => o.Link == "CMN-06"))
            Assert.Equal(introduction.Id, Assert.Single((await world.As("officer").Send(new GetOffer(offer.Id))).Introductions).Id);
        foreach (var name in (string[])[Media, Drugs])
            Assert.Equal(3, (await world.As("officer").Send(new GetTimeline { EnterpriseId = await world.EnterpriseAsync(name) })).Items.Count(t => t.Kind is TimelineKind.Introduced or TimelineKind.IntroductionRecorded));
    }

    [OnEveryDatabase]
    public async Task Posts_are_for_enterprises_here_and_of_managers_for_their_own_parks(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (media, drugs, landed) = (await world.EnterpriseAsync(Media), await world.EnterpriseAsync(Drugs), await world.EnterpriseAsync(Landed));
        PostOffer Post(Guid enterprise) => new() { EnterpriseId = enterprise, Kind = OfferKind.Demand, Link = "CMN-06", Product = "培养基" };
        await world.As("officer").Send(Post(media));
        await world.As("manager.park").Send(Post(media));
        await world.As("officer").Send(Post(landed));
        await world.Refused(RefusalCode.EnterpriseNotHere, async () => await world.As("officer").Send(Post(await world.EnterpriseAsync(NotHere))));
        await world.Refused(RefusalCode.OfferBeyondParks, () => world.As("manager.incubator").Send(Post(media)));
        await world.Refused(RefusalCode.OfferBeyondParks, () => world.As("manager.park").Send(Post(drugs)));
        // A manager does not learn whether an enterprise stands in the register.
        await world.Refused(RefusalCode.NotFound, async () => await world.As("manager.park").Send(Post(await world.EnterpriseAsync(Testing))));
        await world.Refused(RefusalCode.NotFound, async () => await world.As("manager.park").Send(Post(await world.EnterpriseAsync(NotHere))));
        await world.NotPermitted(() => Post(media), "leader", "reviewer");
        await world.Refused(RefusalCode.UnknownLink, () => world.As("officer").Send(Post(media) with { Link = "XXX-01" }));
        await world.Refused(RefusalCode.DayInPast, () => world.As("officer").Send(Post(media) with { ValidUntil = new(2026, 11, 19) }));
        await world.Malformed(() => world.As("officer").Send(new PostOffer()), "enterpriseId", "kind", "link", "product");
        var choices = await world.As("manager.park").Send(new ListOfferEnterprises());
        Assert.Contains(choices.Items, e => e.Id == media && e.Links.SequenceEqual(["CMN-06"]));
        Assert.DoesNotContain(choices.Items, e => e.Id == drugs);
        Assert.DoesNotContain((await world.As("manager.incubator").Send(new ListOfferEnterprises())).Items, e => e.Id == media);
        Assert.Equal([drugs], (await world.As("officer").Send(new ListOfferEnterprises { Q = "金曙" })).Items.Select(e => e.Id));
    }

    [OnEveryDatabase]
    public async Task A_post_is_changed_and_closed_by_those_who_speak_for_it(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var offer = await OfferAsync(world, Media);
        EditOffer Edit(string product, int? version = null) => new() { Id = offer, Link = "CMN-06", Product = product, Version = version };
        await world.Refused(RefusalCode.OfferBeyondParks, () => world.As("manager.incubator").Send(Edit("x")));
        await world.Refused(RefusalCode.OfferBeyondParks, () => world.As("manager.incubator").Send(new CloseOffer { Id = offer, Closing = OfferClosing.Withdrawn }));
        await world.NotPermitted(() => Edit("x"), "leader", "reviewer");
        var version = (await world.As("manager.park").Send(new GetOffer(offer))).Version;
        await world.As("manager.park").Send(Edit("液体培养基", version));
        await world.Refused(RefusalCode.StaleVersion, () => world.As("officer").Send(Edit("y", version)));
        await world.Malformed(() => world.As("officer").Send(new CloseOffer { Id = offer, Closing = OfferClosing.Lapsed }), "closing");
        await world.As("manager.park").Send(new CloseOffer { Id = offer, Closing = OfferClosing.Withdrawn, Note = "停产" });
        await world.Refused(RefusalCode.OfferClosed, () => world.As("officer").Send(Edit("z")));
        var record = await world.As("leader").Send(new GetOffer(offer));
        Assert.Equal((false, OfferClosing.Withdrawn, "停产", "沈砚青", "液体培养基"), (record.Offer.IsOpen, record.Offer.Closing, record.CloseNote, record.ClosedBy, record.Offer.Product));
        Assert.DoesNotContain((await world.As("leader").Send(new ListOffers())).Items, o => o.Id == offer);
        Assert.Contains((await world.As("leader").Send(new ListOffers { Status = OfferStatus.Closed })).Items, o => o.Id == offer);
    }

    [OnEveryDatabase]
    public async Task Matches_open_to_their_terms_and_name_only_whom_one_may_know(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var demand = await OfferAsync(world, Drugs);
        var matches = await world.As("officer").Send(new GetOfferMatches(demand));
        var first = matches.Items[0];
        Assert.Equal((Media, true, 0), (first.Enterprise, first.IsIntroduced, matches.Hidden));
        Assert.NotNull(first.Answer);
        Assert.Equal(first.Score, first.Terms.Sum(t => t.Points));
        Assert.Equal([OfferMatchReason.Posted, OfferMatchReason.SameWords, OfferMatchReason.Edge, OfferMatchReason.Size], first.Terms.Select(t => t.Reason));

        // A supply of testing would be bought by those whose names a manager of another park may not know.
        var testing = await world.As("officer").Send(new PostOffer { EnterpriseId = await world.EnterpriseAsync(Reactors), Kind = OfferKind.Supply, Link = "CMN-05", Product = "过滤系统" });
        var all = await world.As("officer").Send(new GetOfferMatches(testing));
        var some = await world.As("manager.incubator").Send(new GetOfferMatches(testing));
        Assert.NotEmpty(all.Items);
        Assert.Equal((all.Items.Count, true), (some.Items.Count + some.Hidden, some.Hidden > 0));
        await world.NotPermitted(() => new GetOfferMatches(testing), "reviewer");
    }

    [OnEveryDatabase]
    public async Task An_introduction_goes_from_talks_to_a_contract_and_closes_the_post(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (offer, other) = (await OfferAsync(world, Reactors), await world.EnterpriseAsync(Drugs));
        var id = await world.As("officer").Send(new Introduce { OfferId = offer, EnterpriseId = other, Note = "看设备", NextOn = Soon });
        await world.Refused(RefusalCode.IntroducedAlready, () => world.As("officer2").Send(new Introduce { OfferId = offer, EnterpriseId = other, NextOn = Soon }));
        var row = Assert.Single((await world.As("leader").Send(new GetOffer(offer))).Introductions);
        Assert.Equal((Reactors, Drugs, "陆知遥", Soon, IntroductionState.Open), (row.Supplier, row.Buyer, row.Owner, row.NextOn!.Value, row.State));

        await world.As("officer2").Send(new RecordIntroduction { Id = id, State = IntroductionState.Talks, Note = "报价", NextOn = Soon.AddDays(9), Version = row.Version });
        await world.Refused(RefusalCode.StaleVersion, () => world.As("officer").Send(new RecordIntroduction { Id = id, State = IntroductionState.Nothing, Note = "x", Version = row.Version }));
        await world.Refused(RefusalCode.IntroductionIncomplete, () => world.As("officer").Send(new RecordIntroduction { Id = id, State = IntroductionState.Contract, ContractOn = new(2026, 11, 20) }));
        await world.NotPermitted(() => new RecordIntroduction { Id = id, State = IntroductionState.Nothing, Note = "x" }, "leader", "reviewer");
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.incubator").Send(new RecordIntroduction { Id = id, State = IntroductionState.Nothing, Note = "x" }));
        await world.As("officer").Send(new RecordIntroduction { Id = id, State = IntroductionState.Contract, Amount = 12_500_000, ContractOn = new(2026, 11, 20), CloseOffer = true });
        var record = await world.As("leader").Send(new GetOffer(offer));
        Assert.Equal((OfferClosing.Matched, 12_500_000m, null), (record.Offer.Closing, record.Introductions[0].Amount, record.Introductions[0].NextOn));
        Assert.Equal(["顾晓岑", "陆知遥"], record.Introductions[0].History.Select(h => h.By));
    }

    [OnEveryDatabase]
    public async Task Managers_introduce_where_one_side_is_theirs_and_see_only_those(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (media, reactors) = (await world.EnterpriseAsync(Media), await OfferAsync(world, Reactors));
        // Its own tenant as the other side.
        await world.As("manager.park").Send(new Introduce { OfferId = reactors, EnterpriseId = media, NextOn = Soon });
        await world.Refused(RefusalCode.OfferBeyondParks, async () => await world.As("manager.incubator").Send(new Introduce { OfferId = reactors, EnterpriseId = await world.EnterpriseAsync(Drugs), NextOn = Soon }));
        await world.Refused(RefusalCode.NotFound, async () => await world.As("manager.incubator").Send(new Introduce { OfferId = reactors, EnterpriseId = await world.EnterpriseAsync(Testing), NextOn = Soon }));
        Assert.Equal((2, 0), ((await world.As("manager.park").Send(new ListIntroductions())).Total, (await world.As("manager.incubator").Send(new ListIntroductions())).Total));
        Assert.Equal((0, 1), ((await world.As("manager.incubator").Send(new GetOffer(reactors))).Introductions.Count, (await world.As("manager.incubator").Send(new GetOffer(reactors))).HiddenIntroductions));
        Assert.Equal(3, (await world.As("manager.incubator").Send(new ListOffers())).Total);
        await world.NotPermitted(() => new ListOffers(), "reviewer");
        await world.NotPermitted(() => new ListIntroductions(), "reviewer");
        await world.NotPermitted(() => new GetOfferResults(), "reviewer");
        await world.NotPermitted(() => new GetOffer(reactors), "reviewer");
    }

    [OnEveryDatabase]
    public async Task From_both_sides_at_once_two_are_introduced_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (media, testing) = (await world.EnterpriseAsync(Media), await world.EnterpriseAsync(Testing));
        PostOffer Post(Guid enterprise, OfferKind kind) => new() { EnterpriseId = enterprise, Kind = kind, Link = "CMN-10", Product = "检测" };
        var (supply, demand) = (await world.As("officer").Send(Post(testing, OfferKind.Supply)), await world.As("officer").Send(Post(media, OfferKind.Demand)));
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
        {
            try
            {
                await world.As("officer").Send(i % 2 == 0 ? new Introduce { OfferId = supply, EnterpriseId = media, CounterOfferId = demand, NextOn = Soon } : new Introduce { OfferId = demand, EnterpriseId = testing, CounterOfferId = supply, NextOn = Soon });
                return (RefusalCode?)null;
            }
            catch (Refusal refusal)
            {
                return refusal.Code;
            }
        }));
        Assert.Single(answers, a => a is null);
        Assert.Equal(3, answers.Count(a => a == RefusalCode.IntroducedAlready));
        Assert.Equal(1, await world.Db(db => db.Introductions.CountAsync(i => i.OfferId == supply || i.OfferId == demand)));
    }

    [OnEveryDatabase]
    public async Task Where_one_side_has_a_project_of_ones_own_the_next_step_is_a_follow_up_on_it(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (offer, landed) = (await OfferAsync(world, Reactors), await world.EnterpriseAsync(Landed));
        var id = await world.As("officer").Send(new Introduce { OfferId = offer, EnterpriseId = landed, NextOn = Soon });
        var followUp = await FollowUpAsync(world, id);
        Assert.Equal((FollowUpStatus.Open, await world.PersonAsync("officer"), new DateTime(2026, 12, 4, 1, 0, 0, DateTimeKind.Utc)), (followUp!.Status, followUp.OwnerId, followUp.DueAt));
        Assert.Contains("润泊", followUp.Note, StringComparison.Ordinal);
        // The follow-up reminds, so the introduction does not.
        world.Clock.Now = new DateTime(2026, 12, 4, 2, 0, 0, DateTimeKind.Utc);
        await world.As("admin").Send(new TidyOffers());
        Assert.Equal(0, await DueNoticesAsync(world));
        await world.As("officer").Send(new RecordIntroduction { Id = id, State = IntroductionState.Talks, Note = "已报价", NextOn = Soon.AddDays(7) });
        Assert.Equal((FollowUpStatus.Done, "已报价"), await world.Db(db => db.FollowUps.Where(f => f.Id == followUp.Id).Select(f => new ValueTuple<FollowUpStatus, string?>(f.Status, f.Outcome)).SingleAsync()));
        var next = await FollowUpAsync(world, id);
        Assert.NotEqual(followUp.Id, next!.Id);
        // Done as a follow-up without saying what came of the introduction: then the introduction asks.
        await world.As("officer").Send(new CompleteFollowUp { Id = next.Id, Outcome = "打过电话" });
        world.Clock.Now = new DateTime(2026, 12, 11, 2, 0, 0, DateTimeKind.Utc);
        await world.As("admin").Send(new TidyOffers());
        Assert.Equal(1, await DueNoticesAsync(world));
    }

    [OnEveryDatabase]
    public async Task Where_none_has_one_the_introduction_itself_is_due_and_told_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.As("officer").Send(new Introduce { OfferId = await OfferAsync(world, Reactors), EnterpriseId = await world.EnterpriseAsync(Drugs), NextOn = Soon });
        Assert.Null(await FollowUpAsync(world, id));
        await world.As("admin").Send(new TidyOffers());
        Assert.Equal(0, await DueNoticesAsync(world));
        world.Clock.Now = new DateTime(2026, 12, 4, 2, 0, 0, DateTimeKind.Utc);
        Assert.Equal([id], (await world.As("officer").Send(new ListIntroductions { Due = true, Mine = true })).Items.Select(i => i.Id));
        Assert.Equal("job.said.offers|0|1|0", await world.As("admin").Send(new TidyOffers()));
        Assert.Equal("job.said.offers|0|0|0", await world.As("admin").Send(new TidyOffers()));
        Assert.Equal(1, await DueNoticesAsync(world));
        // A new day is told anew, to whoever set it.
        await world.As("officer2").Send(new RecordIntroduction { Id = id, State = IntroductionState.Talks, NextOn = new(2026, 12, 7) });
        world.Clock.Now = new DateTime(2026, 12, 7, 2, 0, 0, DateTimeKind.Utc);
        await world.As("admin").Send(new TidyOffers());
        Assert.Equal(2, await DueNoticesAsync(world));
        var officer2 = await world.PersonAsync("officer2");
        Assert.True(await world.Db(db => db.Notices.AnyAsync(n => n.Kind == NoticeKind.IntroductionDue && n.PersonId == officer2)));
    }

    [OnEveryDatabase]
    public async Task A_post_whose_last_day_is_over_is_closed_at_once_in_lists_and_then_by_the_job(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.As("officer").Send(new PostOffer { EnterpriseId = await world.EnterpriseAsync(Drugs), Kind = OfferKind.Demand, Link = "CMN-10", Product = "检测", ValidUntil = new(2026, 11, 20) });
        Assert.Equal(4, (await world.As("leader").Send(new ListOffers())).Total);
        world.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(3, (await world.As("leader").Send(new ListOffers())).Total);
        var over = (await world.As("leader").Send(new GetOffer(id))).Offer;
        Assert.Equal((false, OfferClosing.Lapsed), (over.IsOpen, over.Closing));
        Assert.Equal("job.said.offers|1|0|0", await world.As("admin").Send(new TidyOffers()));
        Assert.Equal((OfferStatus.Closed, OfferClosing.Lapsed), await world.Db(db => db.Offers.Where(o => o.Id == id).Select(o => new ValueTuple<OfferStatus, OfferClosing>(o.Status, o.Closing!.Value)).SingleAsync()));
        await world.NotPermitted(() => new TidyOffers(), "officer", "leader", "manager.park");
    }

    [OnEveryDatabase]
    public async Task Every_figure_of_the_results_opens_to_as_many_rows(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.As("officer").Send(new Introduce { OfferId = await OfferAsync(world, Reactors), EnterpriseId = await world.EnterpriseAsync(Drugs), NextOn = Soon });
        foreach (var person in (string[])["leader", "manager.park", "manager.incubator"])
        {
            var results = await world.As(person).Send(new GetOfferResults { Year = 2026 });
            foreach (var row in results.Rows.Append(results.Total))
            {
                var field = row.Field.Length == 0 ? null : row.Field;
                Assert.Equal(row.Offers, (await world.As(person).Send(new ListOffers { Year = 2026, Field = field })).Total);
                Assert.Equal(row.Matched, (await world.As(person).Send(new ListOffers { Year = 2026, Field = field, Introduced = true })).Total);
                Assert.Equal(row.Introductions, (await world.As(person).Send(new ListIntroductions { Year = 2026, Field = field })).Total);
                var contracts = await world.As(person).Send(new ListIntroductions { ContractYear = 2026, Field = field });
                Assert.Equal((row.Contracts, row.Amount), (contracts.Total, contracts.Items.Sum(i => i.Amount ?? 0)));
            }
        }
        var total = (await world.As("leader").Send(new GetOfferResults())).Total;
        Assert.Equal((3, 3, 2, 1, 3_600_000m), (total.Offers, total.Matched, total.Introductions, total.Contracts, total.Amount));
        Assert.Empty((await world.As("leader").Send(new GetOfferResults { Year = 2020 })).Rows);
    }

    [OnEveryDatabase]
    public async Task A_merge_takes_posts_and_introductions_along_and_undoing_brings_them_back(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (offer, loser) = (await OfferAsync(world, Drugs), await world.EnterpriseAsync(Media));
        var supply = await OfferAsync(world, Media);
        var winner = await world.As("officer").Send(new AddEnterprise { Name = "甲乙丙测试有限公司", Country = "CN" });
        await world.As("officer").Send(new MergeEnterprises { Id = winner, LoserId = loser });
        Assert.Equal(winner, (await world.As("leader").Send(new GetOffer(supply))).Offer.EnterpriseId);
        Assert.Equal(winner, (await world.As("leader").Send(new GetOffer(offer))).Introductions.Single().SupplierId);
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.As("officer").Send(new UndoMerge(winner, (await world.As("officer").Send(new GetEnterprise(winner))).Merges.Single().Id));
        Assert.Equal((loser, loser), ((await world.As("leader").Send(new GetOffer(supply))).Offer.EnterpriseId, (await world.As("leader").Send(new GetOffer(offer))).Introductions.Single().SupplierId));
    }

    private static async Task<Guid> OfferAsync(World world, string enterprise)
    {
        var id = await world.EnterpriseAsync(enterprise);
        return await world.Db(db => db.Offers.Where(o => o.EnterpriseId == id).Select(o => o.Id).SingleAsync());
    }

    private static Task<FollowUp?> FollowUpAsync(World world, Guid introduction)
        => world.Db(db => db.FollowUps.AsNoTracking().FirstOrDefaultAsync(f => db.Introductions.Any(i => i.Id == introduction && i.FollowUpId == f.Id)));

    private static Task<int> DueNoticesAsync(World world) => world.Db(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.IntroductionDue));
}
