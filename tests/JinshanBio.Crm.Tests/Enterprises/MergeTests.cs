using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Tests.FirstTalks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Enterprises;

public sealed class MergeTests
{
    [OnEveryDatabase]
    public async Task What_hangs_on_the_other_record_moves_and_comes_back(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (winner, loser) = await TwoAsync(world);
        var lead = await world.As("officer").Send(Lead(loser));
        var note = await world.As("officer").Send(new AddNote { EnterpriseId = loser, Text = "老板爱打球" });
        var contact = await world.As("officer").Send(new AddContact { EnterpriseId = loser, Name = "李明" });
        var child = await world.As("officer").Send(new AddEnterprise { Name = "乙方下属有限公司", ParentId = loser });
        var versions = (await Version(world, winner), await Version(world, loser));
        await world.As("officer").Send(new MergeEnterprises { Id = winner, LoserId = loser, Version = versions.Item1, LoserVersion = versions.Item2, Take = { ["address"] = "loser" } });

        var merged = await world.As("officer").Send(new GetEnterprise(winner));
        Assert.Equal((lead, contact, child, "乙地"), (merged.Leads.Single().Id, merged.Contacts.Single().Id, merged.Children.Single().Id, merged.Address));
        Assert.Equal([(AliasKind.Other, "乙方生物有限公司")], merged.Aliases.Select(a => (a.Kind, a.Name)));
        Assert.Equal(winner, (await world.As("officer").Send(new GetEnterprise(loser))).MergedInto);
        Assert.Equal([winner], (await world.As("officer").Send(new ListEnterprises { Q = "乙方生物" })).Items.Select(e => e.Id));
        Assert.Equal([winner], (await world.As("officer2").Send(new FindDuplicates { Name = "乙方生物" })).Select(e => e.Id));
        Assert.DoesNotContain((await world.As("officer").Send(new ListEnterprises { Size = 200 })).Items, e => e.Id == loser);
        Assert.Contains((await world.As("officer").Send(new GetTimeline { EnterpriseId = winner })).Items, e => e is { Kind: TimelineKind.Noted, Text: "老板爱打球" });
        var undo = merged.Merges.Single();

        var later = await world.As("officer").Send(Lead(winner));
        await world.As("officer").Send(new UndoMerge(winner, undo.Id));
        var back = await world.As("officer").Send(new GetEnterprise(loser));
        Assert.Equal((lead, contact, child, "乙地", null), (back.Leads.Single().Id, back.Contacts.Single().Id, back.Children.Single().Id, back.Address, back.MergedInto));
        var stayed = await world.As("officer").Send(new GetEnterprise(winner));
        Assert.Equal((later, "甲地"), (stayed.Leads.Single().Id, stayed.Address));
        Assert.Empty(stayed.Aliases);
        Assert.Equal([loser], (await world.As("officer").Send(new ListEnterprises { Q = "乙方生物" })).Items.Select(e => e.Id));
        Assert.Equal(loser, await world.Db(db => db.EnterpriseNotes.Where(n => n.Id == note).Select(n => n.EnterpriseId).SingleAsync()));
        await world.Refused(RefusalCode.MergeUndone, () => world.As("officer").Send(new UndoMerge(winner, undo.Id)));
    }

    [OnEveryDatabase]
    public async Task Who_may_not_or_does_not_see_all_does_not_merge(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (winner, loser) = await TwoAsync(world);
        await world.As("officer2").Send(Lead(loser));
        var merge = new MergeEnterprises { Id = winner, LoserId = loser };
        await world.NotPermitted(() => merge, "leader", "manager.park");
        Assert.Equal(1, (await world.Refused(RefusalCode.MergeBeyondSight, () => world.As("officer").Send(merge))).Args[0]);
        await world.As("officer2").Send(merge);
        var id = (await world.As("officer2").Send(new GetEnterprise(winner))).Merges.Single().Id;
        await world.NotPermitted(() => new UndoMerge(winner, id), "leader", "manager.park");
        await world.Refused(RefusalCode.MergeBeyondSight, () => world.As("officer").Send(new UndoMerge(winner, id)));
        await world.As("admin").Send(new UndoMerge(winner, id));
    }

