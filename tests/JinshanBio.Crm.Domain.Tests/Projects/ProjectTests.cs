using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using Xunit;
using static JinshanBio.Crm.Domain.Tests.Story;

namespace JinshanBio.Crm.Domain.Tests.Projects;

public sealed class ProjectTests
{
    [Fact]
    public void A_project_begins_in_talks_with_what_the_lead_knew()
    {
        var project = Project(codeName: CodeName);
        Assert.Equal(("S40", Now, ProjectStatus.Active, "MED", Officer), (project.Stage, project.StageSince, project.Status, project.Field, project.OwnerId));
        Assert.Equal(["CMN-05", "MED-07"], project.Links.Select(l => l.Code).Order(StringComparer.Ordinal));
        Assert.Equal((null, "S40"), (project.History.Single().From, project.History.Single().To));
    }

    [Fact]
    public void The_code_name_stands_in_front_until_signing_and_again_after_moving_back()
    {
        var project = Project(codeName: CodeName);
        Assert.Equal((CodeName, Name), (project.Title, project.Name));
        project.Edit(new ProjectTerms("新名", Track.Lease, 1, 1, 1));
        Assert.Equal(CodeName, project.Title);
        project.Signed();
        Assert.Equal("新名", project.Title);
        project.Move("S50", "协议未生效");
        Assert.Equal(CodeName, project.Title);
    }

    [Fact]
    public void Without_a_code_name_the_name_is_the_title() => Assert.Equal(Name, Project().Title);

    [Fact]
    public void Forward_goes_only_to_the_next_stage()
    {
        var project = Project();
        var refusal = Assert.Throws<Refusal>(() => project.Move("S60"));
        Assert.Equal((RefusalCode.StageNotNext, "to"), (refusal.Code, refusal.Field));
        Assert.Equal("S50", refusal.Args[0]);
        Assert.Equal(RefusalCode.StageUnchanged, Refused(() => project.Move("S40")));
        Assert.Equal(RefusalCode.StageNotOnTrack, Refused(() => project.Move("S10")));
        Assert.Equal(RefusalCode.StageNotOnTrack, Refused(() => project.Move("S41")));
    }

    [Theory]
    [InlineData(Track.Lease, "S80", "S70", RefusalCode.StageNotOnTrack)]
    [InlineData(Track.Land, "S70", "S80", RefusalCode.StageNotNext)]
    [InlineData(Track.Rnd, "S70", "S80", RefusalCode.StageNotNext)]
    public void Each_track_skips_its_own_stages(Track track, string next, string refused, RefusalCode code)
    {
        var project = Project(track).Signed();
        project.Move("S65");
        Assert.Equal(code, Refused(() => project.Move(refused)));
        project.Move(next);
        Assert.Equal(next, project.Stage);
    }

    [Fact]
    public void Moving_back_needs_a_reason_and_may_skip_stages()
    {
        var project = Project().Signed();
        Assert.Equal(RefusalCode.ReasonRequired, Refused(() => project.Move("S40", " ")));
        project.Move("S40", " 重新谈判 ");
        var last = project.History.Last();
        Assert.Equal(("S60", "S40", "重新谈判", Now.AddDays(1)), (last.From, last.To, last.Reason, last.At));
    }

    [Fact]
    public void Entering_a_stage_says_everything_that_is_missing()
    {
        var project = Project();
        Assert.Equal(["review"], project.Missing(Table["S50"]));
        project.Move("S50", evidence: new() { ["review"] = " 88 ", ["remark"] = "" });
        Assert.Equal("88", project.Evidence.Single().Value);

        var refusal = Assert.Throws<Refusal>(() => project.Move("S60", evidence: new() { ["agreementNumber"] = "A-1", ["fairCompetition"] = null }));
        Assert.Equal(RefusalCode.EvidenceMissing, refusal.Code);
        Assert.Equal(["agreementType", "creditCode", "fairCompetition"], refusal.Missing);
        Assert.Equal("S50", project.Stage);
    }

    [Fact]
    public void The_credit_code_of_the_register_is_evidence_enough()
    {
        var project = Project(creditCode: "91310115MA0DEM013U");
        Assert.DoesNotContain("creditCode", project.Missing(Table["S60"]));
        Assert.Contains("creditCode", Project().Missing(Table["S60"]));
    }

