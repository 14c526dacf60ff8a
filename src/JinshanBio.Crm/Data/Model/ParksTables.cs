using JinshanBio.Crm.Domain.Assignments;
using JinshanBio.Crm.Domain.Parks;
using Microsoft.EntityFrameworkCore;

namespace JinshanBio.Crm.Data;

/// <summary>Tables of parks, spaces and places.</summary>
internal static partial class Tables
{
    private static void Parks(ModelBuilder model, string provider)
    {
        model.Entity<Park>(park =>
        {
            park.Property(p => p.Code).HasMaxLength(Code);
            park.Property(p => p.LayoutSlot).HasMaxLength(Code);
            park.Property(p => p.Roles).HasConversion(new ListConverter<ParkRole>(r => r.ToString(), Enum.Parse<ParkRole>), new ListComparer<ParkRole>());
            park.Property(p => p.Fields).HasConversion(new ListConverter<string>(f => f, f => f), new ListComparer<string>());
            park.HasIndex(p => p.Code).IsUnique();
            park.HasMany(p => p.Spaces).WithOne(s => s.Park).HasForeignKey(s => s.ParkId);
        });
        model.Entity<Space>(space =>
        {
            space.HasIndex(s => new { s.ParkId, s.Name }).IsUnique();
            space.ToTable(table => table.HasCheckConstraint("CK_Spaces_NeverOverbooked",
                Quote(provider, "HeldM2 >= 0 AND OccupiedM2 >= 0 AND HeldM2 + OccupiedM2 <= AreaM2")));
        });
        model.Entity<Assignment>(assignment =>
        {
            assignment.Property(a => a.Reason).HasMaxLength(500);
            assignment.HasOne(a => a.Park).WithMany().HasForeignKey(a => a.ParkId).OnDelete(DeleteBehavior.Restrict);
            assignment.HasOne(a => a.Space).WithMany().HasForeignKey(a => a.SpaceId).OnDelete(DeleteBehavior.Restrict);
            assignment.HasIndex(a => new { a.ParkId, a.Status });
            // A project has one place standing in a park, also when two propose at once.
            assignment.HasIndex(a => new { a.ProjectId, a.ParkId }).IsUnique()
                .HasFilter(Quote(provider, "Status IN ('Proposed', 'Accepted', 'MovedIn')"));
        });
    }
}
