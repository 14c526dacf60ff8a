using JinshanBio.Crm.Domain.Documents;
using JinshanBio.Crm.Identity;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of documents.</summary>
internal static partial class Tables
{
    private static void Documents(ModelBuilder model) => model.Entity<Document>(document =>
    {
        document.Property(d => d.Number).HasMaxLength(Code);
        document.Property(d => d.ContentType).HasMaxLength(100);
        document.Property(d => d.Sha256).HasMaxLength(64);
        document.Property(d => d.RemovalReason).HasMaxLength(500);
        document.HasOne(d => d.Lead).WithMany().HasForeignKey(d => d.LeadId).OnDelete(DeleteBehavior.Restrict);
        document.HasOne(d => d.Project).WithMany().HasForeignKey(d => d.ProjectId).OnDelete(DeleteBehavior.Restrict);
        document.HasOne(d => d.Space).WithMany().HasForeignKey(d => d.SpaceId).OnDelete(DeleteBehavior.Restrict);
        document.HasOne<Person>().WithMany().HasForeignKey(d => d.ById).OnDelete(DeleteBehavior.Restrict);
        // One version of each number, also when two people add one at once.
        document.HasIndex(d => new { d.SeriesId, d.Edition }).IsUnique();
        document.HasIndex(d => new { d.ProjectId, d.IsCurrent, d.Id });
        document.HasIndex(d => new { d.LeadId, d.IsCurrent, d.Id });
        document.HasIndex(d => new { d.SpaceId, d.IsCurrent, d.Id });
        document.HasIndex(d => d.Sha256);
        document.HasIndex(d => new { d.IsGone, d.RemovedAt });
    });
}
