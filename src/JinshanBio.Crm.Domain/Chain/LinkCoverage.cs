namespace JinshanBio.Crm.Domain.Chain;

/// <summary>
/// 环节覆盖: what is needed from a link here, what it supplies here, and what is missing. Money in yuan a year.
/// coverage = (1 − r) · min(1, supply / need) + r · min(1, (supply − largest supplier) / need), with r the resilience of the parameters: a need that one
/// supplier alone meets is met to 1 − r. Another supplier never lowers it.
/// </summary>
/// <param name="Need">Sum of the need terms.</param>
/// <param name="WeightedNeed">The same, each term times the weight of its field.</param>
/// <param name="Supply">Sum of the supply terms: operating and landed, and the pipeline times its probability.</param>
/// <param name="SupplyHere">Operating and landed alone.</param>
/// <param name="Largest">Of the supply, that of the one largest enterprise.</param>
/// <param name="LargestHere">The same of those here.</param>
/// <param name="Suppliers">Enterprises that operate or have landed in the link.</param>
/// <param name="Coming">Projects in talks, under review or signed.</param>
public sealed record LinkCoverage(
    string Link, decimal Need, decimal WeightedNeed, decimal Supply, decimal SupplyHere, decimal Largest, decimal LargestHere, int Suppliers, int Coming,
    IReadOnlyList<NeedTerm> Needs, IReadOnlyList<SupplyTerm> Supplies, CoverageWeights Weights)
{
    /// <summary>0–1, with the likely pipeline.</summary>
    public decimal Coverage { get; } = Of(Need, Supply, Largest, Weights.Resilience);

    /// <summary>0–1, of what is here today.</summary>
    public decimal CoverageHere { get; } = Of(Need, SupplyHere, LargestHere, Weights.Resilience);

    /// <summary>缺口: what is not covered, yuan a year.</summary>
    public decimal Gap => Need * (1 - Coverage);

    /// <summary>加权缺口: by which gaps are ranked.</summary>
    public decimal WeightedGap => WeightedGapWith(Supply, Largest);

    /// <summary>独家供应: one enterprise alone.</summary>
    public bool HangsOnOne => Suppliers == 1;

    public LinkState State => Suppliers == 0 ? Coming > 0 ? LinkState.InPipeline : LinkState.Missing
        : CoverageHere >= Weights.StrongFrom ? LinkState.Strong : LinkState.Weak;

    /// <summary>加权缺口 that this need would leave with another supply, yuan a year, of which the largest enterprise gives so much.</summary>
    public decimal WeightedGapWith(decimal supply, decimal largest) => WeightedNeed * (1 - Of(Need, supply, largest, Weights.Resilience));

    /// <summary>The measure itself. A link from which nothing is needed is covered.</summary>
    public static decimal Of(decimal need, decimal supply, decimal largest, decimal resilience)
        => need <= 0 ? 1 : (1 - resilience) * Math.Min(1, supply / need) + resilience * Math.Min(1, (supply - largest) / need);
}

/// <summary>A term of the need: what one buying link, or the district's own plan, needs from the link.</summary>
/// <param name="Buyer">Code of the buying link; null for the plan of the district for this link itself.</param>
/// <param name="BuyerOutput">What the buyers are reckoned to make, yuan a year: here and likely, at least the planned output.</param>
/// <param name="Planned">Whether the planned output stands for the buyers because less is here and likely.</param>
/// <param name="Share">Yuan of supply per yuan of output.</param>
public sealed record NeedTerm(string? Buyer, SupplyKind? Kind, bool IsCritical, decimal BuyerOutput, bool Planned, decimal Share, string Field, decimal FieldWeight)
{
    public decimal Amount => BuyerOutput * Share;
}

/// <summary>A term of the supply: what the district gets of one enterprise's business or project, yuan a year.</summary>
/// <param name="Part">Of its output, the part in this link: one over the number of its links.</param>
public sealed record SupplyTerm(ChainSubject Subject, decimal Part, decimal LocalShare)
{
    public decimal Amount => Subject.Output * Subject.Likelihood * Part * LocalShare;
    public bool IsHere => Subject.Phase != SupplyPhase.Pipeline;
}

/// <summary>环节状态.</summary>
public enum LinkState
{
    /// <summary>强</summary>
    Strong,
    /// <summary>弱</summary>
    Weak,
    /// <summary>在谈: nobody is here, and somebody is coming.</summary>
    InPipeline,
    /// <summary>缺</summary>
    Missing,
}
