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
            // What was split or joined is history and leaves its name to what stands in its place.
            space.HasIndex(s => new { s.ParkId, s.Name }).IsUnique().HasFilter(Quote(provider, "ReplacedOn IS NULL"));
            space.ComplexProperty(s => s.Facilities, facilities =>
            {
                foreach (var property in typeof(Facilities).GetProperties()) facilities.Property(property.PropertyType, property.Name).HasColumnName(property.Name);
            });
            space.Property(s => s.Floor).HasMaxLength(Code);
            space.HasMany(s => s.Spans).WithOne().HasForeignKey(s => s.SpaceId);
            space.HasMany(s => s.Origins).WithOne().HasForeignKey(l => l.ChildId);
        });
        model.Entity<SpaceSpan>(span =>
        {
            span.HasKey(s => new { s.SpaceId, s.From });
            // Only changed columns are written: without these, of two who change different ones at once the second would meet the constraint instead of a conflict.
            span.Property(s => s.AreaM2).IsConcurrencyToken();
            span.Property(s => s.HeldM2).IsConcurrencyToken();
            span.Property(s => s.OccupiedM2).IsConcurrencyToken();
            // Every day of every space is covered by one span at most, and none has more held and occupied than there is.
            span.ToTable("SpaceSpans", table => table.HasCheckConstraint("CK_SpaceSpans_NeverOverbooked",
                Quote(provider, "HeldM2 >= 0 AND OccupiedM2 >= 0 AND HeldM2 + OccupiedM2 <= AreaM2")));
        });
        model.Entity<SpaceLineage>(lineage =>
        {
            lineage.ToTable("SpaceLineage");
            lineage.HasKey(l => new { l.ParentId, l.ChildId });
            lineage.HasOne<Space>().WithMany().HasForeignKey(l => l.ParentId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Assignment>(assignment =>
        {
            assignment.Property(a => a.Reason).HasMaxLength(500);
            assignment.HasOne(a => a.Park).WithMany().HasForeignKey(a => a.ParkId).OnDelete(DeleteBehavior.Restrict);
            assignment.HasOne(a => a.Space).WithMany().HasForeignKey(a => a.SpaceId).OnDelete(DeleteBehavior.Restrict);
            assignment.HasIndex(a => new { a.ParkId, a.Status });
            assignment.HasOne<Assignment>().WithMany().HasForeignKey(a => a.PreviousId).OnDelete(DeleteBehavior.Restrict);
            assignment.Property(a => a.OrderReason).HasMaxLength(500);
            assignment.Property(a => a.LeaseNumber).HasMaxLength(64);
            assignment.Property(a => a.LeaseNote).HasMaxLength(500);
            assignment.HasIndex(a => new { a.Status, a.RespondBy });
            assignment.HasIndex(a => new { a.Status, a.HoldUntil });
            assignment.HasMany(a => a.Options).WithOne().HasForeignKey(o => o.AssignmentId);
            // Whatever ends a stay ends its options.
            assignment.Navigation(a => a.Options).AutoInclude();
            assignment.HasMany(a => a.Bookings).WithOne().HasForeignKey(b => b.AssignmentId);
            // A project has one place coming in a park, also when two propose at once; beside it the one it leaves for it.
            assignment.HasIndex(a => new { a.ProjectId, a.ParkId }).IsUnique()
                .HasFilter(Quote(provider, "Status IN ('Proposed', 'Waiting', 'Accepted', 'Agreed')"));
        });
        model.Entity<Booking>(booking =>
        {
            booking.ToTable("Bookings");
            booking.Property(b => b.Id).ValueGeneratedNever();
            booking.HasOne(b => b.Space).WithMany().HasForeignKey(b => b.SpaceId).OnDelete(DeleteBehavior.Restrict);
            booking.HasIndex(b => new { b.SpaceId, b.From });
        });
        model.Entity<SpaceOption>(option =>
        {
            option.ToTable("SpaceOptions");
            option.Property(o => o.Id).ValueGeneratedNever();
            option.Property(o => o.Note).HasMaxLength(500);
            option.HasOne(o => o.Space).WithMany().HasForeignKey(o => o.SpaceId).OnDelete(DeleteBehavior.Restrict);
            option.HasIndex(o => new { o.Status, o.Until });
        });
    }
}
