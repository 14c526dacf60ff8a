using JinshanBio.Crm.Agreements;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Leads;
using JinshanBio.Crm.Projects;
using JinshanBio.Crm.Tests.Reviews;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JinshanBio.Crm.Tests.Agreements;

public sealed class AgreementTests
{
    private static Dictionary<string, string?> Evidence(string number = "A-1", string review = "compliant") => new()
    {
        ["agreementNumber"] = number, ["agreementType"] = "formal", ["fairCompetition"] = review, ["eventCheck"] = "首次",
    };

    private static RecordAgreement Formal(Guid project, string number = "金投协(正)第101号", decimal amount = 90_000_000m)
        => new() { Id = project, Kind = AgreementKind.Formal, Number = number, OurParty = "金山区", Amount = amount };

    private static RecordFairCompetition Reviewed(Guid project, FairCompetitionState state = FairCompetitionState.Compliant)
        => new() { Id = project, State = state, DocumentNumber = "公竞审〔2026〕9 号", Day = new DateOnly(2026, 11, 18), ReviewedBy = "审查小组", Basis = "依据" };

    private static PromiseMeasure Measure(Guid agreement, string kind) => new()
    {
        Id = agreement, Kind = kind, DocumentNumber = "文号 1", DocumentTitle = "办法", DocumentDate = new DateOnly(2025, 1, 1), WithoutAmount = true, Conditions = "达产后", Unit = "DEP-JXW",
    };

    [OnEveryDatabase]
    public async Task A_formal_agreement_is_counted_once_and_an_increase_adds_only_the_increase(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Finding.CodeNamed);
        var officer = world.As("officer");
        var intent = await officer.Send(new RecordAgreement { Id = project, Kind = AgreementKind.Intent, Amount = 500_000_000m });
        await officer.Send(new SignAgreement { Id = intent });
        Assert.Equal(0, (await world.ReadAsync(project)).SignedAmount);

        await officer.Send(Reviewed(project));
        var formal = await officer.Send(Formal(project));
        Assert.Equal(0, (await world.ReadAsync(project)).SignedAmount);
        await world.Refused(RefusalCode.AgreementExists, () => officer.Send(Formal(project, "另一号")));
        await world.Refused(RefusalCode.AgreementNotThere, () => officer.Send(Formal(project, "补-1") with { Kind = AgreementKind.Supplement }));
        await officer.Send(new SignAgreement { Id = formal, SignedOn = new DateOnly(2026, 11, 19) });
        Assert.Equal(90_000_000m, (await world.ReadAsync(project)).SignedAmount);
        await world.Refused(RefusalCode.AgreementSigned, () => officer.Send(new SignAgreement { Id = formal }));

        var supplement = await officer.Send(Formal(project, "补-1", 15_000_000.5m) with { Kind = AgreementKind.Supplement });
        await officer.Send(new SignAgreement { Id = supplement });
        Assert.Equal(105_000_000.5m, (await world.ReadAsync(project)).SignedAmount);
        var deal = await world.As("leader").Send(new GetProjectAgreement(project));
        Assert.Equal([AgreementKind.Formal, AgreementKind.Supplement, AgreementKind.Intent], deal.Agreements.Select(a => a.Kind));
        Assert.Equal([true, true, false], deal.Agreements.Select(a => a.Counts));
        Assert.Equal((105_000_000.5m, 1, 15_000_000.5m, 1), await SummaryAsync(world, project));

