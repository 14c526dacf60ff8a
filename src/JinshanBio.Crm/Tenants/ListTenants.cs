using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain;
using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Calendar;
using JinshanBio.Crm.Domain.Tenants;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Tenants;

/// <summary>What the tenants of a park are narrowed down by; the same for the list and its export.</summary>
public abstract record TenantFilter
{
    public Guid Park { get; set; }

    /// <summary>Leases that end within so many days, or are over; 0 for those only.</summary>
    public int? LeaseWithin { get; set; }
    public GraduationState? Graduation { get; set; }

    /// <summary>True for those that have stayed longer than the longest stay.</summary>
    public bool? Overdue { get; set; }
    public string? Sort { get; set; }

    internal const string UsualSort = "leaseUntil";

    // Sorted here, because half of it is reckoned here: a park has as many tenants as its floor holds.
    internal static readonly Dictionary<string, Func<TenantRow, object?>> Sortable = new(StringComparer.Ordinal)
    {
        ["leaseUntil"] = t => t.LeaseUntil,
        ["title"] = t => t.ProjectTitle,
        ["areaM2"] = t => t.AreaM2,
        ["movedInOn"] = t => t.MovedInOn,
        ["headcount"] = t => t.Headcount,
        ["outputPerM2"] = t => t.OutputPerM2,
        ["openRequests"] = t => t.OpenRequests,
        ["graduation"] = t => t.Graduation.IsOverdue ? -1 : (int)t.Graduation.State,
    };

    /// <summary>All tenants of the park that the person sees, and those that the filters leave, in their order.</summary>
    /// <exception cref="Refusal">NotFound.</exception>
    internal async Task<(List<TenantRow> All, List<TenantRow> Rows)> RowsAsync(CrmDb db, Actor actor, GraduationRules rules, DateOnly today, CancellationToken cancel)
    {
        if (!await db.Parks.VisibleTo(actor).AnyAsync(p => p.Id == Park, cancel)) throw new Refusal(RefusalCode.NotFound);
        var all = await db.TenantRowsAsync(db.Assignments.VisibleTo(actor).Where(a => a.ParkId == Park && a.Status == AssignmentStatus.MovedIn), actor, rules, today, cancel);
        var left = all.Where(t => (LeaseWithin is not { } days || t.LeaseDays < 0 || (days > 0 && t.LeaseDays <= days))
            && (Graduation is not { } state || t.Graduation.State == state) && (Overdue is not { } overdue || t.Graduation.IsOverdue == overdue));
        return (all, [.. Sorted(left)]);
    }

    /// <summary>What is not known stands last, whichever way.</summary>
    private IEnumerable<TenantRow> Sorted(IEnumerable<TenantRow> rows)
    {
        IOrderedEnumerable<TenantRow>? ordered = null;
        foreach (var part in (Sort is { Length: > 0 } sort ? sort : UsualSort).Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var (column, down) = (Sortable[part.TrimStart('-')], part[0] == '-');
            ordered = ordered is null ? rows.OrderBy(t => column(t) is null) : ordered.ThenBy(t => column(t) is null);
            ordered = down ? ordered.ThenByDescending(column) : ordered.ThenBy(column);
        }
        return ordered!.ThenBy(t => t.Id);
    }
}

/// <summary>在园企业: the tenants of a park with their leases, figures and graduation; leases that are over first.</summary>
[Needs(Permission.AssignmentsRead)]
public sealed record ListTenants : TenantFilter, IRequest<TenantList>, IPaged
{
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;
}

/// <param name="Totals">Over all tenants that the filters leave.</param>
/// <param name="All">The same over all tenants of the park.</param>
public sealed record TenantList(IReadOnlyList<TenantRow> Items, int Total, int Page, int Size, TenantTotals Totals, TenantTotals All, DateOnly AsOf);

/// <param name="OutputPerM2">Over those whose output is known.</param>
/// <param name="Reported">How many have reported figures.</param>
public sealed record TenantTotals(int Tenants, decimal AreaM2, int Headcount, decimal Output, decimal? OutputPerM2, int Reported, int OpenRequests, int LeasesOver, int LeasesIn90Days, int Ready, int Near, int Overdue)
{
    internal static TenantTotals Of(IReadOnlyCollection<TenantRow> rows)
    {
        var known = rows.Where(t => t.Output is not null && t.AreaM2 > 0).ToList();
        return new(rows.Count, rows.Sum(t => t.AreaM2), rows.Sum(t => t.Headcount ?? 0), known.Sum(t => t.Output!.Value), known.Count == 0 ? null : decimal.Round(known.Sum(t => t.Output!.Value) / known.Sum(t => t.AreaM2), 2),
            rows.Count(t => t.ReportedOn is not null), rows.Sum(t => t.OpenRequests ?? 0), rows.Count(t => t.IsLeaseOver), rows.Count(t => t.LeaseDays is >= 0 and <= 90),
            rows.Count(t => t.Graduation.State == GraduationState.Met), rows.Count(t => t.Graduation.State == GraduationState.Near), rows.Count(t => t.Graduation.IsOverdue));
    }
}

internal sealed class TenantFilterValidator : AbstractValidator<TenantFilter>
{
    public TenantFilterValidator()
    {
        RuleFor(r => r.LeaseWithin).InclusiveBetween(0, 3650);
        RuleFor(r => r.Graduation).IsInEnum();
    }
}

internal sealed class ListTenantsValidator : AbstractValidator<ListTenants>
{
    public ListTenantsValidator()
    {
        this.MustBePaged(TenantFilter.Sortable.Keys);
        Include(new TenantFilterValidator());
    }
}

internal sealed class ListTenantsHandler(CrmDb db, Actor actor, Catalogue catalogue, TimeProvider clock) : IRequestHandler<ListTenants, TenantList>
{
    public async Task<TenantList> Handle(ListTenants request, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.Day(clock.GetUtcNow().UtcDateTime);
        var (all, rows) = await request.RowsAsync(db, actor, catalogue.Graduation, today, cancellationToken);
        return new TenantList([.. rows.Skip((request.Page - 1) * request.Size).Take(request.Size)], rows.Count, request.Page, request.Size, TenantTotals.Of(rows), TenantTotals.Of(all), today);
    }
}
