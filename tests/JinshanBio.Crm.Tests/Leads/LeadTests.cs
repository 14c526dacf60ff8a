using System.Globalization;
using JinshanBio.Crm.Audit;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Enterprises;
using JinshanBio.Crm.Domain.FollowUps;
using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Stages;
using JinshanBio.Crm.FollowUps;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Leads;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Leads;

public sealed class LeadTests
{
    private static CreateLead NewLead(string name = "上海望舒生物科技有限公司") => new()
    {
        Enterprise = new NewEnterprise { Name = name }, Field = "MED", Links = ["MED-07", "CMN-05"], Source = LeadSource.Event, ExpectedInvestment = 50_000_000m,
    };

    [OnEveryDatabase]
    public async Task A_lead_is_captured_with_a_new_enterprise_and_its_first_follow_up(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var code = CreditCode.Complete("91310116MA0DEM990");
        var request = NewLead() with { CodeName = " 启明 ", Note = "首次接触", NextFollowUp = new DateTime(2026, 11, 25, 10, 0, 0) };
        request.Enterprise!.CreditCode = code.ToLowerInvariant();
        var lead = await world.As("officer").Send(new GetLead(await world.As("officer").Send(request)));

        Assert.Equal("XS-2026-00022", lead.Number);
        Assert.Equal((1, "上海望舒生物科技有限公司", code, "启明", "启明"), (lead.Version, lead.EnterpriseName, lead.CreditCode, lead.CodeName, lead.Title));
        Assert.Equal(["CMN-05", "MED-07"], lead.Links);
        Assert.Equal((50_000_000m, "首次接触", "陆知遥", Stage.Lead, LeadStatus.Open), (lead.ExpectedInvestment, lead.Note, lead.OwnerName, lead.Stage, lead.Status));
        var move = Assert.Single(lead.History);
        Assert.Equal((null, Stage.Lead, world.Clock.Now, "陆知遥"), (move.From, move.To, move.At, move.By));
        var followUp = Assert.Single(lead.FollowUps);
        Assert.Equal(new DateTime(2026, 11, 25, 2, 0, 0, DateTimeKind.Utc), followUp.DueAt);
        Assert.Equal(followUp.DueAt, lead.NextFollowUp);
    }

    [OnEveryDatabase]
    public async Task A_lead_of_a_known_enterprise_adds_no_second_enterprise(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var before = await world.Db(db => db.Enterprises.CountAsync());
        var hemu = await world.Db(db => db.Enterprises.Where(e => e.Name == "浙江禾沐纤维股份有限公司").Select(e => e.Id).SingleAsync());
        var id = await world.As("officer").Send(NewLead() with { Enterprise = null, EnterpriseId = hemu, Field = "MAT", Links = ["MAT-09"] });

        Assert.Equal(hemu, (await world.As("officer").Send(new GetLead(id))).EnterpriseId);
        Assert.Equal(before, await world.Db(db => db.Enterprises.CountAsync()));
    }

    [OnEveryDatabase]
    public async Task An_enterprise_that_does_not_exist_is_not_found(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.Refused(RefusalCode.NotFound, () => world.As("officer").Send(NewLead() with { Enterprise = null, EnterpriseId = Guid.NewGuid() }));
    }

    [OnEveryDatabase]
    public async Task A_wrong_credit_code_is_refused_beside_its_field_and_nothing_is_written(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var request = NewLead();
        request.Enterprise!.CreditCode = "91310116MA0DEM9900";
        var before = await CountAsync(world);
        var refusal = await world.Refused(RefusalCode.CreditCodeWrong, () => world.As("officer").Send(request));

        Assert.Equal("creditCode", refusal.Field);
        Assert.Equal(before, await CountAsync(world));
    }

    [OnEveryDatabase]
    public async Task A_credit_code_that_another_enterprise_carries_is_refused_and_says_which(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var known = await world.Db(db => db.Enterprises.SingleAsync(e => e.Name == "上海澄屿生物医药有限公司"));
        var request = NewLead();
        request.Enterprise!.CreditCode = known.CreditCode;
        var before = await CountAsync(world);
        var refusal = await world.Refused(RefusalCode.EnterpriseExists, () => world.As("officer").Send(request));

        Assert.Equal([known.CreditCode!, known.Name], refusal.Args);
        Assert.Equal(known.Id, refusal.Details!.GetType().GetProperty("enterpriseId")!.GetValue(refusal.Details));
        Assert.Equal(before, await CountAsync(world));
    }

