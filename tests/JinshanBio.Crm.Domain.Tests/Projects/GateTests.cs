using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Stages;
using Xunit;
using static JinshanBio.Crm.Domain.Tests.Story;

namespace JinshanBio.Crm.Domain.Tests.Projects;

/// <summary>What the project form asks for at the gates, and how an administrator tightens them.</summary>
public sealed class GateTests
{
    private static readonly ProjectForm Form = new(
    [
        new FormField("jobs", "", "", FormType.Int) { RequiredFrom = "S40", Min = 0, Max = 1000 },
        new FormField("land_area", "", "", FormType.Decimal) { RequiredFrom = "S40", Min = 1, Max = 1000, Tracks = new HashSet<Track> { Track.Land } },
        new FormField("far", "", "", FormType.Decimal) { RequiredFrom = "S100", Min = 0.1m, Max = 10 },
        new FormField("capital_type", "", "", FormType.Enum) { RequiredFrom = "S40", Options = [new("domestic", "", ""), new("foreign", "", "")] },
        new FormField("foreign_capital", "", "", FormType.Decimal) { RequiredFrom = "S50", Money = "USD", Min = 1, Max = 100, WhenKey = "capital_type", WhenIn = ["foreign"] },
        new FormField("fixed_investment", "", "", FormType.Decimal) { Money = "CNY", Min = 0, Max = 1000 },
        new FormField("tax", "", "", FormType.Decimal) { Money = "CNY", Min = 0, Max = 1000 },
        new FormField("start_date", "", "", FormType.Date) { RequiredFrom = "S60" },
        new FormField("gmo", "", "", FormType.Bool),
        new FormField("asks", "", "", FormType.Text) { IsMultiline = true },
        new FormField("controller", "", "", FormType.Text),
        new FormField("uscc", "", "", FormType.CreditCode),
        new FormField("tax_per_mu", "", "", FormType.Calc) { RequiredFrom = "S50" },
    ]);

    private static readonly StageTable Gated = new(Table.All, Form);

    private static Dictionary<string, string?> Answers => new() { ["jobs"] = "12", ["capital_type"] = "domestic" };

    private static void Move(Project project, string to, Dictionary<string, string?> given, StageTable? stages = null)
        => project.MoveTo(to, stages ?? Gated, given, null, Now.AddDays(1), Officer);

    [Fact]
    public void A_gate_asks_for_every_field_required_up_to_its_stage_and_names_what_lacks_of_both_kinds()
    {
        var project = Project();
        Assert.Equal(["review", "jobs", "capital_type"], project.Missing(Gated["S50"]));
        var refusal = Assert.Throws<Refusal>(() => Move(project, "S50", new() { ["jobs"] = "12" }));
        Assert.Equal((RefusalCode.EvidenceMissing, "S40"), (refusal.Code, project.Stage));
        Assert.Equal(["review", "capital_type"], refusal.Missing);
    }

    [Fact]
    public void Fields_given_with_the_move_are_kept_like_those_of_the_form()
    {
        var project = Project();
        project.Fill([new("jobs", "12")], Form);
        Move(project, "S50", new() { ["review"] = "88", ["capital_type"] = "domestic", ["gmo"] = "true" });
        Assert.Equal(("S50", "12", "domestic", "true"), (project.Stage, project.Fact("jobs"), project.Fact("capital_type"), project.Fact("gmo")));
        Assert.Equal(["agreementNumber", "agreementType", "creditCode", "fairCompetition", "start_date"], project.Missing(Gated["S60"]));
    }

    [Fact]
    public void A_field_is_asked_on_its_tracks_only_and_foreign_capital_only_of_foreign_capital()
    {
        Assert.Contains("land_area", Project(Track.Land).Missing(Gated["S50"]));
        Assert.DoesNotContain("land_area", Project(Track.Rnd).Missing(Gated["S50"]));
        Assert.Equal(RefusalCode.UnknownField, Refused(() => Project().Fill([new("land_area", "20")], Form)));

        var foreign = Project();
        foreign.Fill([new("capital_type", "foreign")], Form);
        Assert.Contains("foreign_capital", foreign.Missing(Gated["S50"]));
    }

    [Theory]
    [InlineData("jobs", "12.5", RefusalCode.FormWholeNumber)]
    [InlineData("jobs", "many", RefusalCode.FormWholeNumber)]
    [InlineData("jobs", "1001", RefusalCode.FormRange)]
    [InlineData("far", "2,5", RefusalCode.FormNumber)]
    [InlineData("far", "1.00001", RefusalCode.FormNumber)]
    [InlineData("capital_type", "Domestic", RefusalCode.FormOption)]
    [InlineData("foreign_capital", "1000001", RefusalCode.FormRange)]
    [InlineData("fixed_investment", "5000.01", RefusalCode.FormRange)]
    [InlineData("start_date", "2026-13-01", RefusalCode.FormDay)]
    [InlineData("start_date", "1826-01-01", RefusalCode.FormDay)]
    [InlineData("gmo", "yes", RefusalCode.FormYesOrNo)]
    [InlineData("controller", "two\nlines", RefusalCode.Invalid)]
    [InlineData("uscc", "91310115MA0DEM013X", RefusalCode.CreditCodeWrong)]
    [InlineData("colour", "red", RefusalCode.UnknownField)]
    [InlineData("tax_per_mu", "5", RefusalCode.UnknownField)]
    public void A_wrong_answer_is_refused_beside_its_input_and_nothing_is_taken_over(string key, string value, RefusalCode code)
    {
        var project = Project();
        var refusal = Assert.Throws<Refusal>(() => project.Fill([new("asks", "a\nb"), new(key, value)], Form));
        Assert.Equal((code, $"values.{key}"), (refusal.Code, refusal.Field));
        Assert.Empty(project.Facts);
    }

