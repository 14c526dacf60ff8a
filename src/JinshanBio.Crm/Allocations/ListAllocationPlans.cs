using FluentValidation;
using JinshanBio.Crm.Data;
using JinshanBio.Crm.Domain.Allocations;
using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Pipeline;
using JinshanBio.Crm.Texts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Allocations;

/// <summary>统筹方案列表.</summary>
[Needs(Permission.AllocationsPlan)]
public sealed record ListAllocationPlans : IRequest<Page<AllocationPlanRow>>, IPaged
{
    public string? Sort { get; set; }
    public int Page { get; set; } = 1;
    public int Size { get; set; } = Paging.DefaultSize;

    internal static readonly Sorting<AllocationPlan> Sortable = new(p => p.Id)
    {
        ["madeAt"] = p => p.MadeAt,
        ["value"] = p => p.Value,
        ["output"] = p => p.Output,
    };
}

/// <param name="Name">The time at which it was made for whoever may not know real names: a name is free text.</param>
/// <param name="Value">Points; <paramref name="Bound"/> is the most that any plan could reach.</param>
/// <param name="Output">达产年产值 of those placed, yuan a year.</param>
/// <param name="AreaM2">m² of those placed.</param>
public sealed record AllocationPlanRow(
    Guid Id, string Name, DateOnly From, Guid? BasedOnId, DateTime MadeAt, string MadeBy, decimal Value, decimal Bound, decimal Output, int Placed, int LeftOut, decimal AreaM2)
{
    /// <summary>By how much a plan could be better at most, percent of the bound.</summary>
    public decimal GapPercent => Bound <= 0 ? 0 : decimal.Round((Bound - Value) / Bound * 100, 2);
}

internal sealed class ListAllocationPlansValidator : AbstractValidator<ListAllocationPlans>
{
    public ListAllocationPlansValidator() => this.MustBePaged(ListAllocationPlans.Sortable.Names);
}

internal sealed class ListAllocationPlansHandler(CrmDb db, Actor actor) : IRequestHandler<ListAllocationPlans, Page<AllocationPlanRow>>
{
    public async Task<Page<AllocationPlanRow>> Handle(ListAllocationPlans request, CancellationToken cancellationToken)
    {
        var page = await db.AllocationPlans.AsNoTracking().VisibleTo(actor)
            .PageAsync(ListAllocationPlans.Sortable, request.Sort ?? "-madeAt", request, p => p.ToRows(db), cancellationToken);
        return page with { Items = [.. page.Items.Select(r => r.For(actor))] };
    }
}

internal static class AllocationPlanQueries
{
    /// <summary>Leaves the reckoning itself in the database.</summary>
    public static IQueryable<AllocationPlanRow> ToRows(this IQueryable<AllocationPlan> plans, CrmDb db) => plans.Select(p => new AllocationPlanRow(
        p.Id, p.Name, p.From, p.BasedOnId, p.MadeAt, db.Users.Where(u => u.Id == p.MadeById).Select(u => u.DisplayName).FirstOrDefault() ?? "",
        p.Value, p.Bound, p.Output, p.Placed, p.LeftOut, p.AreaM2));

    public static AllocationPlanRow For(this AllocationPlanRow row, Actor actor)
        => actor.May(Permission.RealNames) ? row : row with { Name = Text.Of("allocations.unnamed", Domain.Calendar.ShanghaiTime.ToLocal(row.MadeAt).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)) };
}