    [OnEveryDatabase]
    public async Task An_unknown_field_or_link_and_a_link_of_another_field_are_refused(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = world.As("officer");
        var before = await CountAsync(world);

        Assert.Equal("field", (await world.Refused(RefusalCode.UnknownFieldCode, () => officer.Send(NewLead() with { Field = "XYZ" }))).Field);
        Assert.Equal("links", (await world.Refused(RefusalCode.UnknownLink, () => officer.Send(NewLead() with { Links = ["MED-99"] }))).Field);
        Assert.Equal(["AGR-05"], (await world.Refused(RefusalCode.UnknownLink, () => officer.Send(NewLead() with { Links = ["MED-07", "AGR-05"] }))).Args);
        await world.Malformed(() => officer.Send(NewLead() with { Links = null! }), "links");
        Assert.Equal(before, await CountAsync(world));
    }

    [OnEveryDatabase]
    public async Task An_emoji_in_a_name_and_markup_in_a_note_are_kept_as_they_are(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        const string Name = "上海🧬螺旋生物有限公司", Note = "<script>alert('你好')</script>\n第二行 & \"引号\"";
        var lead = await world.As("officer").Send(new GetLead(await world.As("officer").Send(NewLead(Name) with { Note = Note })));

        Assert.Equal((Name, Note), (lead.EnterpriseName, lead.Note));
    }

    [OnEveryDatabase]
    public async Task Malformed_input_names_the_fields(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var officer = world.As("officer");
        var before = await CountAsync(world);

        await world.Malformed(() => officer.Send(NewLead() with { NextFollowUp = new DateTime(1899, 12, 31) }), "nextFollowUp");
        await world.Malformed(() => officer.Send(NewLead() with { ExpectedInvestment = -1 }), "expectedInvestment");
        await world.Malformed(() => officer.Send(NewLead() with { ExpectedInvestment = 0.001m }), "expectedInvestment");
        await world.Malformed(() => officer.Send(NewLead() with { Source = null, Field = "" }), "source", "field");
        await world.Malformed(() => officer.Send(NewLead() with { Source = (LeadSource)99 }), "source");
        await world.Malformed(() => officer.Send(NewLead("——")), "enterprise.name");
        await world.Malformed(() => officer.Send(NewLead("上海\u0007有限公司")), "enterprise.name");
        await world.Malformed(() => officer.Send(NewLead() with { Enterprise = new NewEnterprise { Name = "A", Country = "china" } }), "enterprise.country");
        await world.Malformed(() => officer.Send(NewLead() with { Enterprise = null }), "enterpriseId");
        await world.Malformed(() => officer.Send(NewLead() with { EnterpriseId = Guid.NewGuid() }), "enterprise");
        await world.Malformed(() => officer.Send(NewLead() with { CodeName = new string('长', 51), Note = new string('长', 4001) }), "codeName", "note");
        Assert.Equal(before, await CountAsync(world));
    }

    [OnEveryDatabase]
    public async Task The_lead_of_a_colleague_does_not_exist_for_an_officer(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await OpenLeadAsync(world);
        var other = world.As("officer2");

        await world.Refused(RefusalCode.NotFound, () => other.Send(new GetLead(id)));
        await world.Refused(RefusalCode.NotFound, () => other.Send(Edit(id)));
        await world.Refused(RefusalCode.NotFound, () => other.Send(new ScreenLead { Id = id, To = Stage.FirstTalk }));
        await world.Refused(RefusalCode.NotFound, () => other.Send(new DropLead { Id = id, Reason = "不再跟进" }));
        await world.Refused(RefusalCode.NotFound, () => other.Send(new ReopenLead { Id = id }));
        await world.Refused(RefusalCode.NotFound, () => other.Send(Conversion(id)));
        await world.Refused(RefusalCode.NotFound, () => other.Send(new PlanFollowUp { LeadId = id, DueAt = world.Clock.Now }));
        Assert.Equal("无锡策源生物装备有限公司", (await world.As("leader").Send(new GetLead(id))).EnterpriseName);
    }

