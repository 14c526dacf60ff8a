using JinshanBio.Crm.Agreements;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Agreements;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Web.Pages.Agreements;

/// <summary>What stands about an agreement, in words and colours.</summary>
internal static class AgreementWords
{
    public static string Tone(AgreementStatus status) => status switch { AgreementStatus.Signed => "good", AgreementStatus.Void => "outline", _ => "warn" };

    public static string Tone(FairCompetitionState? state) => state switch
    {
        FairCompetitionState.Compliant or FairCompetitionState.NotApplicable => "good",
        FairCompetitionState.Exception => "info",
        _ => "warn",
    };

    /// <summary>A path of what lacks ("number", "measures.PM-31.documentNumber") and where on the page it is filled in.</summary>
    public static (string Say, string Place) Lacks(string path, AgreementRecord agreement, Catalogue catalogue)
    {
        var parts = path.Split('.');
        return parts switch
        {
            ["fairCompetition"] => (Text.Of("agreements.lacks", Text.Of("agreements.fair")), "#fair"),
            ["measures", var kind, "fairCompetition"] => (Text.Of("agreements.lacksOf", Measure(kind, catalogue), Text.Of("agreements.fair")), "#fair"),
            ["measures", var kind, var what] => (Text.Of("agreements.lacksOf", Measure(kind, catalogue), Text.Of("input." + what)), $"#measures-{agreement.Id}"),
            _ => (Text.Of("agreements.lacks", Text.Of("input." + parts[^1])), $"#edit-{agreement.Id}"),
        };
    }

    public static string Measure(string kind, Catalogue catalogue) => $"{kind} {catalogue.MeasureName(kind)}";

    public static string Foreign(AgreementRecord a) => Text.Of("agreements.foreignSaid", a.Currency, Ui.Show.Number(a.ForeignAmount ?? 0),
        (a.Rate ?? 0).ToString("0.######", System.Globalization.CultureInfo.InvariantCulture), a.RateDay is { } day ? Ui.Show.Day(day) : "–");
}