        await officer.Send(new VoidAgreement { Id = supplement, Reason = "增资取消" });
        Assert.Equal(90_000_000m, (await world.ReadAsync(project)).SignedAmount);
        await officer.Send(new VoidAgreement { Id = formal, Reason = "投资方退出" });
        Assert.Equal(0, (await world.ReadAsync(project)).SignedAmount);
        await world.Refused(RefusalCode.AgreementVoid, () => officer.Send(new VoidAgreement { Id = formal, Reason = "再作废" }));
    }

    [OnEveryDatabase]
    public async Task Signing_says_what_lacks_and_where(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Finding.CodeNamed);
        var officer = world.As("officer");
        var formal = await officer.Send(new RecordAgreement { Id = project, Kind = AgreementKind.Formal });
        await officer.Send(new PromiseMeasure { Id = formal, Kind = "PM-32", DocumentNumber = "文号 2" });
        var incomplete = await world.Refused(RefusalCode.AgreementIncomplete, () => officer.Send(new SignAgreement { Id = formal }));
        Assert.Equal(["number", "ourParty", "amount", "measures.PM-32.documentTitle", "measures.PM-32.documentDate", "measures.PM-32.amount", "measures.PM-32.conditions", "measures.PM-32.unit", "measures.PM-32.statutoryBasis"], incomplete.Missing);
        var listed = (await officer.Send(new GetAgreement(formal))).Lacking;
        Assert.Equal([.. incomplete.Missing, "fairCompetition"], listed);

        await officer.Send(new EditAgreement { Id = formal, Number = "A-7", OurParty = "金山区", Amount = 98_000_000m });
        var measure = (await officer.Send(new GetAgreement(formal))).Measures.Single().Id;
        await officer.Send(Measure(formal, "PM-32") with { MeasureId = measure, StatutoryBasis = "国务院批准的税收规定" });
        await officer.Send(Measure(formal, "PM-31"));
        await world.Refused(RefusalCode.FairCompetitionOpen, () => officer.Send(new SignAgreement { Id = formal }));
        await officer.Send(new RecordFairCompetition { Id = project, State = FairCompetitionState.Pending });
        await world.Refused(RefusalCode.FairCompetitionOpen, () => officer.Send(new SignAgreement { Id = formal }));
        // What favours somebody needs a review that looked at it, not the word that nothing is involved.
        await officer.Send(Reviewed(project, FairCompetitionState.NotApplicable));
        Assert.Equal(["measures.PM-31.fairCompetition"], (await world.Refused(RefusalCode.MeasureUnreviewed, () => officer.Send(new SignAgreement { Id = formal }))).Missing);
        await officer.Send(Reviewed(project, FairCompetitionState.Exception));
        await officer.Send(new SignAgreement { Id = formal });
        await world.Refused(RefusalCode.AgreementSigned, () => officer.Send(Measure(formal, "PM-05")));
        await world.Refused(RefusalCode.AgreementSigned, () => officer.Send(new RecordFairCompetition { Id = project, State = FairCompetitionState.Pending }));
    }

    [OnEveryDatabase]
    public async Task The_shape_of_what_is_written_down_is_checked(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Finding.CodeNamed);
        var officer = world.As("officer");
        await world.Malformed(() => officer.Send(new RecordAgreement { Id = project }), "kind");
        await world.Malformed(() => officer.Send(Formal(project) with { InvestorCode = "91320113MA0DEM056H", Currency = "yuan", Amount = -1 }), "investorCode", "currency", "amount", "foreignAmount", "rate", "rateDay");
        await world.Malformed(() => officer.Send(Formal(project) with { Kind = AgreementKind.Supplement, Amount = 0 }), "amount");
        await world.Malformed(() => officer.Send(Formal(project) with { Currency = "EUR", ForeignAmount = 100, Rate = 8.1234m, RateDay = new DateOnly(2026, 11, 1) }), "amount");
        await world.Malformed(() => officer.Send(new RecordFairCompetition { Id = project, State = FairCompetitionState.Exception, Day = new DateOnly(2026, 12, 1) }), "documentNumber", "day", "reviewedBy", "basis");
        var formal = await officer.Send(Formal(project) with { Amount = null, Currency = "EUR", ForeignAmount = 1_000_000, Rate = 8.1234m, RateDay = new DateOnly(2026, 11, 1) });
        var read = await officer.Send(new GetAgreement(formal));
        Assert.Equal((8_123_400m, "EUR", 1_000_000m, 8.1234m), (read.Amount, read.Currency, read.ForeignAmount, read.Rate));
        await world.Refused(RefusalCode.UnknownMeasure, () => officer.Send(Measure(formal, "PM-99")));
        await world.Malformed(() => officer.Send(Measure(formal, "PM-01") with { Amount = 5 }), "amount");
        await world.Malformed(() => officer.Send(new SignAgreement { Id = formal, SignedOn = new DateOnly(2026, 11, 21) }), "signedOn");
        await world.Malformed(() => officer.Send(new VoidAgreement { Id = formal }), "reason");
    }

    [OnEveryDatabase]
    public async Task The_same_deal_is_not_signed_under_a_second_project_without_a_reason(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (first, second) = await TwoProjectsAsync(world, "酶制剂一体化生产基地", "酶制剂一体化生产基地项目");
        await world.As("officer").Send(new MoveProject { Id = first, To = "S60", Evidence = Signing(world, "金投协(正)第201号") });

        var refusal = await world.Refused(RefusalCode.DealSignedBefore, () => world.As("officer").Send(new MoveProject { Id = second, To = "S60", Evidence = Signing(world, "金投协(正)第202号") }));
        Assert.Equal("陆知遥", refusal.Args[2]);
        // The same number in another spelling is the same number, whoever says why.
        await world.Refused(RefusalCode.AgreementNumberTaken, () => world.As("officer").Send(new MoveProject { Id = second, To = "S60", Reason = "二期", Evidence = Signing(world, "金投协（正）第0201号") }));
        Assert.Equal("S50", (await world.ReadAsync(second)).Stage);
        await world.As("officer").Send(new MoveProject { Id = second, To = "S60", Reason = "二期扩产，另行投资", Evidence = Signing(world, "金投协(正)第202号") });
        var kept = (await world.As("leader").Send(new GetProjectAgreement(second))).Agreements.Single();
        Assert.Equal(("二期扩产，另行投资", 60_000_000m), (kept.OverrideReason, kept.Amount));
    }

    [OnEveryDatabase]
    public async Task Two_projects_of_one_enterprise_under_other_names_and_sums_are_two_deals(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var (first, second) = await TwoProjectsAsync(world, "抗体药物研发中心", "冻干粉针车间", 80_000_000m);
        await world.As("officer").Send(new MoveProject { Id = first, To = "S60", Evidence = Signing(world, "B-1") });
        await world.As("officer").Send(new MoveProject { Id = second, To = "S60", Evidence = Signing(world, "B-2") });
        Assert.Equal(80_000_000m, (await world.ReadAsync(second)).SignedAmount);
    }

    [OnEveryDatabase]
    public async Task A_move_with_typed_evidence_is_itself_the_agreement_and_going_back_voids_it(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Finding.CodeNamed);
        await world.As("officer").Send(new MoveProject { Id = project, To = "S60", Evidence = Evidence() });
        var deal = await world.As("manager.park").Send(new GetProjectAgreement(project));
        var formal = Assert.Single(deal.Agreements);
        Assert.Equal(("A-1", AgreementStatus.Signed, 98_000_000m, new DateOnly(2026, 11, 20), true), (formal.Number, formal.Status, formal.Amount, formal.SignedOn, formal.IsFromEvidence));
        Assert.Equal("91320113MA0DEM056G", formal.InvestorCode);
        Assert.Equal((98_000_000m, FairCompetitionState.Compliant), (deal.SignedAmount, deal.FairCompetition!.State));
        await world.Refused(RefusalCode.AgreementHoldsStage, () => world.As("officer").Send(new VoidAgreement { Id = formal.Id, Reason = "作废" }));
        await world.As("officer").Send(new EditAgreement { Id = formal.Id, Number = "A-1", Amount = 98_000_000m, OurParty = "金山区", Place = "金山", InvestorCode = "91320113MA0DEM056G" });
        await world.Refused(RefusalCode.AgreementSigned, () => world.As("officer").Send(new EditAgreement { Id = formal.Id, Number = "A-1", Amount = 99_000_000m }));

        await world.As("officer").Send(new MoveProject { Id = project, To = "S50", Reason = "协议未生效" });
        var voided = Assert.Single((await world.As("officer").Send(new GetProjectAgreement(project))).Agreements);
        Assert.Equal((AgreementStatus.Void, "协议未生效"), (voided.Status, voided.VoidReason));
        Assert.Equal(0, (await world.ReadAsync(project)).SignedAmount);
        // Its number is free again, and what was voided stays on record.
        await world.As("officer").Send(new MoveProject { Id = project, To = "S60", Evidence = Evidence() });
        Assert.Equal([AgreementStatus.Signed, AgreementStatus.Void], (await world.As("officer").Send(new GetProjectAgreement(project))).Agreements.Select(a => a.Status));
    }

    [OnEveryDatabase]
    public async Task The_gate_takes_its_evidence_from_the_signed_agreement_and_waits_for_a_draft(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Finding.CodeNamed);
        var officer = world.As("officer");
        var formal = await officer.Send(Formal(project));
        await world.Refused(RefusalCode.AgreementUnsigned, () => officer.Send(new MoveProject { Id = project, To = "S60", Evidence = Evidence() }));
        await officer.Send(Reviewed(project));
        await officer.Send(new SignAgreement { Id = formal });
        Assert.Empty((await officer.Send(new GetProject(project))).NextStage!.Missing);
        await officer.Send(new MoveProject { Id = project, To = "S60" });

        var evidence = (await world.ReadAsync(project)).Evidence.Where(e => e.Stage == "S60").ToDictionary(e => e.Key, e => e.Value);
        Assert.Equal(["agreementNumber", "agreementType", "creditCode", "eventCheck", "fairCompetition"], evidence.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("金投协(正)第101号", "formal", "compliant"), (evidence["agreementNumber"], evidence["agreementType"], evidence["fairCompetition"]));
        Assert.Single((await officer.Send(new GetProjectAgreement(project))).Agreements);
        Assert.Equal(90_000_000m, (await world.ReadAsync(project)).SignedAmount);
    }

    [OnEveryDatabase]
    public async Task A_formal_agreement_is_not_signed_before_the_review(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(ReviewDesk.InTalks);
        var formal = await world.As("officer2").Send(Formal(project));
        await world.As("officer2").Send(Reviewed(project));
        await world.Refused(RefusalCode.AgreementTooEarly, () => world.As("officer2").Send(new SignAgreement { Id = formal }));
        var open = await world.ProjectAsync("分子育种研发中心");
        var other = await world.As("officer2").Send(Formal(open, "C-1"));
        await world.Refused(RefusalCode.ReviewOpen, () => world.As("officer2").Send(new SignAgreement { Id = other }));
    }

    [OnEveryDatabase]
    public async Task A_project_signed_before_agreements_were_kept_gets_its_own_by_night(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Finding.CodeNamed);
        await world.As("officer").Send(new MoveProject { Id = project, To = "S60", Evidence = Evidence() });
        await world.Db(async db =>
        {
            await db.Agreements.Where(a => a.ProjectId == project).ExecuteDeleteAsync();
            await db.FairCompetitionReviews.Where(f => f.ProjectId == project).ExecuteDeleteAsync();
            await db.Projects.Where(p => p.Id == project).ExecuteUpdateAsync(p => p.SetProperty(x => x.SignedAmount, 0m));
        });
        world.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal("job.said.agreements|1|0", await world.As(Identity.Actor.System).Send(new RecordMissingAgreements()));
        Assert.Equal("job.said.agreements|0|0", await world.As(Identity.Actor.System).Send(new RecordMissingAgreements()));
        var formal = Assert.Single((await world.As("officer").Send(new GetProjectAgreement(project))).Agreements);
        Assert.Equal(("A-1", new DateOnly(2026, 11, 20)), (formal.Number, formal.SignedOn));
        Assert.Equal(98_000_000m, (await world.ReadAsync(project)).SignedAmount);
    }

    [OnEveryDatabase]
    public async Task Every_signed_project_of_the_demo_world_has_its_agreement_and_its_review(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        foreach (var project in (await world.Db(db => db.Projects.AsNoTracking().ToListAsync())).Where(p => Domain.Stages.Stage.OrderOf(p.Stage) >= 60))
        {
            var deal = await world.As("leader").Send(new GetProjectAgreement(project.Id));
            Assert.Equal((project.SignedAmount, AgreementStatus.Signed), (deal.Agreements.Where(a => a.Counts).Sum(a => a.Amount), deal.Agreements.Single(a => a.Kind == AgreementKind.Formal).Status));
            Assert.True(deal.FairCompetition!.IsConcluded && project.SignedAmount > 0);
            Assert.All(deal.Agreements.SelectMany(a => a.Measures), m => Assert.Contains("演示", m.DocumentNumber, StringComparison.Ordinal));
            Assert.NotNull((await world.As("leader").Send(new Crm.Reviews.GetReviewSummary(project.Id)))!.ConcludedAt);
        }
    }

    [OnEveryDatabase]
    public async Task Who_may_not_know_the_name_reads_neither_parties_nor_words(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Finding.CodeNamed);
        var formal = await world.As("officer").Send(Formal(project) with { Performance = "知禾公司承诺", Event = "签约日" });
        await world.As("officer").Send(Reviewed(project));
        var masked = await world.As("manager.park").Send(new GetProjectAgreement(project));
        var agreement = Assert.Single(masked.Agreements);
        Assert.All([masked.InvestorName, masked.InvestorCode, masked.FairCompetition!.DocumentNumber, agreement.Number, agreement.InvestorName, agreement.InvestorCode, agreement.OurParty, agreement.Performance, agreement.Event], Assert.Null);
        Assert.Equal((90_000_000m, AgreementStatus.Draft), (agreement.Amount, agreement.Status));
        Assert.Null((await world.As("manager.park").Send(new GetAgreementSummary(project)))!.Number);
        await world.NotPermitted(() => Formal(project), "leader", "manager.park", "reviewer");
        await world.NotPermitted(() => new SignAgreement { Id = formal }, "leader", "manager.park", "reviewer");
        await world.NotPermitted(() => new GetProjectAgreement(project), "reviewer");
        await world.Refused(RefusalCode.NotFound, () => world.As("officer2").Send(new SignAgreement { Id = formal }));
        await world.Refused(RefusalCode.NotFound, () => world.As("manager.incubator").Send(new GetProjectAgreement(project)));
    }

    [OnEveryDatabase]
    public async Task Two_who_record_or_sign_at_once_do_it_once(string provider)
    {
        await using var world = await World.OpenAsync(provider);
        var project = await world.ProjectAsync(Finding.CodeNamed);
        foreach (var person in (string[])["officer", "admin"]) await world.FindAsync(person);
        await world.As("officer").Send(Reviewed(project));
        var recorded = await ReviewTests.AtOnceAsync(4, i => world.As(i % 2 == 0 ? "officer" : "admin").Send(Formal(project, $"D-{i + 1}")));
        Assert.Single(recorded, "done");
        Assert.All(recorded.Where(r => r != "done"), r => Assert.Equal(nameof(RefusalCode.AgreementExists), r));
        var formal = (await world.As("officer").Send(new GetProjectAgreement(project))).Agreements.Single().Id;
        var signed = await ReviewTests.AtOnceAsync(4, i => world.As(i % 2 == 0 ? "officer" : "admin").Send(new SignAgreement { Id = formal }));
        Assert.Single(signed, "done");
        Assert.All(signed.Where(r => r != "done"), r => Assert.Equal(nameof(RefusalCode.AgreementSigned), r));
        var supplements = new List<Guid>();
        for (var i = 0; i < 3; i++) supplements.Add(await world.As("officer").Send(Formal(project, $"E-{i + 1}", 1_000_000m) with { Kind = AgreementKind.Supplement }));
        Assert.All(await ReviewTests.AtOnceAsync(3, i => world.As("officer").Send(new SignAgreement { Id = supplements[i] })), r => Assert.Equal("done", r));
        Assert.Equal(93_000_000m, (await world.ReadAsync(project)).SignedAmount);
    }

    private static Domain.Stages.StageTable Stages(World world) => ((Crm.Data.Catalogue)world.Services.GetService(typeof(Crm.Data.Catalogue))!).Stages;

    /// <summary>The evidence of a signing and the fields that its gate asks for.</summary>
    private static Dictionary<string, string?> Signing(World world, string number)
    {
        var answers = Finding.Answers(Stages(world), Domain.Stages.Track.Lease, "S60");
        answers.Remove("creditCode");
        foreach (var (key, value) in Evidence(number)) answers[key] = value;
        return answers;
    }

    private static async Task<(decimal, int, decimal, int)> SummaryAsync(World world, Guid project)
        => await world.As("leader").Send(new GetAgreementSummary(project)) is { } s ? (s.SignedAmount, s.Increases, s.Increase, s.Intents) : throw new InvalidOperationException();

    /// <summary>Two projects of one enterprise that stand at the admission review, reviewed on paper.</summary>
    private static async Task<(Guid First, Guid Second)> TwoProjectsAsync(World world, string name, string other, decimal otherInvestment = 60_000_000m)
    {
        var enterprise = await world.EnterpriseAsync("上海沐澜疫苗技术有限公司");
        return (await ProjectAsync(name, 60_000_000m), await ProjectAsync(other, otherInvestment));

        async Task<Guid> ProjectAsync(string called, decimal investment)
        {
            var lead = await world.As("officer").Send(new CreateLead { EnterpriseId = enterprise, Field = "MED", Source = Domain.Leads.LeadSource.Visit, ExpectedInvestment = investment });
            var project = await world.As("officer").Send(new ConvertLead { Id = lead, Name = called, Track = Domain.Stages.Track.Lease, Investment = investment, AreaM2 = 500 });
            await world.As("officer").Send(new MoveProject { Id = project, To = "S50", Evidence = Finding.Answers(Stages(world), Domain.Stages.Track.Lease, "S50") });
            return project;
        }
    }
}