    [OnEveryDatabase]
    public async Task Only_those_who_may_write_leads_do(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        await world.Refused(RefusalCode.NotPermitted, () => world.As("leader").Send(NewLead()));
        await world.Refused(RefusalCode.NotPermitted, () => world.As("manager.park").Send(new ListLeads()));
        await world.Refused(RefusalCode.SignInRequired, () => world.As(Actor.Nobody).Send(new ListLeads()));
    }

    [OnEveryDatabase]
    public async Task An_edit_on_an_outdated_version_is_refused_and_says_who_changed_what(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await OpenLeadAsync(world);
        var seen = (await world.As("officer").Send(new GetLead(id))).Version;
        await world.As("admin").Send(Edit(id) with { ExpectedInvestment = 90_000_000m, Links = ["CMN-05"], Version = seen });
        var refusal = await world.Refused(RefusalCode.StaleVersion, () => world.As("officer").Send(Edit(id) with { Note = "我的修改", Version = seen }));

        var changes = Assert.IsAssignableFrom<IEnumerable<ChangesSince>>(refusal.Details).ToList();
        Assert.All(changes, c => Assert.Equal(("吴静", world.Clock.Now), (c.By, c.At)));
        var money = Assert.Single(changes, c => c.Field == "ExpectedInvestment");
        Assert.Equal((88_000_000m, 90_000_000m), (decimal.Parse(money.From!, CultureInfo.InvariantCulture), decimal.Parse(money.To!, CultureInfo.InvariantCulture)));
        Assert.Equal(("CMN-17", null), Assert.Single(changes.Where(c => c.Field == "Links").Select(c => (c.From, c.To))));
        Assert.NotEqual("我的修改", (await world.As("officer").Send(new GetLead(id))).Note);
    }

    [OnEveryDatabase]
    public async Task Changing_only_the_links_is_a_new_version_too(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await OpenLeadAsync(world);
        var seen = await world.As("officer").Send(new GetLead(id));
        await world.As("admin").Send(new EditLead
        {
            Id = id, Field = seen.Field, Links = ["CMN-05"], Source = seen.Source, ExpectedInvestment = seen.ExpectedInvestment, CodeName = seen.CodeName, Note = seen.Note,
        });

        Assert.Equal(seen.Version + 1, (await world.As("officer").Send(new GetLead(id))).Version);
        await world.Refused(RefusalCode.StaleVersion, () => world.As("officer").Send(Edit(id) with { Version = seen.Version }));
    }

    [OnEveryDatabase]
    public async Task A_lead_is_screened_step_by_step_with_its_history(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await OpenLeadAsync(world);
        var officer = world.As("officer");
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await officer.Send(new ScreenLead { Id = id, To = Stage.FirstTalk });
        var lead = await officer.Send(new GetLead(id));

        Assert.Equal((Stage.FirstTalk, world.Clock.Now), (lead.Stage, lead.StageSince));
        Assert.Equal([(null, "S10"), ("S10", "S20"), ("S20", "S30")], lead.History.Select(h => (h.From, h.To)));
        await world.Refused(RefusalCode.StageUnchanged, () => officer.Send(new ScreenLead { Id = id, To = Stage.FirstTalk }));
        await world.Malformed(() => officer.Send(new ScreenLead { Id = id, To = Stage.InTalks }), "to");
    }

