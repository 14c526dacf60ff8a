using JinshanBio.Crm.Domain.Allocations;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of allocation plans.</summary>
internal static partial class Tables
{
    private static void Allocations(ModelBuilder model) => model.Entity<AllocationPlan>(plan =>
    {
        plan.ToTable("AllocationPlans");
        plan.Property(p => p.Scenario).HasConversion(Json<AllocationScenario>(), JsonComparer<AllocationScenario>()).HasMaxLength(-1);
        plan.Property(p => p.Outcome).HasConversion(Json<AllocationOutcome>(), JsonComparer<AllocationOutcome>()).HasMaxLength(-1);
        plan.HasOne<AllocationPlan>().WithMany().HasForeignKey(p => p.BasedOnId).OnDelete(DeleteBehavior.Restrict);
        plan.HasIndex(p => new { p.MadeAt, p.Id });
        plan.HasIndex(p => new { p.MadeById, p.MadeAt });
    });
}
