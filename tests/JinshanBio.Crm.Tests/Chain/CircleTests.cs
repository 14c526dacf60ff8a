using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Enterprises;
using JinshanBio.Crm.Exports;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Leads;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Chain;

public sealed class CircleTests
{
    private static Task<Guid> Firm(World world, string name) => world.Db(db => db.Enterprises.Where(e => e.Name.Contains(name)).Select(e => e.Id).SingleAsync());

    private static AddPartner Partner(Guid leader, Guid partner, PartnerRole relation = PartnerRole.Supplier) => new() { LeaderId = leader, PartnerId = partner, Relation = relation, Link = "CMN-07", Supply = "滤芯", KnownFrom = "走访" };

    [OnEveryDatabase]
    public async Task Leaders_are_listed_with_the_part_of_their_circle_that_is_here(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        foreach (var person in (string[])["officer", "leader", "admin"])
        {
            var leaders = await world.As(person).Send(new ListLeaders());
            Assert.Equal(leaders.Total, leaders.Items.Count);
            var local = leaders.Items[0];
            Assert.Contains("金曙", local.Name);
            Assert.Equal((Standing.Here, 4, 2), (local.Standing, local.Partners, local.PartnersHere));
            Assert.Equal(["MED-07", "MED-10"], local.Links);
            Assert.Equal(local.Suppliers.Links + local.Customers.Links,
                local.Suppliers.Here + local.Suppliers.Coming + local.Suppliers.Missing + local.Customers.Here + local.Customers.Coming + local.Customers.Missing);
            Assert.Contains(leaders.Items, l => l.Name.Contains("澄屿") && l.Standing == Standing.Here);
        }
        await world.Refused(RefusalCode.NotPermitted, () => world.As("manager.park").Send(new ListLeaders()));
        await world.Malformed(() => world.As("officer").Send(new ListLeaders { Size = 0 }), "size");
    }

