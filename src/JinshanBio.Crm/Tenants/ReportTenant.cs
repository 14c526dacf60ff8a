using FluentValidation;
using JinshanBio.Crm.Assignments;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Tenants;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Tenants;

/// <summary>登记企业情况: a manager of the park reports what a tenant is on a day. A second report of the same day corrects the first, which is kept.</summary>
[Needs(Permission.AssignmentsDecide)]
public sealed record ReportTenant : IRequest<Guid>
{
    /// <summary>The place.</summary>
    public Guid Id { get; set; }

    /// <summary>Day for which the figures hold; today when left out.</summary>
    public DateOnly? AsOf { get; set; }
    public int? Headcount { get; set; }

    /// <summary>Yuan over the twelve months before the day.</summary>
    [Money]
    public decimal? Revenue { get; set; }

    /// <summary>Yuan over the twelve months before the day.</summary>
    [Money]
    public decimal? Output { get; set; }
    public ProductStage? Product { get; set; }

    /// <summary>m² that the company needs.</summary>
    public decimal? AreaNeedM2 { get; set; }

    /// <summary>Day on which the company was founded; the one known stays when left out.</summary>
    public DateOnly? FoundedOn { get; set; }

    /// <summary>Why a report is corrected, or a figure is far from the last one.</summary>
    public string? Note { get; set; }
}

internal sealed class ReportTenantValidator : AbstractValidator<ReportTenant>
{
    public ReportTenantValidator(TimeProvider clock)
    {
        RuleFor(r => r.AsOf).PlausibleDay();
        RuleFor(r => r.Headcount).InclusiveBetween(0, 100_000);
        RuleFor(r => r.Revenue).InclusiveBetween(0, 1_000_000_000_000m).PrecisionScale(18, 2, ignoreTrailingZeros: true);
        RuleFor(r => r.Output).InclusiveBetween(0, 1_000_000_000_000m).PrecisionScale(18, 2, ignoreTrailingZeros: true);
        RuleFor(r => r.Product).IsInEnum();
        RuleFor(r => r.AreaNeedM2).InclusiveBetween(1, 1_000_000m).PrecisionScale(18, 2, ignoreTrailingZeros: true);
        RuleFor(r => r.FoundedOn).Must(day => day is null || (day.Value.Year >= 1900 && day <= ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime))).WithMessage(_ => Text.Of("tenants.foundedWhen"));
        RuleFor(r => r.Note).MaximumLength(1000);
    }
}

internal sealed class ReportTenantHandler(CrmDb db, Actor actor, TimeProvider clock) : IRequestHandler<ReportTenant, Guid>
{
    public async Task<Guid> Handle(ReportTenant request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = ShanghaiTime.Day(now);
        var place = await db.ManagedAssignmentAsync(actor, request.Id, version: null, cancellationToken);
        var asOf = request.AsOf ?? today;
        var known = db.TenantReports.Where(r => r.ProjectId == place.ProjectId);
        var same = await known.Where(r => r.AsOf == asOf).OrderByDescending(r => r.Number).FirstOrDefaultAsync(cancellationToken);
        var last = await known.Where(r => r.AsOf < asOf).OrderByDescending(r => r.AsOf).ThenByDescending(r => r.Number).FirstOrDefaultAsync(cancellationToken);
        var report = new TenantReport(place, new TenantTerms(asOf)
        {
            Headcount = request.Headcount, Revenue = request.Revenue, Output = request.Output, Product = request.Product, AreaNeedM2 = request.AreaNeedM2,
            FoundedOn = request.FoundedOn, Note = request.Note,
        }, same, last, today, now, actor.Id);
        db.TenantReports.Add(report);
        await db.SaveChangesAsync(cancellationToken);
        return report.Id;
    }
}