    [OnEveryDatabase]
    public async Task A_dropped_lead_rests_until_it_is_reopened(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await OpenLeadAsync(world);
        var officer = world.As("officer");
        await world.Malformed(() => officer.Send(new DropLead { Id = id, Reason = " " }), "reason");
        await officer.Send(new DropLead { Id = id, Reason = "企业改投外地" });

        var lead = await officer.Send(new GetLead(id));
        Assert.Equal((LeadStatus.Dropped, "企业改投外地"), (lead.Status, lead.DropReason));
        await world.Refused(RefusalCode.LeadDropped, () => officer.Send(new ScreenLead { Id = id, To = Stage.FirstTalk }));
        await world.Refused(RefusalCode.LeadDropped, () => officer.Send(new DropLead { Id = id, Reason = "再次放弃" }));
        await world.Refused(RefusalCode.LeadDropped, () => officer.Send(Conversion(id)));

        await officer.Send(new ReopenLead { Id = id });
        await officer.Send(new ScreenLead { Id = id, To = Stage.FirstTalk });
        lead = await officer.Send(new GetLead(id));
        Assert.Equal((LeadStatus.Open, null, Stage.FirstTalk), (lead.Status, lead.DropReason, lead.Stage));
    }

    [OnEveryDatabase]
    public async Task A_lead_becomes_a_project_once_and_its_open_follow_ups_go_along(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await OpenLeadAsync(world);
        var due = (await world.As("officer").Send(new GetLead(id))).NextFollowUp;
        var projectId = await world.As("officer").Send(Conversion(id));

        var project = await world.Db(db => db.Projects.Include(p => p.Links).Include(p => p.History).SingleAsync(p => p.Id == projectId));
        Assert.Equal(("XM-2026-00011", Stage.InTalks, "CMN", 88_000_000m, due), (project.Number, project.Stage, project.Field, project.Investment, project.NextFollowUpAt));
        Assert.Equal(["CMN-05", "CMN-17"], project.Links.Select(l => l.Code).Order(StringComparer.Ordinal));
        Assert.Equal((null, Stage.InTalks), Assert.Single(project.History.Select(h => (h.From, h.To))));
        var lead = await world.As("officer").Send(new GetLead(id));
        Assert.Equal((LeadStatus.Converted, projectId, null), (lead.Status, lead.ProjectId, lead.NextFollowUp));
        Assert.Equal(projectId, await world.Db(db => db.FollowUps.Where(f => f.LeadId == id && f.Status == FollowUpStatus.Open).Select(f => f.ProjectId).SingleAsync()));

        var refusal = await world.Refused(RefusalCode.LeadAlreadyConverted, () => world.As("officer").Send(Conversion(id)));
        Assert.Equal([lead.Number], refusal.Args);
        Assert.Equal(1, await world.Db(db => db.Projects.CountAsync(p => p.LeadId == id)));
    }

    [OnEveryDatabase]
    public async Task Two_conversions_at_the_same_moment_make_one_project(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await OpenLeadAsync(world);
        var attempts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await Record.ExceptionAsync(() => world.As("officer").Send(Conversion(id))))));

        Assert.Single(attempts, e => e is null);
        Assert.All(attempts.OfType<Exception>(), e => Assert.Equal(RefusalCode.LeadAlreadyConverted, Assert.IsType<Refusal>(e).Code));
        Assert.Equal(1, await world.Db(db => db.Projects.CountAsync(p => p.LeadId == id)));
    }

    [OnEveryDatabase]
    public async Task A_project_needs_a_name_a_track_money_and_an_area(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var id = await OpenLeadAsync(world);
        await world.Malformed(() => world.As("officer").Send(new ConvertLead { Id = id, AreaM2 = -5 }), "name", "track", "investment", "areaM2");
    }

    /// <summary>Owned by officer, at S20, with a follow-up due today.</summary>
    private static Task<Guid> OpenLeadAsync(World world)
        => world.Db(db => db.Leads.Where(l => l.Enterprise!.Name == "无锡策源生物装备有限公司").Select(l => l.Id).SingleAsync());

    private static EditLead Edit(Guid id) => new() { Id = id, Field = "CMN", Links = ["CMN-05", "CMN-17"], Source = LeadSource.Event, ExpectedInvestment = 88_000_000m, Note = "生物反应器整机组装" };

    private static ConvertLead Conversion(Guid id) => new() { Id = id, Name = "生物反应器整机项目", Track = Track.Lease, Investment = 88_000_000m, OutputAtCapacity = 150_000_000m, AreaM2 = 2600 };

    private static Task<(int, int, int)> CountAsync(World world)
        => world.Db(async db => (await db.Enterprises.CountAsync(), await db.Leads.CountAsync(), await db.FollowUps.CountAsync()));
}