    [OnEveryDatabase]
    public async Task Wrong_merges_are_refused_with_their_reason(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (a, b) = await TwoAsync(world);
        var c = await world.As("officer").Send(new AddEnterprise { Name = "丙方科学有限公司" });
        var officer = world.As("officer");
        await world.Refused(RefusalCode.MergeSelf, () => officer.Send(new MergeEnterprises { Id = a, LoserId = a }));
        await world.Refused(RefusalCode.NotFound, () => officer.Send(new MergeEnterprises { Id = a, LoserId = Guid.NewGuid() }));
        await world.Refused(RefusalCode.StaleVersion, () => officer.Send(new MergeEnterprises { Id = a, LoserId = b, LoserVersion = 7 }));
        await world.Malformed(() => officer.Send(new MergeEnterprises { Id = a, LoserId = b, Take = { ["owner"] = "loser" } }), "take");
        await officer.Send(new MergeEnterprises { Id = b, LoserId = a });
        await world.Refused(RefusalCode.EnterpriseMerged, () => officer.Send(new MergeEnterprises { Id = c, LoserId = a }));
        await world.Refused(RefusalCode.EnterpriseMerged, () => officer.Send(new MergeEnterprises { Id = a, LoserId = c }));
        await world.Refused(RefusalCode.EnterpriseMerged, () => officer.Send(Lead(a)));
        await world.Refused(RefusalCode.EnterpriseMerged, () => officer.Send(new AddContact { EnterpriseId = a, Name = "李明" }));
        await world.Refused(RefusalCode.EnterpriseMerged, () => officer.Send(new EditEnterprise { Id = a, Name = "改名" }));

        // A into B into C: the first is undone after the second only.
        var first = (await officer.Send(new GetEnterprise(b))).Merges.Single().Id;
        await officer.Send(new MergeEnterprises { Id = c, LoserId = b });
        await world.Refused(RefusalCode.EnterpriseMerged, () => officer.Send(new UndoMerge(b, first)));
        await officer.Send(new UndoMerge(c, (await officer.Send(new GetEnterprise(c))).Merges.Single().Id));
        await officer.Send(new UndoMerge(b, first));
    }

    [OnEveryDatabase]
    public async Task A_merge_is_undone_within_thirty_days_and_over_no_later_change(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (winner, loser) = await TwoAsync(world);
        await world.As("officer").Send(new MergeEnterprises { Id = winner, LoserId = loser, Take = { ["address"] = "loser" } });
        var id = (await world.As("officer").Send(new GetEnterprise(winner))).Merges.Single().Id;
        await world.As("officer2").Send(new EditEnterprise { Id = winner, Name = "甲方生物有限公司", Address = "丙地" });
        Assert.Equal("address", (await world.Refused(RefusalCode.MergeChanged, () => world.As("officer").Send(new UndoMerge(winner, id)))).Field);
        await world.As("officer2").Send(new EditEnterprise { Id = winner, Name = "甲方生物有限公司", Address = "乙地" });
        world.Clock.Advance(TimeSpan.FromDays(31));
        await world.Refused(RefusalCode.MergeTooOld, () => world.As("officer").Send(new UndoMerge(winner, id)));
        Assert.Empty((await world.As("officer").Send(new GetEnterprise(winner))).Merges);
    }

    [OnEveryDatabase]
    public async Task A_right_of_first_talk_goes_along_and_comes_back_and_two_on_one_intent_are_not_merged(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (winner, loser) = await TwoAsync(world);
        var lead = await world.As("officer").Send(Lead(loser));
        await world.As("officer").Send(world.Registration(lead));
        Task<Guid> Holder(Guid ofLead) => world.Db(db => db.FirstTalks.Where(t => t.LeadId == ofLead).Select(t => t.EnterpriseId).SingleAsync());

        await world.As("officer").Send(new MergeEnterprises { Id = winner, LoserId = loser });
        Assert.Equal(winner, await Holder(lead));
        await world.As("officer").Send(new UndoMerge(winner, (await world.As("officer").Send(new GetEnterprise(winner))).Merges.Single().Id));
        Assert.Equal(loser, await Holder(lead));
        Assert.True((await world.TalkAsync("officer", lead)).IsIntact);

        var theirs = await world.As("officer2").Send(Lead(winner));
        await world.As("officer2").Send(world.Registration(theirs));
        await world.Refused(RefusalCode.MergeRightsClash, () => world.As("admin").Send(new MergeEnterprises { Id = winner, LoserId = loser }));
    }

