using FluentValidation;
using JinshanBio.Crm.Chain;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Campaigns;
using JinshanBio.Crm.Domain.Chain;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;

namespace JinshanBio.Crm.Campaigns;

/// <summary>What a person says about a campaign. Money in yuan.</summary>
public abstract record CampaignInput
{
    public string Name { get; set; } = "";
    public CampaignKind? Kind { get; set; }

    /// <summary>First day.</summary>
    public DateOnly? From { get; set; }

    /// <summary>Last day; left out for what goes on.</summary>
    public DateOnly? Until { get; set; }
    public string? Place { get; set; }

    /// <summary>预算, yuan.</summary>
    [Money]
    public decimal? Budget { get; set; }
    public string? Note { get; set; }

    /// <summary>Codes of the links whose gaps it aims at.</summary>
    public List<string> Links { get; set; } = [];

    internal CampaignTerms ToTerms() => new(Name, Kind!.Value, From!.Value, Until, Place, Budget, Note);

    /// <exception cref="Refusal">UnknownLink.</exception>
    internal IReadOnlyList<LinkCoverage> Gaps(Coverage coverage) => [.. Links.Where(l => l.Length > 0).Distinct(StringComparer.Ordinal)
        .Select(l => coverage.Map.Has(l) ? coverage[l] : throw new Refusal(RefusalCode.UnknownLink, l) { Field = "links" })];
}

internal sealed class CampaignInputValidator : AbstractValidator<CampaignInput>
{
    public CampaignInputValidator()
    {
        RuleFor(r => r.Name).NotEmpty().OneLine(200);
        RuleFor(r => r.Kind).NotEmpty().IsInEnum();
        RuleFor(r => r.From).NotEmpty().PlausibleDay();
        RuleFor(r => r.Until).PlausibleDay().Must((r, until) => until is null || r.From is null || until >= r.From).WithMessage(_ => Text.Of("campaigns.untilBeforeFrom"));
        RuleFor(r => r.Place).OneLine(200);
        RuleFor(r => r.Budget).InclusiveBetween(0, 1_000_000_000_000m).PrecisionScale(18, 2, ignoreTrailingZeros: true);
        RuleFor(r => r.Note).MaximumLength(4000);
        RuleFor(r => r.Links).NotNull().Must(l => l is null || l.Count <= 100);
    }
}
