namespace JinshanBio.Crm.Reports;

/// <summary>每日快照: one line of the pipeline by field as it stood at a moment. Equals the live query of that moment.</summary>
public sealed class PipelineSnapshot
{
    /// <summary>UTC.</summary>
    public required DateTime AsOf { get; init; }

    /// <summary>Field code.</summary>
    public required string Key { get; init; }
    public int Leads { get; init; }
    public int Projects { get; init; }
    public decimal Investment { get; init; }
    public decimal Weighted { get; init; }
    public decimal Signed { get; init; }
    public decimal Landed { get; init; }
    public decimal InProduction { get; init; }
    public decimal OutputAtCapacity { get; init; }
    public decimal FundsInPlace { get; init; }
    public decimal AnnualOutput { get; init; }
}
