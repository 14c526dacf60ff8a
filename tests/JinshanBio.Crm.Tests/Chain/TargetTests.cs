using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Leads;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Chain;

public sealed class TargetTests
{
    /// <summary>Makes fibres; nobody is in contact with it.</summary>
    private const string Free = "浙江禾沐纤维股份有限公司";

    [OnEveryDatabase]
    public async Task Candidates_are_those_that_are_not_here_and_each_counts_what_is_left(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var list = await world.As("officer").Send(new ListSuggestions { Size = 200 });
        Assert.Equal(list.Total, list.Items.Count);
        Assert.Equal(Enumerable.Range(1, list.Total), list.Items.Select(i => i.Rank));
        Assert.Equal((double)list.Closes, (double)list.Items.Sum(i => i.Closes), 1.0);
        Assert.InRange(list.Closes, 1, list.Gap);
        var away = await world.Db(async db => (await db.Presences.Where(p => p.To == ChainMap.Open).Select(p => p.EnterpriseId).ToListAsync()).Concat(await db.Projects.Where(p => !p.IsClosed).Select(p => p.EnterpriseId).ToListAsync()).ToHashSet());
        Assert.DoesNotContain(list.Items, i => away.Contains(i.EnterpriseId));
        var gaps = (await world.As("officer").Send(new ListGaps())).ToDictionary(g => g.Link);
        // The first who touches a link finds its whole gap, the next what that one left.
        foreach (var link in list.Items.SelectMany(i => i.Closing).GroupBy(c => c.Link))
        {
            Assert.Equal((double)gaps[link.Key].WeightedGap, (double)link.First().Before, 1.0);
            Assert.All(link.Zip(link.Skip(1)), pair => Assert.Equal((double)pair.First.After, (double)pair.Second.Before, 1.0));
        }
        Assert.Equal(list.Items.Skip(2).Take(2).Select(i => i.EnterpriseId), (await world.As("officer").Send(new ListSuggestions { Page = 2, Size = 2 })).Items.Select(i => i.EnterpriseId));
    }