    [Theory]
    [InlineData("framework", "compliant", RefusalCode.AgreementNotFormal, "evidence.agreementType")]
    [InlineData("intent", "compliant", RefusalCode.AgreementNotFormal, "evidence.agreementType")]
    [InlineData("formal", "pending", RefusalCode.FairCompetitionOpen, "evidence.fairCompetition")]
    [InlineData("verbal", "compliant", RefusalCode.Invalid, "evidence.agreementType")]
    public void Only_a_formal_agreement_after_the_fair_competition_review_signs(string type, string review, RefusalCode code, string field)
    {
        var project = Project();
        project.Move("S50", evidence: new() { ["review"] = "88" });
        var refusal = Assert.Throws<Refusal>(() => project.Move("S60", evidence: Signing(type, review)));
        Assert.Equal((code, field), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void A_signing_party_with_a_wrong_credit_code_is_refused()
    {
        var project = Project();
        project.Move("S50", evidence: new() { ["review"] = "88" });
        var evidence = Signing();
        evidence["creditCode"] = "91310115MA0DEM013X";
        Assert.Equal(RefusalCode.CreditCodeWrong, Refused(() => project.Move("S60", evidence: evidence)));
        evidence["creditCode"] = " 91310115-ma0dem013u ";
        project.Move("S60", evidence: evidence);
        Assert.Equal("91310115MA0DEM013U", project.Evidence.Single(e => e.Key == "creditCode").Value);
    }

    [Fact]
    public void Evidence_on_record_need_not_be_given_again_and_can_be_replaced()
    {
        var project = Project().Signed();
        project.Move("S50", "补充材料");
        project.Move("S60", evidence: new() { ["agreementNumber"] = "A-2" });
        Assert.Equal("A-2", project.Evidence.Single(e => e.Key == "agreementNumber").Value);
        Assert.Equal(5, project.Evidence.Count);
    }

    [Theory]
    [InlineData(false, ProjectStatus.OnHold, true)]
    [InlineData(false, ProjectStatus.Lost, true)]
    [InlineData(false, ProjectStatus.Terminated, false)]
    [InlineData(true, ProjectStatus.Terminated, true)]
    [InlineData(true, ProjectStatus.Exited, false)]
    [InlineData(false, ProjectStatus.Active, false)]
    public void How_a_project_may_end_depends_on_how_far_it_got(bool signed, ProjectStatus to, bool allowed)
    {
        var project = signed ? Project().Signed() : Project();
        if (!allowed) Assert.Equal(RefusalCode.StatusNotAllowed, Refused(() => project.Become(to, "不再推进")));
        else project.Become(to, "不再推进");
        Assert.Equal(allowed ? to : ProjectStatus.Active, project.Status);
    }

    [Fact]
    public void What_landed_may_exit()
    {
        var project = Project().Signed();
        project.Move("S65");
        project.Become(ProjectStatus.Exited, "迁往外省");
        Assert.True(project.IsClosed);
    }

    [Fact]
    public void A_project_that_ended_moves_only_after_it_is_active_again()
    {
        var project = Project();
        Assert.Equal(RefusalCode.ReasonRequired, Refused(() => project.Become(ProjectStatus.Lost, null)));
        project.Become(ProjectStatus.Lost, "落户外省");
        Assert.Equal(RefusalCode.ProjectClosed, Refused(() => project.Move("S50", evidence: new() { ["review"] = "88" })));
        Assert.Equal(RefusalCode.StatusNotAllowed, Refused(() => project.Become(ProjectStatus.Abandoned, "改为放弃")));
        project.Become(ProjectStatus.Active, null);
        project.Move("S50", evidence: new() { ["review"] = "88" });
        Assert.Null(project.StatusReason);
    }

    [Fact]
    public void A_project_on_hold_is_not_closed()
    {
        var project = Project();
        project.Become(ProjectStatus.OnHold, "股权调整");
        Assert.False(project.IsClosed);
        project.Move("S50", evidence: new() { ["review"] = "88" });
    }
}
