using JinshanBio.Crm.Texts;
using JinshanBio.Crm.Web.Ui;

namespace JinshanBio.Crm.Web.Pages.Campaigns;

/// <summary>How the days and the cost of a campaign are written.</summary>
internal static class CampaignWords
{
    public static string Days(DateOnly from, DateOnly? until) => until is null ? Text.Of("campaigns.since", Show.Day(from)) : until == from ? Show.Day(from) : $"{Show.Day(from)} – {Show.Day(until.Value)}";

    /// <summary>A dash while there is nothing to divide by.</summary>
    public static string Per(decimal? yuan) => yuan is { } cost ? Show.Column(cost) : "—";

    public static string Chip(Domain.Campaigns.AimOutcome outcome) => outcome switch
    {
        Domain.Campaigns.AimOutcome.Closed => "good",
        Domain.Campaigns.AimOutcome.ClosedByOthers or Domain.Campaigns.AimOutcome.Eased => "info",
        _ => "outline",
    };
}