    [OnEveryDatabase]
    public async Task The_circle_tells_who_is_here_and_coming_and_names_only_projects_that_the_person_sees(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var leader = await Firm(world, "金曙");
        var all = await world.As("leader").Send(new GetCircle(leader));
        var media = all.Suppliers.Rows.Single(r => r.Link == "CMN-06");
        Assert.True(media.IsCritical);
        Assert.Contains(media.Here, n => n.Name.Contains("延培") && n.ProjectId is null);
        Assert.Equal(["MED-07", "MED-10"], media.What.Select(w => w.Link).Order(StringComparer.Ordinal));
        Assert.Equal(all.Suppliers.Rows.OrderByDescending(r => r.IsCritical).ThenBy(r => r.Link, StringComparer.Ordinal).Select(r => r.Link), all.Suppliers.Rows.Select(r => r.Link));
        Assert.Contains(all.Customers.Rows, r => r.Link == "MED-13");

        // The plant for single-use material is the officer's project; the other officer learns that there is one.
        CircleRow Consumables(CircleRecord circle) => circle.Suppliers.Rows.Single(r => r.Link == "MED-03");
        Assert.Equal(0, Consumables(all).HereMore);
        var own = Consumables(await world.As("officer").Send(new GetCircle(leader)));
        var other = Consumables(await world.As("officer2").Send(new GetCircle(leader)));
        Assert.Equal((1, 0), (own.Here.Count, own.HereMore));
        Assert.Equal((0, 1), (other.Here.Count, other.HereMore));
        Assert.Equal((own.State, own.Gap, own.Leads), (other.State, other.Gap, other.Leads));

        await world.Refused(RefusalCode.NotPermitted, () => world.As("manager.park").Send(new GetCircle(leader)));
        // A firm that leads nothing has no circle.
        var firm = await Firm(world, "延培");
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(new GetCircle(firm)));
    }

    [OnEveryDatabase]
    public async Task An_officer_records_and_removes_partners_and_the_audit_trail_keeps_both(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (leader, firm, plain) = (await Firm(world, "金曙"), await Firm(world, "Northlake"), await Firm(world, "延培"));
        var officer = world.As("officer");
        var id = await officer.Send(Partner(leader, firm));
        var row = (await officer.Send(new GetCircle(leader))).Partners.Single(p => p.Id == id);
        Assert.Equal(("滤芯", Standing.Away, "陆知遥", "CMN-07"), (row.Supply, row.Standing, row.By, row.Link));

        await world.Refused(RefusalCode.PartnerKnown, () => officer.Send(Partner(leader, firm)));
        await officer.Send(Partner(leader, firm, PartnerRole.Customer));
        await world.Refused(RefusalCode.PartnerSelf, () => officer.Send(Partner(leader, leader)));
        await world.Refused(RefusalCode.PartnerNotLeader, () => officer.Send(Partner(plain, firm)));
        await world.Refused(RefusalCode.UnknownLink, () => officer.Send(Partner(leader, firm) with { Link = "XXX-1" }));
        await world.Refused(RefusalCode.NotFound, () => officer.Send(Partner(leader, Guid.NewGuid())));
        await world.Refused(RefusalCode.NotPermitted, () => world.As("leader").Send(Partner(leader, plain)));
        await world.Malformed(() => officer.Send(Partner(leader, firm) with { Supply = "", KnownFrom = "" }), "supply", "knownFrom");

        await world.Refused(RefusalCode.NotFound, () => officer.Send(new RemovePartner(plain, id)));
        await world.Refused(RefusalCode.NotPermitted, () => world.As("leader").Send(new RemovePartner(leader, id)));
        await officer.Send(new RemovePartner(leader, id));
        Assert.DoesNotContain((await officer.Send(new GetCircle(leader))).Partners, p => p.Id == id);
        Assert.Equal(3, await world.Db(db => db.AuditRecords.CountAsync(a => a.Subject == "Enterprise.Partner" && a.SubjectId == leader && a.Changes.Contains(firm.ToString()))));
    }

    [OnEveryDatabase]
    public async Task Whom_to_invite_begins_with_partners_who_are_not_here_and_says_who_is_at_it_already(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var leader = await Firm(world, "金曙");
        var own = await world.As("officer").Send(new ListInvitations(leader));
        Assert.Equal(["无锡策源生物装备有限公司", "上海绮原医美材料科技有限公司"], own.Rows.TakeWhile(r => r.IsNamed).Select(r => r.Name));
        Assert.All(own.Rows.Where(r => r.IsNamed), r => Assert.NotEmpty(r.Leads));
        Assert.Contains("采购2000 L 一次性生物反应器", own.Rows[0].Reason);
        // Known by its link alone; and none who is here or comes.
        var known = own.Rows.Single(r => r.Name.Contains("甘棠"));
        Assert.Equal((PartnerRole.Customer, "AGR-13"), (known.Relation, known.Link));
        Assert.DoesNotContain(own.Rows, r => r.Name.Contains("延培") || r.Name.Contains("Rheintal") || r.EnterpriseId == leader);
        Assert.Equal(own.Rows.Count, own.Rows.DistinctBy(r => r.EnterpriseId).Count());

        // A colleague sees that it is followed, by whom, and not what.
        var other = (await world.As("officer2").Send(new ListInvitations(leader))).Rows[0];
        Assert.Empty(other.Leads);
        Assert.Equal(["陆知遥"], other.FollowedBy);
        Assert.Equal("陆知遥", (await world.As("leader").Send(new ListInvitations(leader))).Rows[0].Leads[0].Owner);
        await world.Refused(RefusalCode.NotPermitted, () => world.As("manager.park").Send(new ListInvitations(leader)));

        var file = await world.As("officer").Send(new ExportInvitations { Leader = leader });
        Assert.Equal(own.Rows.Count, file.Rows);
        await file.Content.DisposeAsync();
        await world.Refused(RefusalCode.NotPermitted, () => world.As("manager.park").Send(new ExportInvitations { Leader = leader }));
    }

    [OnEveryDatabase]
    public async Task A_lead_under_a_code_name_is_told_to_nobody_beside_the_name_who_may_not_know_it(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (leader, firm) = (await Firm(world, "金曙"), await Firm(world, "启枢"));
        await world.As("officer").Send(Partner(leader, firm));
        var named = (await world.As("officer").Send(new ListInvitations(leader))).Rows.Single(r => r.EnterpriseId == firm);
        Assert.Equal(["顾晓岑"], named.FollowedBy);
        var officer = await world.FindAsync("officer");
        var blind = new Actor { Id = officer.Id, UserName = officer.UserName, DisplayName = officer.DisplayName, Permissions = officer.Permissions.Where(p => p != Permission.RealNames).ToHashSet() };
        Assert.Empty((await world.As(blind).Send(new ListInvitations(leader))).Rows.Single(r => r.EnterpriseId == firm).FollowedBy);
    }

    [OnEveryDatabase]
    public async Task A_merge_takes_partners_along_and_its_undoing_gives_them_back(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (leader, one, two) = (await Firm(world, "金曙"), await Firm(world, "Northlake"), await Firm(world, "启枢"));
        var admin = world.As("admin");
        var kept = await admin.Send(Partner(leader, two, PartnerRole.Customer));
        var clashing = await admin.Send(Partner(leader, one, PartnerRole.Customer));
        var moving = await admin.Send(Partner(leader, one));
        async Task<Dictionary<Guid, Guid>> Partners() => await world.Db(db => db.Partners.Where(p => p.LeaderId == leader).ToDictionaryAsync(p => p.Id, p => p.PartnerId));
        var before = await Partners();

        var merge = await admin.Send(new MergeEnterprises { Id = two, LoserId = one });
        var seen = (await admin.Send(new GetCircle(leader))).Partners;
        Assert.Equal(two, seen.Single(p => p.Id == moving).PartnerId);
        Assert.Contains(seen, p => p.Id == kept);
        // What both had stands once.
        Assert.DoesNotContain(seen, p => p.Id == clashing);

        await admin.Send(new UndoMerge(two, merge));
        Assert.Equal(before, await Partners());
    }

    [OnEveryDatabase]
    public async Task A_partner_that_is_merged_into_its_own_leader_is_nobodys_partner_until_that_is_undone(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (leader, firm) = (await Firm(world, "金曙"), await Firm(world, "Northlake"));
        var admin = world.As("admin");
        var partner = await admin.Send(Partner(leader, firm));
        var merge = await admin.Send(new MergeEnterprises { Id = leader, LoserId = firm });
        Assert.DoesNotContain((await admin.Send(new GetCircle(leader))).Partners, p => p.Id == partner);
        await world.Refused(RefusalCode.EnterpriseMerged, () => admin.Send(Partner(leader, firm, PartnerRole.Customer)));
        await admin.Send(new UndoMerge(leader, merge));
        Assert.Contains((await admin.Send(new GetCircle(leader))).Partners, p => p.Id == partner && p.PartnerId == firm);

        // The other way round the lines of the leader go along.
        var count = await world.Db(db => db.Partners.CountAsync(p => p.LeaderId == leader));
        var back = await admin.Send(new MergeEnterprises { Id = firm, LoserId = leader, Take = { ["isChainLeader"] = MergeEnterprises.Loser } });
        Assert.Equal(count - 1, (await admin.Send(new GetCircle(firm))).Partners.Count);
        await admin.Send(new UndoMerge(firm, back));
        Assert.Equal(count, (await admin.Send(new GetCircle(leader))).Partners.Count);
    }

    [OnEveryDatabase]
    public async Task Of_two_who_record_the_same_partner_at_once_one_is_told_that_it_is_known(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (leader, firm) = (await Firm(world, "金曙"), await Firm(world, "Northlake"));
        async Task<RefusalCode?> Try(string person)
        {
            try { await world.As(person).Send(Partner(leader, firm)); return null; }
            catch (Refusal refusal) { return refusal.Code; }
        }
        var answers = await Task.WhenAll(Try("officer"), Try("officer2"));
        Assert.Equal([null, RefusalCode.PartnerKnown], answers.Order());
    }

    [OnEveryDatabase]
    public async Task The_link_of_an_invitation_fits_a_new_lead(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var leader = await Firm(world, "金曙");
        var rows = (await world.As("officer2").Send(new ListInvitations(leader))).Rows;
        Assert.Contains(rows, r => r.LeadLinks.Count == 1 && r.LeadLinks[0].StartsWith("CMN", StringComparison.Ordinal) && r.LeadField == "MED");
        foreach (var row in rows)
            await world.As("officer2").Send(new CreateLead { EnterpriseId = row.EnterpriseId, Field = row.LeadField, Links = [.. row.LeadLinks], Source = LeadSource.Tenant, ExpectedInvestment = 1_000_000, Note = row.Reason });
    }
}
