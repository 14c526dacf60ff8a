using JinshanBio.Crm.Domain.Agreements;
using Xunit;
using static JinshanBio.Crm.Domain.Tests.Story;

namespace JinshanBio.Crm.Domain.Tests.Agreements;

public sealed class AgreementTests
{
    private static readonly DateOnly Day = new(2026, 11, 20);
    private static readonly Dictionary<string, MeasureWay> Ways = new(StringComparer.Ordinal)
        { ["L"] = MeasureWay.Low, ["M"] = MeasureWay.Medium, ["H"] = MeasureWay.High, ["S"] = MeasureWay.StatutoryOnly };

    private static readonly AgreementTerms Whole = new() { Number = "A-1", OurParty = "甲方", InvestorName = "乙方", InvestorCode = "91310115MA0DEM013U", Amount = 100 };

    private static Agreement Draft(AgreementKind kind = AgreementKind.Formal, AgreementTerms? terms = null) => new(Guid.CreateVersion7(), kind, terms ?? Whole, Now, Officer);

    private static FairCompetition Review(FairCompetitionState state)
    {
        var review = new FairCompetition(Guid.CreateVersion7());
        review.Record(state, "文号", Day, "小组", "依据");
        return review;
    }

    private static void Sign(Agreement agreement, FairCompetition? review = null, bool foreign = false) => agreement.Sign(Day, review ?? Review(FairCompetitionState.Compliant), Ways, foreign, null, Now, Officer);

    private static MeasureTerms Measure(string kind, string? basis = null) => new(kind, "文号", "名称", Day, null, true, "条件", "U", basis);

    [Theory]
    [InlineData("金投协(正)第017号", "金投协（正）第17号")]
    [InlineData("A-0001 / 2026", "a12026")]
    [InlineData("JS 100", "js-0100")]
    public void Numbers_that_differ_in_marks_and_leading_zeros_are_one(string one, string other)
    {
        if (one.StartsWith('A')) Assert.NotEqual(SameDeal.KeyOf("A-1 / 226"), SameDeal.KeyOf(one));
        Assert.Equal(SameDeal.KeyOf(other), SameDeal.KeyOf(one));
    }

    [Fact]
    public void A_number_of_nothing_but_marks_is_none() => Assert.Null(SameDeal.KeyOf(" --/ "));

    [Theory]
    [InlineData("抗体药物生产基地", 100, "抗体药物生产基地项目", 500, true)]
    [InlineData("抗体药物生产基地", 100, "冻干粉针车间", 100.9, true)]
    [InlineData("抗体药物生产基地", 100, "冻干粉针车间", 101.1, false)]
    [InlineData("抗体药物生产基地", 0, "冻干粉针车间", 0, false)]
    public void A_deal_is_the_same_under_a_like_name_or_a_like_sum(string name, double amount, string other, double otherAmount, bool same)
        => Assert.Equal(same, SameDeal.Is(name, (decimal)amount, other, (decimal)otherAmount));

    [Fact]
    public void Only_a_signed_formal_agreement_and_its_increase_count()
    {
        foreach (var kind in Enum.GetValues<AgreementKind>())
        {
            var agreement = Draft(kind);
            Assert.False(agreement.Counts);
            Sign(agreement);
            Assert.Equal(kind is AgreementKind.Formal or AgreementKind.Supplement, agreement.Counts);
            agreement.Void("作废", Now, Officer);
            Assert.False(agreement.Counts);
        }
        Assert.Equal(RefusalCode.Invalid, Refused(() => Draft(AgreementKind.Supplement, Whole with { Amount = 0 })));
    }

    [Fact]
    public void A_foreign_firm_signs_without_a_credit_code()
    {
        var terms = Whole with { InvestorCode = null };
        Assert.Equal(["investorCode"], Assert.Throws<Refusal>(() => Sign(Draft(terms: terms))).Missing);
        Sign(Draft(terms: terms), foreign: true);
    }

    [Theory]
    [InlineData("L", FairCompetitionState.NotApplicable, null)]
    [InlineData("M", FairCompetitionState.NotApplicable, RefusalCode.MeasureUnreviewed)]
    [InlineData("H", FairCompetitionState.NotApplicable, RefusalCode.MeasureUnreviewed)]
    [InlineData("H", FairCompetitionState.Exception, null)]
    [InlineData("L", FairCompetitionState.Pending, RefusalCode.FairCompetitionOpen)]
    [InlineData("S", FairCompetitionState.Compliant, RefusalCode.AgreementIncomplete)]
    public void A_measure_needs_the_review_that_its_kind_asks_for(string kind, FairCompetitionState state, RefusalCode? code)
    {
        var agreement = Draft();
        agreement.Promise(null, Measure(kind));
        if (code is { } refused) Assert.Equal(refused, Refused(() => Sign(agreement, Review(state))));
        else Sign(agreement, Review(state));
    }

    [Fact]
    public void What_only_statutes_permit_names_its_statute()
    {
        var agreement = Draft();
        var measure = agreement.Promise(null, Measure("S"));
        Assert.Equal(["measures.S.statutoryBasis"], agreement.Lacks(Ways, false));
        agreement.Promise(measure.Id, Measure("S", "税收法规"));
        Sign(agreement);
        Assert.Equal(RefusalCode.AgreementSigned, Refused(() => agreement.TakeBack(measure.Id)));
    }

    [Fact]
    public void A_signed_agreement_keeps_what_it_counts()
    {
        var agreement = Draft();
        Sign(agreement);
        agreement.Edit(Whole with { OurParty = "另一甲方", Place = "金山", Performance = "条款" });
        Assert.Equal("金山", agreement.Place);
        Assert.All([Whole with { Amount = 101 }, Whole with { Number = "A-2" }, Whole with { InvestorName = "别人" }], terms => Assert.Equal(RefusalCode.AgreementSigned, Refused(() => agreement.Edit(terms))));
        agreement.Void("作废", Now, Officer);
        Assert.Equal(RefusalCode.AgreementVoid, Refused(() => agreement.Edit(Whole)));
    }
}
