using System.Text.Json.Serialization;
using JinshanBio.Crm.Domain.Parks;

namespace JinshanBio.Crm.Domain.Tenants;

/// <summary>毕业条件: what the district asks of a tenant before it goes on to the next carrier. None is shipped: no public document gives Jinshan's.</summary>
/// <param name="Document">文号 the conditions rest on.</param>
/// <param name="ValidUntil">The last day on which they hold; null until they are replaced.</param>
/// <param name="IsExample">Made up for the demonstration.</param>
public sealed record GraduationRules(GraduationTerms Incubator, GraduationTerms Accelerator, string? Document, DateOnly? ValidUntil, bool IsExample)
{
    /// <summary>Null for the industrial park, from which nobody graduates, and when nothing holds on the day.</summary>
    public GraduationTerms? For(ParkRole role, DateOnly day)
    {
        var terms = role switch { ParkRole.Incubator => Incubator, ParkRole.Accelerator => Accelerator, _ => null };
        return terms is null || IsExpired(day) || terms.IsEmpty ? null : terms;
    }

    public bool IsExpired(DateOnly day) => ValidUntil < day;

    [JsonIgnore]
    public bool IsEmpty => Incubator.IsEmpty && Accelerator.IsEmpty;
}

/// <summary>The conditions of one role of carrier; each that is null is not asked for.</summary>
public sealed record GraduationTerms
{
    /// <summary>Months in the carrier.</summary>
    public int? MonthsIn { get; init; }

    /// <summary>Months since the company was founded.</summary>
    public int? CompanyMonths { get; init; }
    public int? Headcount { get; init; }

    /// <summary>Yuan a year.</summary>
    public decimal? Revenue { get; init; }

    /// <summary>m² that it needs.</summary>
    public decimal? AreaNeedM2 { get; init; }

    /// <summary>It needs more than it has and its park has free besides.</summary>
    public bool Outgrows { get; init; }
    public ProductStage? Product { get; init; }

    /// <summary>How many of these must hold; all of them when left out.</summary>
    public int? Needed { get; init; }

    /// <summary>最长在园: months after which a tenant must have gone on, whatever else holds.</summary>
    public int? MostMonths { get; init; }

    /// <summary>How near a figure must be to what is asked for to count as near it, percent.</summary>
    public int NearPercent { get; init; } = 80;

    [JsonIgnore]
    public int Count => new object?[] { MonthsIn, CompanyMonths, Headcount, Revenue, AreaNeedM2, Product }.Count(c => c is not null) + (Outgrows ? 1 : 0);

    [JsonIgnore]
    public bool IsEmpty => Count == 0 && MostMonths is null;

    /// <summary>How many must hold.</summary>
    [JsonIgnore]
    public int Wanted => Math.Min(Needed ?? Count, Count);
}
