using System.Globalization;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Leads;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace JinshanBio.Crm.Tests.Leads;

public sealed class LeadScoreTests
{
    [OnEveryDatabase]
    public async Task The_list_says_of_every_lead_of_the_demo_world_what_its_page_says(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var leads = (await world.As("admin").Send(new ListLeads { Size = 200 })).Items;
        Assert.NotEmpty(leads);
        foreach (var lead in leads) Assert.Equal((lead.Number, lead.Score), (lead.Number, (await world.As("admin").Send(new ExplainLeadScore(lead.Id))).Total));
    }

    [OnEveryDatabase]
    public async Task The_stored_score_is_the_explained_one_whatever_changes(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = world.As("officer");
        var id = await officer.Send(new CreateLead { Enterprise = new() { Name = "常熟澄明制剂有限公司" }, Field = "MED", Links = ["MED-07", "CMN-05"], Source = LeadSource.Visit, ExpectedInvestment = 60_000_000m });
        var scores = new List<int> { await SameAsync(world, id) };
        var call = await officer.Send(new PlanFollowUp { LeadId = id, Kind = FollowUpKind.Call, DueAt = world.Clock.Now.AddDays(1) });
        scores.Add(await SameAsync(world, id));
        await officer.Send(new CompleteFollowUp { Id = call, Outcome = "愿意来看", NextDueAt = world.Clock.Now.AddDays(3) });
        scores.Add(await SameAsync(world, id));
        await officer.Send(new ScreenLead { Id = id, To = Stage.FirstTalk });
        scores.Add(await SameAsync(world, id));
        await officer.Send(new EditLead { Id = id, Field = "MED", Links = ["MED-07", "CMN-05"], Source = LeadSource.Visit, ExpectedInvestment = 600_000_000m });
        scores.Add(await SameAsync(world, id));

        Assert.Equal(scores.Order().Distinct(), scores);
        await officer.Send(new EditLead { Id = id, Field = "ENE", Links = [], Source = LeadSource.Visit, ExpectedInvestment = 0 });
        Assert.True(await SameAsync(world, id) < scores[^1]);
    }

    [OnEveryDatabase]
    public async Task What_only_time_changes_is_renewed_by_night_without_touching_the_version(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var leads = await world.Db(db => db.Leads.Where(l => l.Status == LeadStatus.Open).Select(l => new { l.Id, l.Version }).ToListAsync());
        world.Clock.Advance(TimeSpan.FromDays(40));
        await world.As(Identity.Actor.System).Send(new RefreshLeadScores());
        foreach (var lead in leads)
        {
            await SameAsync(world, lead.Id, "leader");
            Assert.Equal(lead.Version, await world.Db(db => db.Leads.Where(l => l.Id == lead.Id).Select(l => l.Version).SingleAsync()));
        }
        Assert.Equal($"job.said.scores|{leads.Count.ToString(CultureInfo.InvariantCulture)}|0", await world.As(Identity.Actor.System).Send(new RefreshLeadScores()));
    }

    [OnEveryDatabase]
    public async Task Every_term_says_why_in_both_languages(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.Db(db => db.Leads.Where(l => l.Status == LeadStatus.Open).Select(l => l.Id).FirstAsync());
        var culture = CultureInfo.CurrentUICulture;
        try
        {
            var said = new List<string>();
            foreach (var language in (string[])["zh-CN", "en"])
            {
                CultureInfo.CurrentUICulture = new CultureInfo(language);
                var card = await world.As("leader").Send(new ExplainLeadScore(id));
                Assert.Equal((100, 4), (card.Parts.Sum(p => p.Max), card.Parts.Count));
                Assert.All(card.Parts.SelectMany(p => p.Terms), t => Assert.DoesNotContain("score.", t.Why, StringComparison.Ordinal));
                said.Add(string.Join('\n', card.Parts.SelectMany(p => p.Terms).Select(t => t.Why)));
            }
            Assert.NotEqual(said[0], said[1]);
        }
        finally { CultureInfo.CurrentUICulture = culture; }
    }

    [OnEveryDatabase]
    public async Task Weights_make_up_100_are_the_administrators_and_hold_from_the_next_night(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var catalogue = world.Services.GetRequiredService<CatalogueSlot>();
        var request = new SetLeadScoreWeights { Field = 100 };
        await world.NotPermitted(() => request, "officer", "leader", "manager.park");
        await world.Refused(RefusalCode.WeightsMustAddUp, () => world.As("admin").Send(request with { Gap = 1 }));
        await world.Malformed(() => world.As("admin").Send(request with { Field = 101, Hub = -1, Steps = [] }), "field", "hub", "steps");
        await world.As("admin").Send(request);
        Assert.Equal((100, 6), ((await world.As("officer").Send(new GetLeadScoreWeights())).Field, catalogue.Current.LeadScore.Steps.Count));

        await world.As(Identity.Actor.System).Send(new RefreshLeadScores());
        Assert.Equal([100], await world.Db(db => db.Leads.Where(l => l.Status == LeadStatus.Open && l.Field == "MED").Select(l => l.Score).Distinct().ToListAsync()));
        // A new edition of the seeds leaves what a person has edited.
        await world.Db(db => ReferenceLoader.LoadAsync(db, Path.Combine(World.Seeds, "reference"), CancellationToken.None));
        Assert.Equal(100, (await world.Db(db => Catalogue.LoadAsync(db, CancellationToken.None))).LeadScore.Field);
    }

    [OnEveryDatabase]
    public async Task The_score_of_a_colleagues_lead_is_not_explained(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = await world.PersonAsync("officer");
        var id = await world.Db(db => db.Leads.Where(l => l.OwnerId == officer).Select(l => l.Id).FirstAsync());
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new ExplainLeadScore(id)));
        await world.NotPermitted(() => new ExplainLeadScore(id), "manager.park");
        await world.NotPermitted(() => new RefreshLeadScores(), "officer", "leader", "manager.park");
    }

    private static async Task<int> SameAsync(World world, Guid lead, string by = "officer")
    {
        var card = await world.As(by).Send(new ExplainLeadScore(lead));
        Assert.Equal(card.Total, card.Parts.Sum(p => p.Terms.Sum(t => t.Points)));
        Assert.Equal(card.Total, await world.Db(db => db.Leads.Where(l => l.Id == lead).Select(l => l.Score).SingleAsync()));
        return card.Total;
    }
}
