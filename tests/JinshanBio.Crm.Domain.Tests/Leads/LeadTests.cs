using JinshanBio.Crm.Domain.Leads;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using Xunit;
using static JinshanBio.Crm.Domain.Tests.Story;

namespace JinshanBio.Crm.Domain.Tests.Leads;

public sealed class LeadTests
{
    private static readonly ProjectTerms Terms = new(Name, Track.Lease, 1, 1, 1);

    [Fact]
    public void A_lead_begins_open_at_S10_with_its_first_history_row()
    {
        var lead = Lead();
        Assert.Equal((LeadStatus.Open, "S10", Now, "note"), (lead.Status, lead.Stage, lead.StageSince, lead.Note));
        Assert.Equal((null, "S10"), (lead.History.Single().From, lead.History.Single().To));
    }

    [Fact]
    public void Screening_writes_history_and_goes_both_ways()
    {
        var lead = Lead();
        lead.Screen("S20", Now.AddDays(1), Officer);
        lead.Screen("S10", Now.AddDays(2), Manager);
        Assert.Equal(("S10", Now.AddDays(2)), (lead.Stage, lead.StageSince));
        Assert.Equal([null, "S10", "S20"], lead.History.Select(h => h.From));
        Assert.Equal(RefusalCode.StageUnchanged, Refused(() => lead.Screen("S10", Now, Officer)));
    }

    [Fact]
    public void Editing_replaces_the_links_and_keeps_those_that_stay()
    {
        var lead = Lead();
        var kept = lead.Links.Single(l => l.Code == "MED-07");
        lead.Edit(new LeadTerms("MED", ["MED-07", "MED-08", "MED-08"], LeadSource.Fund, 2, "  ", ""));
        Assert.Equal(["MED-07", "MED-08"], lead.Links.Select(l => l.Code));
        Assert.Same(kept, lead.Links.First());
        Assert.Equal((null, null), (lead.CodeName, lead.Note));
    }

    [Fact]
    public void A_lead_becomes_a_project_once()
    {
        var lead = Lead();
        lead.PlanNext(Now);
        var project = Domain.Projects.Project.From(lead, "XM-1", Terms, Now, Officer);
        Assert.Equal((LeadStatus.Converted, project.Id, null), (lead.Status, lead.ProjectId, lead.NextFollowUpAt));
        Assert.Equal(RefusalCode.LeadAlreadyConverted, Refused(() => Domain.Projects.Project.From(lead, "XM-2", Terms, Now, Officer)));
        Assert.Equal(project.Id, lead.ProjectId);
        Assert.Equal(RefusalCode.LeadAlreadyConverted, Refused(() => lead.Drop("不再跟进")));
        Assert.Equal(RefusalCode.LeadAlreadyConverted, Refused(() => lead.Screen("S20", Now, Officer)));
    }

    [Fact]
    public void A_dropped_lead_takes_no_step_until_it_is_reopened()
    {
        var lead = Lead();
        lead.Drop(" 无意向 ");
        Assert.Equal((LeadStatus.Dropped, "无意向"), (lead.Status, lead.DropReason));
        Assert.Equal(RefusalCode.LeadDropped, Refused(() => Domain.Projects.Project.From(lead, "XM-1", Terms, Now, Officer)));
        Assert.Equal(RefusalCode.LeadDropped, Refused(() => lead.Drop("再次放弃")));
        lead.Reopen();
        lead.Screen("S20", Now, Officer);
        Assert.Equal((LeadStatus.Open, null), (lead.Status, lead.DropReason));
    }

    [Fact]
    public void A_lead_in_reserve_takes_no_step_until_it_wakes()
    {
        var lead = Lead();
        lead.PlanNext(Now);
        lead.Reserve(new DateOnly(2027, 3, 1), " 等待二期融资 ");
        Assert.Equal((LeadStatus.Reserved, new DateOnly(2027, 3, 1), "等待二期融资", null), (lead.Status, lead.WakeOn, lead.ReserveReason, lead.NextFollowUpAt));
        foreach (var step in (Action[])[() => lead.Screen("S20", Now, Officer), () => lead.Drop("不再跟进"), () => lead.Reserve(new DateOnly(2027, 4, 1), "再等"),
            () => Domain.Projects.Project.From(lead, "XM-1", Terms, Now, Officer)])
            Assert.Equal(RefusalCode.LeadReserved, Refused(step));
        Assert.True(lead.Wake());
        Assert.False(lead.Wake());
        lead.Screen("S20", Now, Officer);
        Assert.Equal((LeadStatus.Open, null, null), (lead.Status, lead.WakeOn, lead.ReserveReason));
    }

    [Fact]
    public void A_confidential_lead_has_a_code_name()
    {
        var lead = Lead();
        var terms = new LeadTerms("MED", [], LeadSource.Fund, 2, null, null) { Confidentiality = Confidentiality.Confidential, Event = " 进博会 " };
        Assert.Equal(RefusalCode.CodeNameRequired, Refused(() => lead.Edit(terms)));
        lead.Edit(terms with { CodeName = CodeName });
        Assert.Equal((Confidentiality.Confidential, "进博会"), (lead.Confidentiality, lead.Event));
    }
}
