using JinshanBio.Crm.Domain.Enterprises;

namespace JinshanBio.Crm.Domain.Chain;

/// <summary>缺口参数: by what the coverage of links is reckoned. The factory values are assumptions of the product, to be replaced by the district's own.</summary>
public sealed record CoverageWeights
{
    /// <summary>Of what an enterprise makes, the part that the district can be reckoned to get, 0–1.</summary>
    public required decimal LocalShare { get; init; }

    /// <summary>Yuan of a critical supply per yuan of the buyer's output, 0–1.</summary>
    public required decimal CriticalNeed { get; init; }

    /// <summary>The same for any other supply.</summary>
    public required decimal NormalNeed { get; init; }

    /// <summary>规划产值: what the district wants a link to make at least, yuan a year.</summary>
    public required decimal PlannedOutput { get; init; }

    /// <summary>How much of the coverage hangs on what is left when the largest supplier leaves, 0–1.</summary>
    public required decimal Resilience { get; init; }

    /// <summary>Coverage from which on a link is strong, 0–1.</summary>
    public required decimal StrongFrom { get; init; }

    /// <summary>What an enterprise or a project of unknown output and size is taken for, yuan a year.</summary>
    public required decimal UnknownOutput { get; init; }

    /// <summary>What an enterprise of unknown output is taken for by its size class, yuan a year.</summary>
    public required IReadOnlyDictionary<EnterpriseSize, decimal> SizeOutput { get; init; }

    /// <summary>领域优先: how much a need of a field weighs; 1 where the field is not named.</summary>
    public required IReadOnlyDictionary<string, decimal> FieldWeight { get; init; }

    /// <summary>The document the district's own values rest on; null for the factory values.</summary>
    public string? Document { get; init; }

    public decimal WeightOf(string field) => FieldWeight.GetValueOrDefault(field, 1m);

    public decimal NeedOf(EdgeEdition edge) => edge.NeedPercent / 100 ?? (edge.IsCritical ? CriticalNeed : NormalNeed);

    /// <summary>Yuan a year of an enterprise whose output may be unknown.</summary>
    public decimal OutputOf(decimal? output, EnterpriseSize? size) => output is > 0 ? output.Value : size is { } known && SizeOutput.TryGetValue(known, out var typical) ? typical : UnknownOutput;
}
