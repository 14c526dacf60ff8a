namespace JinshanBio.Crm.Domain.Commitments;

/// <summary>Who has promised.</summary>
public enum CommitmentSide
{
    /// <summary>投资方</summary>
    Investor,
    /// <summary>区方</summary>
    District,
}

/// <summary>承诺事项. Which side it belongs to and how it is measured: <see cref="CommitmentRule"/>.</summary>
public enum CommitmentKind
{
    /// <summary>到位资金</summary>
    InvestmentInPlace,
    /// <summary>固定资产投资</summary>
    FixedInvestment,
    /// <summary>开工</summary>
    Start,
    /// <summary>竣工</summary>
    Completion,
    /// <summary>投产</summary>
    InProduction,
    /// <summary>达产</summary>
    AtCapacity,
    /// <summary>年产值</summary>
    AnnualOutput,
    /// <summary>年税收</summary>
    AnnualTax,
    /// <summary>就业</summary>
    Jobs,
    /// <summary>年综合能耗上限</summary>
    EnergyCeiling,
    /// <summary>投资方其他承诺</summary>
    InvestorOther,
    /// <summary>交付土地</summary>
    LandDelivered,
    /// <summary>交付厂房</summary>
    SpaceDelivered,
    /// <summary>办结审批</summary>
    Permits,
    /// <summary>配套到位: steam, power, roads.</summary>
    Utilities,
    /// <summary>兑现措施</summary>
    MeasureDelivered,
    /// <summary>拨付资金</summary>
    FundsPaid,
    /// <summary>区方其他承诺</summary>
    DistrictOther,
}

/// <summary>In what a promise is measured, and with it what a reported value means. Of several reports the one of the latest day stands; nothing is added up.</summary>
public enum CommitmentMeasure
{
    /// <summary>A day by which something is done; no value.</summary>
    Done,
    /// <summary>累计金额, CNY yuan: each report says the total from the beginning to its day.</summary>
    Yuan,
    /// <summary>年度金额, CNY yuan: each report says the sum of the twelve months that end on its day.</summary>
    YuanAYear,
    /// <summary>人数: each report says how many there are on its day.</summary>
    People,
    /// <summary>吨标准煤/年: each report says the use of the twelve months that end on its day; at most what was promised.</summary>
    TceAYear,
}

/// <summary>What kind of promise it is: whose, and measured in what.</summary>
public sealed record CommitmentRule(CommitmentSide Side, CommitmentMeasure Measure)
{
    /// <summary>不高于: a ceiling; every other value is to be reached.</summary>
    public bool IsCeiling => Measure == CommitmentMeasure.TceAYear;
    public bool HasTarget => Measure != CommitmentMeasure.Done;

    /// <summary>Only what adds up over time can be expected to grow with it: a total of money does, a yearly output that begins with production does not.</summary>
    public bool GrowsWithTime => Measure == CommitmentMeasure.Yuan;

    public static CommitmentRule Of(CommitmentKind kind) => kind switch
    {
        CommitmentKind.InvestmentInPlace or CommitmentKind.FixedInvestment => new(CommitmentSide.Investor, CommitmentMeasure.Yuan),
        CommitmentKind.AnnualOutput or CommitmentKind.AnnualTax => new(CommitmentSide.Investor, CommitmentMeasure.YuanAYear),
        CommitmentKind.Jobs => new(CommitmentSide.Investor, CommitmentMeasure.People),
        CommitmentKind.EnergyCeiling => new(CommitmentSide.Investor, CommitmentMeasure.TceAYear),
        CommitmentKind.Start or CommitmentKind.Completion or CommitmentKind.InProduction or CommitmentKind.AtCapacity or CommitmentKind.InvestorOther
            => new(CommitmentSide.Investor, CommitmentMeasure.Done),
        CommitmentKind.FundsPaid => new(CommitmentSide.District, CommitmentMeasure.Yuan),
        CommitmentKind.LandDelivered or CommitmentKind.SpaceDelivered or CommitmentKind.Permits or CommitmentKind.Utilities or CommitmentKind.MeasureDelivered or CommitmentKind.DistrictOther
            => new(CommitmentSide.District, CommitmentMeasure.Done),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