    [OnEveryDatabase]
    public async Task The_loser_gives_its_credit_code_and_a_second_one_still_leads_to_the_winner(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        string one = CreditCode.Complete("91310116MA0MRG001"), two = CreditCode.Complete("91310116MA0MRG002");
        var a = await world.As("officer").Send(new AddEnterprise { Name = "甲方生物有限公司" });
        var b = await world.As("officer").Send(new AddEnterprise { Name = "乙方生物有限公司", CreditCode = one });
        var c = await world.As("officer").Send(new AddEnterprise { Name = "丙方生物有限公司", CreditCode = two });
        await world.As("officer").Send(new MergeEnterprises { Id = a, LoserId = b });
        Assert.Equal(one, (await world.As("officer").Send(new GetEnterprise(a))).CreditCode);
        await world.As("officer").Send(new MergeEnterprises { Id = a, LoserId = c });
        Assert.Equal([a], (await world.As("officer").Send(new ListEnterprises { Q = two })).Items.Select(e => e.Id));
        var taken = await world.Refused(RefusalCode.EnterpriseExists, () => world.As("officer").Send(new AddEnterprise { Name = "全新名称", CreditCode = two }));
        Assert.Equal("甲方生物有限公司", taken.Args[1]);
    }

    [OnEveryDatabase]
    public async Task Of_two_merges_at_once_one_wins_and_nothing_is_lost(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (a, b) = await TwoAsync(world);
        var lead = await world.As("officer").Send(Lead(b));
        var tries = await Task.WhenAll(Try(a, b), Try(b, a));
        Assert.Single(tries, t => t is null);
        Assert.Single(tries, t => t == RefusalCode.EnterpriseMerged);
        var standing = tries[0] is null ? a : b;
        Assert.Equal(lead, (await world.As("officer").Send(new GetEnterprise(standing))).Leads.Single().Id);

        async Task<RefusalCode?> Try(Guid winner, Guid loser)
        {
            try
            {
                await world.As("officer").Send(new MergeEnterprises { Id = winner, LoserId = loser });
                return null;
            }
            catch (Refusal refusal)
            {
                return refusal.Code;
            }
        }
    }

    [OnEveryDatabase]
    public async Task Nobody_comes_to_stand_above_oneself_not_even_two_at_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (a, b) = await TwoAsync(world);
        EditEnterprise Below(Guid id, string name, Guid parent) => new() { Id = id, Name = name, ParentId = parent };
        await world.Refused(RefusalCode.ParentLoop, () => world.As("officer").Send(Below(a, "甲方生物有限公司", a)));
        var tries = await Task.WhenAll(Try(Below(a, "甲方生物有限公司", b)), Try(Below(b, "乙方生物有限公司", a)));
        Assert.Single(tries, t => t);
        var top = tries[0] ? b : a;
        var c = await world.As("officer").Send(new AddEnterprise { Name = "丙方科学有限公司", ParentId = tries[0] ? a : b });
        await world.Refused(RefusalCode.ParentLoop, () => world.As("officer").Send(Below(top, tries[0] ? "乙方生物有限公司" : "甲方生物有限公司", c)));
        // Merging the middle away must not close a circle either: the one at the bottom may not swallow the one at the top and stand below itself.
        await world.Refused(RefusalCode.ParentLoop, () => world.As("officer").Send(new MergeEnterprises { Id = c, LoserId = top }));

        async Task<bool> Try(EditEnterprise edit)
        {
            try
            {
                await world.As("officer").Send(edit);
                return true;
            }
            catch (Refusal refusal) when (refusal.Code == RefusalCode.ParentLoop)
            {
                return false;
            }
        }
    }

    private static CreateLead Lead(Guid enterprise) => new() { EnterpriseId = enterprise, Field = "MED", Source = LeadSource.Visit, ExpectedInvestment = 1 };

    private static Task<int> Version(World world, Guid id) => world.Db(db => db.Enterprises.Where(e => e.Id == id).Select(e => e.Version).SingleAsync());

    private static async Task<(Guid Winner, Guid Loser)> TwoAsync(World world)
        => (await world.As("officer").Send(new AddEnterprise { Name = "甲方生物有限公司", Address = "甲地" }), await world.As("officer").Send(new AddEnterprise { Name = "乙方生物有限公司", Address = "乙地" }));
}
