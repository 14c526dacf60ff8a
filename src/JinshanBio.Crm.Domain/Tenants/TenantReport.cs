using JinshanBio.Crm.Domain.Assignments;

namespace JinshanBio.Crm.Domain.Tenants;

/// <summary>在园企业情况: what a tenant is on a day, as the park's manager has it from the company. Only added to: a correction is a further line for the same day.</summary>
public sealed class TenantReport : Entity
{
    /// <summary>A figure this many times the one before, or the other way round, is more likely a slip of the unit than growth.</summary>
    public const int FarOff = 20;

    private TenantReport() { }

    /// <param name="same">The line in force for the same day, if there is one.</param>
    /// <param name="last">The line in force for the last day before it.</param>
    /// <param name="today">In Shanghai.</param>
    /// <exception cref="Refusal">TenantNotIn, TenantReportEmpty, TenantReportExists, TenantReportFarOff.</exception>
    public TenantReport(Assignment place, TenantTerms terms, TenantReport? same, TenantReport? last, DateOnly today, DateTime now, Guid byId)
    {
        if (place.Status != AssignmentStatus.MovedIn && place.EndedAt is null || place.MovedInAt is null) throw new Refusal(RefusalCode.TenantNotIn);
        if (terms.IsEmpty) throw new Refusal(RefusalCode.TenantReportEmpty);
        if (terms.AsOf > today) throw new Refusal(RefusalCode.TenantReportEarly) { Field = "asOf" };
        var note = string.IsNullOrWhiteSpace(terms.Note) ? null : terms.Note.Trim();
        if (same is not null && note is null) throw new Refusal(RefusalCode.TenantReportExists, terms.AsOf) { Field = "note" };
        if (note is null && last is not null)
        {
            MustResemble("headcount", last.Headcount, terms.Headcount);
            MustResemble("revenue", last.Revenue, terms.Revenue);
            MustResemble("output", last.Output, terms.Output);
        }
        (AssignmentId, ProjectId, AsOf, Number) = (place.Id, place.ProjectId, terms.AsOf, (same?.Number ?? 0) + 1);
        (Headcount, Revenue, Output, Product, AreaNeedM2, Note) = (terms.Headcount, terms.Revenue, terms.Output, terms.Product, terms.AreaNeedM2, note);
        FoundedOn = terms.FoundedOn ?? same?.FoundedOn ?? last?.FoundedOn;
        (At, ById) = (now, byId);
    }

    public Guid AssignmentId { get; private set; }
    public Assignment? Assignment { get; private set; }

    /// <summary>The same company goes on from carrier to carrier: what was reported of it goes with it.</summary>
    public Guid ProjectId { get; private set; }

    /// <summary>Day for which the figures hold.</summary>
    public DateOnly AsOf { get; private set; }

    /// <summary>1 for the first line of the day, then its corrections; the highest is in force.</summary>
    public int Number { get; private set; }
    public int? Headcount { get; private set; }

    /// <summary>营业收入 of the twelve months before the day, yuan.</summary>
    public decimal? Revenue { get; private set; }

    /// <summary>产值 of the twelve months before the day, yuan.</summary>
    public decimal? Output { get; private set; }
    public ProductStage? Product { get; private set; }

    /// <summary>m² that the company needs for what it plans.</summary>
    public decimal? AreaNeedM2 { get; private set; }

    /// <summary>Day on which the company was founded; known once, it stays known.</summary>
    public DateOnly? FoundedOn { get; private set; }
    public string? Note { get; private set; }
    public DateTime At { get; private set; }
    public Guid ById { get; private set; }

    private static void MustResemble(string field, decimal? before, decimal? now)
    {
        if (before is not > 0 || now is not > 0) return;
        if (now > before * FarOff || now < before / FarOff) throw new Refusal(RefusalCode.TenantReportFarOff, before.Value, now.Value) { Field = field };
    }
}

/// <summary>产品阶段: how far the product is; each is further than the ones before it.</summary>
public enum ProductStage
{
    /// <summary>概念</summary>
    Idea,
    /// <summary>实验室</summary>
    Lab,
    /// <summary>中试</summary>
    Pilot,
    /// <summary>小批量</summary>
    SmallBatch,
    /// <summary>规模化生产</summary>
    MassProduction,
}

/// <summary>What is reported of a tenant. Money in yuan over the twelve months before the day; what is null is not known.</summary>
public sealed record TenantTerms(DateOnly AsOf)
{
    public int? Headcount { get; init; }
    public decimal? Revenue { get; init; }
    public decimal? Output { get; init; }
    public ProductStage? Product { get; init; }
    public decimal? AreaNeedM2 { get; init; }
    public DateOnly? FoundedOn { get; init; }
    public string? Note { get; init; }

    public bool IsEmpty => Headcount is null && Revenue is null && Output is null && Product is null && AreaNeedM2 is null && FoundedOn is null;
}
