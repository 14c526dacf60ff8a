using JinshanBio.Crm.Identity;
using JinshanBio.Crm.Imports;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of imports.</summary>
internal static partial class Tables
{
    private static void Imports(ModelBuilder model)
    {
        model.Entity<Import>(import =>
        {
            import.Property(i => i.Columns).HasConversion(Json<IReadOnlyList<ImportColumn>>(), JsonComparer<IReadOnlyList<ImportColumn>>()).HasMaxLength(-1);
            import.Property(i => i.OtherSheets).HasConversion(Json<IReadOnlyList<string>>(), JsonComparer<IReadOnlyList<string>>()).HasMaxLength(-1);
            import.Property(i => i.Delimiter).HasMaxLength(1);
            import.HasOne<Person>().WithMany().HasForeignKey(i => i.StartedById).OnDelete(DeleteBehavior.Restrict);
            import.HasIndex(i => new { i.StartedById, i.CreatedAt });
            import.HasIndex(i => i.Status);
        });
        model.Entity<ImportRow>(row =>
        {
            row.HasKey(r => new { r.ImportId, r.Number });
            row.Property(r => r.Cells).HasConversion(Json<IReadOnlyList<string>>(), JsonComparer<IReadOnlyList<string>>()).HasMaxLength(-1);
            row.Property(r => r.ReasonValue).HasMaxLength(500);
            row.Property(r => r.Before).HasMaxLength(-1);
            row.HasOne<Import>().WithMany().HasForeignKey(r => r.ImportId);
            row.HasIndex(r => new { r.ImportId, r.Verdict });
        });
        model.Entity<ImportMapping>(mapping =>
        {
            mapping.Property(m => m.Name).HasMaxLength(100);
            mapping.Property(m => m.Headers).HasMaxLength(64);
            mapping.Property(m => m.Columns).HasConversion(Json<IReadOnlyList<ImportColumn>>(), JsonComparer<IReadOnlyList<ImportColumn>>()).HasMaxLength(-1);
            mapping.HasOne<Person>().WithMany().HasForeignKey(m => m.OwnerId).OnDelete(DeleteBehavior.Restrict);
            mapping.HasIndex(m => new { m.OwnerId, m.Kind, m.Name }).IsUnique();
            mapping.HasIndex(m => m.Headers);
        });
    }
}
