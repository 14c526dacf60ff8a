namespace JinshanBio.Crm.Domain.Campaigns;

/// <summary>What a campaign brought and cost. Each lead and project counts once; money in yuan.</summary>
/// <param name="Dropped">Of the leads, those that were dropped.</param>
/// <param name="Projects">Leads that became projects.</param>
/// <param name="Signed">Of the projects, those with a formal agreement that still go on.</param>
/// <param name="Landed">Of these, those with a registered local entity.</param>
/// <param name="Producing">Of these, those that produce.</param>
/// <param name="SignedAmount">签约额 of the signed ones.</param>
/// <param name="Closed">Gaps that it aimed at and closed by a project of its own.</param>
public sealed record CampaignFigures(int Leads, int Dropped, int Projects, int Signed, int Landed, int Producing, decimal SignedAmount, decimal Cost, int Aims, int Closed)
{
    /// <summary>Null while there is nothing to divide by.</summary>
    public decimal? CostPerLead => Per(Leads);
    public decimal? CostPerLanded => Per(Landed);
    public decimal? CostPerClosed => Per(Closed);

    private decimal? Per(int count) => count == 0 ? null : decimal.Round(Cost / count, 2);
}