    [Fact]
    public void An_emptied_answer_is_removed_and_one_that_is_not_sent_stays()
    {
        var project = Project();
        project.Fill(Answers, Form);
        project.Fill([new("jobs", " ")], Form);
        Assert.Equal((null, "domestic"), (project.Fact("jobs"), project.Fact("capital_type")));
    }

    [Fact]
    public void Evidence_means_evidence_where_a_field_has_the_same_key()
    {
        var stages = new StageTable(Table.All.Select(s => s.Code == "S50" ? s with { Evidence = [new EvidenceNeed("jobs", "", "", "text", true, [])] } : s), Form);
        var project = Project();
        Assert.Equal(["jobs", "capital_type"], project.Missing(stages["S50"]));
        var refusal = Assert.Throws<Refusal>(() => Move(project, "S50", new() { ["jobs"] = "verified", ["capital_type"] = "domestic" }, stages));
        Assert.Equal(["jobs"], refusal.Missing);
        project.Fill([new("jobs", "3")], Form);
        Move(project, "S50", new() { ["jobs"] = "verified", ["capital_type"] = "domestic" }, stages);
        Assert.Equal(("3", "verified"), (project.Fact("jobs"), project.Evidence.Single().Value));
    }

    [Theory]
    [InlineData(Track.Land, 100, 20, 2, 10, "20 250 500 10")]
    [InlineData(Track.Lease, 1333.34, 20, 2, 10, "1 5000 10000 200")]
    [InlineData(Track.Rnd, 1000, 20, 2, 10, "20 250 500 10")]
    [InlineData(Track.Lease, 1000, 0, 0, 10, "")]
    public void Per_mu_a_tenants_land_is_floor_area_by_floor_area_ratio(Track track, double area, double land, double far, double tax, string expected)
    {
        var figures = PerMu.Of(track, (decimal)area, 10_000, (decimal)land, (decimal)far, 5_000, (decimal)tax * 20);
        Assert.Equal(expected, string.Join(' ', new[] { figures.Land, figures.Investment, figures.Output, figures.Tax }.OfType<decimal>().Select(f => f.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void A_figure_per_mu_is_unknown_while_something_for_it_is()
        => Assert.Equal(new PerMu(null, null, null, null), Project().PerMu());

    [Fact]
    public void An_administrator_brings_forward_asks_more_and_makes_optional_what_no_law_asks_for()
    {
        var shipped = new StageTable(Table.All.Select(s => s with { Evidence = [.. s.Evidence.Select(n => n.Key == "creditCode" ? n with { LawZh = "法", LawEn = "law" } : n)] }), Form);
        var none = Gates.Shipped;
        var tightened = (none with
        {
            Evidence = new Dictionary<string, string?> { ["agreementNumber"] = "S50", ["review"] = null, ["creditCode"] = "S50" },
            Fields = new Dictionary<string, string?> { ["far"] = "S50", ["jobs"] = null },
            Own = [new OwnEvidence("S50", "tradeBody", "行业协会意见", "Opinion of the trade body")],
        }).Apply(shipped);
        Assert.Equal(["agreementNumber", "creditCode", "tradeBody", "far", "capital_type"], Project().Missing(tightened["S50"]));
        Assert.Contains("agreementNumber", Project().Missing(tightened["S60"]));

        RefusalCode Of(Gates gates) => Refused(() => gates.Apply(shipped));
        Assert.Equal(RefusalCode.GateIsLaw, Of(none with { Evidence = new Dictionary<string, string?> { ["creditCode"] = null } }));
        Assert.Equal(RefusalCode.GateNotEarlier, Of(none with { Evidence = new Dictionary<string, string?> { ["creditCode"] = "S65" } }));
        Assert.Equal(RefusalCode.GateNotEarlier, Of(none with { Fields = new Dictionary<string, string?> { ["far"] = "S40" } }));
        Assert.Equal(RefusalCode.GateNotEarlier, Of(none with { Fields = new Dictionary<string, string?> { ["start_date"] = "S65" } }));
        Assert.Equal(RefusalCode.UnknownField, Of(none with { Fields = new Dictionary<string, string?> { ["colour"] = "S50" } }));
        Assert.Equal(RefusalCode.GateKeyTaken, Of(none with { Own = [new OwnEvidence("S50", "review", "a", "a")] }));
    }
}