    [OnEveryDatabase]
    public async Task The_list_is_narrowed_by_field_link_and_park(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var energy = await world.As("officer").Send(new ListSuggestions { Field = "ENE" });
        var ofEnergy = (await world.As("officer").Send(new GetCoverage { Field = "ENE" })).Rows.Select(r => r.Link).ToHashSet();
        Assert.All(energy.Items, i => Assert.All(i.Closing, c => Assert.Contains(c.Link, ofEnergy)));
        Assert.NotEmpty(energy.Items);
        var link = (await world.As("officer").Send(new ListSuggestions())).Items[0].Closing[0].Link;
        var one = await world.As("officer").Send(new ListSuggestions { Link = link });
        Assert.All(one.Items, i => Assert.Equal(link, Assert.Single(i.Closing).Link));
        Assert.Equal((await world.As("officer").Send(new ListGaps())).Single(g => g.Link == link).WeightedGap, one.Gap);
        var park = await world.Db(db => db.Parks.Where(p => p.LayoutSlot != null).OrderBy(p => p.Code).Select(p => new { p.Id, p.LayoutSlot, p.Fields }).FirstAsync());
        Assert.True((await world.As("officer").Send(new ListSuggestions { Park = park.Id })).Candidates <= (await world.As("officer").Send(new ListSuggestions())).Candidates);
        await world.Refused(RefusalCode.UnknownLink, () => world.As("officer").Send(new ListSuggestions { Link = "XXX-01" }));
        await world.Refused(RefusalCode.UnknownFieldCode, () => world.As("officer").Send(new ListSuggestions { Field = "XXX" }));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(new ListSuggestions { Park = Guid.NewGuid() }));
    }

    [OnEveryDatabase]
    public async Task A_lead_is_made_with_the_reason_written_in_and_the_gaps_are_kept(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.EnterpriseAsync(Free);
        var row = await RowAsync(world, "officer", id);
        Assert.Null(row.Contact);
        var lead = await world.As("officer").Send(new GetLead(await world.As("officer").Send(new CreateLeadFromTarget { EnterpriseId = id, Note = "展会上见过", NextFollowUp = new DateTime(2026, 12, 1, 9, 0, 0) })));
        Assert.Equal((id, LeadSource.Platform, "陆知遥", LeadStatus.Open), (lead.EnterpriseId, lead.Source, lead.OwnerName, lead.Status));
        Assert.NotNull(lead.NextFollowUp);
        Assert.All(lead.Links, l => Assert.Contains(row.Closing, c => c.Link == l));
        Assert.StartsWith("展会上见过", lead.Note, StringComparison.Ordinal);
        foreach (var closing in row.Closing.Where(c => c.Closes > 0)) Assert.Contains($"{closing.Link} {closing.Name}", lead.Note, StringComparison.Ordinal);

        var target = await world.Db(db => db.ChainTargets.Include(t => t.Links).SingleAsync(t => t.LeadId == lead.Id));
        Assert.Equal((id, null, target.Links.Sum(l => l.Closes)), (target.EnterpriseId, target.DismissedAt, target.Closes));
        Assert.Equal((double)row.Alone, (double)target.Closes, 1.0);
        var gaps = (await world.As("officer").Send(new ListGaps())).ToDictionary(g => g.Link, g => g.WeightedGap);
        Assert.All(target.Links, l => Assert.Equal((double)gaps[l.Link], (double)l.Gap, 1.0));
        Assert.Equal((row.EnterpriseId, true), (target.EnterpriseId, (await RowAsync(world, "officer", id)).Contact is { IsMine: true }));
    }

    [OnEveryDatabase]
    public async Task Whoever_is_in_contact_is_told_and_no_second_lead_is_made(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.EnterpriseAsync(Free);
        var lead = await world.As("officer").Send(new CreateLeadFromTarget { EnterpriseId = id });
        var theirs = (await RowAsync(world, "officer2", id)).Contact!;
        Assert.Equal(("陆知遥", false, null, null), (theirs.Owner, theirs.IsMine, theirs.LeadId, theirs.LeadNumber));
        Assert.Equal(lead, (await RowAsync(world, "leader", id)).Contact!.LeadId);
        var refusal = await world.Refused(RefusalCode.TargetInContact, () => world.As("officer2").Send(new CreateLeadFromTarget { EnterpriseId = id }));
        Assert.Equal(Free, refusal.Args[0]);
        await world.Refused(RefusalCode.TargetInContact, () => world.As("officer").Send(new CreateLeadFromTarget { EnterpriseId = id }));
        // Once the lead is dropped, somebody may try again.
        await world.As("officer").Send(new DropLead { Id = lead, Reason = "没有意向" });
        Assert.Null((await RowAsync(world, "officer2", id)).Contact);
        Assert.NotEqual(lead, await world.As("officer2").Send(new CreateLeadFromTarget { EnterpriseId = id }));
    }

    [OnEveryDatabase]
    public async Task Of_two_who_go_for_one_target_at_once_one_gets_the_lead(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.EnterpriseAsync(Free);
        async Task<bool> Won(string userName)
        {
            try { await world.As(userName).Send(new CreateLeadFromTarget { EnterpriseId = id }); return true; }
            catch (Refusal refusal) when (refusal.Code == RefusalCode.TargetInContact) { return false; }
        }
        Assert.Single(await Task.WhenAll(Won("officer"), Won("officer2"), Won("admin")), won => won);
        Assert.Equal((1, 1), await world.Db(async db => (await db.Leads.CountAsync(l => l.EnterpriseId == id), await db.ChainTargets.CountAsync(t => t.EnterpriseId == id))));
    }

    [OnEveryDatabase]
    public async Task What_is_here_what_closes_nothing_and_what_is_unknown_is_refused(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.Refused(RefusalCode.TargetIsHere, async () => await world.As("officer").Send(new CreateLeadFromTarget { EnterpriseId = await world.Db(db => db.Enterprises.Where(e => e.Name.Contains("延培")).Select(e => e.Id).SingleAsync()) }));
        var plain = await world.As("officer").Send(new AddEnterprise { Name = "青浦某某百货有限公司" });
        await world.Refused(RefusalCode.TargetClosesNothing, () => world.As("officer").Send(new CreateLeadFromTarget { EnterpriseId = plain }));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(new CreateLeadFromTarget { EnterpriseId = Guid.NewGuid() }));
        await world.Refused(RefusalCode.UnknownFieldCode, async () => await world.As("officer").Send(new CreateLeadFromTarget { EnterpriseId = await world.EnterpriseAsync(Free), Field = "XXX" }));
        await world.Malformed(() => world.As("officer").Send(new DismissTarget { EnterpriseId = plain, Reason = "" }), "reason");
        await world.Refused(RefusalCode.Invalid, () => world.As("officer").Send(new DismissTarget { EnterpriseId = plain, Reason = "太小", Until = new DateOnly(2026, 11, 20) }));
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(new DismissTarget { EnterpriseId = Guid.NewGuid(), Reason = "太小" }));
        Assert.Equal(0, await world.Db(db => db.ChainTargets.CountAsync()));
    }

    [OnEveryDatabase]
    public async Task What_does_not_suit_stays_away_until_its_day_or_until_it_is_put_back(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.EnterpriseAsync(Free);
        async Task<bool> Listed() => (await world.As("officer2").Send(new ListSuggestions { Size = 200 })).Items.Any(i => i.EnterpriseId == id);
        Assert.True(await Listed());
        await world.As("officer").Send(new DismissTarget { EnterpriseId = id, Reason = "环保不达标" });
        await world.As("officer").Send(new DismissTarget { EnterpriseId = id, Reason = "明年再看", Until = new DateOnly(2026, 12, 1) });
        Assert.False(await Listed());
        var away = (await world.As("leader").Send(new ListDismissedTargets())).Items.Single();
        Assert.Equal((id, "明年再看", new DateOnly(2026, 12, 1), "陆知遥"), (away.EnterpriseId, away.Reason, away.Until, away.By));
        world.Clock.Advance(TimeSpan.FromDays(12));
        Assert.True(await Listed());
        Assert.Empty((await world.As("leader").Send(new ListDismissedTargets())).Items);
        await world.As("officer").Send(new DismissTarget { EnterpriseId = id, Reason = "不考虑" });
        Assert.False(await Listed());
        await world.As("officer2").Send(new ReturnTarget(id));
        await world.As("officer2").Send(new ReturnTarget(id));
        Assert.True(await Listed());
        // What was decided stays on record.
        Assert.Equal(3, await world.Db(db => db.ChainTargets.CountAsync(t => t.EnterpriseId == id && t.ReturnedAt != null)));
    }

    [OnEveryDatabase]
    public async Task Officers_and_administrators_act_leaders_read_and_others_have_none_of_it(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.EnterpriseAsync(Free);
        await world.NotPermitted(() => new ListSuggestions(), "manager.park", "reviewer");
        await world.NotPermitted(() => new ListDismissedTargets(), "manager.park", "reviewer");
        await world.NotPermitted(() => new CreateLeadFromTarget { EnterpriseId = id }, "leader", "manager.park", "reviewer");
        await world.NotPermitted(() => new DismissTarget { EnterpriseId = id, Reason = "太小" }, "leader", "manager.park", "reviewer");
        await world.NotPermitted(() => new ReturnTarget(id), "leader", "manager.park", "reviewer");
        Assert.Equal((await world.As("leader").Send(new ListSuggestions())).Items.Select(i => (i.EnterpriseId, i.Closes)), (await world.As("officer2").Send(new ListSuggestions())).Items.Select(i => (i.EnterpriseId, i.Closes)));
        await world.As("admin").Send(new DismissTarget { EnterpriseId = id, Reason = "太小" });
    }

    [OnEveryDatabase]
    public async Task Neighbours_are_named_only_where_their_projects_are_seen(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var all = (await world.As("leader").Send(new ListSuggestions { Size = 200 })).Items.SelectMany(i => i.Supplies.Concat(i.Buys)).DistinctBy(n => n.Link).ToDictionary(n => n.Link);
        Assert.All(all.Values, n => Assert.Equal(0, n.Hidden));
        foreach (var userName in (string[])["officer", "officer2"])
        {
            var owner = await world.PersonAsync(userName);
            var own = await world.Db(db => db.Projects.Where(p => p.OwnerId == owner).Select(p => p.Id).ToListAsync());
            var seen = (await world.As(userName).Send(new ListSuggestions { Size = 200 })).Items.SelectMany(i => i.Supplies.Concat(i.Buys)).DistinctBy(n => n.Link).ToList();
            Assert.All(seen.SelectMany(n => n.Names).Where(n => n.Path.StartsWith("/projects/", StringComparison.Ordinal)), n => Assert.Contains(Guid.Parse(n.Path[10..]), own));
            Assert.All(seen, n => Assert.Equal(all[n.Link].Names.Count + all[n.Link].More, n.Names.Count + n.More + n.Hidden));
        }
    }

    [OnEveryDatabase]
    public async Task What_stands_behind_a_code_name_is_not_connected_to_its_enterprise_for_whoever_may_not_know(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await world.EnterpriseAsync(Free);
        await world.As("officer2").Send(new CreateLead { EnterpriseId = id, Field = "MAT", Source = LeadSource.Fund, CodeName = "白鹿计划", Confidentiality = Confidentiality.Confidential });
        var officer = await world.FindAsync("officer");
        var guest = new Identity.Actor { Id = officer.Id, UserName = officer.UserName, DisplayName = officer.DisplayName, Unit = officer.Unit, Permissions = officer.Permissions.Where(p => p != Identity.Permission.RealNames).ToHashSet() };
        Assert.Null((await world.As(guest).Send(new ListSuggestions { Size = 200 })).Items.Single(i => i.EnterpriseId == id).Contact);
        var known = (await RowAsync(world, "officer", id)).Contact!;
        Assert.Equal(("顾晓岑", null), (known.Owner, known.LeadNumber));
        Assert.Equal("顾晓岑", (await RowAsync(world, "officer2", id)).Contact!.Owner);
        // The second lead is no leak either: it is made, as it would be without this page.
        Assert.NotEqual(Guid.Empty, await world.As(guest).Send(new CreateLeadFromTarget { EnterpriseId = id }));
    }

    [OnEveryDatabase]
    public async Task Targets_go_with_their_enterprise_when_it_is_merged_and_come_back(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var loser = await world.EnterpriseAsync(Free);
        var winner = await world.As("officer").Send(new AddEnterprise { Name = "青浦另一家有限公司" });
        var lead = await world.As("officer").Send(new CreateLeadFromTarget { EnterpriseId = loser });
        var merge = await world.As("officer").Send(new MergeEnterprises { Id = winner, LoserId = loser, Take = { ["industryCode"] = "loser", ["scope"] = "loser" } });
        var merged = await world.As("officer").Send(new GetEnterprise(winner));
        Assert.Equal(("2831", true), (merged.IndustryCode, merged.Scope?.StartsWith("PTT", StringComparison.Ordinal)));
        Assert.Equal(winner, await world.Db(db => db.ChainTargets.Where(t => t.LeadId == lead).Select(t => t.EnterpriseId).SingleAsync()));
        await world.As("officer").Send(new UndoMerge(winner, merge));
        Assert.Equal(loser, await world.Db(db => db.ChainTargets.Where(t => t.LeadId == lead).Select(t => t.EnterpriseId).SingleAsync()));
        Assert.Null((await world.As("officer").Send(new GetEnterprise(winner))).Scope);
        Assert.Equal("2831", (await world.As("officer").Send(new GetEnterprise(loser))).IndustryCode);
    }

    private static async Task<SuggestionRow> RowAsync(World world, string userName, Guid id) => (await world.As(userName).Send(new ListSuggestions { Size = 200 })).Items.Single(i => i.EnterpriseId == id);
}
