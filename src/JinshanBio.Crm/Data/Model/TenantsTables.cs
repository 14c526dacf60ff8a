using JinshanBio.Crm.Domain.Projects;
using JinshanBio.Crm.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of what tenants report.</summary>
internal static partial class Tables
{
    private static void Tenants(ModelBuilder model)
    {
        model.Entity<TenantReport>(report =>
        {
            report.Property(r => r.Note).HasMaxLength(1000);
            report.HasOne(r => r.Assignment).WithMany().HasForeignKey(r => r.AssignmentId).OnDelete(DeleteBehavior.Restrict);
            report.HasOne<Project>().WithMany().HasForeignKey(r => r.ProjectId).OnDelete(DeleteBehavior.Restrict);
            // Two who report at once: the second corrects the first, and has to say why.
            report.HasIndex(r => new { r.ProjectId, r.AsOf, r.Number }).IsUnique();
        });
    }
}
