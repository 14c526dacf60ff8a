namespace JinshanBio.Crm.Domain.Parks;

public enum FitVerdict
{
    /// <summary>适配</summary>
    Fits,
    /// <summary>待核实: something is not known of the space.</summary>
    Unknown,
    /// <summary>不适配</summary>
    DoesNotFit,
}

/// <summary>硬约束: one limit that applies, and how the space stands to it.</summary>
/// <param name="Key">One of <see cref="FitLimits.All"/>.</param>
/// <param name="Args">What is needed, what is offered (left out when unknown) and, for numbers that do not fit, how much is lacking: raw values in the units of <see cref="SpaceNeed"/>.</param>
public sealed record FitReason(string Key, FitVerdict Verdict, IReadOnlyList<object> Args)
{
    /// <summary>No reason helps against it: an area or a day that is not there.</summary>
    public bool IsFirm => Key is FitLimits.Area or FitLimits.From or FitLimits.Until;
}

/// <summary>软条件: one term of the score.</summary>
/// <param name="Key">field, links, growth, date, price or role.</param>
/// <param name="Of">The most it could give.</param>
/// <param name="Args">For the sentence that says why; the first one names the case.</param>
public sealed record FitPoint(string Key, decimal Points, decimal Of, IReadOnlyList<object> Args);

/// <param name="Verdict">The worst of the reasons.</param>
/// <param name="Score">0 to 100; how well it would suit apart from the limits.</param>
public sealed record FitAnswer(FitVerdict Verdict, IReadOnlyList<FitReason> Reasons, decimal Score, IReadOnlyList<FitPoint> Points)
{
    /// <summary>The limits that the space does not meet.</summary>
    public IEnumerable<FitReason> Failing => Reasons.Where(r => r.Verdict == FitVerdict.DoesNotFit);
}
